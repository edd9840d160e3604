"""What an 837P has no element for: keys and values in K3 and NTE, in at most eighty characters."""

from __future__ import annotations

import datetime as dt

import pytest

from clawguard.domain.x12.codes import CLAIM_EXTRAS
from clawguard.domain.x12.extras import K3_LENGTH, is_extra, read_extras, write_extras

KEYS = {path: key for key, path in CLAIM_EXTRAS.items()}


def value(text: str) -> object:
    values, unknown = read_extras(f"CG1 {text}", CLAIM_EXTRAS)
    assert unknown == []
    (found,) = values.values()
    return found


@pytest.mark.parametrize(
    ("segment", "text", "ours"),
    [
        ("K3", "CG1 TELE=video", True),
        ("K3", "TELE=video", False),
        ("NTE", "TELE=video", True),
        ("NTE", "CG1 TELE=video;PRES=Y;", True),
        ("NTE", "SHE SAID A=B", False),
        ("NTE", "TELE=" + "x" * 75, True),
        ("NTE", "TELE=" + "x" * 76, False),
    ],
)
def test_only_what_is_marked_or_nothing_but_pairs_is_ours(segment: str, text: str, ours: bool) -> None:
    assert is_extra(segment, text) is ours


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("20260318T100230-0400", "2026-03-18T10:02:30-04:00"),
        ("20260318T1002-0430", "2026-03-18T10:02:00-04:30"),
        ("20260318T1002-04", "2026-03-18T10:02:00-04:00"),
        ("20260318T1002Z", "2026-03-18T10:02:00Z"),
        ("2026-03-18", "2026-03-18"),
    ],
)
def test_instants_are_written_without_colons(written: str, read: str) -> None:
    assert value(f"START={written}") == read


@pytest.mark.parametrize(
    ("written", "read"),
    [("53", 53), ("99999", 99999), ("100000", "100000"), ("5.5", "5.5"), ("%C2%B2", "²"), ("x", "x")],
)
def test_whole_numbers_are_numbers_and_anything_else_is_left_for_the_parser(written: str, read: object) -> None:
    assert value(f"{KEYS['minutes']}={written}") == read


def test_a_text_of_digits_is_no_number_and_yes_no_where_it_is_asked() -> None:
    assert value("TELE=5") == "5"
    assert [value(f"PRES={said}") for said in ("Y", "N", "y")] == [True, False, "y"]
    assert value("TELE=Y") == "Y"


def test_keys_that_are_not_defined_are_named_without_their_values() -> None:
    assert read_extras("CG1 COLOUR=RED; TELE=video;;PRES=;", CLAIM_EXTRAS) == ({"telehealth": "video"}, ["COLOUR"])


def test_what_is_written_is_read_back_and_never_longer_than_a_segment_holds() -> None:
    stated = {
        "start": dt.datetime(2026, 3, 18, 14, 2, tzinfo=dt.UTC),
        "end": "2026-03-18T10:57:00-04:00",
        "telehealth": "video",
        "client_present": False,
        "minutes": 53,
        "client_location": "a~b;c=d:e*f",
    }
    texts = write_extras(stated, CLAIM_EXTRAS)
    assert len(texts) > 1
    assert all(text.startswith("CG1 ") and len(text) <= K3_LENGTH for text in texts)
    assert not set("~:*") & set("".join(texts))
    read = {path: found for text in texts for path, found in read_extras(text, CLAIM_EXTRAS)[0].items()}
    assert read == {**stated, "start": "2026-03-18T14:02:00+00:00"}
    assert write_extras({}, CLAIM_EXTRAS) == []


def test_lines_are_full_before_a_new_one_begins() -> None:
    """A pair of 35 characters and one of 40 are a line of eighty with the mark and the semicolon."""
    first, second = KEYS["telehealth"], KEYS["client_location"]
    keys = {first: "a", second: "b"}
    values = {"a": "x" * (34 - len(first)), "b": "y" * (39 - len(second))}
    (line,) = write_extras(values, keys)
    assert len(line) == K3_LENGTH
    assert [len(text) for text in write_extras({**values, "b": values["b"] + "y"}, keys)] == [39, 45]


def test_a_value_fills_a_segment_and_one_that_would_pass_it_is_refused() -> None:
    room = K3_LENGTH - len("CG1 TELE=")
    assert [len(text) for text in write_extras({"telehealth": "x" * room}, CLAIM_EXTRAS)] == [K3_LENGTH]
    with pytest.raises(ValueError, match="telehealth is too long"):
        write_extras({"telehealth": "x" * (room + 1)}, CLAIM_EXTRAS)
