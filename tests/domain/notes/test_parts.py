"""Dates, sentences, sections, denials, signatures, languages: the small readers, each on both sides."""

from __future__ import annotations

import datetime as dt

import pytest

from clawguard.domain.notes import calendar_days, language, sections, sentences, signatures, standing
from clawguard.domain.notes.folding import folded, mended, without_open_fields
from clawguard.domain.notes.spoken import as_digits


@pytest.mark.parametrize(
    "text",
    [
        "03/18/2026",
        "3/18/26",
        "3-18-2026",
        "3.18.26",
        "march 18, 2026",
        "mar 18 2026",
        "18 march 2026",
        "2026-03-18",
        "sept",
    ],
)
def test_dates_in_their_spellings(text: str) -> None:
    wanted = [] if text == "sept" else [dt.date(2026, 3, 18)]
    assert [day.date for day in calendar_days.find(text)] == wanted


@pytest.mark.parametrize(("text", "year"), [("1/2/65", 1965), ("1/2/39", 2039), ("1/2/40", 1940)])
def test_short_years_are_of_this_or_the_last_century(text: str, year: int) -> None:
    assert calendar_days.find(text)[0].date == dt.date(year, 1, 2)


@pytest.mark.parametrize("text", ["13/40/2026", "4/7 days", "1.2.3.4", "2026-99-01", "30 february 2026"])
def test_what_is_no_date(text: str) -> None:
    assert calendar_days.find(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She slept. He left.", ["She slept.", "He left."]),
        ("Dr. Example called at 2 p.m. today.", ["Dr. Example called at 2 p.m. today."]),
        ("first\nsecond", ["first", "second"]),
        ("A line that was wrapped by a program because it was far too long to fit\non one line.", None),
        ("- one\n- two", ["- one", "- two"]),
    ],
)
def test_sentences(text: str, expected: list[str] | None) -> None:
    assert [text[start:end] for start, end in sentences.split(text)] == (expected or [text])


@pytest.mark.parametrize(
    ("text", "form", "names"),
    [
        ("S: a\nO: b\nA: c\nP: d", "SOAP", ["subjective", "objective", "assessment", "plan"]),
        ("**S:** a\n**O:** b\n**A:** c\n**P:** d", "SOAP", ["subjective", "objective", "assessment", "plan"]),
        ("S - a\nO - b\nA - c\nP - d", "SOAP", ["subjective", "objective", "assessment", "plan"]),
        ("S: told. O: seen. A: c. P: d", "SOAP", ["subjective", "objective", "assessment", "plan"]),
        ("Subjective\nx\nObjective\ny", "SOAP", ["subjective", "objective"]),
        ("## Subjective\nx\n## Plan\ny", "headings", ["subjective", "plan"]),
        ("D: a\nA: b\nP: c", "DAP", ["data", "assessment", "plan"]),
        ("DATA: a\nASSESSMENT: b\nPLAN: c", "DAP", ["data", "assessment", "plan"]),
        ("B: a\nI: b\nR: c\nP: d", "BIRP", ["behavior", "intervention", "response", "plan"]),
        ("Goal: 1\nIntervention: b\nResponse: c\nPlan: d", "GIRP", ["goal", "intervention", "response", "plan"]),
        ("P: a\nI: b\nE: c", "PIE", ["data", "intervention", "evaluation"]),
        ("She said that a: b is so.", "none", []),
    ],
)
def test_sections_and_forms(text: str, form: str, names: list[str]) -> None:
    found = sections.find(folded(text))
    assert sections.form(found) == form
    assert [each.name for each in found if each.start > each.head] == names


@pytest.mark.parametrize(
    ("content", "says"),
    [("weekly", True), ("none", False), (" n/a ", False), ("  ", False), ("/s/ Dana Example, LCSW".lower(), False)],
)
def test_an_empty_field_says_nothing(content: str, says: bool) -> None:
    assert sections.says_something(content) is says


@pytest.mark.parametrize(
    ("words", "phrase", "expected"),
    [
        ("endorses suicidal ideation, no plan", "suicidal", standing.SAID),
        ("denies suicidal or homicidal ideation", "homicidal", standing.DENIED),
        ("si: denied", "si", standing.DENIED),
        ("suicidal and homicidal ideation denied", "suicidal", standing.DENIED),
        ("no sleep; suicidal thoughts since monday", "suicidal", standing.SAID),
        ("not sad but suicidal", "suicidal", standing.SAID),
        ("she is not suicidal", "suicidal", standing.DENIED),
        ('her sister said "emdr is great"', "emdr", standing.QUOTED),
        ("we will start cbt next week", "cbt", standing.PLANNED),
        ("her previous therapist used cbt", "cbt", standing.ELSEWHERE),
        ("used cbt with her", "cbt", standing.SAID),
        ("emdr not started", "emdr", standing.DENIED),
        ("emdr was not yet tried", "emdr", standing.DENIED),
        ("emdr not only started", "emdr", standing.SAID),
        ("no hallucinations um we did cbt for guilt", "cbt", standing.SAID),
        ("no hallucinations or cbt", "cbt", standing.DENIED),
    ],
)
def test_where_a_phrase_stands(words: str, phrase: str, expected: str) -> None:
    start = words.index(phrase)
    assert standing.of(words, start, start + len(phrase)) == expected


