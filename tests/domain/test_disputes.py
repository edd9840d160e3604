"""Reasons, evidence, completeness and the notice that was given, on both sides of each boundary."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clawguard.domain.clock_problems import DeadlineError
from clawguard.domain.disputes import (
    ANSWERS,
    KINDS,
    REASONS,
    Answer,
    EvidenceError,
    FieldType,
    Reason,
    completeness,
    notice_given,
    outcomes_after,
    read_evidence,
)
from clawguard.domain.disputes.reasons import reason_table


def test_what_was_given_up_can_only_end_with_nothing_owed() -> None:
    ends = {answer: outcomes_after(answer) for answer in ("", *Answer)}
    everything = ("upheld", "reduced", "waived", "refunded")
    nothing_owed = ("waived", "refunded")
    assert ends == {"": everything, "contest": everything, "concede": nothing_owed, "waive": nothing_owed}


NEW_YORK = "America/New_York"
TODAY = dt.date(2026, 11, 18)
BEGIN = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


NOTICES = [
    # session starts, cancelled, window in hours, zone → in time, real minutes of notice, minutes short, clocks changed
    # an ordinary day, at the last moment, one microsecond and one minute after it
    ("2026-11-18T10:00-05:00", "2026-11-17T10:00-05:00", 24, NEW_YORK, True, 1440, 0, False),
    ("2026-11-18T10:00-05:00", "2026-11-17T10:00:00.000001-05:00", 24, NEW_YORK, False, 1439, 0, False),
    ("2026-11-18T10:00-05:00", "2026-11-17T10:01-05:00", 24, NEW_YORK, False, 1439, 1, False),
    ("2026-11-18T10:00-05:00", "2026-11-18T06:00-05:00", 24, NEW_YORK, False, 240, 1200, False),
    ("2026-11-18T10:00-05:00", "2026-11-16T10:00-05:00", 48, NEW_YORK, True, 2880, 0, False),
    # after the session had begun; a window of nothing
    ("2026-11-18T10:00-05:00", "2026-11-18T10:05-05:00", 24, NEW_YORK, False, -5, 1445, False),
    ("2026-11-18T10:00-05:00", "2026-11-18T10:00-05:00", 0, NEW_YORK, True, 0, 0, False),
    # the same instants said in other offsets
    ("2026-11-18T15:00+00:00", "2026-11-17T09:00-06:00", 24, NEW_YORK, True, 1440, 0, False),
    # the clocks go back on 1 November: 24 hours are 25 on the wall; the kinder reading is the same time of day
    ("2026-11-01T10:00-05:00", "2026-10-31T10:00-04:00", 24, NEW_YORK, True, 1500, 0, True),
    ("2026-11-01T10:00-05:00", "2026-10-31T10:30-04:00", 24, NEW_YORK, True, 1470, 0, True),
    ("2026-11-01T10:00-05:00", "2026-10-31T11:00-04:00", 24, NEW_YORK, True, 1440, 0, True),
    ("2026-11-01T10:00-05:00", "2026-10-31T11:01-04:00", 24, NEW_YORK, False, 1439, 1, True),
    # they go forward on 14 March 2027: the same time of day is 23 hours before
    ("2027-03-14T10:00-04:00", "2027-03-13T10:00-05:00", 24, NEW_YORK, True, 1380, 0, True),
    ("2027-03-14T10:00-04:00", "2027-03-13T10:01-05:00", 24, NEW_YORK, False, 1379, 1, True),
    # the end of the window falls into the hour that was skipped, and into the one that came twice
    ("2027-03-15T02:30-04:00", "2027-03-14T03:30-04:00", 24, NEW_YORK, True, 1380, 0, True),
    ("2026-11-02T01:30-05:00", "2026-11-01T01:30-05:00", 24, NEW_YORK, True, 1440, 0, True),
    # no change of clocks in Phoenix on the same day
    ("2027-03-14T10:00-07:00", "2027-03-13T10:00-07:00", 24, "America/Phoenix", True, 1440, 0, False),
    ("2027-03-14T10:00-07:00", "2027-03-13T10:01-07:00", 24, "America/Phoenix", False, 1439, 1, False),
]


@pytest.mark.parametrize(("starts", "cancelled", "window", "zone", "in_time", "minutes", "short", "changed"), NOTICES)
def test_the_notice_that_was_given(
    starts: str, cancelled: str, window: int, zone: str, in_time: bool, minutes: int, short: int, changed: bool
) -> None:
    found = notice_given(at(starts), at(cancelled), window, zone)
    assert found.in_time is in_time
    assert found.given // dt.timedelta(minutes=1) == minutes
    assert found.short_by // dt.timedelta(minutes=1) == short
    assert found.clocks_changed is changed
    assert str(found.cancel_by.tzinfo) == zone


def test_where_the_readings_differ_it_is_said() -> None:
    between = notice_given(at("2026-11-01T10:00-05:00"), at("2026-10-31T10:30-04:00"), 24, NEW_YORK)
    assert between.readings_differ
    assert between.in_time
    before = notice_given(at("2026-11-01T10:00-05:00"), at("2026-10-31T09:00-04:00"), 24, NEW_YORK)
    assert not before.readings_differ


def test_moments_are_aware_and_zones_known() -> None:
    with pytest.raises(DeadlineError):
        notice_given(at("2026-11-18T10:00"), at("2026-11-17T10:00-05:00"), 24, NEW_YORK)
    with pytest.raises(KeyError):
        notice_given(at("2026-11-18T10:00-05:00"), at("2026-11-17T10:00-05:00"), 24, "Mars/Olympus")


@given(
    starts=st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: BEGIN + dt.timedelta(minutes=minutes)),
    ahead=st.integers(-120, 20_000),
    window=st.integers(0, 168),
    zone=st.sampled_from([NEW_YORK, "America/Phoenix", "America/Los_Angeles", "Pacific/Honolulu"]),
)
def test_what_holds_of_any_notice(starts: dt.datetime, ahead: int, window: int, zone: str) -> None:
    found = notice_given(starts, starts - dt.timedelta(minutes=ahead), window, zone)
    assert found.given == dt.timedelta(minutes=ahead)
    assert found.in_time is (found.short_by == dt.timedelta(0))
    if found.given >= found.window:  # whoever gave the full hours is in time by every reading
        assert found.in_time
    at_last = notice_given(starts, found.cancel_by, window, zone)
    assert at_last.in_time
    assert found.cancel_by.astimezone(ZoneInfo(zone)) == found.cancel_by


def test_reasons_name_kinds_of_evidence_that_exist_and_need_something_at_all() -> None:
    for row in REASONS.rows:
        assert row.needed, row.id
        assert set(row.asks) <= KINDS.keys(), row.id
        assert len(set(row.asks)) == len(row.asks), row.id
    for kind in ANSWERS:
        assert len(REASONS.of_kind(kind, TODAY)) >= 8
        assert REASONS.find(kind, "other", TODAY) is not None


def test_what_a_client_owes_under_a_plan_is_not_a_providers_to_waive() -> None:
    assert [choice.answer.value for choice in ANSWERS["billing"]] == ["contest", "concede"]
    assert [choice.answer.value for choice in ANSWERS["cancellation_fee"]] == ["contest", "concede", "waive"]


def row(**changes: Any) -> Reason:
    usual: dict[str, Any] = {
        "id": "late_notice",
        "kind": "cancellation_fee",
        "label": "Late",
        "for_client": "Late",
        "needed": ("policy", "cancellation"),
        "helpful": ("reminders", "messages"),
        "effective_from": dt.date(2026, 1, 1),
    }
    return Reason(**{**usual, **changes})


def test_a_dispute_is_read_by_the_row_of_its_day() -> None:
    old = row(effective_to=dt.date(2026, 6, 30))
    new = row(effective_from=dt.date(2026, 7, 1), needed=("policy",))
    table = reason_table("x", [new, old])
    assert table.find("cancellation_fee", "late_notice", dt.date(2026, 6, 30)) == old
    assert table.find("cancellation_fee", "late_notice", dt.date(2026, 7, 1)) == new
    assert table.find("cancellation_fee", "late_notice", dt.date(2025, 12, 31)) is None
    assert table.find("billing", "late_notice", dt.date(2026, 7, 1)) is None
    with pytest.raises(ValueError, match="Two rows"):
        reason_table("x", [row(), new])


@pytest.mark.parametrize(
    ("kinds", "words", "enough"),
    [
        ([], "0 of 4, 2 needed to decide", False),
        (["policy"], "1 of 5, 1 needed to decide", False),  # its document would help, too
        (["reminders", "messages"], "2 of 4, 2 needed to decide", False),
        (["policy", "cancellation"], "2 of 5, enough to decide", True),
        (["policy", "cancellation", "messages"], "3 of 5, enough to decide", True),
        (["policy", "policy", "cancellation", "join_log"], "2 of 5, enough to decide", True),
    ],
)
def test_the_meter(kinds: list[str], words: str, enough: bool) -> None:
    found = completeness(row(), kinds)
    assert (found.words, found.enough) == (words, enough)
    assert set(found.there) | set(found.missing) | set(found.would_help) == set(row().asks)


class TestEvidence:
    def test_values_are_read_into_plain_json_and_empty_ones_left_out(self) -> None:
        given = {"version": " 2026 ", "notice_hours": "24", "fee": "$75", "text": ""}
        assert read_evidence(KINDS["policy"], given) == {"version": "2026", "notice_hours": 24, "fee": "75.00"}
        told = {"cancelled_at": "2026-11-17T10:00:00-05:00", "by": "client"}
        assert read_evidence(KINDS["cancellation"], told) == told
        assert read_evidence(KINDS["earlier_waivers"], {"count": 0, "promised": False}) == {
            "count": 0,
            "promised": False,
        }

    @pytest.mark.parametrize(
        ("kind", "given", "field", "code"),
        [
            ("policy", {"notice_hours": 24}, "version", "missing"),
            ("policy", {"version": "1", "notice_hours": -1}, "notice_hours", "unreadable"),
            ("policy", {"version": "1", "notice_hours": True}, "notice_hours", "unreadable"),
            ("policy", {"version": "1", "notice_hours": 24, "fee": "75.001"}, "fee", "unreadable"),
            ("policy", {"version": "1", "notice_hours": 24, "fee": "NaN"}, "fee", "unreadable"),
            ("policy", {"version": "1", "notice_hours": 24, "fee": 75}, "fee", "unreadable"),
            ("policy", {"version": "a\0b", "notice_hours": 24}, "version", "unreadable"),
            ("policy", {"version": "1", "notice_hours": 24, "colour": "red"}, "colour", "unknown"),
            ("cancellation", {"cancelled_at": "2026-11-17T10:00:00", "by": "client"}, "cancelled_at", "unreadable"),
            ("cancellation", {"cancelled_at": "2026-11-17T10:00:00Z", "by": "aunt"}, "by", "unreadable"),
            ("session_record", {"took_place": "perhaps"}, "took_place", "unreadable"),
            ("earlier_waivers", {"count": 1, "last_on": "18 Nov"}, "last_on", "unreadable"),
            ("messages", {"text": "x" * 4001}, "text", "unreadable"),
        ],
    )
    def test_what_cannot_be_read_is_named(self, kind: str, given: dict[str, Any], field: str, code: str) -> None:
        with pytest.raises(EvidenceError) as said:
            read_evidence(KINDS[kind], given)
        assert (field, code) in {(fault.field, fault.code) for fault in said.value.faults}

    def test_all_faults_at_once(self) -> None:
        with pytest.raises(EvidenceError) as said:
            read_evidence(KINDS["policy"], {"notice_hours": "soon", "colour": 1})
        assert {fault.field for fault in said.value.faults} == {"version", "notice_hours", "colour"}

    def test_every_kind_can_be_given(self) -> None:
        usual = {
            FieldType.MOMENT: "2026-11-17T10:00:00-05:00",
            FieldType.DATE: "2026-11-17",
            FieldType.TEXT: "Words.",
            FieldType.WHOLE: 3,
            FieldType.MONEY: "40.00",
            FieldType.YES_NO: True,
        }
        for kind in KINDS.values():
            given = {field.name: field.choices[0][0] if field.choices else usual[field.type] for field in kind.fields}
            assert read_evidence(kind, given) == given, kind.id
