"""Separators, wrapping, limits and envelopes: what is read, and where each fault is said to be."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clawguard.domain.x12.claim837 import read_claims
from clawguard.domain.x12.envelope import Envelope
from clawguard.domain.x12.remit835 import read_remittances
from clawguard.domain.x12.segments import SegmentProblem
from clawguard.domain.x12.tokenizer import MAX_SEGMENT, tokenize
from tests.domain.x12_samples import CLAIM, ISA, REMIT_CLAIM, claims, remittance

GOOD = claims(*CLAIM)


def split(items):
    items = list(items)
    segments = [item for item in items if not isinstance(item, SegmentProblem)]
    return segments, [item for item in items if isinstance(item, SegmentProblem)]


def problems(text):
    return [(problem.code, problem.position) for problem in split(Envelope([text]))[1]]


def elements(text):
    return [segment.elements for segment in split(tokenize([text]))[0]]


def test_a_good_file_has_no_problem_and_every_segment_knows_its_place():
    segments, found = split(Envelope([GOOD]))
    assert found == []
    assert [segment.position for segment in segments] == list(range(1, len(segments) + 1))
    assert all(GOOD[segment.offset :].startswith(segment.id) for segment in segments)


@pytest.mark.parametrize("size", [1, 2, 7, 105, 106, 107, 10_000])
def test_chunks_of_any_size_read_the_same(size):
    data = GOOD.encode()
    pieces = [data[i : i + size] for i in range(0, len(data), size)]
    assert list(tokenize(pieces)) == list(tokenize([GOOD]))


@pytest.mark.parametrize("end", ["~\n", "~\r\n", "~\r", "~ \n\n", "\n", "\x1c", "'"])
def test_every_way_to_end_a_segment(end):
    assert elements(GOOD.replace("~", end)) == elements(GOOD)


def test_lines_wrapped_at_eighty_columns():
    wrapped = "\r\n".join(GOOD[i : i + 80] for i in range(0, len(GOOD), 80))
    segments, found = split(tokenize([wrapped]))
    assert [segment.elements for segment in segments] == elements(GOOD)
    assert found == []


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\r\n ", b"\xef\xbb\xbf\n"])
def test_what_stands_before_the_first_segment_is_passed_over(mark):
    segments, found = split(tokenize([mark, GOOD]))
    assert found == []
    assert segments[0].offset == len(mark)


def test_other_separators():
    text = GOOD.replace("*", "|").replace(":", ">").replace("~", "!")
    assert elements(text)[1:] == [[part.replace(":", ">") for part in segment] for segment in elements(GOOD)[1:]]
    (session,) = read_claims([text])
    assert session.raw["service_lines"][0]["modifiers"] == ["95"]


def test_two_interchanges_with_different_separators():
    second = GOOD.replace("*", "|").replace("~", "'")
    segments, found = split(Envelope([GOOD + "\n", second]))
    assert found == []
    assert len(segments) == 2 * len(elements(GOOD))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("HELLO WORLD", [("isa_missing", 1)]),
        (GOOD[106:], [("isa_missing", 1)]),
        ("ISA*00*short~" + GOOD[106:], [("isa_damaged", 1)]),
        ("\x00junk" + GOOD, [("isa_missing", 1)]),
        (GOOD.replace("          *00", "*00", 1), [("isa_width", 1)]),
        (GOOD.replace("SE*19", "SE*20"), [("count_wrong", 21)]),
        (GOOD.replace("SE*19", "SE*9" + "9" * 5000), [("count_wrong", 21)]),
        (GOOD.replace("SE*19*0001", "SE*19*0002"), [("control_number_differs", 21)]),
        (GOOD.replace("GE*1*1", "GE*2*1"), [("count_wrong", 22)]),
        (GOOD.replace("GE*1*1", "GE*1*9"), [("control_number_differs", 22)]),
        (GOOD.replace("IEA*1", "IEA*2"), [("count_wrong", 23)]),
        (GOOD.replace("IEA*1*000000007", "IEA*1*000000008"), [("control_number_differs", 23)]),
        (GOOD.replace("IEA*1*000000007~", ""), [("iea_missing", 22)]),
        (GOOD.replace("SE*19*0001~", ""), [("se_missing", 21)]),
        (GOOD.replace("GE*1*1~", ""), [("ge_missing", 22)]),
        (GOOD.replace("IEA*1*000000007~", "") + GOOD, [("iea_missing", 23)]),
        (GOOD.replace("LX*1~", "~LX*1~"), [("segment_empty", 18)]),
        (GOOD.replace("GE*1*1", "GE*1*1~N3*LOST"), [("segment_outside", 23)]),
        (GOOD.replace("ST*837", "SE*1*1~ST*837"), [("envelope_order", 3)]),
    ],
)
def test_faults_of_envelopes_are_said_at_their_segment(text, expected):
    assert problems(text) == expected


def test_the_last_terminator_may_be_missing_but_a_cut_is_told():
    assert problems(GOOD[:-1]) == []
    cut = problems(GOOD[: GOOD.index("*180*UN")])
    assert [code for code, _ in cut] == ["truncated", "se_missing", "ge_missing", "iea_missing"]


def test_a_second_interchange_is_read_after_a_damaged_first():
    sessions, found = split(read_claims(["ISA*00*short~N3*X~" + GOOD]))
    assert [problem.code for problem in found] == ["isa_damaged"]
    assert [session.raw["external_id"] for session in sessions] == ["S-1"]


def test_utf_16_is_told_and_latin_1_is_read_with_a_remark():
    assert [p.code for p in split(tokenize([GOOD.encode("utf-16")]))[1]] == ["encoding_utf16"]
    latin = GOOD.replace("*ADA*", "*ADÉ*")
    segments, found = split(tokenize([latin.encode("latin-1")]))
    assert [(p.code, p.severity) for p in found] == [("encoding", "warning")]
    assert split(tokenize([latin.encode()])) == ([s._replace(offset=o.offset) for s, o in zip(
        segments, split(tokenize([latin.encode()]))[0], strict=True)], [])  # fmt: skip


def test_limits_hold_for_the_file_and_for_a_segment():
    long = "NTE*ADD*" + "x" * (MAX_SEGMENT + 10)
    segments, found = split(tokenize([GOOD.replace("LX*1", long + "~LX*1")]))
    assert [(p.code, p.position) for p in found] == [("segment_too_long", 18)]
    assert segments[-1].id == "IEA"
    endless = (b"x" * 65536 for _ in range(40))
    _, found = split(tokenize([ISA + "~", *endless], max_file=1024 * 1024))
    assert [p.code for p in found] == ["segment_too_long", "file_too_large"]


def test_a_control_character_inside_data_is_told():
    _, found = split(tokenize([GOOD.replace("ADA", "A\x00A")]))
    assert [(p.code, p.segment_id) for p in found] == [("control_character", "NM1")]


@given(st.binary(max_size=300), st.integers(1, 20))
def test_no_bytes_make_a_reader_raise(data, size):
    for head in (b"", (ISA + "~").encode()):
        pieces = [(head + data)[i : i + size] for i in range(0, len(head + data), size)]
        list(read_claims(pieces))
        list(read_remittances(pieces))


FULL = {"837": claims(*CLAIM, *[s.replace("S-1", "S-2") for s in CLAIM]), "835": remittance(*REMIT_CLAIM)}


@settings(max_examples=300)
@given(st.sampled_from(sorted(FULL)), st.data())
def test_a_mangled_file_gives_values_and_problems_and_never_raises(kind, data):
    text = FULL[kind]
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        length = data.draw(st.integers(0, 30))
        text = text[:at] + data.draw(st.text("~*:^\n AZ09-.\x00é", max_size=6)) + text[at + length :]
    for item in (read_claims if kind == "837" else read_remittances)([text]):
        assert item is not None


@given(st.integers(0, 30))
def test_losing_any_segment_never_goes_unsaid(lost):
    """Every segment between ISA and IEA is counted by somebody, so leaving one out is always told."""
    parts = GOOD.split("~")[:-1]
    index = 1 + lost % (len(parts) - 1)
    found = list(read_claims(["~".join(parts[:index] + parts[index + 1 :]) + "~"]))
    told = [item for item in found if isinstance(item, SegmentProblem)]
    told += [problem for item in found if not isinstance(item, SegmentProblem) for problem in item.problems]
    assert told


@pytest.mark.parametrize(
    ("text", "code"),
    [(GOOD.replace("          *00", "*00", 1), "isa_width"), (GOOD.replace("LX*1~", "~LX*1~"), "segment_empty")],
)
def test_what_is_read_all_the_same_is_a_remark(text, code):
    found = split(Envelope([text]))[1]
    assert [(problem.code, problem.severity) for problem in found] == [(code, "warning")]
    (session,) = [item for item in read_claims([text]) if not isinstance(item, SegmentProblem)]
    assert all(problem.severity == "warning" for problem in session.problems)
