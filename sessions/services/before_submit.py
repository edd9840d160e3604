"""Checking before anything is submitted: one session from a form, or a small file. Nothing is stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from clawguard.access.problems import Problem
from clawguard.accounts.actors import STAFF_ROLES, Actor
from clawguard.accounts.models import Provider, Role
from clawguard.domain.submission import Defaults
from sessions.intake.readers import detect_kind
from sessions.services import tables
from sessions.services.dry_run import Checked, check
from sessions.services.file_check import FileReport, check_file

LARGEST = 256 * 1024  # bytes
NOBODY = "1999999984"  # an NPI that nobody has, for staff who ask without naming a provider
SESSION_KINDS = frozenset({"sessions_csv", "sessions_ndjson", "x12_837p"})


def defaults_of(actor: Actor) -> tuple[str, Defaults]:
    """NPI, and the time zone and licence that need not be typed: a provider's own. Raises NotAllowed."""
    actor.require(roles=STAFF_ROLES | {Role.PROVIDER})
    own = Provider.objects.filter(pk=actor.provider_id).first() if actor.provider_id else None
    if own is None:
        return NOBODY, Defaults(settings.STAFF_TIME_ZONE, "", "commercial")
    return own.npi, Defaults(own.time_zone, own.license, "commercial")


def check_one(actor: Actor, body: Mapping[str, Any], now: dt.datetime) -> Checked:
    """As ``POST /sessions/check`` does it. Raises Problem 400 with every field at fault."""
    return check(actor, body, now)[0]


def check_small_file(actor: Actor, name: str, content: bytes, now: dt.datetime) -> FileReport:
    """As the linter does it. Raises Problem where the file is too large or holds no sessions."""
    _, defaults = defaults_of(actor)
    if len(content) > LARGEST:
        raise Problem(
            413, "too_large", "The file is too large", f"At most {LARGEST // 1024} KB are checked here at once."
        )
    kind = detect_kind(content[:8192], name) if content.strip() else None
    if kind not in SESSION_KINDS:
        detail = "Paste or choose a CSV table with its head, NDJSON, or an 837P file."
        raise Problem(415, "kind_unknown", "No sessions were found in this", detail)
    return check_file(kind, [content], defaults, tables.current(), now)
