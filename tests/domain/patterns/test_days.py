"""A day counted from its sessions: groups once, gaps to the second, and back from what is stored."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from clawguard.domain.patterns import PATTERNS, Visit, day_facts
from clawguard.domain.patterns.days import read_day
from clawguard.domain.patterns.period import months_on

DAY = dt.date(2026, 3, 8)


def visit(begin: int | None = 0, minutes: int = 55, **said: Any) -> Visit:
    usual: dict[str, Any] = {
        "client": "c",
        "payer_kind": "commercial",
        "license": "LCSW",
        "codes": ("90837",),
        "minutes": minutes,
        "begin": None if begin is None else begin * 60.0,
        "end": None if begin is None else (begin + minutes) * 60.0,
        "hour": None if begin is None else begin // 60 % 24,
    }
    return Visit(**{**usual, **said})


def test_rows_of_one_group_are_one_visit() -> None:
    group = [visit(600, 60, codes=("90853",), client=name) for name in "abc"]
    other = visit(700, 60, codes=("90853",), client="d")
    assert day_facts(DAY, [*group, other]).visits == 2
    assert day_facts(DAY, [visit(None, codes=("90853",))] * 2).visits == 2


def minutes_of(*rows: Visit) -> int:
    return day_facts(DAY, rows).minutes


def test_shared_time_counts_once() -> None:
    assert minutes_of(visit(480, 60), visit(540, 60), visit(570, 60)) == 150
    assert minutes_of(*[visit(480, 60, codes=("90853",), client=name) for name in "abcdefgh"]) == 60
    assert minutes_of(visit(480, 60), visit(480, 30)) == 60


def test_totals_without_clock_times_are_added_whole() -> None:
    assert minutes_of(*[visit(None, 60)] * 14) == 840
    assert minutes_of(visit(480, 60), visit(None, 45)) == 105
    assert minutes_of(visit(480, 60), visit(None)._replace(minutes=None)) == 60


def test_of_groups_and_programmes_without_times_only_the_longest_counts() -> None:
    assert minutes_of(visit(None, 60, codes=("90853",)), visit(None, 75, codes=("90853",)), visit(None, 45)) == 120


def test_minutes_of_other_days_are_left_out_without_clock_times() -> None:
    assert minutes_of(*[visit(None, 60, codes=("99484",))] * 20) == 0
    assert minutes_of(*[visit(None, 300, codes=("96130",))] * 5) == 0
    assert minutes_of(visit(None, 60, codes=("90785",)), visit(None, 60, codes=("87070",))) == 60
    assert minutes_of(visit(600, 60, codes=("96130",))) == 60


def test_a_day_counts_the_same_in_any_order() -> None:
    rows = [visit(480, 60), visit(500, 90), visit(None, 45), visit(None, 60, codes=("90853",)), visit(700, 20)]
    assert minutes_of(*rows) == minutes_of(*rows[::-1]) == 235


def test_a_day_stored_before_minutes_were_counted_has_none() -> None:
    stored = day_facts(DAY, [visit(600, 45)]).as_json()
    assert read_day(DAY, stored).minutes == stored.pop("b") == 45
    assert read_day(DAY, stored).minutes == 0


def test_a_second_between_sessions_is_a_gap() -> None:
    row = [visit(0, 60), visit(60, 60), visit(120, 60)]
    assert day_facts(DAY, row).unbroken == 3
    assert day_facts(DAY, [*row[:2], visit(120, 60)._replace(begin=7201.0)]).unbroken == 2
    assert day_facts(DAY, [visit(None)]).unbroken == 0


def test_a_quarter_is_kept_at_both_ends_and_to_the_second() -> None:
    row = [visit(600, 45), visit(700, 45), visit(660, 50), visit(None), visit(615, 15)._replace(end=37801.0)]
    facts = day_facts(DAY, row)
    assert (facts.timed, facts.at_slots) == (4, 1)


def test_a_day_stored_before_quarters_were_counted_has_none() -> None:
    stored = day_facts(DAY, [visit(600, 45)]).as_json()
    del stored["q"]
    assert (read_day(DAY, stored).timed, read_day(DAY, stored).at_slots) == (0, 0)


def test_only_single_lines_of_the_longest_code_tell_its_minutes() -> None:
    facts = day_facts(DAY, [visit(0, 53), visit(60, 53, codes=("90837", "90785")), visit(120, 47, codes=("90834",))])
    assert facts.long_minutes == {53: 1}
    assert facts.tiers == {"commercial": (0, 1, 2)}
    assert facts.clients == {"c": 3}


@given(
    st.lists(
        max_size=12,
        elements=st.builds(
            visit,
            st.one_of(st.none(), st.integers(0, 1400)),
            st.integers(1, 200),
            client=st.sampled_from("abc"),
            codes=st.sampled_from([("90837",), ("90834",), ("90853",), ("99213", "90833")]),
        ),
    )
)
def test_what_is_stored_is_read_back(rows: list[Visit]) -> None:
    facts = day_facts(DAY, rows)
    assert read_day(DAY, json.loads(json.dumps(facts.as_json()))) == facts


def test_months_are_counted_across_years() -> None:
    assert months_on(dt.date(2026, 1, 1), -1) == dt.date(2025, 12, 1)
    assert months_on(dt.date(2025, 12, 1), 1) == dt.date(2026, 1, 1)
    assert months_on(dt.date(2026, 3, 1), -11) == dt.date(2025, 4, 1)


def test_patterns_inform_and_never_accuse() -> None:
    for info in PATTERNS.values():
        words = f"{info.title} {info.suggested_step} {info.provider_message} {info.summary}".lower()
        assert not {"fraud", "violation", "abuse", "suspicious", "offender"} & set(words.replace(".", " ").split())
        assert info.request_items == ()
