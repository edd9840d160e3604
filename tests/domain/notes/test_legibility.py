"""How much of a note can be read. What text recognition says counts; else whether the words look like words."""

from __future__ import annotations

import pytest

from clawguard.domain.notes import NoteText, legibility


@pytest.mark.parametrize(
    ("pages", "kind", "stated", "expected"),
    [
        (("anything",), "image", (0.4,), 0.4),
        (("one", "two"), "image", (0.4, 0.8), 0.6),
        (("one", "two"), "image", (None, 0.8), 0.8),
        (("x",), "typed", (), 1.0),
        (("",), "typed", (), 0.0),
        (("123 - 456",), "typed", (), 0.0),
        (("Sleep bad now",), "pdf", (), 0.0),  # eleven letters
        (("Sleep badly now",), "pdf", (), 1.0),
        (("Slp bdl nw xq zz ttr",), "pdf", (), 1.0),  # a print is believed
        (("Slp bdl nw xq zz ttr",), "image", (), 0.0),  # a scan is not
    ],
)
def test_how_much_can_be_read(pages: tuple[str, ...], kind: str, stated: tuple[float, ...], expected: float) -> None:
    assert legibility.of(NoteText(pages, kind, stated)) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0.0),
        ("Client came", 1.0),  # never more than one
        ("the", 1.0),
        ("to", 0.0),  # two letters are no word by themselves
        ("xqz", 0.0),  # nor are letters without a vowel
        ("abc xyz qrt wst", 0.5 * 1.15),  # six of twelve letters: y is a vowel here
    ],
)
def test_what_looks_like_words(text: str, expected: float) -> None:
    assert legibility.looks_like_words(text) == pytest.approx(expected)


def scan(line: str, kind: str = "image") -> NoteText:
    return NoteText(("Talked about sleep and work.", line), kind)


def test_a_scrawl_counts_on_scans_that_are_not_read_well() -> None:
    hand = "~@/5~ ..v-~~ ,  L__;~*"
    assert legibility.scrawled(scan(hand), 0.84)
    assert not legibility.scrawled(scan(hand), 0.85)
    assert not legibility.scrawled(scan(hand, "pdf"), 0.5)
    assert not legibility.scrawled(scan("Dana Example"), 0.5)


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("~@/~@/~@", True),  # eight marks of three kinds
        ("~@/~@/~", False),  # seven
        ("~@~@~@~@", False),  # of two kinds: a rule
        ("~@/~@/~@ abcdefg", True),  # fewer letters than marks
        ("~@/~@/~@ abcdefgh", False),  # as many
    ],
)
def test_where_a_scrawl_begins(line: str, is_one: bool) -> None:
    assert legibility.scrawled(scan(line), 0.5) is is_one
