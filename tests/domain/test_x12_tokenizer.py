"""From bytes to segments: separators, damage, limits at their exact bounds, offset and place of each problem."""

from __future__ import annotations

import pytest

from clawguard.domain.x12.envelope import Envelope
from clawguard.domain.x12.segments import SegmentProblem
from clawguard.domain.x12.tokenizer import MAX_SEGMENT, tokenize
from tests.domain.x12_samples import CLAIM, ISA, claims

GOOD = claims(*CLAIM)


def split(items):
    items = list(items)
    segments = [item for item in items if not isinstance(item, SegmentProblem)]
    problems = [item for item in items if isinstance(item, SegmentProblem)]
    assert all(problem.message.endswith(".") and "None" not in problem.message for problem in problems)
    return segments, problems


def told(text, **options):
    """Code, position, segment id, offset and severity of each problem."""
    found = split(tokenize([text] if isinstance(text, (str, bytes)) else text, **options))[1]
    return [(each.code, each.position, each.segment_id, each.offset, each.severity) for each in found]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("HELLO", ("isa_missing", 1, "", 0, "error")),
        ("  \nHELLO", ("isa_missing", 1, "", 3, "error")),
        ("ISA*00*short~X", ("isa_damaged", 1, "ISA", 0, "error")),
        (GOOD.replace("          *00", "*00", 1), ("isa_width", 1, "ISA", 0, "warning")),
        (GOOD + "JUNK", ("isa_missing", 24, "", len(GOOD), "error")),
        (GOOD.encode("utf-16"), ("encoding_utf16", 1, "", 0, "error")),
        (GOOD.encode("utf-16-be").join([b"\xfe\xff", b""]), ("encoding_utf16", 1, "", 0, "error")),
        (GOOD.replace("*ADA*", "*AD\x01*"), ("control_character", 9, "NM1", GOOD.index("NM1*85"), "error")),
        (GOOD.replace("*ADA*", "*ADÉ*").encode("latin-1"), ("encoding", 9, "NM1", GOOD.index("NM1*85"), "warning")),
        (GOOD.replace("LX*1~", "~LX*1~"), ("segment_empty", 18, "", GOOD.index("LX*1") + 1, "warning")),
        (GOOD[: GOOD.index("*180*UN")], ("truncated", 19, "SV1", GOOD.index("SV1"), "error")),
    ],
)
def test_a_problem_stands_where_it_is_met(text, problem):
    assert problem in told(text)


@pytest.mark.parametrize("size", [1, 3, 50])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n"])
def test_a_byte_order_mark_is_passed_over_whatever_the_chunks(mark, size):
    data = mark + GOOD.encode()
    segments, problems = split(tokenize([data[at : at + size] for at in range(0, len(data), size)]))
    assert (problems, segments[0].offset, segments[0].elements[13]) == ([], len(mark), "000000007")


@pytest.mark.parametrize(
    ("isa", "repetition"),
    [(ISA, "^"), (ISA.replace("*^*", "*U*"), ""), (ISA.replace("*^*", "*^^*"), "")],
)
def test_a_repetition_separator_is_one_mark_or_none(isa, repetition):
    (first, *_), _ = split(tokenize([GOOD.replace(ISA, isa)]))
    assert first.separators[2] == repetition


@pytest.mark.parametrize("mark", ["A", "7", " "])
def test_letters_digits_and_blanks_separate_nothing(mark):
    assert [problem[0] for problem in told(ISA + mark + GOOD[107:])] == ["isa_damaged"]
    assert [problem[0] for problem in told(ISA[:-1] + mark + GOOD[106:])] == ["isa_damaged"]


def test_separators_that_are_the_same_separate_nothing():
    assert [problem[0] for problem in told(ISA[:-1] + "~" + GOOD[106:])] == ["isa_damaged"]
    assert [problem[0] for problem in told(ISA + "*" + GOOD[107:])] == ["isa_damaged"]


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("SENDER         ", "SENDER", ["isa_width"]),
        ("SENDER         ", "S" * 16, ["isa_damaged"]),
        ("SENDER         *ZZ*", "SENDER*", ["isa_damaged"]),
        ("SENDER         ", "SENDER  *      ", ["isa_damaged"]),
    ],
)
def test_an_interchange_header_of_other_widths_is_read_by_its_elements(old, new, codes):
    assert [problem[0] for problem in told(GOOD.replace(old, new))][: len(codes)] == codes


def test_a_damaged_interchange_does_not_hide_the_next_one():
    first = "ISA*00*short~N3*X~"
    segments, problems = split(tokenize(["\n" + first, GOOD]))
    assert [problem.code for problem in problems] == ["isa_damaged"]
    assert (segments[0].offset, segments[0].position) == (1 + len(first), 1)


def test_a_header_inside_an_interchange_begins_a_new_one_with_its_own_separators():
    lost = GOOD[: GOOD.index("IEA")]
    second = GOOD.replace("*", "|").replace("~", "~")
    segments, problems = split(tokenize([lost + second]))
    assert problems == []
    positions = [segment.position for segment in segments]
    assert positions == list(range(1, len(segments) + 1))
    assert [segment.position for segment in segments if segment.id == "ISA"] == [1, 23]
    assert segments[22].offset == len(lost)


