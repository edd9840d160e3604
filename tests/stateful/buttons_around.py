"""What happens around the buttons: people look, workers run, time passes, tasks come twice, somebody writes SQL."""

from __future__ import annotations

import datetime as dt

from clawguard.events.models import Delivery
from disputes.models import Case, Dispute
from notes.models import NotesRequest
from sessions.models import TherapySession
from tests.stateful import forbidden
from tests.stateful.play import Play, count
from tests.stateful.stage import ACTORS

LISTS = ("/sessions", "/findings", "/notes-requests", "/notes", "/cases", "/disputes", "/proposed-adjustments")
ONES = {"sessions": TherapySession, "notes-requests": NotesRequest, "cases": Case, "disputes": Dispute}
DONE_ONCE = (
    "therapy_sessions_screening",
    "notes_notesrequest",
    "notes_note",
    "disputes_case",
    "disputes_decision",
    "disputes_proposedadjustment",
    "events_sentmail",
)


def look_at_a_list(play: Play) -> None:
    play.api("look at a list", play.one_of(*ACTORS), "get", play.one_of(*LISTS))


def look_at_one(play: Play) -> None:
    kind = play.one_of(*ONES)
    row = play.pick(ONES[kind])
    if row is None:
        return play.missing("look at one")
    play.api("look at one", play.one_of(*ACTORS), "get", f"/{kind}/{row}")
    return None


def workers_run(play: Play) -> None:
    play.stage.work()
    play.stage.note("workers run", "system", "done")
    assert not TherapySession.objects.filter(screenings__isnull=True).exists(), "promise 8"


def time_passes(play: Play) -> None:
    play.stage.pass_time(dt.timedelta(hours=play.one_of(1, 6, 24, 24, 72, 120, 240)))
    play.stage.note("time passes", "system", "done")


def a_task_comes_again(play: Play) -> None:
    """Promise 8: what was done already is handed out a second time, and changes no row of its kind."""
    play.stage.work()
    done = list(Delivery.objects.filter(done_at__isnull=False).values_list("pk", flat=True))
    before = [count(table) for table in DONE_ONCE]
    Delivery.objects.filter(pk=play.dice.choice(sorted(done))).update(done_at=None, lease_until=None)
    play.stage.work()
    assert [count(table) for table in DONE_ONCE] == before, "promise 8"
    play.stage.note("a task comes again", "system", "done")


def somebody_writes_sql(play: Play) -> None:
    statement = play.one_of(*forbidden.STATEMENTS)
    outcome = forbidden.attempt(statement)
    if outcome == "refused":
        play.stage.tally.tried[f"promise {statement.promise}"] += 1
    play.stage.note("direct SQL is refused", "SQL", "done" if outcome == "refused" else "no row")


BUTTONS = (
    (look_at_a_list, 4, ("look at a list",)),
    (look_at_one, 4, ("look at one",)),
    (workers_run, 3, ("workers run",)),
    (time_passes, 5, ("time passes",)),
    (a_task_comes_again, 2, ("a task comes again",)),
    (somebody_writes_sql, 8, ("direct SQL is refused",)),
)
