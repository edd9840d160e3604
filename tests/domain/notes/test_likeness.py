"""Copied notes are found; new notes of the same client, on the same form, are not called copied."""

from __future__ import annotations

import itertools
import random
from statistics import median

import pytest

from clawguard.bench.note_corpus import HANDS, PARTS, notes
from clawguard.domain.notes import NoteText
from clawguard.domain.notes.likeness import (
    BANDS,
    LEAST_SHINGLES,
    Fingerprint,
    Runs,
    at_most,
    bands,
    common_passages,
    estimate,
    fingerprint,
    runs,
    similarity,
)

FORM = (
    "S: {}\nO: 10:00-10:45, office. Alert, oriented x4, good eye contact. Denies SI/HI.\nA: F33.1. {}\n"
    "P: Continue weekly. Next session 3/25.\n/s/ Dana Example, LCSW"
)
WEEK_1 = FORM.format(
    "Client described a quarrel with the landlord about the heating and slept badly on three nights because of the "
    "cold.",
    "The quarrel keeps her from studying for the licensing exam, and she has postponed it once. Goal 1 study two hours "
    "a day, reached twice.",
)
WEEK_2 = FORM.format(
    "Client was proud to have cooked for her sister and spoke about the old recipes, and about missing their "
    "grandmother at the table.",
    "Grief comes and goes and no longer stops her from working full days. Goal 1 study two hours a day, reached on "
    "five days.",
)


def text(words: str) -> NoteText:
    return NoteText((words,))


def runs_of(words: str) -> Runs:
    return runs(text(words))


def print_of(words: str) -> Fingerprint:
    return fingerprint(runs_of(words))


def test_a_note_copied_forward_with_new_dates_is_the_same() -> None:
    copied = WEEK_1.replace("3/25", "4/1").replace("10:00-10:45", "11:00-11:50").replace("three nights", "four nights")
    percent = similarity(runs_of(copied), runs_of(WEEK_1))
    assert percent is not None and percent >= 85
    assert set(bands(print_of(copied))) & set(bands(print_of(WEEK_1)))
    assert estimate(print_of(copied), print_of(WEEK_1)) > 0.7


def test_a_new_note_of_the_same_client_on_the_same_form_is_not() -> None:
    percent = similarity(runs_of(WEEK_2), runs_of(WEEK_1))
    assert percent is not None and percent < 20
    assert not set(bands(print_of(WEEK_2))) & set(bands(print_of(WEEK_1)))


def test_common_passages_are_shown_where_they_stand() -> None:
    mixed = WEEK_2 + "\nClient described a quarrel with the landlord about the heating and slept badly on three nights."
    ((one, other),) = common_passages(text(mixed), text(WEEK_1))
    assert mixed[one.start : one.end] == WEEK_1[other.start : other.end]
    assert mixed[one.start : one.end].startswith("Client described a quarrel")


@pytest.mark.parametrize("words", ["", "Stable.", "Denies SI/HI. Continue weekly. " * 40])
def test_too_little_of_its_own_says_nothing(words: str) -> None:
    assert similarity(runs_of(words), runs_of(WEEK_1)) is None
    assert print_of(words).shingles < LEAST_SHINGLES
    assert bands(print_of(words)) == ()
    assert estimate(print_of(words), print_of(WEEK_1)) == 0


def test_the_same_words_have_the_same_fingerprint_and_keys_fit_a_column() -> None:
    one, other = print_of(WEEK_1), print_of(WEEK_1)
    assert one == other and estimate(one, other) == 1
    assert len(bands(one)) == BANDS
    assert all(0 <= key < 2**63 for key in bands(one))
    assert bands(one)[:2] == (bands(other)[0], bands(other)[1])


def test_no_more_of_a_note_stands_in_another_than_their_numbers_allow() -> None:
    """Notes written from the same sentences, from none in common to all, the one up to three times as long."""
    chance, told = random.Random(8), sentences()
    beyond = list[float]()
    for _ in range(300):
        of_both = chance.randrange(13)
        common, one, other = (chance.sample(told, count) for count in (of_both, 12 - of_both, chance.randrange(24)))
        a, b = runs_of(" ".join(common + one)), runs_of(" ".join(other + common))
        percent, most = similarity(a, b), at_most(fingerprint(a), fingerprint(b))
        if percent is not None and len(b) >= LEAST_SHINGLES:
            assert percent <= most <= 100
            beyond.append(most - percent)
    assert len(beyond) > 250 and median(beyond) < 25  # and they do not allow everything


def test_a_note_that_stands_whole_in_another_may_be_all_copied() -> None:
    a, b = print_of(WEEK_1), print_of(f"{WEEK_1}\n{WEEK_2}")
    assert at_most(a, b) == 100 > at_most(b, a)
    assert at_most(a, a) == 100 and at_most(a, print_of("Stable.")) == 0


def sentences() -> list[str]:
    told = {part for note in notes(PARTS[0]) for page in note.text.pages for part in page.split(". ")}
    return sorted(part for part in told if 12 <= len(part.split()) <= 40)


def test_no_two_notes_of_the_corpus_are_called_copies() -> None:
    """They share formulas and forms, most are by one writer, and all were written anew."""
    prints = [(note.id, fingerprint(runs(note.text))) for part in (*PARTS, *HANDS) for note in notes(part)]
    alike = [(a, b) for (a, one), (b, other) in itertools.combinations(prints, 2) if estimate(one, other) > 0.3]
    assert alike == []


def test_a_fingerprint_never_changes() -> None:
    """Stored fingerprints are compared with new ones: other numbers here would make all of them useless."""
    assert print_of(WEEK_1).smallest[:3] == PINNED


PINNED = (47667916, 121189605, 54739153)
