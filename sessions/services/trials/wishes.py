"""Which sessions somebody wants gone through, read from what they typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from clawguard.access import FieldProblem, Problem
from clawguard.domain.checks import ALL
from sessions.rulebook.scopes import SessionScope

DAYS = 90


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
