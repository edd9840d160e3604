"""Sessions of later days whose client's history a file changes: marked while it is stored, screened again at its end.

A file of old sessions touches the same later ones with every chunk. Each chunk therefore leaves a mark in its own
transaction for those it concerns, unless an earlier chunk of the file did. Whoever screens the last one hands the
marked sessions on, each once; a sweep does it where nobody could be the last (the last piece changed nothing, the
file was broken off), and after some minutes where a chunk got stuck.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import connection, transaction

from clawguard.accounts.actors import SYSTEM
from clawguard.domain.codesets import CodeTables
from clawguard.domain.lifecycles import ImportState
from sessions import facts
from sessions.facts import Loaded
from sessions.models import HistoryMark, ImportBatch, IntakeChunk
from sessions.services import affected, restating

PATIENCE = dt.timedelta(minutes=10)  # after which marks are worked off though their file is not over
DUE = """
SELECT m.batch_id FROM therapy_sessions_historymark m GROUP BY m.batch_id
HAVING min(m.at) <= %(since)s OR NOT (
    EXISTS (SELECT FROM therapy_sessions_importbatch b WHERE b.id = m.batch_id AND b.status = %(running)s)
    OR EXISTS (SELECT FROM therapy_sessions_intakechunk c WHERE c.batch_id = m.batch_id AND c.screened_at IS NULL)
)
"""
MARK = """
INSERT INTO therapy_sessions_historymark (batch_id, session_id, at)
SELECT %(batch)s, session_id, %(at)s FROM unnest(%(sessions)s::uuid[]) AS t(session_id)
"""
# Sessions of one client stay together, so that their history is loaded once.
TAKE = """
WITH gone AS (DELETE FROM therapy_sessions_historymark WHERE batch_id = %(batch)s RETURNING session_id)
SELECT s.id::text FROM therapy_sessions_therapysession s WHERE s.id IN (SELECT session_id FROM gone)
ORDER BY s.client_id, s.arrival
"""


def file_of(chunk: IntakeChunk) -> UUID | None:
    """The file for whose end the later sessions of this chunk wait; None where it is all there is."""
    whole = chunk.batch_id is None or not ImportBatch.objects.filter(pk=chunk.batch_id, pieces__gt=1).exists()
    return None if whole else chunk.batch_id


def mark(own: Sequence[Loaded], code_tables: CodeTables, batch_id: UUID, now: dt.datetime) -> None:
    """Leave a mark for every session of a later day that rests on ``own`` and has none of this file."""
    mine = {row.id for row in own}
    found = [row.id for row in affected.of_later_days(own, code_tables, batch_id) if row.id not in mine]
    if found:
        with connection.cursor() as cursor:
            cursor.execute(MARK, {"batch": batch_id, "sessions": facts.array(found), "at": now})


def hand_over_when_over(batch_id: UUID, now: dt.datetime) -> None:
    """Hand on what was marked, unless more of the file is to be stored or screened. The last a screening does: from
    here to its end others of the file wait."""
    if ImportBatch.objects.filter(pk=batch_id, status=ImportState.RUNNING).exists():
        return
    with connection.cursor() as cursor:  # two who finish at the same moment: the second sees what the first did
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"end of file {batch_id}"])
    marked = HistoryMark.objects.filter(batch_id=batch_id)
    waiting = IntakeChunk.objects.filter(batch_id=batch_id, screened_at=None)
    if marked.exists() and not waiting.exists():
        _hand_over(batch_id, now)


def sweep(now: dt.datetime) -> int:
    """Hand on the marks of files that are over, and old ones. Returns how many sessions those are."""
    with connection.cursor() as cursor:
        cursor.execute(DUE, {"since": now - PATIENCE, "running": ImportState.RUNNING})
        due = [batch_id for (batch_id,) in cursor.fetchall()]
    return sum([_hand_over(batch_id, now) for batch_id in due])


@transaction.atomic
def _hand_over(batch_id: UUID, now: dt.datetime) -> int:
    """Marks go and chunks come in one transaction. Who takes the same marks at the same moment finds them gone."""
    ids = facts.ids(TAKE, {"batch": batch_id})
    restating.hand_over(ids, SYSTEM, now)
    return len(ids)
