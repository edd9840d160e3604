"""How well each check does: what became of its findings, and how often it was right where people judged it.

Every finding is in exactly one state of ``STATES``, so the counts of a row add up. The precision is the share of judged
findings that held: confirmed against dismissed for a reason that speaks against the check, and overturned.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from clawguard.accounts.actors import Actor
from clawguard.domain.checks import ALL
from clawguard.domain.checks.dismissals import AGAINST, REASONS
from clawguard.domain.lifecycles import FindingState
from clawguard.domain.proportions import FEWEST, Share, share
from sessions import policies
from sessions.models import Finding

STATES = {
    "waiting": Q(status=FindingState.NEW),
    "confirmed": Q(verdict="confirmed") & ~Q(status=FindingState.OVERTURNED),  # corrected afterwards or not
    "dismissed": Q(status=FindingState.DISMISSED),
    "overturned": Q(status=FindingState.OVERTURNED),
    "cleared": Q(status=FindingState.CLEARED) & ~Q(verdict="confirmed"),  # before anybody judged it
}
PERIODS = {"30": 30, "90": 90, "365": 365, "all": None}  # days; the first sight is USUAL
USUAL = "90"


@dataclass(slots=True)
class Health:
    """Counts of one check, or of one check with one payer; ``reasons`` counts its dismissals by code."""

    check_id: str
    title: str
    payer_id: str = ""
    payer: str = ""
    fired: int = 0
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STATES, 0))
    reasons: dict[str, int] = field(default_factory=dict)

    @property
    def precision(self) -> Share:
        against = self.counts["overturned"] + sum(self.reasons.get(code, 0) for code in AGAINST)
        held = self.counts["confirmed"]
        return share(held, held + against)


class Asked(NamedTuple):
    """Which findings are counted. ``days`` is a key of ``PERIODS``; the rest is empty for all."""

    days: str = USUAL
    payer_id: str = ""
    check_id: str = ""


def findings_asked(actor: Actor, asked: Asked, now: dt.datetime) -> QuerySet[Finding]:
    """The findings behind the numbers. Raises NotAllowed for those who judge nothing and read no judgements."""
    policies.require_health(actor)
    rows = Finding.objects.filter(policies.readable(actor, "session__provider"))
    days = PERIODS.get(asked.days, PERIODS[USUAL])
    if days is not None:
        rows = rows.filter(created_at__gte=now - dt.timedelta(days=days))
    if asked.payer_id:
        rows = rows.filter(session__payer__payer_id=asked.payer_id)
    return rows.filter(check_id=asked.check_id) if asked.check_id else rows


def listed(actor: Actor, asked: Asked, state: str, reason: str, now: dt.datetime) -> QuerySet[Finding]:
    """The list behind one number; empty ``state`` and ``reason`` are all."""
    rows = findings_asked(actor, asked, now)
    rows = rows.filter(STATES[state]) if state in STATES else rows
    return rows.filter(STATES["dismissed"], reason_code=reason) if reason else rows


def of_all_checks(actor: Actor, asked: Asked, now: dt.datetime) -> list[Health]:
    """A row for every check of the catalogue, whether it fired or not, and for retired ones that did; two queries."""
    found = {row.check_id: row for row in _counted(findings_asked(actor, asked, now), ("check_id",))}
    wanted = [asked.check_id] if asked.check_id else sorted(ALL.keys() | found.keys())
    return [found.get(key) or Health(key, _title(key)) for key in wanted]


def of_payers(actor: Actor, asked: Asked, now: dt.datetime) -> list[Health]:
    """One check by payer, those with the most findings first; two queries."""
    rows = findings_asked(actor, asked, now)
    by_payer = _counted(rows, ("check_id", "session__payer__payer_id", "session__payer__name"))
    return sorted(by_payer, key=lambda row: (-row.fired, row.payer_id))


def _counted(rows: QuerySet[Finding], by: tuple[str, ...]) -> Iterable[Health]:
    plain = rows.order_by()
    states: dict[str, Any] = {name: Count("pk", filter=condition) for name, condition in STATES.items()}
    found: dict[tuple[str, ...], Health] = {}
    for row in plain.values(*by).annotate(fired=Count("pk"), **states):
        key = tuple(row[name] for name in by)
        found[key] = _health(key, row)
    dismissed = plain.filter(STATES["dismissed"])
    for row in dismissed.values(*by, "reason_code").annotate(times=Count("pk")):
        found[tuple(row[name] for name in by)].reasons[row["reason_code"]] = row["times"]
    return found.values()


def _health(key: tuple[str, ...], row: dict[str, Any]) -> Health:
    check_id, payer_id, payer = (*key, "", "")[:3]
    counts = {name: row[name] for name in STATES}
    return Health(check_id, _title(check_id), payer_id, payer or payer_id, row["fired"], counts)


def _title(check_id: str) -> str:
    return ALL[check_id].title if check_id in ALL else "retired"


def _count_of(state: str) -> Callable[[Health], Any]:
    return lambda row: row.counts[state]


SORTS: dict[str, Callable[[Health], Any]] = {
    "check": lambda row: row.check_id,
    "fired": lambda row: row.fired,
    **{name: _count_of(name) for name in STATES},
    "precision": lambda row: (row.precision.value is not None, row.precision.value or 0.0),
}


def in_order(rows: list[Health], sort: str) -> list[Health]:
    """By one column, ``-`` before its name for the largest first; an unknown name leaves the order of ids."""
    key = SORTS.get(sort.removeprefix("-"))
    return sorted(rows, key=key, reverse=sort.startswith("-")) if key else rows


HEADER = (
    *("check", "title", "fired", *STATES),
    *(f"dismissed: {reason.code}" for reason in REASONS),
    *("judged", "held", "precision", "precision from", "precision to"),
)


def as_rows(rows: Iterable[Health]) -> Iterator[list[object]]:
    """For a spreadsheet, under ``HEADER``; a precision that cannot be stated is left empty."""
    for row in rows:
        said = row.precision
        numbers = [None if value is None else f"{value:.4f}" for value in said[2:]]
        reasons = [row.reasons.get(reason.code, 0) for reason in REASONS]
        yield [row.check_id, row.title, row.fired, *row.counts.values(), *reasons, said.whole, said.part, *numbers]


def as_dict(row: Health) -> dict[str, Any]:
    """For programs: counts, dismissals by reason, and the precision with its 95 % interval, or null where too few."""
    said = row.precision
    known = said.value is not None and said.low is not None and said.high is not None
    precision = {"value": _round(said.value), "low": _round(said.low), "high": _round(said.high)} if known else None
    return {
        "fired": row.fired,
        **row.counts,
        "dismissed_by_reason": dict(sorted(row.reasons.items())),
        "judged": said.whole,
        "held": said.part,
        "precision": precision,
        "fewest_judged": FEWEST,
    }


def _round(value: float | None) -> float:
    return round(value or 0.0, 4)


def page_of(rows: QuerySet[Finding], after: str, size: int) -> tuple[list[Finding], str]:
    """One page, newest first, and the mark of the next (empty on the last). A mark that means nothing is ignored."""
    moment, _, key = after.partition("_")
    try:
        mark = (dt.datetime.fromisoformat(moment), UUID(key)) if after else None
    except ValueError:
        mark = None
    if mark is not None and mark[0].tzinfo is not None:
        rows = rows.filter(Q(created_at__lt=mark[0]) | Q(created_at=mark[0], id__lt=mark[1]))
    ordered = rows.select_related("session__provider", "session__payer").order_by("-created_at", "-id")
    found = list(ordered[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return found[:size], f"{last.created_at.isoformat()}_{last.pk}" if last else ""
