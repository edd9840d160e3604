"""Facts stated beside a session, read leniently: what cannot be read with certainty was not stated.

``eligibility``: ``{"actual": "inactive", "shown": "active", "ended_on": "2026-02-28"}``;
``authorization``: ``{"required": true, "obtained": false}``;
``events``: ``[{"kind": "discharge", "date": "2026-03-01"}, {"kind": "inpatient", "from": "…", "to": "…"}]``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from clawguard.domain.checks.context import Context


def group(context: Context, name: str) -> Mapping[str, Any]:
    """One group of stated facts; empty when it was not stated as an object."""
    found = context.facts.get(name)
    return found if isinstance(found, Mapping) else {}


def events(context: Context) -> Iterator[tuple[str, dt.date, dt.date | None]]:
    """Kind, first day and last day of every event that names its kind and a day."""
    found = context.facts.get("events")
    for event in found if isinstance(found, list | tuple) else ():
        if not isinstance(event, Mapping):
            continue
        kind, first = event.get("kind"), day(event.get("date") or event.get("from"))
        if isinstance(kind, str) and first is not None:
            yield kind, first, day(event.get("to"))


def day(value: object) -> dt.date | None:
    """A date, from a date or from ISO text of a date or a moment."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value[:10])
        except ValueError:
            return None
    return None
