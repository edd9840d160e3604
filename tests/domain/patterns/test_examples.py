"""The short forms of the examples on the pages of the patterns: runs of sessions, peers, plans; and a run in words."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clawguard.domain.codesets.policies import DEFAULT
from clawguard.domain.patterns.examples import PatternExampleError, read_month, run_in_words
from clawguard.domain.patterns.period import Period, Plan


def month(*runs: dict[str, Any], **fragment: Any) -> Period:
    return read_month({"sessions": list(runs), **fragment}, DEFAULT).period


def test_an_empty_fragment_is_one_ordinary_session_in_march() -> None:
    example = read_month({}, DEFAULT)
    given = example.period
    assert (example.about, given.month, given.policy) == ("", dt.date(2026, 3, 1), DEFAULT)
    assert (given.holidays, given.plans, given.peers.by_kind, given.peers.shares) == (frozenset(), {}, {}, ())
    (day,) = given.days
    assert (day.day, day.visits, day.license, day.tiers) == (dt.date(2026, 3, 2), 1, "LCSW", {"commercial": (0, 1, 0)})
    assert (day.hours, day.unbroken, day.timed, day.at_slots) == ({10: 1}, 1, 1, 1)
    assert list(day.clients.values()) == [1]


def test_a_run_lies_on_as_many_days_as_it_says_so_far_apart() -> None:
    days = month({"on": "2026-03-05", "days": 3, "every": 7}).days
    assert [day.day.day for day in days] == [5, 12, 19]
    assert [day.day.day for day in month({"days": 2}).days] == [2, 3]


def test_sessions_of_a_day_follow_each_other_with_a_gap_unless_they_are_together() -> None:
    with_gap, without, together = (
        month({"sessions": 4, "time": "09:30", **how}).days[0] for how in ({}, {"gap": 0}, {"together": True})
    )
    assert (with_gap.hours, with_gap.unbroken, with_gap.visits) == ({9: 1, 10: 1, 11: 1, 12: 1}, 1, 4)
    assert (without.hours, without.unbroken) == ({9: 1, 10: 1, 11: 2}, 4)
    assert (together.hours, together.visits) == ({9: 4}, 4)
    group = month({"sessions": 4, "code": "90853", "minutes": 50, "together": True}).days[0]
    assert (group.hours, group.visits) == ({10: 1}, 1)


def test_minutes_code_and_payer_are_as_stated() -> None:
    day = month({"code": "90837", "minutes": 53, "payer_kind": "medicaid", "sessions": 2}).days[0]
    assert (day.tiers, day.long_minutes) == ({"medicaid": (0, 0, 2)}, {53: 2})


def test_whole_quarters_are_seen() -> None:
    on_slots = month({"minutes": 60, "gap": 0, "sessions": 3, "time": "10:15"}).days[0]
    assert (on_slots.timed, on_slots.at_slots) == (3, 3)


def test_clients_are_all_the_same_one_where_it_is_named_and_else_all_different() -> None:
    assert [dict(day.clients) for day in month({"client": "C-1", "days": 2, "sessions": 2}).days] == [{"C-1": 2}] * 2
    named = [client for day in month({"days": 2, "sessions": 2}).days for client in day.clients]
    assert len(set(named)) == 4


def test_runs_on_the_same_day_are_one_day_and_days_are_in_order() -> None:
    days = month({"on": "2026-03-09"}, {"on": "2026-03-04"}, {"on": "2026-03-09", "time": "15:00"}).days
    assert [(day.day.day, day.visits) for day in days] == [(4, 1), (9, 2)]


def test_peers_are_so_many_others_with_the_same_numbers_each() -> None:
    peers = month(peers={"providers": 5, "long": 40, "sessions": 100}).peers
    assert peers.by_kind == {"commercial": (200, 500)}
    assert peers.shares == ((40, 100),) * 5


def test_plans_are_kept_by_client_the_latest_last() -> None:
    stated = [
        {"client": "C-1", "sessions": 1, "per": "week"},
        {"client": "C-2", "sessions": 4, "per": "month"},
        {"client": "C-1", "sessions": 2, "per": "week"},
    ]
    assert month(plans=stated).plans == {
        "C-1": (Plan(1, "week", None, None), Plan(2, "week", None, None)),
        "C-2": (Plan(4, "month", None, None),),
    }


def test_policy_holidays_and_what_it_is_about_are_as_stated() -> None:
    given = month(policy={"clock_times_needed": True}, holidays=["2026-03-16", "2026-03-17"])
    assert given.policy.clock_times_needed
    assert given.holidays == {dt.date(2026, 3, 16), dt.date(2026, 3, 17)}
    assert read_month({"about": "A long day."}, DEFAULT).about == "A long day."


def test_findings_are_those_of_one_pattern_whether_it_looks_at_peers_or_not() -> None:
    long_day = read_month({"sessions": [{"sessions": 17, "time": "06:00"}]}, DEFAULT)
    assert {found.pattern for found in long_day.findings("CG620")} == {"CG620"}
    assert long_day.findings("CG622") == ()
    peers = {"providers": 5, "long": 40, "sessions": 100}
    always_long = read_month({"sessions": [{"days": 30, "code": "90837", "minutes": 55}], "peers": peers}, DEFAULT)
    assert {found.pattern for found in always_long.findings("CG622")} == {"CG622"}


def test_what_no_example_has_is_named() -> None:
    with pytest.raises(PatternExampleError, match=r"no example has: session, weeks$"):
        read_month({"weeks": 1, "session": []}, DEFAULT)
    with pytest.raises(PatternExampleError, match=r"no example has: minuets$"):
        read_month({"sessions": [{"minuets": 53}]}, DEFAULT)


@pytest.mark.parametrize(
    ("run", "words"),
    [
        ({}, "1 of 90834, 45 minutes at 10:00, on 2026-03-02"),
        ({"days": 9, "code": "90837"}, "1 of 90837 a day, 45 minutes at 10:00, on 9 days from 2026-03-02"),
        ({"days": 2, "every": 2}, "1 of 90834 a day, 45 minutes at 10:00, on 2 days from 2026-03-02, every 2 days"),
        ({"every": 7}, "1 of 90834, 45 minutes at 10:00, on 2026-03-02"),
        ({"sessions": 3, "gap": 0}, "3 of 90834, 45 minutes from 10:00, 0 minutes between two, on 2026-03-02"),
        ({"sessions": 2, "together": True}, "2 of 90834, 45 minutes at 10:00, together, on 2026-03-02"),
        ({"client": "C-1", "time": "07:30"}, "1 of 90834, 45 minutes at 07:30, on 2026-03-02, with client C-1"),
    ],
)
def test_a_run_in_words(run: dict[str, Any], words: str) -> None:
    assert run_in_words(run) == words
