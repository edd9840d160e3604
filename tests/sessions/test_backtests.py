"""Draft rules beside the present ones: what differs, counted by hand, and nothing else written."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from clawguard import clock
from clawguard.access import Problem
from clawguard.accounts.actors import SYSTEM, NotAllowed, of_user
from clawguard.accounts.models import User
from clawguard.events.errors import NotFound
from clawguard.events.models import Delivery, Event
from clawguard.events.outbox import run_waiting
from clawguard.events.services import WrongState
from clawguard.ids import new_id
from sessions import services
from sessions.models import Backtest, BacktestChange, Finding, IntakeChunk, Screening, TherapySession
from sessions.services import trials
from sessions.services.trials import backtesting
from tests import builders, world
from tests.builders import NOW
from tests.sessions.rules_makers import draft, published, run

pytestmark = pytest.mark.django_db
YEAR = {"from": "2026-01-01", "to": "2026-12-31"}
LONG = "long_session_minutes"  # CG107 mentions sessions longer than this


def scope(**changes: str) -> Any:
    return trials.read_scope({**YEAR, **changes}, NOW.date())


def backtest(lead: User, revision: Any = None, **changes: str) -> Backtest:
    return run(trials.start_backtest(of_user(lead), scope(**changes), NOW, revision=revision))


def told(job: Backtest) -> set[tuple[str, str, str]]:
    rows = job.changes.select_related("about__session")
    return {(row.about.session.external_id, row.change, row.check_id) for row in rows}


@pytest.fixture
def five(db: None) -> list[TherapySession]:
    """Of 55, 70, 80, 95 and 47 minutes; the last is too short for its code."""
    return [world.screened(minutes=minutes) for minutes in (55, 70, 80, 95, 47)]


@pytest.mark.usefixtures("five")
def test_an_unchanged_pack_changes_nothing(lead: User) -> None:
    job = backtest(lead)
    assert (job.status, job.total, job.done) == ("done", 5, 5)
    assert (job.new, job.gone, job.changed, job.cases_opened, job.cases_gone) == (0, 0, 0, 0, 0)
    assert job.present_pack == job.draft_pack
    assert job.risk_before == job.risk_after > 0
    assert not job.changes.exists()


def test_a_known_change_equals_the_list_made_by_hand(lead: User, five: list[TherapySession]) -> None:
    """From 90 down to 75 minutes: 80 is mentioned newly, 95 still but against another limit."""
    job = backtest(lead, draft(lead, {LONG: 75}))
    mentioned, still = five[2].external_id, five[3].external_id
    assert told(job) == {(mentioned, "new", "CG107"), (still, "changed", "CG107")}
    assert (job.new, job.gone, job.changed) == (1, 0, 1)
    assert job.present_pack != job.draft_pack
    changed = job.changes.get(change="changed")
    assert changed.evidence_before != changed.evidence_after
    assert job.changes.get(change="new").evidence_before is None


def test_and_the_other_way_round_it_is_gone(lead: User, second_lead: User, five: list[TherapySession]) -> None:
    published(lead, second_lead, {LONG: 75})
    job = backtest(lead, draft(second_lead, {LONG: 85}))
    assert told(job) == {(five[2].external_id, "gone", "CG107"), (five[3].external_id, "changed", "CG107")}


def test_money_and_cases_are_those_of_the_sessions(lead: User, five: list[TherapySession]) -> None:
    """A blocked code puts each session's whole rate at risk; an explanation may cure it, so no case opens by itself."""
    before = backtest(lead)
    job = backtest(lead, draft(lead, {"blocked_codes": ["90837"]}))
    assert (job.new, set(job.changes.values_list("check_id", flat=True))) == (len(five), {"CG505"})
    assert job.risk_before == before.risk_before
    assert job.risk_after == len(five) * Decimal("142.50")
    assert (job.cases_opened, job.cases_gone) == (0, 0)
    assert {row.session_id for row in job.sessions.all()} == {row.pk for row in five}


def test_an_error_without_cure_opens_a_case(lead: User) -> None:
    """Counsellors may bill Medicare since 2024; a draft that says 2027 makes their sessions errors."""
    medicare = {"id": "10112", "name": "Example Medicare", "kind": "medicare"}
    provider = {"npi": builders.npi(7), "license": "LMFT", "time_zone": "America/New_York"}
    body = {**world.body(7, minutes=55, payer=medicare), "provider": provider}
    session = services.submit(SYSTEM, body, NOW)
    job = backtest(lead, draft(lead, {"medicare_counsellors_from": "2027-01-01"}))
    assert (session.external_id, "new", "CG520") in told(job)
    assert (job.cases_opened, job.cases_gone) == (1, 0)
    assert job.sessions.get().case_after


