"""Bounds of the reader's parts, on both sides: forms, languages, spoken times, titles, empty fields, long texts."""

from __future__ import annotations

import pytest

from clawguard.domain.notes import NoteText, Verdict, guards, language, read_note, sections, sentences
from clawguard.domain.notes.note import MOST_CHARACTERS
from clawguard.domain.notes.spoken import as_digits
from tests.domain.notes.builders import ask


@pytest.mark.parametrize(
    ("letters", "form"),
    [
        ("so", "SOAP"), ("sa", "SOAP"), ("soap", "SOAP"), ("sp", "SOAP"), ("op", "SOAP"), ("ap", "SOAP"),
        ("da", "DAP"), ("dp", "DAP"), ("dap", "DAP"), ("ie", "PIE"), ("pie", "PIE"), ("gi", "GIRP"), ("girp", "GIRP"),
        ("bp", "BIRP"), ("rp", "BIRP"), ("birp", "BIRP"), ("ip", "SOAP"), ("gp", "SOAP"),
    ],
)  # fmt: skip
def test_two_letters_say_of_which_form_a_note_is(letters: str, form: str) -> None:
    assert sections.letters_form(set(letters)) == form


@pytest.mark.parametrize(
    ("names", "form"),
    [
        ("subjective objective", "SOAP"),
        ("subjective assessment", "SOAP"),
        ("objective assessment", "headings"),
        ("data assessment", "DAP"),
        ("data plan", "DAP"),
        ("data response", "headings"),
        ("intervention response", "BIRP"),
        ("intervention response behavior goal", "BIRP"),
        ("intervention response goal", "GIRP"),
        ("intervention evaluation", "PIE"),
        ("plan", "none"),
        ("", "none"),
    ],
)
def test_the_form_follows_from_the_sections(names: str, form: str) -> None:
    found = tuple(sections.Section(name, 0, 0, 0) for name in ["header", *names.split()])
    assert sections.form(found) == form


def test_letters_are_headings_where_there_are_two_and_know_that_they_are_short() -> None:
    alone = sections.find("s: slept well\nclient came")
    assert [each.name for each in alone] == ["header"]
    pair = sections.find("s: slept well\np: rest\nfollow-up: friday")
    assert [(each.name, each.short) for each in pair[:3]] == [("header", False), ("subjective", True), ("plan", True)]


@pytest.mark.parametrize(("said", "says"), [("x", True), ("...", False), ("not documented", False), ("-" * 60, False)])
def test_what_a_field_says(said: str, says: bool) -> None:
    assert sections.says_something(said) is says


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("word " * 11, "unknown"),
        ("word " * 12, "en"),
        ("и" * 21, "other"),
        ("и" * 20, "unknown"),
        ("и" * 30 + " " + "a" * 30, "unknown"),
        ("и" * 31 + " " + "a" * 30, "other"),
        ("el la " + "wort " * 14, "es"),
        ("el la " + "wort " * 15, "en"),
        ("el la the " + "wort " * 11, "es"),
        ("el the " + "wort " * 11, "en"),
    ],
)
def test_a_language_needs_words_of_its_own(text: str, code: str) -> None:
    assert language.of(text) == code


@pytest.mark.parametrize(
    ("spoken", "digits"),
    [
        ("one past two", "2:01"),
        ("59 past two", "2:59"),
        ("60 past two", "60 past two"),
        ("half past two", "2:30"),
        ("a quarter after two", "2:15"),
        ("a quarter to two", "1:45"),
        ("ten before one", "12:50"),
        ("twenty-five til nine", "8:35"),
        ("ten past two weeks", "ten past two weeks"),
        ("two o'clock", "2:00"),
    ],
)
def test_times_told_by_the_hour(spoken: str, digits: str) -> None:
    assert as_digits(spoken) == digits.ljust(len(spoken))


def test_a_text_beyond_what_is_read_holds_nothing_against_anybody() -> None:
    """What is missing in the part that was read may stand in the rest."""
    words = "Client came. "
    whole, cut = (read_note(NoteText((words * count,)), ask()) for count in (3, MOST_CHARACTERS // len(words) + 1))
    assert whole.of("N06").verdict is Verdict.MISSING
    found = cut.of("N06")
    assert (found.verdict, found.confidence, found.reason) == (Verdict.UNSURE, "low", "long_text")


@pytest.mark.parametrize(
    ("given", "least"), [("PSYCHOTHERAPY NOTES", True), ("Psychotherapy note.", True), ("Client brought notes.", False)]
)
def test_process_notes_name_themselves(given: str, least: bool) -> None:
    assert guards.names_itself_process_notes(f"{given}\nClient dreamt.") is least
    assert not guards.names_itself_process_notes("x" * 4000 + f"\n{given}")


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("x" * 1000, [1000]),
        ("x" * 1001, [1000, 1]),
        ("word " * 200, [999]),
        ("word " * 201, [999, 4]),
        ("word " * 500 + "end", [999, 994, 508]),
        (" " * 3000, []),
    ],
)
def test_a_page_without_a_stop_is_read_in_pieces_between_words(text: str, lengths: list[int]) -> None:
    found = sentences.split(text)
    assert [end - start for start, end in found] == lengths
    assert not any(text[start:end] != text[start:end].strip() for start, end in found)
