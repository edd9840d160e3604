"""Elements by what the network knows beside the note, and readings that the corpus does not reach. Both sides each."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from clawguard.domain.notes import AddendumText, NoteText, PlanFacts, Verdict, read_note
from clawguard.domain.notes._table_words import ADD, NAMES
from clawguard.domain.notes.elements import ALL
from tests.domain.checks.builders import DAY, tables_with
from tests.domain.notes.builders import PLAN, ask, moment, result, verdict

SIGNED = "Signed electronically by Dana Example, LCSW on {}"


def test_all_elements_are_there_with_a_name_and_something_to_add() -> None:
    wanted = [f"N{number:02}" for number in range(1, 60)]
    assert sorted(ALL) == wanted == sorted(NAMES) == sorted(ADD)
    assert [each.element for each in read_note(NoteText(("x",)), ask()).results] == wanted


@pytest.mark.parametrize(
    ("element", "known", "expected"),
    [
        ("N27", {}, "unsure"),
        ("N27", {"plan_missing": True}, "missing"),
        ("N27", {"plan": PLAN}, "met"),
        ("N27", {"plan": dataclasses.replace(PLAN, dated_on=DAY - dt.timedelta(days=365))}, "met"),
        ("N27", {"plan": dataclasses.replace(PLAN, dated_on=DAY - dt.timedelta(days=366))}, "contradicted"),
        ("N27", {"plan": dataclasses.replace(PLAN, dated_on=DAY)}, "met"),
        ("N27", {"plan": dataclasses.replace(PLAN, dated_on=DAY + dt.timedelta(days=1))}, "contradicted"),
        ("N28", {"plan": PLAN}, "met"),
        ("N28", {"plan": dataclasses.replace(PLAN, states=frozenset({"goals"}))}, "missing"),
        ("N28", {"plan": dataclasses.replace(PLAN, states=None)}, "unsure"),
        ("N29", {"plan": PLAN}, "met"),
        ("N29", {"plan": dataclasses.replace(PLAN, clinician_signed=False)}, "missing"),
        ("N29", {"plan": dataclasses.replace(PLAN, clinician_signed=None)}, "unsure"),
        ("N27", {"plan": PlanFacts(accepted=True)}, "met"),
        ("N28", {"plan": PlanFacts(accepted=True)}, "met"),
        ("N29", {"plan": PlanFacts(accepted=True)}, "met"),
        ("N27", {"plan": PlanFacts(sessions_a_week=1)}, "unsure"),
        ("N30", {"plan": PLAN, "sessions_that_week": 1}, "met"),
        ("N30", {"plan": PLAN, "sessions_that_week": 2}, "contradicted"),
        ("N30", {"plan": PLAN}, "unsure"),
        ("N34", {"likeness": 84}, "met"),
        ("N34", {"likeness": 85}, "contradicted"),
        ("N34", {}, "unsure"),
        ("N49", {"consent_on_file": True}, "met"),
        ("N49", {"consent_on_file": False}, "missing"),
        ("N49", {}, "unsure"),
        ("N50", {}, "not_applicable"),
        ("N50", {"interpreter": False}, "not_applicable"),
        ("N50", {"interpreter": True}, "missing"),
        ("N54", {"attested": True}, "met"),
        ("N54", {"attested": False}, "missing"),
        ("N58", {}, "not_applicable"),
        ("N58", {"part2": False}, "not_applicable"),
        ("N58", {"part2": True}, "unsure"),
        ("N58", {"part2": True, "part2_consent": True}, "met"),
        ("N58", {"part2": True, "part2_consent": False}, "missing"),
    ],
)
def test_what_the_network_knows(element: str, known: dict[str, Any], expected: str) -> None:
    assert verdict(element, "Progress note.", ask(**known)) == expected


@pytest.mark.parametrize("code", ["90791", "90839"])
def test_an_evaluation_and_a_crisis_come_before_a_plan(code: str) -> None:
    assert verdict("N27", "Note.", ask(code, plan_missing=True)) == "not_applicable"


@pytest.mark.parametrize(
    ("signed_at", "in_time", "after"),
    [
        (moment(14, 55), "met", "met"),
        (moment(14, 50), "met", "met"),
        (moment(14, 49), "met", "contradicted"),
        (moment(15, 54, days=3), "contradicted", "met"),
        (moment(14, 54, days=3), "met", "met"),
        (moment(14, 55, days=3), "contradicted", "met"),
    ],
)
def test_the_moment_of_signing(signed_at: dt.datetime, in_time: str, after: str) -> None:
    asked = ask(signed_at=signed_at)
    assert (verdict("N32", "Note.", asked), verdict("N33", "Note.", asked)) == (in_time, after)


@pytest.mark.parametrize(
    ("text", "attested_at", "signed", "in_time", "after"),
    [
        ("Note.", moment(16), "met", "met", "met"),
        ("Note.", moment(14, 54, days=3), "met", "met", "met"),
        ("Note.", moment(14, 55, days=3), "met", "unsure", "unsure"),
        ("Note.", moment(14, 40), "met", "met", "contradicted"),
        (SIGNED.format("03/22/2026"), moment(16), "met", "contradicted", "met"),
        (SIGNED.format("03/18/2026"), moment(9, days=30), "met", "met", "met"),
        ("Note.", None, "missing", "unsure", "unsure"),
    ],
)
def test_attesting_signs_what_was_typed_and_tells_of_its_time_only_in_its_favour(
    text: str, attested_at: dt.datetime | None, signed: str, in_time: str, after: str
) -> None:
    asked = ask(attested_at=attested_at)
    assert [verdict(element, text, asked) for element in ("N31", "N32", "N33")] == [signed, in_time, after]


def test_attesting_a_file_signs_nothing_in_it() -> None:
    asked = ask(attested_at=moment(16))
    assert [verdict(element, "Client reports less worry about work.", asked, "pdf") for element in ("N31", "N32")] == [
        "missing",
        "unsure",
    ]


@pytest.mark.parametrize(
    ("text", "in_time", "after"),
    [
        ("Note.", "unsure", "unsure"),
        (SIGNED.format("03/18/2026"), "met", "met"),
        (SIGNED.format("03/18/2026 at 2:10 pm"), "met", "contradicted"),
        (SIGNED.format("03/17/2026"), "met", "contradicted"),
        (SIGNED.format("03/21/2026"), "met", "met"),
        (SIGNED.format("03/22/2026"), "contradicted", "met"),
    ],
)
def test_a_day_without_an_hour_is_read_in_the_writers_favour(text: str, in_time: str, after: str) -> None:
    assert (verdict("N32", text), verdict("N33", text)) == (in_time, after)


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("Addendum 03/20/2026: the session ended at 2:55 pm. /s/ Dana Example, LCSW", "met", ""),
        ("03/20/2026: the session ended at 2:55 pm. /s/ Dana Example, LCSW", "missing", "not_headed"),
        ("Addendum: the session ended at 2:55 pm. /s/ Dana Example, LCSW", "missing", "not_dated"),
        ("Addendum 03/20/2026: the session ended at 2:55 pm. Dana Example", "missing", "not_signed"),
    ],
)
def test_an_addendum(text: str, expected: str, reason: str) -> None:
    found = result("N52", "Note.", ask(addenda=(AddendumText(text),)))
    assert (str(found.verdict), found.reason) == (expected, reason)
    assert verdict("N52", "Note.") == "not_applicable"


@pytest.mark.parametrize(
    ("record", "expected", "reason"),
    [
        ({"headed": True, "received_at": moment(9), "signed": True}, "met", ""),
        ({"received_at": moment(9), "signed": True}, "missing", "not_headed"),
        ({"headed": True, "signed": True}, "missing", "not_dated"),
        ({"headed": True, "received_at": moment(9)}, "missing", "not_signed"),
        ({"headed": True, "received_at": moment(9), "signed": None}, "unsure", "signed_by_delegate"),
        ({"received_at": moment(9), "signed": None}, "missing", "not_headed"),
    ],
)
def test_what_the_record_says_of_an_addendum_need_not_stand_in_it(
    record: dict[str, Any], expected: str, reason: str
) -> None:
    found = result("N52", "Note.", ask(addenda=(AddendumText("The session ended at 2:55 pm.", **record),)))
    assert (str(found.verdict), found.reason) == (expected, reason)


@pytest.mark.parametrize(
    ("addenda", "changed", "expected"),
    [
        ((), None, "not_applicable"),
        (("Addendum: stop time 2:55 pm.",), False, "met"),
        (("Addendum: stop time 2:55 pm.",), None, "unsure"),
        (("Addendum: stop time 2:55 pm.",), True, "contradicted"),
        (("Addendum: the billed code should be 90834.",), False, "contradicted"),
    ],
)
def test_an_addendum_changes_neither_note_nor_code(
    addenda: tuple[str, ...], changed: bool | None, expected: str
) -> None:
    known = ask(addenda=tuple(AddendumText(text) for text in addenda), original_changed=changed)
    assert verdict("N53", "Note.", known) == expected


@pytest.mark.parametrize(
    ("clock_needed", "text", "expected"),
    [
        (True, "53 minutes, office.", "missing"),
        (False, "53 minutes, office.", "met"),
        (False, "Office.", "missing"),
        (True, "2:00-2:55 pm", "met"),
    ],
)
def test_a_total_is_enough_where_the_payer_says_so(clock_needed: bool, text: str, expected: str) -> None:
    policy = tables_with(clock_times_needed=clock_needed).policies.of(ask().session)
    asked = ask(policy=policy)
    assert (verdict("N06", text, asked), verdict("N07", text, asked)) == (expected, expected)


@pytest.mark.parametrize(
    ("text", "expected", "numbers"),
    [
        ("2:00-2:52 pm", "contradicted", {"minutes": 52, "least": 53}),
        ("2:00-2:53 pm", "met", {"minutes": 53}),
        ("Client came at two.", "missing", {}),
    ],
)
def test_minutes_on_both_sides_of_the_code(text: str, expected: str, numbers: dict[str, int]) -> None:
    found = result("N08", text)
    assert (str(found.verdict), dict(found.numbers)) == (expected, numbers)


@pytest.mark.parametrize(
    ("text", "expected"), [("2:05-3:00 pm", "met"), ("2:06-3:01 pm", "contradicted"), ("2:00-2:55", "met")]
)
def test_the_calendar_on_both_sides_of_its_tolerance(text: str, expected: str) -> None:
    assert verdict("N09", text) == expected


@pytest.mark.parametrize(
    ("pages", "name", "birth"),
    [
        ("Testa Mockingbird, DOB 04/11/1991\fTesta Mockingbird, DOB 4/11/91", "met", "met"),
        ("Testa Mockingbird, DOB 04/11/1991\fsecond page", "missing", "missing"),
        ("Mockingbird, Testa (DOB: April 11, 1991)", "met", "met"),
        ("T. M. of Sample Street, born 04/12/1991", "missing", "contradicted"),
    ],
)
def test_name_and_birth_date_on_every_page(pages: str, name: str, birth: str) -> None:
    assert (verdict("N01", pages, kind="pdf"), verdict("N02", pages, kind="pdf")) == (name, birth)
    assert (verdict("N01", pages), verdict("N02", pages)) == ("met", "met")  # typed: in the record


def test_initials_are_a_name_where_the_network_knows_them() -> None:
    known = ask(client_names=("TM",))
    assert verdict("N01", "Client TM seen today", known, "pdf") == "met"
    assert verdict("N01", "Client seen at atm", known, "pdf") == "missing"
    assert verdict("N01", "Client seen", ask(client_names=()), "pdf") == "unsure"


@pytest.mark.parametrize(
    ("legibility", "verdict_of", "confidence"),
    [(0.59, Verdict.UNREADABLE, "low"), (0.6, Verdict.MISSING, "medium")],
)
def test_nothing_is_held_against_what_cannot_be_read(legibility: float, verdict_of: Verdict, confidence: str) -> None:
    found = read_note(NoteText(("Client came to the office.",), "image", (legibility,)), ask()).of("N22")
    assert (found.verdict, str(found.confidence)) == (verdict_of, confidence)


def test_words_that_are_not_recognised_are_left_to_a_person() -> None:
    text = "O: 2:00-2:55 pm. Therapist facilitated a ritual of leave-taking. Client bowed three times."
    assert verdict("N22", text) == "unsure"
    assert verdict("N22", "O: 2:00-2:55 pm. Client was in a good mood.") == "missing"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10 minutes of scoring and 40 minutes of interpretation on 3/18.", "met"),
        ("Testing took place.", "missing"),
    ],
)
def test_testing_time_by_activity(text: str, expected: str) -> None:
    assert verdict("N47", text, ask("96130")) == expected
    assert verdict("N47", text) == "not_applicable"
