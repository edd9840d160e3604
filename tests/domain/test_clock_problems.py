"""What is wrong with the arguments of a deadline: the field, a code that programs know, and a sentence."""

from __future__ import annotations

import datetime as dt

import pytest

from clawguard.domain.clock_problems import (
    DeadlineError,
    Problem,
    count_problem,
    is_aware,
    naive_problem,
    require_aware,
    require_zone,
    zone_problem,
)

NAIVE = dt.datetime.fromisoformat("2026-11-24T13:00")


class NoOffset(dt.tzinfo):
    def utcoffset(self, _when: dt.datetime | None) -> None:
        return None


def told(problem: Problem | None) -> tuple[str, str] | None:
    if problem is None:
        return None
    assert problem.message.endswith(".")
    assert "None" not in problem.message
    return problem.field, problem.code


@pytest.mark.parametrize("moment", [NAIVE, NAIVE.replace(tzinfo=NoOffset())])
def test_a_moment_without_an_offset_is_none(moment: dt.datetime) -> None:
    assert not is_aware(moment)
    assert told(naive_problem(moment, "delivered_at")) == ("delivered_at", "naive_datetime")
    with pytest.raises(DeadlineError, match="delivered_at") as refused:
        require_aware(moment, "delivered_at")
    assert [told(problem) for problem in refused.value.problems] == [("delivered_at", "naive_datetime")]


def test_a_moment_with_an_offset_is_given_back() -> None:
    moment = NAIVE.replace(tzinfo=dt.UTC)
    assert require_aware(moment, "delivered_at") is moment


@pytest.mark.parametrize("name", ["Mars/Base", "", "localtime", "posixrules", "../../etc/passwd", "America", "a\0b"])
def test_what_is_no_place_is_refused_by_name(name: str) -> None:
    assert told(zone_problem(name)) == ("time_zone", "unknown_time_zone")
    with pytest.raises(DeadlineError, match="time zone") as refused:
        require_zone(name)
    assert repr(name) in str(refused.value)


def test_a_place_is_a_zone() -> None:
    assert require_zone("America/New_York").key == "America/New_York"


@pytest.mark.parametrize(
    ("days", "fits"), [(0, False), (1, True), (60, True), (61, False), (True, False), (1.5, False)]
)
def test_business_days_are_a_whole_number_from_1_to_60(days: int, fits: bool) -> None:
    assert told(count_problem(days)) == (None if fits else ("business_days", "business_days_range"))
    assert told(count_problem(days, "answer_days")) == (None if fits else ("answer_days", "business_days_range"))


def test_every_problem_is_told_at_once() -> None:
    problems = [Problem("a", "x", "A is wrong."), Problem("b", "y", "B is wrong.")]
    assert str(DeadlineError(problems)) == "A is wrong. B is wrong."
