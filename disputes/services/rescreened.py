"""What follows when stored sessions were screened again under another rule pack: a decided case is never reopened."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import SYSTEM
from clawguard.domain.lifecycles import CaseState, FindingState
from clawguard.events.services import publish_many
from disputes.models import Case
from disputes.services.attributing import attribute_of_sessions
from disputes.services.opening import open_for_findings
from notes import services as notes
from sessions.models import Finding, IntakeChunk

DECIDED = (CaseState.SECOND_LOOK, CaseState.DECIDED, CaseState.APPEALED, CaseState.CLOSED)


@transaction.atomic
def weigh_rescreened(chunk: IntakeChunk, pack: str, now: dt.datetime) -> None:
    """Ask for documents and open cases as for sessions screened the first time, except where a case is decided.

    Such a case gets a line in its history that says what the pack would say today, and while it is not closed its
    facts are weighed again: a decision that no longer fits them is pointed out.
    """
    decided = _decided(chunk.session_ids)
    undecided = [key for key in chunk.session_ids if key not in decided]
    notes.open_for_findings(undecided, now)
    open_for_findings(undecided, now)
    attribute_of_sessions(list(decided), now)
    _note(decided, _differences(chunk, list(decided)), pack, now)


def _decided(session_ids: Sequence[UUID]) -> dict[UUID, Case]:
    """The newest case of each session, where people have decided it."""
    newest = Case.objects.filter(session__in=session_ids).order_by("session_id", "-opened_at").distinct("session_id")
    return {case.session_id: case for case in newest if case.status in DECIDED and case.session_id is not None}


def _differences(chunk: IntakeChunk, sessions: list[UUID]) -> dict[UUID, dict[str, set[str]]]:
    """Checks whose findings came or went with this screening; both carry its moment."""
    if chunk.screened_at is None:
        return {}
    found: dict[UUID, dict[str, set[str]]] = defaultdict(lambda: {"new": set(), "gone": set()})
    rows = Finding.objects.filter(session__in=sessions, updated_at=chunk.screened_at)
    for session, check, created, status in rows.values_list("session_id", "check_id", "created_at", "status"):
        if created == chunk.screened_at:
            found[session]["new"].add(check)
        elif status == FindingState.CLEARED:
            found[session]["gone"].add(check)
    return found


def _note(cases: dict[UUID, Case], differences: dict[UUID, dict[str, set[str]]], pack: str, now: dt.datetime) -> None:
    told = [
        (cases[session], {"pack": pack, **{name: sorted(checks) for name, checks in found.items()}})
        for session, found in differences.items()
    ]
    publish_many("case.pack_differs", told, SYSTEM, now)
