"""A region's calendar: proposed by one, published by another, counted with where a provider is stated to practise."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from clawguard.accounts.actors import SYSTEM, NotAllowed, of_user
from clawguard.accounts.models import Provider, User
from clawguard.domain.regions import REGIONS
from clawguard.events.errors import Refused
from clawguard.events.models import Event
from clawguard.holidays_us import federal_calendar, state_days
from disputes import services as disputes
from disputes.models import Case
from notes import calendars, services
from notes.models import CalendarVersion, NotesRequest
from sessions import services as sessions
from sessions.models import StatedFact
from tests import builders
from tests.disputes import makers
from tests.notes.test_pauses import DUE, THURSDAY, at

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
LINCOLN = "Lincoln's Birthday"


def practises(provider: Provider, state: str, now: dt.datetime, **days: str) -> StatedFact:
    body = {"kind": "practice", "provider": provider.npi, "state": state, "source": "roster", **days}
    return sessions.state_body(SYSTEM, body, now).facts[0]


def regional(lead: User, second_lead: User, now: dt.datetime, region: str = "NY", **changes: Any) -> CalendarVersion:
    """A calendar of ``region`` in force, with Friday 20 November off beside the state's own holidays."""
    add = changes.pop("add", {dt.date(2026, 11, 20): "Day of the state"})
    row = services.propose_calendar(of_user(lead), add, (), None, "As the state does.", now, region=region, **changes)
    return services.publish_calendar(of_user(second_lead), row.pk, now)


def delivered(session: Any, now: dt.datetime) -> NotesRequest:
    services.open_for_findings([session.pk], now)
    row: NotesRequest = session.notes_requests.get()
    services.deliver(row.pk, SYSTEM, now)
    row.refresh_from_db()
    return row


def test_a_request_counts_by_the_calendar_of_the_state_its_provider_practises_in(
    make_session: Any, priya: User, lead: User, second_lead: User, now: dt.datetime
) -> None:
    row = regional(lead, second_lead, now)
    assert priya.provider is not None
    before = delivered(make_session(), now)
    practises(priya.provider, "NY", now)
    after = delivered(make_session(), now)
    assert (before.due_at, after.due_at) == (DUE, DUE + DAY)
    assert after.calendar == row
    assert after.calendar_version == f"Business days in New York, version {row.pk} of 2026-11-18"
    assert after.deadline is not None
    assert after.deadline["calendar"]["name"] == "Business days in New York"
    assert "Day of the state" in str(after.deadline["days"])


@pytest.mark.parametrize(
    ("state", "days", "own"),
    [
        ("NY", {}, True),
        ("CA", {}, False),  # has none of its own
        ("AE", {}, False),  # an address, no region
        ("NY", {"to": "2026-11-17"}, False),  # moved away yesterday
        ("NY", {"to": "2026-11-18"}, True),
        ("NY", {"from": "2026-11-18"}, True),
        ("NY", {"from": "2026-11-19"}, False),
    ],
)
def test_the_state_of_the_day_decides(
    opened: NotesRequest, lead: User, second_lead: User, now: dt.datetime, state: str, days: dict[str, str], own: bool
) -> None:
    regional(lead, second_lead, now)
    practises(opened.provider, state, now, **days)
    found = calendars.of_provider(opened.provider, now)
    assert found.name == ("Business days in New York" if own else "US federal holidays")


def test_the_latest_statement_counts_until_it_is_withdrawn(
    opened: NotesRequest, lead: User, second_lead: User, now: dt.datetime
) -> None:
    regional(lead, second_lead, now)
    practises(opened.provider, "NY", now)
    later = practises(opened.provider, "CA", now + DAY)
    assert calendars.of_provider(opened.provider, now).name == "US federal holidays"
    sessions.withdraw(SYSTEM, later.pk, "They did not move.", now + DAY)
    assert calendars.of_provider(opened.provider, now).name == "Business days in New York"


def test_nothing_stated_or_published_later_moves_a_clock_that_runs(
    opened: NotesRequest, lead: User, second_lead: User, now: dt.datetime
) -> None:
    practises(opened.provider, "NY", now)
    regional(lead, second_lead, now)
    opened.refresh_from_db()
    assert opened.due_at == DUE
    row = services.grant_extension(of_user(lead), opened.pk, 1, "A busy week.", THURSDAY)
    assert row.due_at == DUE + DAY, "recounted with the calendar it started with"


