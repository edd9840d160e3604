"""Facts stated beside a session, read leniently: what cannot be read with certainty was not stated.

``eligibility``: ``{"actual": "inactive", "shown": "active", "ended_on": "2026-02-28"}``;
``authorization``: ``{"required": true, "obtained": false}``, maybe with a ``payer_id``;
``events``: ``[{"kind": "discharge", "date": "2026-03-01"}, {"kind": "inpatient", "from": "…", "to": "…"}]``;
``appointment``: ``{"status": "cancelled"}``; ``claim``: ``{"filed_on": "2026-05-01"}``;
``seen``: ``{"by": "practice", "on": "2025-02-01", "session": "S-9"}``, the last earlier session within three years.

Lists of statements, each with ``from`` and ``to`` (both included, either may be open): ``authorizations``
(``required``, ``obtained``, ``codes``, ``payer_id``), ``licenses`` (``state``, ``kind``), ``enrollments``
(``payer_id``, ``status``), ``rates`` (``payer_id``, ``code``, ``amount``). ``picks`` (``code``, ``offered``) have no
period and are read by attribution alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from clawguard.domain.checks.context import Context
from clawguard.domain.dated import includes


def group(context: Context, name: str) -> Mapping[str, Any]:
    """One group of stated facts; empty when it was not stated as an object."""
    found = context.facts.get(name)
    return found if isinstance(found, Mapping) else {}


def statements(context: Context, name: str, on: dt.date | None = None) -> list[Mapping[str, Any]]:
    """The statements of a list, as far as they are objects; with ``on`` only those that hold on that day."""
    found = context.facts.get(name)
    if not isinstance(found, list | tuple):
        return []
    return [each for each in found if isinstance(each, Mapping) and (on is None or holds(each, on))]


def holds(statement: Mapping[str, Any], on: dt.date) -> bool:
    """Whether a statement's period covers a day. An end that cannot be read is open."""
    return includes(day(statement.get("from")), day(statement.get("to")), on)


def of_payer(statement: Mapping[str, Any], payer_id: str) -> bool:
    """Whether a statement is about this payer; one that names none is about every payer."""
    return statement.get("payer_id") in (None, "", payer_id)


def enrolled(found: Iterable[Mapping[str, Any]], payer_id: str, on: dt.date) -> bool | None:
    """Whether a statement has the provider enrolled with the payer on that day; None while none is about the payer."""
    about = [each for each in found if each.get("payer_id") == payer_id]
    if not about:
        return None
    return any(holds(each, on) and each.get("status", "enrolled") == "enrolled" for each in about)


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