def test_a_policy_of_a_payer_touches_its_sessions_alone(lead: User, five: list[TherapySession]) -> None:
    other = world.screened(minutes=80, payer={"id": "99999", "name": "Other Health", "kind": "commercial"})
    job = backtest(lead, draft(lead, {LONG: 75}, payer_id="99999"))
    assert told(job) == {(other.external_id, "new", "CG107")}


def test_outside_its_days_a_draft_changes_nothing(lead: User, five: list[TherapySession]) -> None:
    day = five[2].date_of_service
    revision = draft(lead, {LONG: 75}, first=day, last=day)
    assert told(backtest(lead, revision)) == {(five[2].external_id, "new", "CG107")}


@pytest.mark.parametrize(
    ("narrow", "count"),
    [
        ({"payer": "60054"}, 5),
        ({"payer": "1"}, 0),
        ({"check": "cg107"}, 5),
        ({"check": "CG106"}, 0),
        ({"from": "2026-12-01"}, 0),
    ],
)
@pytest.mark.usefixtures("five")
def test_only_what_was_asked_for_is_gone_through(lead: User, narrow: dict[str, str], count: int) -> None:
    assert backtest(lead, **narrow).done == count


def test_one_check_alone_is_compared(lead: User, five: list[TherapySession]) -> None:
    revision = draft(lead, {LONG: 75, "blocked_codes": ["90837"]})
    job = backtest(lead, revision, check="CG107")
    assert {check for _, _, check in told(job)} == {"CG107"}
    assert {row.about.session_id for row in job.changes.all()} == {five[2].pk, five[3].pk}


@pytest.mark.usefixtures("five")
def test_every_draft_and_proposal_together_is_the_draft_pack(lead: User, second_lead: User) -> None:
    draft(lead, {LONG: 75})
    draft(second_lead, {"blocked_codes": ["90837"]}, payer_id="60054")
    job = backtest(lead)
    assert {check for _, _, check in told(job)} > {"CG107"}
    assert len(job.draft) == 2 and job.present == []


def test_nothing_but_its_own_rows_is_written(lead: User, five: list[TherapySession]) -> None:
    counted = (Finding, Screening, IntakeChunk)
    before = [model.objects.count() for model in counted]
    states = list(Finding.objects.order_by("pk").values())
    events = Event.objects.count()
    backtest(lead, draft(lead, {LONG: 75}))
    assert [model.objects.count() for model in counted] == before
    assert list(Finding.objects.order_by("pk").values()) == states
    names = set(Event.objects.order_by("pk")[events:].values_list("name", flat=True))
    assert names == {"policy.drafted", "backtest.started", "backtest.finished"}
    assert len(five) == 5


@pytest.mark.usefixtures("five")
def test_piece_by_piece_says_the_same_as_at_once(lead: User, monkeypatch: pytest.MonkeyPatch) -> None:
    revision = draft(lead, {LONG: 75, "blocked_codes": ["90837"]})
    whole = backtest(lead, revision)
    monkeypatch.setattr(backtesting, "CHUNK", 2)
    pieces = backtest(lead, revision)
    assert pieces.chunks == 3
    assert told(pieces) == told(whole)
    assert (pieces.risk_after, pieces.cases_opened) == (whole.risk_after, whole.cases_opened)


@pytest.mark.usefixtures("five")
def test_a_piece_handed_out_twice_counts_once(lead: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backtesting, "CHUNK", 2)
    job = trials.start_backtest(of_user(lead), scope(), NOW, revision=draft(lead, {LONG: 75}))
    assert trials.run_backtest_chunk(job.pk, 1, NOW)
    assert not trials.run_backtest_chunk(job.pk, 1, NOW)
    assert not trials.run_backtest_chunk(job.pk, 3, NOW)
    job.refresh_from_db()
    assert (job.done, job.chunks) == (2, 1)


@pytest.mark.usefixtures("five")
def test_cancelled_work_stops_and_keeps_what_it_has(lead: User, rui: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backtesting, "CHUNK", 2)
    job = trials.start_backtest(of_user(lead), scope(), NOW)
    trials.run_backtest_chunk(job.pk, 1, NOW)
    with pytest.raises(NotAllowed):
        trials.cancel_backtest(of_user(rui), job.pk, NOW)
    trials.cancel_backtest(of_user(lead), job.pk, NOW)
    assert not trials.run_backtest_chunk(job.pk, 2, NOW)
    job.refresh_from_db()
    assert (job.status, job.done) == ("cancelled", 2)
    with pytest.raises(WrongState):
        trials.cancel_backtest(of_user(lead), job.pk, NOW)
    with pytest.raises(NotFound):
        trials.cancel_backtest(of_user(lead), new_id(), NOW)


