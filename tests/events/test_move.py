"""move(): the full matrix of state and move, and what happens to the loser of a race."""

from __future__ import annotations

import datetime as dt
import itertools
import threading
from typing import Any

import pytest
from django.db import connection

from clawguard.accounts.actors import SYSTEM
from clawguard.domain import lifecycles
from clawguard.domain.lifecycles import ImportState
from clawguard.events.models import Event
from clawguard.events.services import WrongState, move, move_many
from sessions.models import ImportBatch
from tests import builders


def batch(status: str = ImportState.RECEIVED) -> ImportBatch:
    return ImportBatch.objects.create(
        kind="sessions_csv",
        file_name="a.csv",
        file_size=1,
        file_sha256="0" * 64,
        status=status,
        created_at=builders.NOW,
        created_by_kind="system",
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("old", "new"), list(itertools.product(ImportState, ImportState)))
def test_the_full_matrix_of_state_and_move(old: str, new: str) -> None:
    row = batch(old)
    name = lifecycles.IMPORT_MOVES.get((old, new))
    if name is None:
        with pytest.raises(WrongState):
            move(row, new, SYSTEM, builders.NOW)
        row.refresh_from_db()
        assert row.status == old
        assert not Event.objects.exists()
        return
    event = move(row, new, SYSTEM, builders.NOW, "because", rows_read=7)
    row.refresh_from_db()
    assert (row.status, row.rows_read) == (new, 7)
    assert (event.name, event.at, event.subject_id) == (name, builders.NOW, str(row.pk))
    assert event.payload == {"from": old, "to": new, "reason": "because"}


@pytest.mark.django_db
def test_a_row_read_before_somebody_else_moved_it_stays_with_the_other() -> None:
    row = batch()
    stale = ImportBatch.objects.get(pk=row.pk)
    move(row, ImportState.RUNNING, SYSTEM, builders.NOW)
    with pytest.raises(WrongState) as lost:
        move(stale, ImportState.REFUSED, SYSTEM, builders.NOW)
    assert lost.value.found == ImportState.RUNNING
    assert Event.objects.count() == 1


@pytest.mark.django_db
def test_many_are_moved_in_as_many_statements_as_one(django_assert_num_queries: Any) -> None:
    rows = [batch() for _ in range(50)]
    moments = {row.pk: builders.NOW + dt.timedelta(seconds=n) for n, row in enumerate(rows)}
    with django_assert_num_queries(6):
        events = move_many(rows, ImportState.RUNNING, SYSTEM, moments)
    assert [event.at for event in events] == list(moments.values())


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_instant_exactly_one_wins() -> None:
    rows = [batch() for _ in range(20)]
    won: list[str] = []
    barrier = threading.Barrier(2)

    def race(to: str) -> None:
        try:
            mine = list(ImportBatch.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk"))
            barrier.wait()
            won.extend(to for _ in move_many(mine, to, SYSTEM, builders.NOW))
        finally:
            connection.close()

    racers = [threading.Thread(target=race, args=(to,)) for to in (ImportState.RUNNING, ImportState.REFUSED)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert len(won) == 20
    for name, to in (("import.started", ImportState.RUNNING), ("import.refused", ImportState.REFUSED)):
        assert Event.objects.filter(name=name).count() == ImportBatch.objects.filter(status=to).count() == won.count(to)
