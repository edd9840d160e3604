"""One network written in three formats is read back as the same sessions; X12 rows lead to their segments."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clawguard.domain.submission import Defaults, parse
from clawguard.domain.x12.writers import write_837p
from sessions.intake.readers import read_rows
from sessions.intake.writers import write_csv, write_ndjson
from tests.domain.session_strategy import SESSIONS
from tests.domain.x12_samples import CLAIM, claims

NOW = dt.datetime(2026, 4, 1, 12, tzinfo=dt.UTC)
WRITERS = {
    "sessions_csv": write_csv,
    "sessions_ndjson": write_ndjson,
    "x12_837p": lambda sessions: write_837p(sessions, created=NOW),
}


@pytest.mark.parametrize("kind", sorted(WRITERS))
@settings(max_examples=60)
@given(sessions=st.lists(SESSIONS, max_size=4))
def test_every_format_carries_the_whole_session(kind, sessions):
    chunks = [text.encode() for text in WRITERS[kind](sessions)]
    rows = [row for row in read_rows(kind, chunks) if row.raw is not None]
    assert [problem for row in rows for problem in row.problems] == []
    read = [parse(row.raw, now=NOW) for row in rows]
    assert [submission for submission, _ in read] == [parse(session, now=NOW)[0] for session in sessions]


def test_an_error_in_a_claim_names_its_segment():
    text = claims(*[segment.replace("90837", "9083") for segment in CLAIM])
    (row,) = read_rows("x12_837p", [text.encode()])
    assert (row.number, row.label, row.has_errors) == (16, "S-1", False)
    _, errors = parse(row.raw, now=NOW, defaults=Defaults(time_zone="America/New_York"))
    assert [(row.number_at(error.pointer), error.code) for error in errors] == [(19, "code_format")]


def test_problems_of_claims_and_of_the_file_say_where():
    text = claims(*[segment.replace("ABK", "BK") for segment in CLAIM]).replace("SE*19", "SE*18")
    count, claim = sorted(read_rows("x12_837p", [text.encode()]), key=lambda row: row.raw is not None)
    assert (count.raw, count.number, [p.code for p in count.problems]) == (None, 21, ["count_wrong"])
    (problem,) = claim.problems
    assert (problem.row, problem.message.split(":")[0]) == (
        17,
        "Segment 17 (HI), transaction 0001, interchange 000000007",
    )
    assert claim.has_errors


def test_a_warning_does_not_keep_a_claim_out():
    text = claims(*CLAIM).replace("*180***10", "*181***10")
    (row,) = read_rows("x12_837p", [text.encode()])
    assert [problem.severity for problem in row.problems] == ["warning"]
    assert not row.has_errors
