"""A worker that dies of kill -9 in the middle of long work: nothing is half done, the work is taken over from the log
(Redis knows nothing of it any more), it comes to what it would have come to, and meanwhile the page says what goes on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from clawguard import clock
from clawguard.accounts.actors import SYSTEM, of_user
from clawguard.accounts.models import User
from clawguard.domain.codesets import Quarter, TableKind, Variant
from clawguard.events import outbox
from clawguard.events.handling import LEASE
from clawguard.events.models import Delivery, Event
from sessions.models import (
    Backtest,
    BacktestChange,
    BacktestSession,
    CodeTable,
    PatternFinding,
    PatternMark,
    PeerMark,
    ProviderDay,
    TherapySession,
)
from sessions.services import code_tables, patterns, trials
from sessions.services.code_tables import Sent, Wanted
from tests import world
from tests.builders import NOW
from tests.faults.midway import killed_at
from tests.sessions.code_tables.conftest import _small as _small
from tests.sessions.code_tables.conftest import read
from tests.sessions.code_tables.files import ptp
from tests.sessions.rules_makers import draft
from tests.sessions.test_pages import words
from tests.sessions.test_patterns import long_day, store, told

pytestmark = pytest.mark.django_db(transaction=True)
Page = Callable[[User], Any]


def taken_over() -> None:
    """What waits is run as the sweep would, once the dead worker's claims have run out."""
    with clock.pretend(clock.now() + LEASE + dt.timedelta(seconds=1)):
        while outbox.run_waiting(clock.now()):
            continue
    assert not Delivery.objects.filter(done_at=None).exists()


@pytest.mark.parametrize(
    "place", ["counting.count_shares", "pattern_findings.settle", "pattern_findings.move_many", "patterns.work_peers"]
)
def test_counting_patterns(place: str, lead: User, browser_of: Page) -> None:
    store(*long_day("2026-09-16"))
    patterns.look_now(NOW)
    store(*long_day("2026-10-14"))  # moves the sessions: September is cleared, October is new
    before, marks = told(), PatternMark.objects.count()
    killed_at(f"sessions.services.{place}", lambda: patterns.look_now(NOW))
    if place == "patterns.work_peers":
        assert PeerMark.objects.exists()  # the slice was whole; the comparison is still owed
    else:
        assert (told(), PatternMark.objects.count()) == (before, marks)
        assert not ProviderDay.objects.filter(day="2026-10-14").exists()
    assert "still being counted" in words(browser_of(lead).get("/patterns"))
    patterns.look_now(NOW)
    assert not PatternMark.objects.exists() and not PeerMark.objects.exists()
    assert "still being counted" not in words(browser_of(lead).get("/patterns"))
    [finding] = PatternFinding.objects.filter(pattern="CG620").exclude(status="cleared")
    assert (finding.month, finding.evidence["most"]) == (dt.date(2026, 10, 1), 17)
    assert Event.objects.filter(name="pattern.cleared", subject_id__in=_cleared("CG620")).count() == 1
    after = told()
    patterns.recount(NOW)
    assert told() == after


def _cleared(pattern: str) -> list[str]:
    rows = PatternFinding.objects.filter(pattern=pattern, status="cleared")
    return [str(key) for key in rows.values_list("pk", flat=True)]


@pytest.mark.parametrize("place", ["BacktestChange.objects.bulk_create", "move"])
def test_trying_rules_out(place: str, lead: User, browser_of: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    for minutes in (55, 80, 85, 95):
        world.screened(minutes=minutes)
    monkeypatch.setattr("sessions.services.trials.backtesting.CHUNK", 3)
    revision = draft(lead, {"long_session_minutes": 75})
    year = trials.read_scope({"from": "2026-01-01"}, NOW.date())  # whatever days the sessions fell on
    job = trials.start_backtest(of_user(lead), year, NOW, revision=revision)

    def deliver() -> None:
        while outbox.run_waiting(clock.now()):
            continue

    killed_at(f"sessions.services.trials.backtesting.{place}", deliver)
    job.refresh_from_db()
    first_piece = 0 if place != "move" else 3  # killed in the first thousand, or where the last one ends
    assert (job.status, job.done, job.chunks) == ("running", first_piece, first_piece // 3)
    assert BacktestSession.objects.count() == BacktestChange.objects.count() == (2 if first_piece else 0)
    page = words(browser_of(lead).get(f"/backtests/{job.pk}"))
    assert "Sessions tried" in page and f"{first_piece} of 4" in page
    taken_over()
    job.refresh_from_db()
    whole = trials.start_backtest(of_user(lead), year, NOW, revision=revision)
    taken_over()
    whole.refresh_from_db()
    assert (job.status, job.done, job.new) == ("done", 4, 2)
    assert _numbers(job) == _numbers(whole) and _changes(job) == _changes(whole)
    assert len(_changes(job)) == job.changes.count() and TherapySession.objects.count() == 4


def _changes(job: Backtest) -> set[tuple[Any, ...]]:
    return set(job.changes.values_list("about__session_id", "change", "check_id", "amount_after"))


def _numbers(job: Backtest) -> tuple[Any, ...]:
    return job.done, job.new, job.gone, job.changed, job.cases_opened, job.risk_before, job.risk_after


@pytest.mark.parametrize("place", ["deciding._enter", "deciding.replaced_by"])
def test_putting_a_code_table_in_force(place: str, lead: User, browser_of: Page) -> None:
    code_tables.activate(of_user(lead), table("2026Q3").pk, NOW)
    second = table("2026Q4")
    killed_at(f"sessions.services.code_tables.{place}", lambda: code_tables.activate(of_user(lead), second.pk, NOW))
    assert states() == {"2026Q3": "active", "2026Q4": "loaded"}
    assert Event.objects.filter(name="table.activated").count() == 1
    assert "Put in force" in words(browser_of(lead).get(f"/code-tables/{second.pk}"))
    code_tables.activate(of_user(lead), second.pk, NOW)
    taken_over()
    assert states() == {"2026Q3": "superseded", "2026Q4": "active"}
    assert Event.objects.filter(name="table.activated").count() == 2


def table(quarter: str) -> CodeTable:
    wanted = Wanted(TableKind.PAIRS, Variant.MEDICARE, Quarter.read(quarter))
    return read(code_tables.receive(SYSTEM, wanted, [Sent("table.txt", [ptp()])], NOW))


def states() -> dict[str, str]:
    return dict(CodeTable.objects.values_list("quarter", "status"))
