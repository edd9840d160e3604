"""The short forms of the examples on the pages of the checks, each laid over the innocent session."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from clawguard.domain.checks.examples import Example, ExampleError, read
from clawguard.domain.codesets import CodeTables
from tests.domain.checks.builders import DAY, FY2025, FY2026, NEW_YORK, TABLES


def example(**fragment: Any) -> Example:
    return read(fragment, TABLES)


def on_the_clock(moment: dt.datetime | None, zone: ZoneInfo = NEW_YORK) -> str:
    assert moment is not None
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def test_an_empty_fragment_is_the_innocent_session_alone() -> None:
    plain = example()
    given = plain.session
    assert (given.external_id, given.provider_npi, given.provider_license) == ("S-1", "1999999984", "LCSW")
    assert (given.client_key, given.client_birth_date, given.client_state) == ("C-77", dt.date(1991, 4, 11), "NY")
    assert (given.payer_id, given.payer_kind) == ("60054", "commercial")
    assert (given.date_of_service, given.place_of_service, given.telehealth) == (DAY, "11", "none")
    assert (on_the_clock(given.start), on_the_clock(given.end)) == ("2026-03-18 10:00", "2026-03-18 10:55")
    assert [(line.code, line.modifiers, line.charge) for line in given.service_lines] == [("90837", (), Decimal(180))]
    assert (given.diagnoses, given.contracted_rate) == (("F331",), Decimal("142.50"))
    beside = plain.context
    assert (plain.about, beside.same_day, beside.history, beside.facts, beside.note) == ("", (), (), {}, None)
    assert beside.tables is TABLES


def test_it_is_screened_a_fortnight_later_at_noon_of_the_practice_or_on_the_day_it_names() -> None:
    assert example().context.now == dt.datetime(2026, 4, 1, 16, tzinfo=dt.UTC)
    there = {"time_zone": "America/Los_Angeles"}
    assert example(screened_on="2027-01-02", provider=there).context.now == dt.datetime(2027, 1, 2, 20, tzinfo=dt.UTC)


def test_what_it_is_about_is_kept_for_the_reader() -> None:
    assert example(about="Fifty-three minutes.").about == "Fifty-three minutes."


def test_an_object_is_laid_over_field_by_field() -> None:
    given = example(provider={"license": "PSYCHOLOGIST"}, client={"state": "CA"}, place_of_service="10").session
    assert (given.provider_license, given.provider_npi) == ("PSYCHOLOGIST", "1999999984")
    assert (given.client_state, given.client_key, given.place_of_service) == ("CA", "C-77", "10")


def test_lines_are_codes_with_their_modifiers_and_objects_where_they_need_more() -> None:
    more = {"code": "90785-59", "charge": "20.00", "time": "10:05-10:20"}
    first, second = example(lines=["90837-95-HO", more]).session.service_lines
    assert (first.code, first.modifiers, first.charge, first.start) == ("90837", ("95", "HO"), Decimal(180), None)
    assert (second.code, second.modifiers, second.charge) == ("90785", ("59",), Decimal(20))
    assert (on_the_clock(second.start), on_the_clock(second.end)) == ("2026-03-18 10:05", "2026-03-18 10:20")


def test_an_end_before_its_start_belongs_to_the_next_day_and_an_equal_one_does_not() -> None:
    given = example(time="23:30-00:20").session
    assert (on_the_clock(given.start), on_the_clock(given.end)) == ("2026-03-18 23:30", "2026-03-19 00:20")
    with pytest.raises(ExampleError, match=r"/end .+ is not after `start`"):
        example(time="10:00-10:00")


@pytest.mark.parametrize("fragment", [{"time": None}, {"minutes": 53}])
def test_without_a_clock_there_are_no_times(fragment: dict[str, Any]) -> None:
    given = example(**fragment).session
    assert (given.start, given.end, given.minutes) == (None, None, fragment.get("minutes"))


def test_minutes_may_stand_beside_a_clock() -> None:
    given = example(minutes=53, time="10:00-10:55").session
    assert (given.minutes, on_the_clock(given.end)) == (53, "2026-03-18 10:55")


def test_times_are_on_the_clock_of_the_practice() -> None:
    los_angeles = ZoneInfo("America/Los_Angeles")
    given = example(provider={"time_zone": str(los_angeles)}).session
    assert on_the_clock(given.start, los_angeles) == "2026-03-18 10:00"


def test_other_sessions_of_the_day_are_of_the_same_parties_at_noon_unless_told_otherwise() -> None:
    told = example(
        provider={"license": "PSYCHIATRIST"},
        client={"external_id": "C-5"},
        payer={"kind": "medicaid"},
        date_of_service="2026-03-20",
        place_of_service="10",
        same_day=[{}, {"client": {"external_id": "C-6"}, "time": "15:00-15:55"}],
    )
    first, second = told.context.same_day
    assert [first.external_id, second.external_id] == ["S-2", "S-3"]
    assert (first.provider_license, first.client_key, first.payer_kind) == ("PSYCHIATRIST", "C-5", "medicaid")
    assert first.date_of_service == second.date_of_service == dt.date(2026, 3, 20)
    assert (on_the_clock(first.start), on_the_clock(first.end)) == ("2026-03-20 12:00", "2026-03-20 12:55")
    assert first.place_of_service == "11"  # what is no party is the innocent session's again
    assert (second.client_key, on_the_clock(second.start)) == ("C-6", "2026-03-20 15:00")


def test_earlier_sessions_are_numbered_apart() -> None:
    first, second = example(history=[{"date_of_service": "2026-03-11"}, {}]).context.history
    assert (first.external_id, first.date_of_service) == ("S-20", dt.date(2026, 3, 11))
    assert (second.external_id, second.date_of_service) == ("S-21", DAY)


def test_what_was_read_in_a_note_is_told_with_its_reason_and_numbers() -> None:
    note = example(note={"N06": "missing", "N10": "contradicted/too_short/minutes=47,least=53"}).context.note
    assert note is not None
    assert note.on_file
    bare, full = note.verdicts
    assert (bare.element, bare.verdict, bare.confidence, bare.reason, bare.numbers) == (
        "N06",
        "missing",
        "high",
        "",
        (),
    )
    assert (full.verdict, full.reason, full.numbers) == ("contradicted", "too_short", (("minutes", 47), ("least", 53)))


def test_facts_are_told_as_they_stand() -> None:
    facts = {"eligibility": [{"status": "inactive"}]}
    assert example(facts=facts).context.facts == facts


def test_changed_values_of_the_policy_hold_for_every_payer_and_day() -> None:
    changes = {"filing_days": 90, "video_modifiers": ["95", "GT"], "filing_days_in_states": [["NY", 120]]}
    policies = example(policy=changes).context.tables.policies
    for payer, day in (("60054", DAY), ("other", dt.date(2000, 1, 1))):
        policy = policies.on("commercial", payer, "", day)
        assert (policy.filing_days, policy.video_modifiers) == (90, frozenset({"95", "GT"}))
        assert policy.filing_days_in_states == (("NY", 120),)


def test_a_next_release_follows_the_last_one_for_a_year() -> None:
    tables = example(next_release=["F33.1", "F99.9"]).context.tables
    assert tables.icd[:-1] == TABLES.icd
    later = tables.icd[-1]
    assert later.first_day == FY2026.last_day + dt.timedelta(days=1)
    assert later.last_day - later.first_day == dt.timedelta(days=364)
    assert later.name == "the next release"
    assert set(later.flags) == {"F331", "F999"}


def test_a_next_release_stands_behind_the_last_of_several_and_needs_one() -> None:
    two = replace(TABLES, icd=(FY2025, FY2026))
    later = read({"next_release": ["F331"]}, two).context.tables.icd
    assert (len(later), later[-1].first_day) == (3, dt.date(2026, 10, 1))
    none = CodeTables()
    assert read({"next_release": ["F331"]}, none).context.tables is none


def test_what_the_reader_would_refuse_may_be_put_in_after_it() -> None:
    given = example(unchecked={"date_of_service": "2031-02-03", "diagnoses": ["F33.1", "F33"]}).session
    assert (given.date_of_service, given.diagnoses) == (dt.date(2031, 2, 3), ("F331", "F33"))
    assert example(unchecked={"diagnoses": []}).session.diagnoses == ()


def test_what_one_check_says_is_asked_through_the_registry() -> None:
    short = example(time="10:00-10:30")
    assert [found.check for found in short.findings("CG101")] == ["CG101"]
    assert short.findings("CG102") == ()


def test_a_fragment_that_is_no_session_names_every_field_at_fault() -> None:
    with pytest.raises(ExampleError, match=r"/place_of_service .+; /telehealth .+"):
        example(place_of_service="office", telehealth="maybe")
