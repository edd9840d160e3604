"""Boxes, lines and labels with nothing in them tell nothing; nor does what was asked on an earlier day. Both sides."""

from __future__ import annotations

import pytest

from clawguard.domain.notes import folding, printed_names, sections
from tests.domain.notes.builders import ask, result, verdict

Row = tuple[str, str, str, str]  # element, billed codes, text, verdict

FIELDS = [
    ("N19", "90837", "Impact on functioning: [ ] Work [ ] Home [ ] School   Comment:", "missing"),
    ("N19", "90837", "Impact on functioning: [ ] Work [ ] Home [x] School   Comment:", "met"),
    ("N19", "90837", "Impact on functioning: [ ] Work [ ] Home Comment: late to class twice", "met"),
    ("N19", "90837", "Impact on functioning: ( ) Work ( ) Home", "missing"),
    ("N19", "90837", "Impact on functioning: (x) Work ( ) Home", "met"),
    ("N19", "90837", "Impact on functioning: __ Work __ Home", "missing"),
    ("N19", "90837", "Impact on functioning: _x_ Work __ Home", "met"),
    ("N20", "90837", "Danger screen: wants to die __ / hurt self __ / hurt someone __", "missing"),
    ("N20", "90837", "Danger screen: wants to die N / hurt self N / hurt someone N", "met"),
    ("N20", "90837", "Perception: no AVH.", "missing"),
    ("N20", "90837", "Perception: no AVH. No SI.", "met"),
    ("N18", "90837", "Look: [ ] neat   mood: [ ] sad [ ] ok   speech: [ ]   thought: [ ]\nDid: CBT", "missing"),
    ("N18", "90837", "Look: [x] neat   mood: [x] sad [ ] ok   speech: [x] slow   thought: [ ]\nDid: CBT", "met"),
    ("N18", "90837", "He reports feeling sad. Did CBT, mood ladder.", "unsure"),
    ("N18", "90837", "Looked sad, mood low.", "met"),
    ("N38", "90791", "Psych hx: none.\nMedical:\nFamily: none.\nSocial: single.\nSubstances: none.", "missing"),
    ("N38", "90791", "Psych hx: none.\nMedical: asthma.\nFamily: none.\nSocial: single.\nSubstances: none.", "met"),
    (
        "N38",
        "90791",
        "Psych hx: none.\nMedical: [see PCP form]\nFamily: none.\nSocial: x.\nSubstances: none.",
        "missing",
    ),
    ("N38", "90791", "Psych hx: none.\nMedical\n asthma.\nFamily: none.\nSocial: x.\nSubstances: none.", "met"),
    ("N25", "90837", "I: CBT.\nP:\nDana Example, LCSW 3/18/26", "missing"),
    (
        "N25",
        "90837",
        "I: CBT.\nP:\nDana Example, LCSW 3/18/26\nReviewed and cosigned: Wil Drake, LCSW 3/19/26",
        "missing",
    ),
    ("N25", "90837", "I: CBT.\nP: diary\nDana Example, LCSW 3/18/26", "met"),
    ("N23", "90837", "I: CBT.\nR: ct will finish the letter. Will walk on Sat.\nP: 3/25", "missing"),
    ("N23", "90837", "I: CBT.\nR: ct laughed. Will finish the letter.\nP: 3/25", "met"),
    ("N23", "90837", "I: CBT.\nR: ct will finish the letter. Goal 2 (sleep): 3 of 5.\nP: 3/25", "missing"),
]
OF_ANOTHER_DAY = [
    ("N20", "90837", "As noted on February 11 he denied suicidal and homicidal ideation.", "missing"),
    ("N20", "90837", "At the review of February 18 she denied suicidal ideation.", "missing"),
    ("N20", "90837", "SI denied on 2/18.", "missing"),
    ("N20", "90837", "At last visit denied SI/HI.", "missing"),
    ("N20", "90837", "When last asked (3/11) she denied SI.", "missing"),
    ("N20", "90837", "At last visit denied SI/HI. Denies both today.", "met"),
    ("N20", "90837", "As of 3/18 denies SI.", "met"),
    ("N20", "90837", "As on 2/11, denies SI today.", "met"),
    ("N20", "90837", "No SI since last session.", "met"),
    ("N20", "90837", "In the past week denied SI.", "met"),
    ("N20", "90837", "At 9/10 distress, denies SI.", "met"),
    ("N20", "90837", "Denies SI, has a safety plan of 2/18.", "met"),
]
OF_SOMETHING_ELSE = [
    ("N06", "90834", "Panic attk Mon 9:10-9:30 pm, none since. CBT.", "missing"),
    ("N06", "90834", "Wed 2:00-2:45 pm, office. CBT.", "met"),  # the session was on a Wednesday
    ("N08", "90839 90840", "Began 1:04 PM, ended 2:06 PM.", "contradicted"),
    ("N08", "90839 90840", "Began 1:04 PM, ended 2:19 PM.", "met"),
    ("N08", "90839 90840", "Began 1:04 PM, ended 2:18 PM.", "contradicted"),
    ("N08", "90839", "Began 1:04 PM, ended 2:06 PM.", "met"),
]
IN_THE_ASSESSMENT = [
    ("N23", "90837", "O: CBT used.\nA: Receptive, laughed at himself. Goal 1 (walks): 3.\nP: 3/25.", "unsure"),
    ("N23", "90837", "O: CBT used.\nA: Client hesitated, then spoke for minutes. GAD moderate.\nP: 3/25.", "unsure"),
    ("N23", "90837", "O: CBT used.\nA: GAD moderate, same as in May. Needs weekly care.\nP: 3/25.", "missing"),
    ("N23", "90837", "O: CBT used.\nA: Client remained depressed. Needs weekly care.\nP: 3/25.", "missing"),
]


