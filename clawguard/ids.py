"""Identifiers of rows that people and programs refer to: too random to be guessed, ordered enough to index well."""

from __future__ import annotations

from uuid import UUID

import uuid_utils
from uuid_utils.compat import uuid7


def new_id() -> UUID:
    return uuid7()


def new_id_text() -> str:
    """The same as text, for rows that are written by the thousand."""
    return str(uuid_utils.uuid7())