def test_a_regional_clock_goes_on_with_its_calendar_once_that_has_ended(
    make_session: Any, priya: User, lead: User, second_lead: User, now: dt.datetime
) -> None:
    regional(lead, second_lead, now)
    assert priya.provider is not None
    practises(priya.provider, "NY", now)
    first = delivered(make_session(), now)
    end = services.propose_end(of_user(lead), "NY", "The network counts for all.", now)
    with pytest.raises(Refused, match="Somebody else"):
        services.publish_calendar(of_user(lead), end.pk, now)
    assert calendars.in_force("NY").name == "Business days in New York"
    services.publish_calendar(of_user(second_lead), end.pk, now)
    assert calendars.regions_in_force() == []
    assert delivered(make_session(), now).due_at == DUE
    row = services.grant_extension(of_user(lead), first.pk, 1, "A busy week.", THURSDAY)
    assert row.due_at == DUE + 2 * DAY
    with pytest.raises(Refused, match="no calendar of its own"):
        services.propose_end(of_user(lead), "NY", "Again.", now)


def test_the_first_calendar_of_a_region_has_the_states_days_ahead_beside_the_networks(
    lead: User, second_lead: User, now: dt.datetime
) -> None:
    network = services.propose_calendar(
        of_user(lead), {dt.date(2026, 12, 24): "Office closed"}, (), None, "As agreed.", now
    )
    services.publish_calendar(of_user(second_lead), network.pk, now)
    regional(lead, second_lead, now, add={})
    found = calendars.in_force("NY")
    assert found.day_off(dt.date(2026, 12, 24)) and found.day_off(dt.date(2026, 11, 26))
    assert found.holidays[dt.date(2027, 2, 12)] == LINCOLN
    assert dt.date(2026, 2, 12) not in found.holidays, "a day that is over stays as it was counted"
    assert not calendars.in_force().day_off(dt.date(2027, 2, 12))
    assert calendars.in_force("CA") == calendars.in_force()


