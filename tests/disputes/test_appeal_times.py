"""No day of the time to appeal is lost to a letter that came back: it counts from when the provider could know."""

from __future__ import annotations

import datetime as dt
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest

from clawguard import clock
from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from clawguard.events.errors import Refused
from clawguard.events.models import Event, SentMail
from disputes import services
from disputes.models import Case, Message
from disputes.selectors import triage
from disputes.selectors.clocks import clocks
from tests.builders import NOW
from tests.disputes import makers
from tests.disputes.test_bounces import bounce

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
NEW_YORK = ZoneInfo("America/New_York")
ANEW = "case.appeal_began_anew"


@pytest.fixture
def case(rui: User, lead: User, priya: User) -> Case:
    return told(rui, lead, priya)


def told(rui: User, lead: User, priya: User, now: dt.datetime = NOW) -> Case:
    case = makers.decided(rui, lead, priya, now=now)
    services.tell_decision(Event.objects.get(name="case.decided"), now + 6 * HOUR)
    case.refresh_from_db()
    return case


def local(year: int, month: int, day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(year, month, day, hour, minute, tzinfo=NEW_YORK)


def last_day(case: Case) -> str:
    """The last day on which the provider can appeal, on their own clock: it ends with that day."""
    case.refresh_from_db()
    assert case.appeal_until is not None and case.appeal_until == case.breach_at
    over = case.appeal_until.astimezone(NEW_YORK)
    assert over.time() == dt.time()
    return f"{over - DAY:%Y-%m-%d}"


@pytest.mark.parametrize(
    ("mailed", "read", "last"),
    [
        # Thanksgiving is Thursday 26 November 2026
        (local(2026, 11, 18, 9), local(2026, 11, 24, 10), "2026-12-09"),
        (local(2026, 11, 18, 9), local(2026, 11, 26, 10), "2026-12-10"),  # read on the holiday itself
        (local(2026, 11, 18, 9), local(2026, 11, 27, 10), "2026-12-11"),
        # summer time ends on Sunday 1 November 2026; Veterans Day is Wednesday the 11th
        (local(2026, 10, 20, 9), local(2026, 10, 30, 23, 59), "2026-11-16"),
        (local(2026, 10, 20, 9), local(2026, 11, 1, 1, 30), "2026-11-16"),  # in the hour that comes twice
        (local(2026, 10, 20, 9), local(2026, 11, 1, 1, 30).replace(fold=1), "2026-11-16"),
        (local(2026, 10, 20, 9), local(2026, 11, 2, 0, 30), "2026-11-17"),
        # it begins on Sunday 14 March 2027
        (local(2027, 3, 2, 9), local(2027, 3, 12, 23, 59), "2027-03-26"),
        (local(2027, 3, 2, 9), local(2027, 3, 14, 3, 0), "2027-03-26"),
        (local(2027, 3, 2, 9), local(2027, 3, 15, 0, 0), "2027-03-29"),
        # long after the first count was over
        (local(2026, 11, 18, 9), local(2027, 1, 4, 10), "2027-01-19"),
    ],
)
def test_opened_after_its_mail_came_back_it_has_ten_whole_business_days(
    rui: User, lead: User, priya: User, mailed: dt.datetime, read: dt.datetime, last: str
) -> None:
    case = told(rui, lead, priya, mailed)
    bounce("case_decision", mailed + DAY)
    services.mark_read(of_user(priya), case.pk, read)
    assert last_day(case) == last
    assert case.letter_came_back_at is None
    assert case.appeal_deadline["delivered_at"] == read.isoformat()
    assert case.appeal_until is not None
    services.appeal(
        of_user(priya), case.pk, "Look at my second page.", case.appeal_until - dt.timedelta(microseconds=1)
    )


def test_the_new_end_is_an_end(case: Case, rui: User, priya: User) -> None:
    bounce("case_decision", NOW + DAY)
    services.mark_read(of_user(priya), case.pk, NOW + 6 * DAY)
    case.refresh_from_db()
    assert case.appeal_until is not None
    with pytest.raises(Refused, match="business days"):
        services.appeal(of_user(priya), case.pk, "Look at my second page.", case.appeal_until)
    assert services.close(of_user(rui), case.pk, case.appeal_until).status == "closed"


def test_it_begins_anew_once_and_the_log_says_so(case: Case, priya: User) -> None:
    bounce("case_decision", NOW + DAY)
    for later in (6, 7, 8):
        services.mark_read(of_user(priya), case.pk, NOW + later * DAY)
    event = Event.objects.get(name=ANEW)
    case.refresh_from_db()
    assert case.appeal_until is not None
    assert event.payload == {
        "since": (NOW + 6 * DAY).isoformat(),
        "appeal_until": case.appeal_until.isoformat(),
    }


def test_a_letter_that_arrived_moves_nothing_however_late_it_is_opened(case: Case, priya: User) -> None:
    before = last_day(case)
    services.mark_read(of_user(priya), case.pk, NOW + 8 * DAY)
    assert last_day(case) == before
    assert not Event.objects.filter(name=ANEW).exists()


def test_a_mail_that_comes_back_after_the_reading_gives_the_days_before_it_back(case: Case, priya: User) -> None:
    services.mark_read(of_user(priya), case.pk, NOW + 6 * DAY)  # Tuesday; ten business days without Thanksgiving
    bounce("case_decision", NOW + 8 * DAY)
    assert last_day(case) == "2026-12-09"
    assert case.letter_came_back_at is None
    assert Event.objects.filter(name=ANEW).count() == 1


def test_one_mail_of_two_that_arrived_is_enough(rui: User, lead: User, priya: User) -> None:
    case = told(rui, lead, priya)
    before = last_day(case)
    SentMail.objects.create(
        message_id="<second@example.com>", template="case_decision", to="b@example.com", subject="x",
        about="disputes.case", about_id=str(case.pk), sent_at=NOW + 6 * HOUR,
    )  # fmt: skip
    bounce("case_decision", NOW + DAY, to=priya.email)
    services.mark_read(of_user(priya), case.pk, NOW + 6 * DAY)
    assert last_day(case) == before


def test_nothing_runs_before_it_is_opened_and_the_page_says_what_begins(
    case: Case, rui: User, priya: User, browser_of: Any
) -> None:
    assert [row["what"] for row in clocks(of_user(priya), case, NOW + 7 * HOUR)][-1] == "Appeal"
    bounce("case_decision", NOW + DAY)
    case.refresh_from_db()
    assert "Appeal" not in [row["what"] for row in clocks(of_user(rui), case, NOW + 7 * HOUR)]
    assert case.appeal_until is not None
    opened = case.appeal_until + 30 * DAY
    with clock.pretend(opened):
        page = browser_of(priya)
        first = page.get(f"/my/cases/{case.pk}").content.decode()
        assert "your time begins now that you have opened it" in first
        assert page.post(f"/my/cases/{case.pk}/seen").status_code == 204
        again = page.get(f"/my/cases/{case.pk}").content.decode()
    assert "your time begins" not in again
    told_until = first.split("You can appeal until ")[1].split("</time>")[0]
    assert told_until == again.split("You can appeal until ")[1].split("</time>")[0]


def test_appealed_without_a_trace_of_reading_it_is_in_time_and_the_letter_was_read(case: Case, priya: User) -> None:
    bounce("case_decision", NOW + DAY)
    case.refresh_from_db()
    assert case.appeal_until is not None
    services.appeal(of_user(priya), case.pk, "Look at my second page.", case.appeal_until + 30 * DAY)
    case.refresh_from_db()
    assert (case.status, case.letter_came_back_at) == ("appealed", None)


def test_the_next_decision_has_a_letter_of_its_own(case: Case, second_lead: User, priya: User) -> None:
    services.mark_read(of_user(priya), case.pk, NOW + 7 * HOUR)
    services.appeal(of_user(priya), case.pk, "Look at my second page.", NOW + 8 * HOUR)
    Case.objects.filter(pk=case.pk).update(letter_came_back_at=NOW + 8 * HOUR)  # as it was left before
    services.decide(of_user(second_lead), case.pk, makers.verdict("none"), NOW + 9 * HOUR)
    case.refresh_from_db()
    assert case.letter_came_back_at is None


def test_mailed_again_it_never_ends_sooner(case: Case, rui: User) -> None:
    Case.objects.filter(pk=case.pk).update(appeal_until=NOW + 90 * DAY)
    bounce("case_decision", NOW + DAY)
    services.tell_decision_again(of_user(rui), case.pk, NOW + 2 * DAY)
    case.refresh_from_db()
    assert (case.appeal_until, case.letter_came_back_at) == (NOW + 90 * DAY, None)


class TestWhereNoMailWasTaken:
    def test_staff_owe_the_next_step_and_the_time_begins_with_the_opening(
        self, rui: User, lead: User, priya: User
    ) -> None:
        case = makers.decided(rui, lead, priya)
        User.objects.filter(pk=priya.pk).update(is_active=False)
        services.tell_decision(Event.objects.get(name="case.decided"), NOW + 6 * HOUR)
        case.refresh_from_db()
        assert case.letter_came_back_at == NOW + 6 * HOUR
        assert [row.pk for row in triage.BY_KEY["undeliverable"].rows(of_user(rui), NOW)] == [case.pk]
        services.mark_read(of_user(priya), case.pk, NOW + 6 * DAY)
        assert last_day(case) == "2026-12-09"

    def test_a_mail_server_that_was_away_for_days_costs_none_of_them(self, rui: User, lead: User, priya: User) -> None:
        case = makers.decided(rui, lead, priya)
        event = Event.objects.get(name="case.decided")
        with patch("disputes.services.telling._to_provider", side_effect=OSError), pytest.raises(OSError):
            services.tell_decision(event, NOW + 6 * HOUR)
        services.tell_decision(event, NOW + 6 * DAY)
        assert last_day(case) == "2026-12-09"
        assert Message.objects.get(case=case, kind="decision").delivered_at == NOW + 6 * DAY
        services.tell_decision(event, NOW + 7 * DAY)
        assert last_day(case) == "2026-12-09"

    def test_told_the_same_day_it_began_with_the_decision(self, case: Case) -> None:
        assert not Event.objects.filter(name=ANEW).exists()
        assert case.appeal_deadline["delivered_at"] == (NOW + 5 * HOUR).isoformat()
