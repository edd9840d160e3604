"""Signature blocks as people write them: where they begin and end, whose they are, and when they were made."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from clawguard.domain.notes import signatures
from clawguard.domain.notes.folding import folded
from clawguard.domain.notes.signatures import Signature
from tests.domain.notes.builders import ask, moment, result


def found(text: str) -> tuple[Signature, ...]:
    return signatures.find(text, folded(text))


def only(text: str) -> Signature:
    [one] = found(text)
    return one


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("Plan: rest.\nSigned by Dana Example, LCSW", "Signed by Dana Example, LCSW"),
        ("Plan: rest. Signed by Dana Example, LCSW", "Signed by Dana Example, LCSW"),
        ("Rest. Dana Example, LCSW. Signed 3/18/2026", "Dana Example, LCSW. Signed 3/18/2026"),
        ("Rest.\nDana Example, LCSW\nsigned 3/18/2026", "Dana Example, LCSW\nsigned 3/18/2026"),
        ("Rest.\n\nDana Example, LCSW\n\nsigned 3/18/2026", "Dana Example, LCSW\n\nsigned 3/18/2026"),
        ("Rest at home.\nsigned 3/18/2026", "signed 3/18/2026"),
        ("Rest.\nDana Example, LCSW, e-sign 3/18/2026", "Dana Example, LCSW, e-sign 3/18/2026"),
        (
            "Signed: Dana Example, LCSW\nDate: 3/18/2026\nTime: 4 pm\nMore",
            "Signed: Dana Example, LCSW\nDate: 3/18/2026\nTime: 4 pm",
        ),
        ("Signed: Dana Example, LCSW\nThe end", "Signed: Dana Example, LCSW"),
    ],
)
def test_where_a_block_begins_and_ends(text: str, block: str) -> None:
    one = only(text)
    assert text[one.start : one.end].strip() == block


def test_a_name_as_long_as_a_line_may_be() -> None:
    for letters, taken in ((60, True), (61, False)):
        name = f"D{'a' * (letters - 7)}, LCSW"
        assert len(name) == letters
        assert only(f"Rest.\n{name}\nsigned").credentials is taken


@pytest.mark.parametrize("credential", ["PhD", "PsyD", "EdD", "LCSW", "Ph.D.", "Psy.D.", "L.C.S.W."])
def test_credentials_in_their_spellings(credential: str) -> None:
    assert only(f"/s/ Dana Example, {credential} 3/18/2026").credentials


@pytest.mark.parametrize("word", ["Lcsw", "phd", "Example"])
def test_words_that_are_no_credentials(word: str) -> None:
    assert not only(f"/s/ Dana {word} 3/18/2026").credentials


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("/s/ Dana Example, LCSW 3/18/2026 5:40 PM", 17 * 60 + 40),
        ("/s/ Dana Example, LCSW 3/18/2026 5:40 am", 5 * 60 + 40),
        ("/s/ Dana Example, LCSW 3/18/2026 12:05 am", 5),
        ("/s/ Dana Example, LCSW 3/18/2026 23:59", 23 * 60 + 59),
        ("/s/ Dana Example, LCSW 3/18/2026 24:10", None),
        ("/s/ Dana Example, LCSW 3/18/2026 11:60", None),
        ("/s/ Dana Example, LCSW 3/18/2026 1712", 17 * 60 + 12),
        ("10:15 /s/ Dana Example, LCSW 3/18/2026", None),  # the session's, perhaps
    ],
)
def test_the_time_stands_behind_the_day(text: str, minutes: int | None) -> None:
    one = only(text)
    assert (one.day, one.minutes) == (dt.date(2026, 3, 18), minutes)


@pytest.mark.parametrize(
    "text",
    [
        "Consent signed on file",
        "She signed up for a class",
        "Release signed 3/18/2026",
        "Signature: ______________",
        "Signature:",
    ],
)
def test_what_is_no_signature(text: str) -> None:
    assert found(text) == ()


def test_two_signatures_behind_what_is_none() -> None:
    text = "Consent signed on file.\nSigned by Pim Example, LMSW\nCo-signed by Vera Example, LCSW, supervisor"
    first, second = found(text)
    assert (first.cosign, second.cosign) == (False, True)
    assert only("Electronically signed consent reviewed by Dana Example, LCSW").credentials
    assert only("Signature stamp").stamp


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("CBT done.\nNext 3/25.\nDana Example, LCSW 3/18/26", "Dana Example, LCSW 3/18/26"),
        ("CBT done.\nD. Example, LCSW   3/18/2026 4:10 PM\n", "D. Example, LCSW   3/18/2026 4:10 PM"),
        ("CBT done. Next 3/25 1:00. D. Example, LCSW 3/18/26", "D. Example, LCSW 3/18/26"),
        ("CBT done.\nProvider: Dana Example, LCSW\n3/18/2026", "Provider: Dana Example, LCSW"),
        ("CBT done.\nDana Example, LCSW\nSupervisor: ________ date ____", "Dana Example, LCSW"),
        ("CBT done.\nPim Otherperson, LCSW 3/18/26", None),  # somebody else's
        ("CBT done. Called Dana Example, LCSW, about it.", None),
        ("Dana Example, LCSW\nCBT done. Next 3/25.", None),  # above the note it is its header
        ("CBT done.\nDana Example", None),
    ],
)
def test_a_printed_name_below_a_note_is_no_signature_and_is_shown(text: str, shown: str | None) -> None:
    told = result("N31", text, ask(provider_name="Dana Example, LCSW"), kind="pdf")
    assert told.verdict == "missing"
    assert [text[span.start : span.end] for span in told.spans] == ([] if shown is None else [shown])
    assert told.reason == ("" if shown is None else "printed")
    assert ("/s/" in told.provider) == (shown is not None)


def test_a_printed_name_that_is_signed_or_of_a_record_is_none() -> None:
    asked = ask(provider_name="Dana Example, LCSW")
    for text in ("CBT.\n/s/ Dana Example, LCSW 3/18/26", "CBT.\nDana Example, LCSW (e-signed 3/18/26)"):
        assert result("N31", text, asked, kind="pdf").verdict == "met"
    text = "CBT.\nDana Example, LCSW 3/18/26"
    assert result("N31", text, replace(asked, attested_at=moment(16))).verdict == "met"
    assert result("N31", text, replace(asked, provider_name=None), kind="pdf").reason == ""
