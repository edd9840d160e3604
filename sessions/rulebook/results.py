"""What tries found, as it is read: totals by check and payer, and the lists behind every number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, DecimalField, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from clawguard.accounts.actors import Actor
from clawguard.domain.checks import ALL
from clawguard.events.errors import NotFound
from sessions import policies
from sessions.models import Backtest, BacktestChange, BacktestSession, Rescreening

PAGE = 50
ZERO = Value(Decimal("0.00"), output_field=DecimalField())
CHANGES = ("new", "gone", "changed")
MONEY = Sum(Coalesce("amount_after", ZERO) - Coalesce("amount_before", ZERO), output_field=DecimalField())
COUNTS = {change: Count("pk", filter=Q(change=change)) for change in CHANGES}
OPENED, CLOSED = Q(case_after=True, case_before=False), Q(case_after=False, case_before=True)


def backtests(actor: Actor) -> list[Backtest]:
    """The newest, within sight of those who reach every session. Raises NotAllowed."""
    return list(all_backtests(actor).order_by("-started_at", "-pk")[:PAGE])


def all_backtests(actor: Actor) -> QuerySet[Backtest]:
    """Raises NotAllowed."""
    policies.require_trial_reader(actor)
    return Backtest.objects.select_related("revision__scope").defer("present", "draft")


def get_backtest(actor: Actor, backtest_id: UUID) -> Backtest:
    policies.require_trial_reader(actor)
    job = Backtest.objects.filter(pk=backtest_id).select_related("revision__scope").first()
    if job is None:
        raise NotFound
    return job


def rescreenings(actor: Actor) -> list[Rescreening]:
    policies.require_trial_reader(actor)
    return list(Rescreening.objects.order_by("-started_at")[:PAGE])


def get_rescreening(actor: Actor, job_id: UUID) -> Rescreening:
    policies.require_trial_reader(actor)
    job = Rescreening.objects.filter(pk=job_id).first()
    if job is None:
        raise NotFound
    return job


def by_check(job: Backtest) -> list[dict[str, Any]]:
    """New, gone and changed findings and the money between them, per check."""
    rows = job.changes.values("check_id").annotate(**COUNTS, money=MONEY).order_by("check_id")
    return [{**row, "title": ALL[row["check_id"]].title if row["check_id"] in ALL else ""} for row in rows]


def by_payer(job: Backtest) -> list[dict[str, Any]]:
    rows = job.changes.values("about__session__payer__payer_id", "about__session__payer__name").annotate(
        **COUNTS, money=MONEY
    )
    cases = job.sessions.values("session__payer__payer_id").annotate(
        opened=Count("pk", filter=OPENED), closed=Count("pk", filter=CLOSED)
    )
    found = {row["session__payer__payer_id"]: row for row in cases}
    shown = [_of_payer(dict(row), found) for row in rows]
    return sorted(shown, key=lambda row: row["payer"])


def _of_payer(row: dict[str, Any], cases: Mapping[str, Any]) -> dict[str, Any]:
    payer, name = row.pop("about__session__payer__payer_id"), row.pop("about__session__payer__name")
    return {**row, "payer": payer, "name": name, **{key: cases[payer][key] for key in ("opened", "closed")}}


def changes(job: Backtest, *, change: str = "", check: str = "", payer: str = "") -> QuerySet[BacktestChange]:
    """Every finding that differs, in order, with its session."""
    wanted = {"change": change, "check_id": check, "about__session__payer__payer_id": payer}
    rows = job.changes.filter(**{name: value for name, value in wanted.items() if value})
    return rows.select_related("about__session__provider", "about__session__payer").order_by("pk")


def sessions(job: Backtest, *, case: str = "", payer: str = "") -> QuerySet[BacktestSession]:
    """Sessions about which the sides differ; ``case`` is ``opened`` or ``gone``."""
    rows = job.sessions.filter(OPENED if case == "opened" else CLOSED if case == "gone" else Q())
    if payer:
        rows = rows.filter(session__payer__payer_id=payer)
    return (
        rows.annotate(differences=Count("changes")).select_related("session__provider", "session__payer").order_by("pk")
    )


def page_of(rows: QuerySet[Any], after: str) -> tuple[list[Any], str]:
    """One page and the mark of the next, empty on the last. A mark that means nothing is ignored."""
    if after.isdecimal() and len(after) < 19:
        rows = rows.filter(pk__gt=int(after))
    found = list(rows[: PAGE + 1])
    return found[:PAGE], str(found[PAGE - 1].pk) if len(found) > PAGE else ""


COLUMNS = (
    "session",
    "date_of_service",
    "provider_npi",
    "payer",
    "change",
    "check",
    "service_line",
    "severity_before",
    "severity_after",
    "amount_before",
    "amount_after",
    "message",
)


def table_rows(rows: QuerySet[BacktestChange]) -> Iterator[tuple[Any, ...]]:
    """The changes for a spreadsheet, read as they are written out."""
    for row in rows.iterator(chunk_size=1000):
        session = row.about.session
        yield (
            session.external_id,
            session.date_of_service.isoformat(),
            session.provider.npi,
            session.payer.payer_id,
            row.change,
            row.check_id,
            row.service_line,
            row.severity_before,
            row.severity_after,
            row.amount_before,
            row.amount_after,
            row.message,
        )
