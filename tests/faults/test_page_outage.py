"""Our own pages are away while requests come due: after a quarter of an hour nobody is late, before it nobody gains."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from clawguard import embedded
from clawguard.bench.stage import Stage, until
from clawguard.runner.process import Child
from tests.faults import acts

LOOKED = "SELECT count(*) FROM notes_pagewatch WHERE (down_since IS NOT NULL) = %s"
LOOKED_AGAIN = """
SELECT count(*) FROM notes_pagewatch
WHERE checked_at > clock_timestamp() + (SELECT coalesce(max(ahead_by), interval '0') FROM events_networkclock)
                   - interval '5 seconds'
"""
ALL_DUE = "SELECT count(*) = 0 FROM notes_notesrequest WHERE due_at > clock_timestamp() - interval '6 seconds'"
LAPSED = "SELECT count(*) FROM events_event WHERE name = 'notes.lapsed'"
EXTENDED = "SELECT count(*) FROM events_event WHERE name = 'notes.outage_counted'"
OUTAGES = "SELECT ended_at - started_at FROM notes_outage"
MISDATED = "SELECT count(*) FROM notes_notesrequest WHERE lapsed_at IS DISTINCT FROM due_at"
AHEAD = """
INSERT INTO events_networkclock (id, ahead_by) VALUES (1, %s)
ON CONFLICT (id) DO UPDATE SET ahead_by = events_networkclock.ahead_by + excluded.ahead_by
"""


@dataclass(frozen=True)
class Size:
    """How long the pages are away. ``jump``: so many minutes at once the network's clock is moved on, which is less
    than the watch takes for silence; 0: time passes by itself."""

    requests: int
    minutes: float
    jump: float = 0.0


class Pages:
    """A web process that the sweeper's watch looks at, and time that passes."""

    def __init__(self, stage: Stage, size: Size) -> None:
        self._stage, self._size, port = stage, size, embedded.free_port()
        stage.environment["WATCH_URL"] = f"http://127.0.0.1:{port}/healthz"
        self._web: Child = stage.web(port)
        stage.start(acts.sweeper(1, 1.0))
        self._seen(away=False)

    def go_away(self) -> None:
        self._web.kill()
        self._seen(away=True)

    def come_back(self) -> None:
        self._web.start()
        self._seen(away=False)

    def _seen(self, *, away: bool) -> None:
        until(
            lambda: self._stage.value(LOOKED, away), 120, f"a look that finds the pages {'away' if away else 'there'}"
        )

    def pass_time(self, minutes: float) -> None:
        if not self._size.jump:
            time.sleep(minutes * 60)  # what happens in it is the run
            return
        with self._stage.connect() as cursor:
            for _ in range(round(minutes / self._size.jump)):
                cursor.execute(AHEAD, [dt.timedelta(minutes=self._size.jump)])
                until(lambda: self._stage.value(LOOKED_AGAIN), 60, "a look after the clock was moved")

    def come_due(self, requests: int) -> None:
        """And a few seconds more than the sweep leaves for answers that are on their way."""
        acts.come_due(self._stage, requests, ahead=2, seconds=5)
        until(lambda: self._stage.value(ALL_DUE), 60, "the due moment of every request")


@pytest.mark.parametrize(
    "size",
    [Size(500, 16, jump=8), pytest.param(Size(500, 20), marks=pytest.mark.soak)],
    ids=["clock moved on", "nightly"],
)
def test_what_comes_due_while_our_pages_are_away_is_extended(
    stage: Stage, figure: Callable[[str], None], size: Size
) -> None:
    pages = Pages(stage, size)
    pages.go_away()
    pages.come_due(size.requests)
    assert stage.value(LAPSED) == 0
    pages.pass_time(size.minutes)
    pages.come_back()
    until(lambda: stage.rows(OUTAGES), 60, "the record of the outage")
    [(lasted,)] = stage.rows(OUTAGES)
    figure(f"away {lasted}: {stage.value(EXTENDED)} extended, {stage.value(LAPSED)} lapsed")
    assert lasted >= dt.timedelta(minutes=15)
    assert (stage.value(EXTENDED), stage.value(LAPSED), stage.value(acts.STILL_OPEN)) == (500, 0, 500)


def test_a_restart_lapses_them_as_soon_as_the_pages_answer_dated_when_they_were_due(
    stage: Stage, figure: Callable[[str], None]
) -> None:
    pages = Pages(stage, Size(100, 8, jump=8))
    pages.go_away()
    pages.come_due(100)
    pages.pass_time(8)
    assert stage.value(LAPSED) == 0
    pages.come_back()
    until(lambda: stage.value(acts.STILL_OPEN) == 0, 60, "a lapse of every request")
    figure(f"away 8 minutes: {stage.value(LAPSED)} lapsed")
    assert (stage.value(LAPSED), stage.value(MISDATED), stage.rows(OUTAGES)) == (100, 0, [])
