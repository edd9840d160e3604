"""Whoever watches the random steps is not blind: what must not be is planted, and found."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.db.models import F

from clawguard.ids import new_id
from notes import services as notes
from notes.models import ClockPause, DueChange, NotesRequest, Outage, StoredFile
from tests.builders import NOW
from tests.doors.conftest import world
from tests.stateful import days
from tests.stateful.promises import BROKEN
from tests.world import World

__all__ = ["world"]

pytestmark = pytest.mark.django_db
A_DAY, AN_HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
LOCKED_BEFORE = BROKEN["12 process notes that reached a note"]


def found(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return len(cursor.fetchall())


def test_a_due_moment_a_day_later_is_found(world: World) -> None:
    """A day earlier the database itself refuses."""
    assert days.miscounted() == []
    NotesRequest.objects.filter(pk=world.rows["open request"].pk).update(due_at=F("due_at") + A_DAY)
    assert len(days.miscounted()) == 1


def test_an_extension_counts_and_one_that_moved_nothing_is_found(world: World) -> None:
    row = world.rows["open request"]
    notes.grant_extension(world.actor("lead"), row.pk, 1, "They are away.", NOW)
    assert days.miscounted() == []
    change = DueChange.objects.get(request=row)
    change.pk = None
    change.save(force_insert=True)
    assert len(days.miscounted()) == 1


def test_a_pause_counts_and_one_that_moved_nothing_is_found(world: World) -> None:
    row, lead = world.rows["open request"], world.actor("lead")
    tomorrow = NOW + A_DAY
    notes.pause_clock(lead, row.pk, "our_answer", "", None, tomorrow)
    notes.resume_clock(lead, row.pk, tomorrow + AN_HOUR)
    assert days.miscounted() == []
    pause = ClockPause.objects.get(request=row)
    pause.pk, pause.started_at, pause.ended_at = None, tomorrow + A_DAY, tomorrow + A_DAY + AN_HOUR
    pause.save(force_insert=True)
    assert len(days.miscounted()) == 1


def test_an_outage_counts_and_one_that_moved_nothing_is_found(world: World) -> None:
    began = NOW + A_DAY
    notes.record_outage(world.actor("lead"), began, began + AN_HOUR, "No network.", began + 2 * AN_HOUR)
    assert days.miscounted() == []
    outage = Outage.objects.get(started_at=began)
    outage.pk, outage.started_at, outage.ended_at = new_id(), began + A_DAY, began + A_DAY + AN_HOUR
    outage.recorded_at = outage.ended_at
    outage.save(force_insert=True)
    assert days.miscounted() != []


@pytest.mark.parametrize(("locked", "faults"), [(NOW - A_DAY, 1), (NOW + A_DAY, 0)])
def test_a_file_locked_away_before_it_became_part_of_a_note_is_found_and_one_locked_later_is_not(
    world: World, locked: dt.datetime, faults: int
) -> None:
    assert found(LOCKED_BEFORE) == 0
    sent = StoredFile.objects.filter(pk=world.rows["file"].pk)
    sent.update(quarantined_at=locked, quarantine_reason="process_notes")
    assert found(LOCKED_BEFORE) == faults