@pytest.mark.parametrize(
    ("line", "credentials", "day", "minutes"),
    [
        ("/s/ Dana Example, LCSW 3/18/26", True, dt.date(2026, 3, 18), None),
        (
            "Electronically signed by Dana Example, LCSW on 03/18/2026 at 5:12 PM",
            True,
            dt.date(2026, 3, 18),
            17 * 60 + 12,
        ),
        ("Dana Example, LCSW (electronically signed 3/18/26 1:05 pm)", True, dt.date(2026, 3, 18), 13 * 60 + 5),
        ("E-signed Dana Example, LCSW 3/18/26 1512", True, dt.date(2026, 3, 18), 15 * 60 + 12),
        (
            "Electronically signed by: Dana Example, LCSW\nDate/Time: 03/18/2026 3:15 PM",
            True,
            dt.date(2026, 3, 18),
            915,
        ),
        ("Signed, Dana Example", False, None, None),
        ("/es/ Dana Example, LCSW 3/18/26", True, dt.date(2026, 3, 18), None),
    ],
)
def test_signature_lines(line: str, credentials: bool, day: dt.date | None, minutes: int | None) -> None:
    (found,) = signatures.find(line, folded(line))
    assert (found.credentials, found.day, found.minutes, found.cosign) == (credentials, day, minutes, False)


@pytest.mark.parametrize(
    "line",
    [
        "Client signed consent on file.",
        "Telehealth consent signed 1/5/2026",
        "She signed up for class.",
        "On her signed form.",
        "Signature:",
    ],
)
def test_what_is_no_signature(line: str) -> None:
    assert signatures.find(line, folded(line)) == ()


def test_a_supervisor_and_a_stamp_are_told_apart() -> None:
    text = "/s/ Dana Example, LMSW\nCo-signed by Robin Specimen, LCSW\nRobin Specimen, LCSW cosigned\n[signature stamp]"
    assert [(each.cosign, each.stamp) for each in signatures.find(text, folded(text))] == [
        (False, False),
        (True, False),
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("the client reports that she has been sad and that her sleep is poor, and denies any thoughts of it", "en"),
        ("la cliente dice que no puede dormir por las noches y que ha faltado al trabajo en dos días", "es"),
        ("a cliente não consegue dormir e está muito triste com a morte do pai, e não foi ao trabalho", "pt"),
        ("la cliente dit qu'elle ne dort pas et que son mari est parti dans une autre ville avec les enfants", "fr"),
        ("клиентка говорит что плохо спит и не может сосредоточиться на работе", "other"),
        ("10:00 f33.1 cbt", "unknown"),
    ],
)
def test_languages(text: str, code: str) -> None:
    assert language.of(text) == code


@pytest.mark.parametrize(
    ("noisy", "clean"),
    [
        ("l0:00 am - 1o:45 am", "10:00 am - 10:45 am"),
        ("o3/18/2o26", "03/18/2026"),
        ("den1es su1cidal", "denies suicidal"),
        ("medica11y", "medically"),
        ("f33.1 phq9 90837", "f33.1 phq9 90837"),
    ],
)
def test_noise_of_text_recognition_is_mended_in_place(noisy: str, clean: str) -> None:
    assert mended(noisy) == clean


@pytest.mark.parametrize(
    ("spoken", "digits"),
    [
        ("at ten oh one am sharp", "at 10:01am       sharp"),
        ("two forty-five p.m. to three pm", "2:45pm              to 3:00pm  "),
        ("twelve fifteen pm", "12:15pm          "),
        ("two people came at ten", "two people came at ten"),
    ],
)
def test_dictated_times_become_digits_in_place(spoken: str, digits: str) -> None:
    assert as_digits(spoken) == digits
    assert len(digits) == len(spoken)


def test_folding_moves_no_character() -> None:
    text = "İstanbul – “quote” ’s\u00a0Ünïcode"
    assert len(folded(text)) == len(text)
    assert without_open_fields("[ ] cbt [x] dbt") == "        [x] dbt"