@pytest.mark.parametrize(
    ("element", "codes", "text", "wanted"), [*FIELDS, *OF_ANOTHER_DAY, *OF_SOMETHING_ELSE, *IN_THE_ASSESSMENT]
)
def test_what_is_read_of_them(element: str, codes: str, text: str, wanted: str) -> None:
    asked = ask(*codes.split())
    assert verdict(element, text, asked) == wanted, result(element, text, asked)


def test_what_is_told_instead_is_said_and_shown() -> None:
    of_another_day = result("N20", "Sx: low.\nAt the review of February 18 she denied SI.")
    assert (of_another_day.reason, len(of_another_day.spans)) == ("another_day", 1)
    assert "earlier day" in of_another_day.provider
    only_ahead = result("N23", "I: CBT.\nR: ct will finish the letter.\nP: 3/25")
    assert (only_ahead.reason, len(only_ahead.spans)) == ("only_ahead", 1)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("wants to die __ / hurt self __", "                /             "),
        ("rated anxiety __7__ today", "rated anxiety __7__ today"),
        ("time out: ____   total: 43 min", "                 total: 43 min"),
        ("supervised by ______ signed ______", " " * 34),
        ("si: __no__", "si: __no__"),
        ("need: __ work __ home", "need:                "),
        ("_x_ work __ home   comment: late", "_x_ work           comment: late"),
        ("( ) work (x) home", "         (x) home"),
        ("[ ] home comment: late", "         comment: late"),
    ],
)
def test_open_lines_and_boxes_become_blanks_of_the_same_length(text: str, left: str) -> None:
    assert folding.without_open_fields(text) == left


def test_a_label_counts_only_with_something_behind_it() -> None:
    assert not sections.says_something("  mood:    speech:    ")
    assert sections.says_something("  mood: low   speech:    ")
    assert not sections.says_something(" comment:")
    assert sections.says_something(" comment:\nlate to work")


@pytest.mark.parametrize(
    ("line", "is_name"),
    [
        ("Otis Marrow, PhD  3-18-26", True),
        ("J Thimble LPC  3/18/26 8:51a", True),
        ("Ignatia Barley, LCSW-R    3/18/26 2:40 PM", True),
        ("Clinician: Otis Marrow, PhD", True),
        ("Otis Marrow, PhD, Licensed Psychologist", True),
        ("a name, lcsw 3/18/26", True),
        ("Otis Marrow", False),
        ("Called Otis Marrow, PhD, on 3/18/26", False),
        ("Refer to Otis Marrow, MD", False),
        ("DBT, MD", False),
    ],
)
def test_a_line_that_is_a_name_with_credentials_and_nothing_else(line: str, is_name: bool) -> None:
    assert printed_names.is_one(line) == is_name


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Clinician: Dana Example, LCSW, IL lic. 149.020000", "met"),
        ("Dana Example, PhD, lic. no. 011862", "met"),
        ("License E.0100000", "met"),
        ("Lic# 203377 (TX)", "met"),
        ("Her license renewal of 2026", "missing"),
        ("Her license of 12 years is at stake", "missing"),
    ],
)
def test_license_numbers_in_their_spellings(line: str, wanted: str) -> None:
    assert verdict("N05", line, kind="pdf") == wanted
