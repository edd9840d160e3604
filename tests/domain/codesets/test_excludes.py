"""Reading Excludes1 notes: every shape they come in, and silence where a note is no rule."""

from __future__ import annotations

import datetime as dt

import pytest

from clawguard.domain.codesets import build_release
from clawguard.domain.codesets.excludes import covers, parse_note


@pytest.mark.parametrize(
    ("note", "refs"),
    [
        ("bipolar disorder (F31.-)", ("F31",)),
        ("panic disorder with agoraphobia (F40.01)", ("F4001",)),
        ("two of them (F30.2, F31.2)", ("F302", "F312")),
        ("a range (F20-F29)", ("F20-F29",)),
        ("a range with dashes (E00-E03.-)", ("E00-E03",)),
        ("current concussion (brain) (S06.0X- with seventh character A)", ("S060X@A",)),
        ("a list with a range (F10.-, F11-F19)", ("F10", "F11-F19")),
        ("normal variation in pattern of selective attachment", ()),
        ("stuttering after a stroke (I69. with final characters -23)", ()),
        ("see Alphabetical Index (I96) and more (in):", ()),
        ("torticollis NOS M43.6", ()),
        ("half of it unreadable (F31.-, something else)", ()),
    ],
)
def test_a_note_is_read_or_left(note: str, refs: tuple[str, ...]) -> None:
    assert parse_note(note) == refs


@pytest.mark.parametrize(
    ("ref", "code", "meant"),
    [
        ("F31", "F31", True),
        ("F31", "F3132", True),
        ("F31", "F330", False),
        ("F20-F29", "F20", True),
        ("F20-F29", "F2981", True),
        ("F20-F29", "F30", False),
        ("F20-F29", "F1999", False),
        ("S060X@A", "S060X0A", True),
        ("S060X@A", "S060X0D", False),
        ("S060X@A", "S060X", False),
    ],
)
def test_what_a_reference_means(ref: str, code: str, meant: bool) -> None:
    assert covers(ref, code) is meant


RELEASE = build_release(
    "test",
    dt.date(2026, 1, 1),
    dt.date(2026, 12, 31),
    "F32A F331 F250 F0781 S060X0A S060X0D",
    excludes={"F32": ("F33", "F32"), "F30-F39": ("F25", "F30-F39"), "F0781": ("S060X@A",)},
    blocks={"F32": ("F30-F39",), "F33": ("F30-F39",)},
)


@pytest.mark.parametrize(
    ("one", "two", "noted_at"),
    [
        ("F32A", "F331", "F32"),
        ("F331", "F32A", "F32"),
        ("F331", "F250", "F30-F39"),
        ("F0781", "S060X0A", "F0781"),
    ],
)
def test_conflicts_are_found_from_both_sides_and_above(one: str, two: str, noted_at: str) -> None:
    found = RELEASE.conflict(one, two)
    assert found is not None
    assert found.noted_at == noted_at


@pytest.mark.parametrize(("one", "two"), [("F0781", "S060X0D"), ("F250", "S060X0A"), ("F32A", "F32A")])
def test_no_conflict_where_no_note_says_so(one: str, two: str) -> None:
    assert RELEASE.conflict(one, two) is None
