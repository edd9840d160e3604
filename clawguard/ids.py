"""Identifiers of rows that people and programs refer to: too random to be guessed, ordered enough to index well."""

from __future__ import annotations

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    return uuid7()