def test_a_holiday_of_the_state_may_be_worked_in_every_year_and_further_years_bring_the_others(
    lead: User, second_lead: User, now: dt.datetime
) -> None:
    regional(lead, second_lead, now, work_always=[LINCOLN])
    assert LINCOLN not in calendars.in_force("NY").holidays.values()
    further = services.propose_calendar(of_user(lead), {}, (), 2047, "More years.", now, region="NY")
    services.publish_calendar(of_user(second_lead), further.pk, now)
    found = calendars.in_force("NY")
    assert found.last_year == 2047 and found.holidays[dt.date(2046, 2, 12)] == LINCOLN
    assert found.day_off(dt.date(2047, 7, 4))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"region": "ZZ"}, "Choose one of the states"),
        ({"region": "NY", "work_always": ["Nobody's Day"]}, "no day off"),
        ({"region": ""}, "This is the calendar as it is"),
    ],
)
def test_what_cannot_be_proposed_is_said(lead: User, now: dt.datetime, given: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        services.propose_calendar(of_user(lead), {}, (), None, "Why not.", now, **given)


def test_an_in_lieu_day_goes_with_its_holiday(lead: User, second_lead: User, now: dt.datetime) -> None:
    regional(lead, second_lead, now, region="AK", work_always=["Alaska Day"])
    assert not [name for name in calendars.in_force("AK").holidays.values() if name.startswith("Alaska Day")]


def test_a_region_without_days_of_its_own_may_still_get_a_calendar_and_keeps_it_once_the_networks_changes(
    lead: User, second_lead: User, now: dt.datetime
) -> None:
    regional(lead, second_lead, now, region="WY", add={})
    changed = services.propose_calendar(of_user(lead), {dt.date(2026, 11, 20): "Closed"}, (), None, "Why.", now)
    services.publish_calendar(of_user(second_lead), changed.pk, now)
    assert calendars.in_force().day_off(dt.date(2026, 11, 20))
    assert not calendars.in_force("WY").day_off(dt.date(2026, 11, 20))


def test_a_first_calendar_that_another_one_overtook_is_not_published(
    lead: User, second_lead: User, rui: User, now: dt.datetime
) -> None:
    late = services.propose_calendar(of_user(lead), {}, (), None, "One.", now, region="NY")
    regional(lead, second_lead, now)
    with pytest.raises(Refused, match="Another version"):
        services.publish_calendar(of_user(second_lead), late.pk, now)
    with pytest.raises(NotAllowed):
        services.propose_end(of_user(rui), "NY", "No.", now)


def test_the_database_does_not_let_the_networks_calendar_end(lead: User, now: dt.datetime) -> None:
    row = services.propose_calendar(of_user(lead), {dt.date(2026, 12, 24): "Closed"}, (), None, "Why.", now)
    given = {field.name: getattr(row, field.name) for field in CalendarVersion._meta.fields if field.name != "id"}
    with pytest.raises(IntegrityError, match="network_calendar_goes_on"), transaction.atomic():
        CalendarVersion.objects.create(**{**given, "active": False})


def test_many_providers_are_looked_up_in_two_questions(lead: User, second_lead: User, now: dt.datetime) -> None:
    regional(lead, second_lead, now)
    people = [builders.provider(number) for number in range(20, 26)]
    for person, state in zip(people, ("NY", "CA", "NY", "TX", "NY", "WY"), strict=True):
        practises(person, state, now)
    with CaptureQueriesContext(connection) as asked:
        found = calendars.of_providers(people, now)
    assert len(asked) == 2
    names = [found[person.pk].name for person in people]
    assert names.count("Business days in New York") == 3


def test_a_dispute_and_the_notice_of_a_case_count_by_it_too(
    priya: User, rui: User, lead: User, second_lead: User, now: dt.datetime
) -> None:
    row = regional(lead, second_lead, now)
    assert priya.provider is not None
    practises(priya.provider, "NY", now)
    dispute = makers.dispute(of_user(rui), priya.provider)
    disputes.deliver(dispute.pk, now)
    dispute.refresh_from_db()
    assert (dispute.calendar, dispute.due_at) == (row, DUE + DAY)
    case: Case = makers.answered(rui, priya)
    case.refresh_from_db()
    assert case.calendar == row


def test_few_years_ahead_are_warned_of_for_each_calendar(lead: User, second_lead: User, now: dt.datetime) -> None:
    regional(lead, second_lead, now)
    network = services.propose_calendar(of_user(lead), {}, (), 2050, "More years.", now)
    services.publish_calendar(of_user(second_lead), network.pk, now)
    assert calendars.warning(now) == ""
    said = calendars.warning(at("2044-01-01T12:00"))
    assert "“Business days in New York” ends with 2045" in said and "of the network" not in said


def test_program_and_command_count_with_it(
    lead: User, second_lead: User, rui: User, browser_of: Any, now: dt.datetime, frozen: Any
) -> None:
    regional(lead, second_lead, now)
    api = browser_of(rui)
    answer = api.get("/api/v1/calendar?region=NY&year=2026").json()
    assert (answer["region"], answer["name"]) == ("NY", "Business days in New York")
    assert {"date": "2026-11-20", "name": "Day of the state"} in answer["days_off"]
    assert api.get("/api/v1/calendar?region=ZZ").status_code == 400
    asked = {"delivered_at": "2026-11-18T10:00:00-05:00", "time_zone": "America/New_York"}
    for region, day in (("NY", "2026-11-24"), ("CA", "2026-11-23")):
        found = api.get("/api/v1/deadlines/preview", {**asked, "region": region}).json()
        assert found["due_date"] == day
        out = io.StringIO()
        call_command(
            "deadline", asked["delivered_at"], "--time-zone", asked["time_zone"], "--region", region, stdout=out
        )
        assert day in out.getvalue()
    with pytest.raises(CommandError, match="must be a US state"):
        call_command("deadline", asked["delivered_at"], "--time-zone", asked["time_zone"], "--region", "ZZ")


def test_the_page_proposes_publishes_and_ends_a_region(
    lead: User, second_lead: User, browser_of: Any, frozen: Any
) -> None:
    mine, theirs = browser_of(lead), browser_of(second_lead)
    empty = mine.get("/calendar?region=NY").content.decode()
    assert "has no calendar of its own" in empty and LINCOLN.replace("'", "&#x27;") in empty
    sent = mine.post("/calendar", {"region": "NY", "why": "As the state does.", "work_always": ["Election Day"]})
    assert (sent.status_code, sent.url) == (302, "/calendar?region=NY")
    row = CalendarVersion.objects.get(region="NY")
    page = theirs.get("/calendar").content.decode()
    assert "New York: proposed by" in page and "and so in the years after it" in page
    assert "Election Day" not in page
    assert theirs.post(f"/calendar/{row.pk}/publish").url == "/calendar?region=NY"
    assert '<a href="?region=NY">New York</a>' in theirs.get("/calendar").content.decode()
    mine.post("/calendar", {"region": "NY", "why": "The network's is enough.", "end": "1"})
    assert "no calendar of its own any more" in theirs.get("/calendar").content.decode()
    assert [event.payload.get("region") for event in Event.objects.filter(name="calendar.proposed")] == ["NY", "NY"]


def test_every_region_has_days_the_package_knows() -> None:
    for region in REGIONS:
        own = state_days(region)
        assert not set(own) & set(federal_calendar().holidays)
        assert all(day.weekday() < 5 for day in own)
