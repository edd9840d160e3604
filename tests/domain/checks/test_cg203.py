"""CG203: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import line, other, passes, session, tables_for, tables_with, trips

ROWS = [
    passes("one code", session("90847")),
    passes("never payable together is another check's", session("90837", "90834")),
    passes(
        "separate times and a modifier",
        session(line("90837", at="10:00-10:53"), line("90847-59", 2, at="11:00-11:50"), at="10:00-11:50"),
    ),
    passes(
        "times that touch do not overlap",
        session(line("90837", at="10:00-10:53"), line("90847-XE", 2, at="10:53-11:43"), at="10:00-11:43"),
    ),
    passes(
        "the modifier may stand on the other line",
        session(line("90837-XU", at="10:00-10:53"), line("90847", 2, at="11:00-11:50"), at="10:00-11:50"),
    ),
    passes(
        "a visit says it with modifier 25",
        session(line("99214-25", at="09:00-09:20"), line("90847", 2, at="10:00-10:50"), at="09:00-10:50"),
    ),
    passes("two sessions hours apart, marked", session("90837"), same_day=(other("90853-59"),)),
    passes(
        "the payer pays the two together",
        session("90837", "90847"),
        tables=tables_with(pairs_allowed=frozenset({"90837+90847"})),
    ),
    passes(
        "the payer refuses the two: another check tells it",
        session("90837", "90847"),
        tables=tables_with(pairs_refused=frozenset({"90837+90847"})),
    ),
    passes(
        "a payer that takes XP",
        session(line("90837", at="10:00-10:53"), line("90847-XP", 2, at="11:00-11:50"), at="10:00-11:50"),
        tables=tables_with(separate_modifiers=frozenset({"XP"})),
    ),
    trips(
        "no modifier although the times are separate",
        session(line("90837", at="10:00-10:53"), line("90847", 2, at="11:00-11:50"), at="10:00-11:50"),
        {"modifier_stated": False, "overlap_minutes": 0, "paid_code": "90847", "line": 1},
    ),
    trips(
        "a modifier does not help when the times overlap",
        session(line("90837", at="10:00-10:53"), line("90847-59", 2, at="10:52-11:43"), at="10:00-11:43"),
        {"overlap_minutes": 1, "modifier_stated": True},
    ),
    trips(
        "a modifier without times is looked at",
        session("90837", "90847-59"),
        {"severity": "warning", "overlap_minutes": None},
    ),
    trips(
        "group and individual as two sessions without a mark",
        session("90837"),
        {"related": ("S-2",), "paid_code": "90853"},
        same_day=(other("90853"),),
    ),
    trips("modifier 25 belongs on a visit", session("90837-25", "90847"), {"modifier_stated": False}),
    trips(
        "XP names another practitioner, and there was one",
        session(line("90837", at="10:00-10:53"), line("90847-XP", 2, at="11:00-11:50"), at="10:00-11:50"),
        {"modifier_stated": False, "says": "XP does not say so here"},
        cured=session(line("90837", at="10:00-10:53"), line("90847-XE", 2, at="11:00-11:50"), at="10:00-11:50"),
    ),
    trips(
        "59 is not used on a visit",
        session(line("99214-59", at="09:00-09:20"), line("90847", 2, at="10:00-10:50"), at="09:00-10:50"),
        {"modifier_stated": False},
    ),
    trips(
        "another encounter cannot have been at the same time",
        session(line("90837", at="10:00-10:53"), line("90847-XE", 2, at="10:00-10:50"), at="10:00-10:53"),
        {"overlap_minutes": 50},
    ),
    trips("an interview on substance use beside therapy", session("90834", "G0396"), {"paid_code": "90834"}),
]

test_passes, test_trips = tables_for("CG203", ROWS)
