"""Published policy periods as the domain's value, read once per process and set of periods."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from clawguard.domain.codesets import Policies, PolicyPeriod
from clawguard.domain.codesets.policies import NO_PERIODS
from clawguard.domain.codesets.policy_values import from_json
from sessions.models import PublishedPeriod

Printed = dict[str, Any]  # one period as JSON: scope, days, values
FIELDS = ("first_day", "last_day", "revision__values", "scope__payer_kind", "scope__payer_id", "scope__plan")
_cache: dict[tuple[int, ...], Policies] = {}


def current_policies() -> Policies:
    """The policies in force. One small query; the values are read again only when a period came or ended."""
    key = tuple(PublishedPeriod.objects.filter(ended_by=None).order_by("pk").values_list("pk", flat=True))
    if not key:
        return NO_PERIODS
    policies = _cache.get(key)
    if policies is None:
        policies = of_printed(printed_periods())
        _cache.clear()  # only the newest set is ever asked for
        _cache[key] = policies
    return policies


def printed_periods() -> list[Printed]:
    """Every period in force as JSON, in an order of its own."""
    rows = PublishedPeriod.objects.filter(ended_by=None).order_by("scope_id", "first_day").values_list(*FIELDS)
    return [
        printed(first, last, values, payer_kind=kind, payer_id=payer, plan=plan)
        for first, last, values, kind, payer, plan in rows
    ]


def printed(first_day: dt.date, last_day: dt.date | None, values: Mapping[str, Any], **scope: str) -> Printed:
    last = last_day.isoformat() if last_day else None
    return {**scope, "first_day": first_day.isoformat(), "last_day": last, "values": dict(values)}


def of_printed(rows: Iterable[Mapping[str, Any]]) -> Policies:
    """The reverse of ``printed``. Raises ``PolicyValuesError`` for values that are none any more."""
    periods = tuple(
        PolicyPeriod(
            first_day=dt.date.fromisoformat(row["first_day"]),
            last_day=dt.date.fromisoformat(row["last_day"]) if row["last_day"] else None,
            changes=from_json(row["values"]),
            payer_kind=row["payer_kind"],
            payer_id=row["payer_id"],
            plan=row["plan"],
        )
        for row in rows
        if row["values"]
    )
    return Policies(periods) if periods else NO_PERIODS