def test_what_stands_behind_a_trailer_is_not_of_the_interchange():
    segments, problems = split(tokenize([GOOD + "N3*LOST~" + GOOD]))
    assert [(problem.code, problem.position) for problem in problems] == [("isa_missing", 24)]
    assert "N3" not in [segment.id for segment in segments]


@pytest.mark.parametrize("blanks", [" ", "\r\n", " \t\r\n", "\x1a\x00", " " * 256, "\n" * 257, "\n" * 40_000])
def test_blanks_between_and_behind_segments_are_nothing(blanks):
    between = GOOD.replace("~LX", f"~{blanks[:300]}LX")
    segments, problems = split(tokenize([between + blanks, blanks + GOOD]))
    assert problems == []
    whole = between + 2 * blanks + GOOD
    assert all(whole[segment.offset :].startswith(segment.id) for segment in segments)
    assert len(segments) == 2 * GOOD.count("~")


@pytest.mark.parametrize(("length", "fits"), [(MAX_SEGMENT, True), (MAX_SEGMENT + 1, False)])
@pytest.mark.parametrize("size", [1000, 100_000])
def test_a_segment_is_too_long_beyond_its_bound_and_the_next_one_is_read(length, fits, size):
    long = "NTE*ADD*" + "x" * (length - 8)
    text = GOOD.replace("LX*1", f"{long}~LX*1")
    segments, problems = split(tokenize([text[at : at + size] for at in range(0, len(text), size)]))
    at = GOOD.index("LX*1")
    assert [(each.code, each.position, each.offset) for each in problems] == (
        [] if fits else [("segment_too_long", 18, at)]
    )
    assert [segment.id for segment in segments][-6:] == ["LX", "SV1", "DTP", "SE", "GE", "IEA"]
    assert all(text[segment.offset :].startswith(segment.id) for segment in segments)


@pytest.mark.parametrize(("room", "fits"), [(0, True), (-1, False)])
def test_a_file_is_too_large_beyond_its_bound(room, fits):
    data = GOOD + " " * (1024 * 1024 - len(GOOD))
    problems = split(tokenize([data], max_file=len(data) + room))[1]
    assert [problem.code for problem in problems] == ([] if fits else ["file_too_large"])


def test_a_file_that_is_too_large_is_told_behind_what_was_read_with_the_bound():
    endless = (GOOD[GOOD.index("LX*1") : GOOD.index("SE*")].encode() for _ in range(100_000))
    segments, (problem,) = split(tokenize([GOOD[: GOOD.index("LX*1")], *endless], max_file=2 * 1024 * 1024))
    assert problem.code == "file_too_large"
    assert "2 MB" in problem.message
    assert len(segments) > 17


def test_text_of_half_characters_is_read_as_bytes_and_told():
    assert [problem[0] for problem in told(GOOD.replace("*ADA*", "*AD\ud800*"))] == ["encoding"]


def test_letters_beyond_ascii_are_utf_8_and_wraps_inside_a_segment_are_no_data():
    segments, problems = split(tokenize([GOOD.replace("*ADA*", "*ZO\r\nË*").encode()]))
    assert problems == []
    assert segments[8].elements[4] == "ZOË"


def envelope_problems(text):
    return [(each.code, each.position, each.interchange, each.transaction) for each in split(Envelope([text]))[1]]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("GE*1*1", "N3*LOST~GE*1*1", ("segment_outside", 22, "000000007", "")),
        ("ST*837", "SE*1*1~ST*837", ("envelope_order", 3, "000000007", "")),
        ("SE*19*0001", "SE*18*0001", ("count_wrong", 21, "000000007", "0001")),
        ("SE*19*0001~", "", ("se_missing", 21, "000000007", "0001")),
        ("GE*1*1", "GE*²*1", ("count_wrong", 22, "000000007", "")),
        ("GE*1*1", "GE*x*1", ("count_wrong", 22, "000000007", "")),
        ("GE*1*1", "GE*0000000001*1", None),
        ("GE*1*1", "GE*00000000001*1", ("count_wrong", 22, "000000007", "")),
        ("GS*HC*A*B*20260318*1200*1*X*005010X222A1~", "", ("envelope_order", 2, "000000007", "")),
    ],
)
def test_a_fault_of_an_envelope_says_where_it_stands(old, new, problem):
    found = envelope_problems(GOOD.replace(old, new))
    assert problem in found if problem else found == []


def test_counts_begin_anew_with_every_envelope():
    transaction = GOOD[GOOD.index("ST*") : GOOD.index("GE*")]
    group = GOOD[GOOD.index("GS*") : GOOD.index("IEA")].replace("GE*1*1", "GE*2*1").replace("GE*", transaction + "GE*")
    text = GOOD[: GOOD.index("GS*")] + group + group + GOOD[GOOD.index("IEA") :].replace("IEA*1", "IEA*2")
    assert envelope_problems(text + GOOD) == []


def test_the_guide_is_of_the_transaction_else_of_its_group():
    envelope = Envelope([GOOD.replace("ST*837*0001*005010X222A1", "ST*837*0001")])
    assert {envelope.version for item in envelope if not isinstance(item, SegmentProblem) and item.id == "CLM"} == {
        "005010X222A1"
    }
    versions = Envelope([GOOD.replace("*X*005010X222A1", "*X*004010X098")])
    assert [(item.id, versions.version) for item in versions if item.id in ("ISA", "GS", "ST")] == [
        ("ISA", ""),
        ("GS", "004010X098"),
        ("ST", "005010X222A1"),
    ]
