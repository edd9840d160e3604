"""The judge itself under test: every planted fault is found, and an honest history is not accused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from tests.faults.ledger import Event, Note, Request, Told, judge, read_told

DUE = dt.datetime(2026, 11, 24, 5, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
Rows = tuple[list[Request], list[Note], list[Event], list[Told]]


def answered() -> Rows:
    note = Note("r", "s", DUE - SECOND, False, "d")
    received = Event("r", "notes.received", "answered", DUE - SECOND, DUE)
    return [Request("r", "answered", DUE, None)], [note], [received], [Told("r", "s", False, "d")]


def lapsed() -> Rows:
    return [Request("r", "lapsed", DUE, DUE)], [], [Event("r", "notes.lapsed", "lapsed", DUE, DUE + SECOND)], []


def late() -> Rows:
    received = Event("r", "notes.received", "answered_late", DUE + SECOND, DUE + SECOND)
    request = Request("r", "answered_late", DUE, DUE)
    return [request], [Note("r", "s", DUE + SECOND, True, "d")], [*lapsed()[2], received], [Told("r", "s", True, "d")]


def overtaken() -> Rows:
    """It reached the door in time, and the sweep came first."""
    rows = answered()
    return [rows[0][0]._replace(lapsed_at=DUE)], rows[1], [*lapsed()[2], *rows[2]], rows[3]


@pytest.mark.parametrize("history", [answered, lapsed, late, overtaken])
def test_an_honest_history_is_not_accused(history: Callable[[], Rows]) -> None:
    assert not judge(*history()).faults


def changed(rows: Rows, index: int, **changes: object) -> Rows:
    rows[index][0] = rows[index][0]._replace(**changes)  # type: ignore[attr-defined]
    return rows


def without(rows: Rows, index: int) -> Rows:
    rows[index].pop()
    return rows


def again(rows: Rows, index: int, **changes: object) -> Rows:
    rows[index].append(rows[index][0]._replace(**changes))  # type: ignore[attr-defined,arg-type]
    return rows


PLANTED = {
    "a request that never ended": ("stuck", lambda: changed(lapsed(), 0, status="open")),
    "a lapse told twice": ("double", lambda: again(lapsed(), 2)),
    "an answer kept twice": ("double", lambda: again(answered(), 1, submission="t")),
    "a lapse of what was answered": (
        "history disagrees",
        lambda: changed(answered(), 0, status="lapsed", lapsed_at=DUE),
    ),
    "a lapse without its event": ("history disagrees", lambda: without(lapsed(), 2)),
    "an answer without its note": ("lost", lambda: without(answered(), 1)),
    "a lapse noticed before due": ("early", lambda: changed(lapsed(), 2, recorded_at=DUE - SECOND)),
    "a lapse dated before due": ("early", lambda: changed(lapsed(), 0, lapsed_at=DUE - SECOND)),
    "a late answer taken as on time": ("late is not late", lambda: changed(late(), 1, late=False)),
    "an answer on time taken as late": (
        "on time taken for late",
        lambda: changed(late(), 1, late=False, received_at=DUE - SECOND),
    ),
    "a client told the opposite": ("told otherwise", lambda: changed(answered(), 3, late=True)),
    "another text than was sent": ("other words", lambda: changed(answered(), 1, digest="e")),
}


@pytest.mark.parametrize("planted", PLANTED)
def test_every_planted_fault_is_found(planted: str) -> None:
    fault, history = PLANTED[planted]
    assert judge(*history()).faults[fault] == {"r"}


def test_a_line_that_a_kill_cut_off_was_never_told(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "told"
    path.write_text('{"request": "r", "submission": "s"}\n{"request": "q", "subm')
    assert read_told(path) == [Told("r", "s")]