@pytest.mark.usefixtures("five")
def test_a_policy_published_meanwhile_does_not_disturb_it(
    lead: User, second_lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    revision = draft(lead, {LONG: 75})
    whole = told(backtest(lead, revision))
    monkeypatch.setattr(backtesting, "CHUNK", 2)
    job = trials.start_backtest(of_user(lead), scope(), NOW, revision=revision)
    trials.run_backtest_chunk(job.pk, 1, NOW)
    published(lead, second_lead, {LONG: 60})
    while trials.run_backtest_chunk(job.pk, job.chunks + 1, NOW) or job.status == "running":
        job.refresh_from_db()
    assert told(job) == whole


@pytest.mark.usefixtures("five")
def test_code_tables_that_changed_meanwhile_end_it(lead: User) -> None:
    job = trials.start_backtest(of_user(lead), scope(), NOW)
    Backtest.objects.filter(pk=job.pk).update(present_pack="another")
    assert not trials.run_backtest_chunk(job.pk, 1, NOW)
    job.refresh_from_db()
    assert (job.status, job.done) == ("stopped", 0)


def test_the_work_is_handed_on_from_piece_to_piece(lead: User, monkeypatch: pytest.MonkeyPatch) -> None:
    world.screened_together(3)
    monkeypatch.setattr(backtesting, "CHUNK", 2)
    job = trials.start_backtest(of_user(lead), scope(), NOW)
    trials.run_backtest_chunk(job.pk, 1, NOW)
    waiting = Delivery.objects.filter(task="sessions.tasks.run_backtest", done_at=None)
    assert [row.event.payload["piece"] for row in waiting.order_by("pk")] == [1, 2]


@pytest.mark.usefixtures("five")
def test_a_worker_that_dies_in_a_piece_leaves_nothing_half_done(lead: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second piece breaks off after its rows were written; whoever takes it over ends with the same result."""
    revision = draft(lead, {LONG: 75, "blocked_codes": ["90837"]})
    whole = backtest(lead, revision)
    monkeypatch.setattr(backtesting, "CHUNK", 2)
    job = trials.start_backtest(of_user(lead), scope(), NOW, revision=revision)
    trials.run_backtest_chunk(job.pk, 1, NOW)
    written = told(job)

    def die(*_: object, **__: object) -> None:
        raise SystemExit

    with monkeypatch.context() as dying, pytest.raises(SystemExit):
        dying.setattr(backtesting, "publish", die)
        trials.run_backtest_chunk(job.pk, 2, NOW)
    job.refresh_from_db()
    assert (job.chunks, job.done, told(job)) == (1, 2, written)
    while run_waiting(clock.now()):
        pass
    job.refresh_from_db()
    assert (job.status, job.done, told(job)) == ("done", 5, told(whole))
    assert (job.new, job.risk_after) == (whole.new, whole.risk_after)


def test_asking_as_many_questions_for_many_as_for_few(lead: User, django_assert_max_num_queries: Any) -> None:
    for count in (3, 60):
        world.screened_together(count)
        job = trials.start_backtest(of_user(lead), scope(), NOW, revision=draft(lead, {"blocked_codes": ["90837"]}))
        with django_assert_max_num_queries(24):
            trials.run_backtest_chunk(job.pk, 1, NOW)
    assert BacktestChange.objects.count() == 3 + 63


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({}, "/from"),
        ({"from": "August"}, "/from"),
        ({"from": "2026-08-01", "to": "2026-07-31"}, "/to"),
        ({"from": "2026-08-01", "check": "CG999"}, "/check"),
        ({"from": "2026-08-01", "provider": "12"}, "/provider"),
    ],
)
def test_what_cannot_be_gone_through_is_named(given: dict[str, str], pointer: str) -> None:
    with pytest.raises(Problem) as refused:
        trials.read_scope(given, NOW.date())
    assert [error.pointer for error in refused.value.errors] == [pointer]


def test_ninety_days_end_today() -> None:
    found = trials.last_ninety_days(dt.date(2026, 11, 18))
    assert (found.last_day - found.first_day).days == 89
    assert found.last_day == dt.date(2026, 11, 18)
