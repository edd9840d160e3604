"""What is decided anew about patterns is followed: once, in the months it makes a difference to, and nowhere else."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clawguard.accounts.models import User
from clawguard.domain.patterns import PATTERNS
from clawguard.domain.patterns.days import COUNTED
from clawguard.events.handling import run_delivery
from clawguard.events.models import Delivery
from sessions import tasks
from sessions.models import PatternBook, PatternFinding, PatternMark, PeerMark, ProviderDay
from sessions.services import pattern_book, patterns
from tests.builders import NOW
from tests.sessions.rules_makers import published, reverted
from tests.sessions.test_patterns import body, long_day, store

pytestmark = pytest.mark.django_db
SEPTEMBER, OCTOBER = dt.date(2026, 9, 1), dt.date(2026, 10, 1)


@pytest.fixture(autouse=True)
def long_days() -> None:
    """Seventeen sessions on a day of September, eighteen on one of October."""
    store(*long_day("2026-09-16"))
    store(*[{**each, "external_id": f"O{number}"} for number, each in enumerate(long_day("2026-10-14", 18))])
    patterns.look_now(NOW)


def standing() -> set[dt.date]:
    return set(PatternFinding.objects.filter(pattern="CG620", status="new").values_list("month", flat=True))


def follow() -> None:
    """The deliveries of published policies, each asked for twice."""
    for delivery in Delivery.objects.filter(task="sessions.tasks.follow_policy", done_at=None):
        assert run_delivery(delivery.pk, tasks.follow_policy)
        assert not run_delivery(delivery.pk, tasks.follow_policy)


def test_a_published_threshold_clears_and_its_revert_brings_back(lead: User, second_lead: User) -> None:
    assert standing() == {SEPTEMBER, OCTOBER}
    revision = published(lead, second_lead, {"usual_sessions_a_day": 17})
    follow()
    assert PatternMark.objects.exists()
    assert pattern_book.follow(NOW) == 0
    patterns.look_now(NOW)
    assert standing() == {OCTOBER} and not PatternMark.objects.exists()
    reverted(lead, second_lead, revision)
    follow()
    patterns.look_now(NOW)
    assert standing() == {SEPTEMBER, OCTOBER}


def test_only_months_of_the_decision_are_looked_at(lead: User, second_lead: User) -> None:
    published(lead, second_lead, {"usual_sessions_a_day": 30}, first=OCTOBER)
    follow()
    assert {mark.day.month for mark in PatternMark.objects.all()} == {10}
    patterns.look_now(NOW)
    assert standing() == {SEPTEMBER}


@pytest.mark.parametrize(
    ("values", "scope"),
    [
        ({"overlap_error_minutes": 10}, {"payer_id": "60054"}),
        ({"long_session_minutes": 100}, {}),
        ({"patterns_shown_to_providers": True}, {}),
        ({"usual_sessions_a_day": 16}, {}),  # decided as it was
    ],
)
def test_what_makes_no_difference_to_patterns_marks_nothing(
    lead: User, second_lead: User, values: dict[str, Any], scope: dict[str, str]
) -> None:
    published(lead, second_lead, values, **scope)
    follow()
    assert not PatternMark.objects.exists() and not PeerMark.objects.exists()


def test_a_share_is_compared_again_without_counting_days(lead: User, second_lead: User) -> None:
    published(lead, second_lead, {"share_noted_percent": 60}, first=OCTOBER)
    follow()
    assert not PatternMark.objects.exists()
    assert list(PeerMark.objects.values_list("month", flat=True)) == [OCTOBER]
    patterns.look_now(NOW)
    assert not PeerMark.objects.exists()


def test_a_sweep_follows_what_no_task_heard_of(lead: User, second_lead: User) -> None:
    published(lead, second_lead, {"usual_sessions_a_day": 17})
    Delivery.objects.all().delete()
    patterns.sweep(NOW)
    patterns.look_now(NOW)
    assert standing() == {OCTOBER}


def test_another_version_of_a_pattern_looks_at_every_month_once() -> None:
    book = PatternBook.objects.get()
    PatternBook.objects.update(patterns={**book.patterns, "CG620": 0})
    assert pattern_book.follow(NOW) == 2
    assert {mark.day.month for mark in PatternMark.objects.all()} == {9, 10}
    assert PatternBook.objects.get().patterns == {key: info.version for key, info in PATTERNS.items()} | {
        "days": COUNTED
    }
    assert pattern_book.follow(NOW) == 0


def test_days_of_before_a_release_that_counts_more_of_them_are_counted_anew() -> None:
    """CG623 on quarters of an hour, in a month whose days were counted before quarters were, but for one."""
    days = [f"2026-08-{day:02}" for day in (3, 4, 5, 6, 7, 10, 11, 12, 13, 14)]
    store(*[body(f"Q-{day}-{hour}", f"{day}T{hour:02}:00:00-04:00", 45) for day in days for hour in (9, 13)])
    patterns.look_now(NOW)
    assert quarters() == ["All 20 sessions of the month begin and end exactly on a quarter of an hour."]
    PatternFinding.objects.all().delete()
    for row in ProviderDay.objects.filter(day__month=8, day__gt="2026-08-03"):
        row.facts.pop("q")
        row.save()
    book = PatternBook.objects.get()
    book.patterns = {name: version for name, version in book.patterns.items() if name != "days"} | {"CG623": 1}
    book.save()
    pattern_book.follow(NOW)
    assert pattern_book.follow(NOW) == 0
    patterns.look_now(NOW)
    assert quarters() == ["All 20 sessions of the month begin and end exactly on a quarter of an hour."]


def quarters() -> list[str]:
    rows = PatternFinding.objects.filter(pattern="CG623", month="2026-08-01", status="new")
    return list(rows.values_list("message", flat=True))


def test_a_judgement_outlives_the_threshold(lead: User, second_lead: User) -> None:
    PatternFinding.objects.filter(pattern="CG620", month=SEPTEMBER).update(status="dismissed")
    published(lead, second_lead, {"usual_sessions_a_day": 18})
    follow()
    patterns.look_now(NOW)
    states = dict(PatternFinding.objects.filter(pattern="CG620").values_list("month", "status"))
    assert states[OCTOBER] == "cleared" and states[SEPTEMBER] == "dismissed"


def test_a_value_that_a_release_no_longer_has_is_left_out() -> None:
    book = PatternBook.objects.get()
    first, *rest = book.thresholds
    gone = {**first, "values": {**first["values"], "of_an_earlier_release": 3}}
    PatternBook.objects.update(thresholds=[gone, *rest])
    assert pattern_book.follow(NOW) == 0
    assert PatternBook.objects.get().thresholds == book.thresholds


def test_the_first_page_of_the_book_has_each_known_month_looked_at() -> None:
    PatternBook.objects.all().delete()
    store(body("S-1", "2026-09-17T10:00:00-04:00"))
    PatternMark.objects.all().delete()
    assert pattern_book.follow(NOW) == 2
    assert PatternMark.objects.exists()
