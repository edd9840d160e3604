"""The calendar as versions: one proposes, another publishes, and a clock keeps the version it started with."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, InternalError, connection, transaction

from clawguard.accounts.actors import SYSTEM, NotAllowed, of_user
from clawguard.accounts.models import User
from clawguard.events.errors import NotFound, Refused
from clawguard.events.models import Event
from clawguard.events.services import WrongState
from clawguard.holidays_us import network_calendar
from notes import calendars, clock, services
from notes.models import CalendarVersion, NotesRequest
from tests.notes.test_pauses import DUE, THURSDAY, at

FRIDAY_OFF = {dt.date(2026, 11, 20): "Day of the network"}
MONDAY_OFF = {dt.date(2026, 11, 23): "Day of the network"}


def proposed(user: User, now: dt.datetime, add: Any = None, work: Any = (), last_year: int | None = None) -> Any:
    return services.propose_calendar(of_user(user), add or {}, work, last_year, "The office is closed.", now)


@pytest.mark.django_db
def test_what_two_people_changed_holds_for_clocks_that_start_afterwards(
    opened: NotesRequest, make_session: Any, lead: User, second_lead: User, now: dt.datetime
) -> None:
    row = proposed(lead, now, FRIDAY_OFF)
    assert not calendars.in_force().day_off(dt.date(2026, 11, 20))
    services.publish_calendar(of_user(second_lead), row.pk, now)
    session = make_session()
    services.open_for_findings([session.pk], now)
    second = session.notes_requests.get()
    services.deliver(second.pk, SYSTEM, now)
    second.refresh_from_db()
    opened.refresh_from_db()
    assert (opened.due_at, second.due_at) == (DUE, DUE + dt.timedelta(days=1))
    assert (second.calendar_id, second.calendar_version) == (
        row.pk,
        f"Business days of the network, version {row.pk} of 2026-11-18",
    )
    assert [event.name for event in Event.objects.filter(name__startswith="calendar.")] == [
        "calendar.proposed",
        "calendar.published",
    ]


@pytest.mark.django_db
def test_a_clock_that_runs_is_recounted_with_the_calendar_it_started_with(
    opened: NotesRequest, lead: User, second_lead: User, now: dt.datetime
) -> None:
    services.publish_calendar(of_user(second_lead), proposed(lead, now, MONDAY_OFF).pk, now)
    row = services.grant_extension(of_user(lead), opened.pk, 1, "A busy week.", THURSDAY)
    assert row.due_at == DUE + dt.timedelta(days=1)
    assert row.calendar.origin == "shipped"


@pytest.mark.django_db
def test_a_changed_setting_does_not_move_a_clock_that_runs(opened: NotesRequest, lead: User, settings: Any) -> None:
    settings.CLOCK_EXTRA_DAYS_OFF = ["2026-11-20=Day of the network"]
    settings.CLOCK_DELIVERY_DAY_COUNTS = True
    row = services.grant_extension(of_user(lead), opened.pk, 1, "A busy week.", THURSDAY)
    assert row.due_at == DUE + dt.timedelta(days=1)


@pytest.mark.django_db
def test_the_shipped_table_is_stored_once_and_again_when_a_setting_changes_it(settings: Any, now: dt.datetime) -> None:
    first = calendars.version_to_start_with(now)
    assert calendars.version_to_start_with(now) == first
    assert calendars.as_calendar(first) == network_calendar()
    settings.CLOCK_EXTRA_DAYS_OFF = ["2026-11-20=Day of the network"]
    second = calendars.version_to_start_with(now)
    assert calendars.as_calendar(second) == network_calendar() == calendars.in_force()
    settings.CLOCK_EXTRA_DAYS_OFF = []
    assert calendars.version_to_start_with(now) == first
    assert CalendarVersion.objects.count() == 2


@pytest.mark.django_db
def test_a_rule_of_the_count_is_stored_beside_an_edited_table(
    lead: User, second_lead: User, settings: Any, now: dt.datetime
) -> None:
    edited = services.publish_calendar(of_user(second_lead), proposed(lead, now, FRIDAY_OFF).pk, now)
    assert calendars.version_to_start_with(now) == edited
    settings.CLOCK_DELIVERY_DAY_COUNTS = True
    other = calendars.version_to_start_with(now)
    assert (other.label, other.holidays, other.rules["delivery_day_counts"]) == (edited.label, edited.holidays, True)
    assert calendars.as_calendar(other) == calendars.in_force()


@pytest.mark.django_db
def test_the_proposer_does_not_publish_and_others_neither_propose_nor_publish(
    lead: User, second_lead: User, rui: User, auditor: User, administrator: User, priya: User, now: dt.datetime
) -> None:
    row = proposed(lead, now, FRIDAY_OFF)
    with pytest.raises(Refused, match="Somebody else"):
        services.publish_calendar(of_user(lead), row.pk, now)
    for user in (rui, auditor, administrator, priya):
        with pytest.raises(NotAllowed):
            proposed(user, now, FRIDAY_OFF)
    for user in (rui, auditor, priya):
        with pytest.raises(NotAllowed):
            services.publish_calendar(of_user(user), row.pk, now)
    assert services.publish_calendar(of_user(administrator), row.pk, now).status == "published"
    with pytest.raises(WrongState):
        services.publish_calendar(of_user(second_lead), row.pk, now)
    with pytest.raises(NotFound):
        services.publish_calendar(of_user(second_lead), row.pk + 1, now)


@pytest.mark.django_db
def test_the_database_refuses_a_version_of_one_person_and_every_rewriting(lead: User, now: dt.datetime) -> None:
    row = proposed(lead, now, FRIDAY_OFF)
    own = {"status": "published", "decided_by_id": lead.pk, "decided_at": now}
    with pytest.raises(IntegrityError, match="calendar_published_by_another"), transaction.atomic():
        CalendarVersion.objects.filter(pk=row.pk).update(**own)
    changes: list[dict[str, Any]] = [{"holidays": {}}, {"rules": {}}, {"last_year": 2099}]
    for change in changes:
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            CalendarVersion.objects.filter(pk=row.pk).update(**change)
    services.discard_calendar(of_user(lead), row.pk, now)
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        CalendarVersion.objects.filter(pk=row.pk).update(status="proposed")


@pytest.mark.django_db
def test_a_proposal_that_another_one_overtook_is_not_published(lead: User, second_lead: User, now: dt.datetime) -> None:
    first, second = proposed(lead, now, FRIDAY_OFF), proposed(lead, now, MONDAY_OFF)
    services.publish_calendar(of_user(second_lead), first.pk, now)
    with pytest.raises(Refused, match="Another version"):
        services.publish_calendar(of_user(second_lead), second.pk, now)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("add", "work", "last_year"),
    [
        ({}, [], None),  # nothing changes
        ({dt.date(2026, 11, 18): "Today"}, [], None),
        ({dt.date(2026, 11, 17): "Yesterday"}, [], None),
        ({dt.date(2099, 1, 5): "Beyond"}, [], None),
        ({dt.date(2026, 12, 24): ""}, [], None),
        ({}, [dt.date(2026, 12, 24)], None),  # no day off
        ({}, [], 2044),
        ({}, [], 2090),
    ],
)
def test_a_proposal_changes_days_ahead_within_its_years(
    lead: User, now: dt.datetime, add: Any, work: Any, last_year: int | None
) -> None:
    with pytest.raises(Refused):
        proposed(lead, now, add, work, last_year)


@pytest.mark.django_db
def test_a_day_off_is_worked_and_further_years_come_with_their_holidays(
    lead: User, second_lead: User, now: dt.datetime
) -> None:
    row = proposed(lead, now, work=[dt.date(2026, 11, 26)], last_year=2047)
    services.publish_calendar(of_user(second_lead), row.pk, now)
    found = calendars.in_force()
    assert found.is_business_day(dt.date(2026, 11, 26))
    assert found.day_off(dt.date(2047, 7, 4))
    assert found.day_off(dt.date(2046, 1, 1))
    assert found.last_year == 2047


@pytest.mark.django_db
def test_too_few_years_ahead_are_warned_of(now: dt.datetime) -> None:
    assert calendars.warning(now) == ""
    assert calendars.warning(at("2043-12-31T12:00")) == ""
    assert "ends with 2045" in calendars.warning(at("2044-01-01T12:00"))


@pytest.mark.django_db
def test_the_command_counts_with_the_calendar_in_force(lead: User, second_lead: User, now: dt.datetime) -> None:
    services.publish_calendar(of_user(second_lead), proposed(lead, now, FRIDAY_OFF).pk, now)
    for asked, day in (("in-force", "Tue 2026-11-24"), ("shipped", "Mon 2026-11-23")):
        out = io.StringIO()
        given = ["2026-11-18T10:00-05:00", "--time-zone", "America/New_York", "--calendar", asked]
        call_command("deadline", *given, stdout=out)
        assert f"by the end of {day}" in out.getvalue()


@pytest.mark.django_db
def test_the_page_takes_a_proposal_and_shows_what_it_changes(
    lead: User, second_lead: User, browser_of: Any, frozen: Any
) -> None:
    given = {"add": "2026-12-24 Christmas Eve", "work": ["2026-11-26"], "last_year": "2046", "why": "As agreed."}
    assert browser_of(lead).post("/calendar", {**given, "add": "tomorrow"}).status_code == 422
    assert browser_of(lead).post("/calendar", given).status_code == 302
    page = browser_of(second_lead).get("/calendar").content.decode()
    for words in ("Christmas Eve", "becomes a business day: Thanksgiving Day", "2046 loaded", "Publish"):
        assert words in page
    row = CalendarVersion.objects.get()
    browser_of(second_lead).post(f"/calendar/{row.pk}/publish")
    assert "published by Second Test" in browser_of(lead).get("/calendar").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([f"2027-{month:02d}-{day:02d} Closed" for month in (1, 2) for day in range(4, 25)], "these are 42"),
        (["2026-12-24 Christmas Eve", "2026-12-24 Closed"], "2026-12-24 stands here twice"),
    ],
)
def test_the_page_drops_no_line_of_a_proposal(
    lead: User, browser_of: Any, frozen: Any, lines: list[str], said: str
) -> None:
    refused = browser_of(lead).post("/calendar", {"add": "\n".join(lines), "why": "As agreed."})
    assert (refused.status_code, said in refused.content.decode()) == (422, True)
    assert lines[-1] in refused.content.decode(), "what was typed is still there"
    assert not CalendarVersion.objects.exclude(proposed_by_id=None).exists()


@pytest.mark.django_db
def test_many_requests_of_a_mail_look_at_the_calendar_twice(make_session: Any, now: dt.datetime) -> None:
    services.open_for_findings([make_session().pk for _ in range(4)], now)
    with connection.execute_wrapper(counting := Counting("notes_calendarversion")):
        services.deliver(NotesRequest.objects.all()[0].pk, SYSTEM, now)
    assert counting.seen <= 5  # looked at for the promise and for the start, and stored once
    assert clock.days_left(NotesRequest.objects.all()[0], now) == 3


class Counting:
    def __init__(self, table: str) -> None:
        self.table, self.seen = table, 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.seen += f'FROM "{self.table}"' in sql or f'INSERT INTO "{self.table}"' in sql
        return execute(sql, params, many, context)
