"""What people type about findings, read the same way on every page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from clawguard.domain.checks.dismissals import OTHER
from clawguard.events.errors import Refused


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
