"""What people type about findings, read the same way on every page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

from clawguard.access.problems import Problem
from clawguard.domain.checks.dismissals import OTHER
from clawguard.events.errors import Refused
from sessions import services
from sessions.services.findings import Verdict


class Dismissal(NamedTuple):
    """A reason of the list, words beside it, and the last day where the dismissal is not to last."""

    code: str
    reason: str
    until: dt.date | None


def dismissal(form: Mapping[str, str]) -> Dismissal:
    """Raises Refused for a day that cannot be read."""
    day = form.get("until", "").strip()
    try:
        until = dt.date.fromisoformat(day) if day else None
    except ValueError:
        raise Refused("unreadable", "Give the day as a date such as 2026-12-04.", "/until") from None
    return Dismissal(form.get("reason_code", "") or OTHER, form.get("reason", ""), until)


def verdict(decision: str, check_id: str, form: Mapping[str, str], now: dt.datetime) -> Verdict:
    """What a form says of findings of one check. Raises Refused naming the field at fault."""
    if decision == "confirm":
        return services.confirming(form.get("reason", ""))
    said = dismissal(form)
    return services.dismissing(check_id, said.reason, now, code=said.code, until=said.until)


def choice(form: Mapping[str, str], name: str, known: tuple[str, ...]) -> str:
    """One of the values a page offers. Raises Problem for any other: only a broken page sends one."""
    value = form.get(name, "")
    if value not in known:
        raise Problem(400, "malformed", "The request cannot be read")
    return value


def identifiers(values: Iterable[str]) -> list[UUID]:
    """Ids of ticked rows, each once. Raises Problem for what is none."""
    try:
        return [UUID(value) for value in dict.fromkeys(values)]
    except ValueError:
        raise Problem(400, "malformed", "The request cannot be read") from None
