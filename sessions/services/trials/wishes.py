"""Which sessions somebody wants gone through, read from what they typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from clawguard.access import FieldProblem, Problem
from clawguard.domain.checks import ALL
from clawguard.domain.lifecycles import DocumentState
from sessions.models import PolicyRevision
from sessions.rulebook.scopes import SessionScope

DAYS = 90
OPEN = (DocumentState.DRAFT, DocumentState.PROPOSED)


def last_ninety_days(today: dt.date) -> SessionScope:
    return SessionScope(today - dt.timedelta(days=DAYS - 1), today)


def read_scope(given: Mapping[str, str], today: dt.date) -> SessionScope:
    """``from``, ``to`` (today when left out), ``payer``, ``provider`` (NPI) and ``check``, as texts.

    Raises Problem 422 naming every bad field.
    """
    problems: list[FieldProblem] = []
    first, last = _day(given, "from", None, problems), _day(given, "to", today, problems)
    if first and last and last < first:
        problems.append(FieldProblem("/to", "order", "This day is before the first day."))
    check = given.get("check", "").strip().upper()
    if check and check not in ALL:
        problems.append(FieldProblem("/check", "unknown", "There is no such check; their ids look like CG101."))
    npi, payer = given.get("provider", "").strip(), given.get("payer", "").strip()
    if npi and not (npi.isdecimal() and len(npi) == 10):
        problems.append(FieldProblem("/provider", "npi", "Give the ten digits of an NPI."))
    if len(payer) > 80 or not payer.isprintable():
        problems.append(FieldProblem("/payer", "text", "Give the payer's own id."))
    if problems or first is None or last is None:
        raise Problem(422, "invalid", "This cannot be started yet", "Correct the named fields.", problems)
    return SessionScope(first, last, payer, npi, check)


def read_revision(given: Mapping[str, str]) -> PolicyRevision | None:
    """The draft or proposal named as ``revision``; without one, all of them together are meant. Raises Problem 422."""
    named = given.get("revision", "").strip()
    if not named:
        return None
    try:
        found = PolicyRevision.objects.filter(pk=UUID(named), status__in=OPEN).first()
    except ValueError:
        found = None
    if found is None:
        fault = FieldProblem("/revision", "unknown", "There is no such draft or proposal.")
        raise Problem(422, "invalid", "This cannot be started yet", "Correct the named fields.", [fault])
    return found


def _day(
    given: Mapping[str, str], name: str, otherwise: dt.date | None, problems: list[FieldProblem]
) -> dt.date | None:
    text = given.get(name, "").strip()
    if not text and otherwise is not None:
        return otherwise
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        problems.append(FieldProblem(f"/{name}", "date", "Give a date such as 2026-08-01."))
        return None
