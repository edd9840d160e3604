"""Writing sessions: new ones, replays that change nothing, corrections that keep what was said before.

Every door ends here. Intake is serialised by one lock, so that the order of arrival is the order of commits: whoever
screens a session has every session that arrived before it in view (see docs/imports).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db import connection, transaction

from clawguard.accounts.actors import Actor
from clawguard.events.services import publish_many
from clawguard.ids import new_id_text
from sessions import facts
from sessions.intake.copying import copy_lines, text_array
from sessions.intake.record import COLUMNS, Record, order_of_record
from sessions.models import ImportBatch, IntakeChunk, SessionRevision, TherapySession
from sessions.services import parties
from sessions.services.parties import Parties

INTAKE_LOCK = 0x434C4149  # any fixed number, different from the audit chain's
TABLE = TherapySession._meta.db_table
STANDING = f"SELECT external_id, id::text, digest, revision FROM {TABLE} WHERE external_id = ANY(%s::text[])"  # noqa: S608
NEW_CHUNK = """
INSERT INTO therapy_sessions_intakechunk (batch_id, number, size, created_at, session_ids, screened_at)
VALUES (%s, %s, %s, %s, %s::uuid[], %s) RETURNING id
"""
SPACE_FOR_CORRECTIONS = "CREATE TEMP TABLE correction AS TABLE therapy_sessions_therapysession WITH NO DATA"
OWN = ("revision", "provider_id", "client_id", "payer_id", "digest", "updated_at")
CHANGES = ", ".join(f'"{name}" = n."{name}"' for name in (*OWN, *COLUMNS))
PUT_CORRECTIONS = f"UPDATE {TABLE} t SET {CHANGES} FROM correction n WHERE t.id = n.id"  # noqa: S608 — our own names


class Standing(NamedTuple):
    """What is stored under an external id now. Ids are text, which is read and written far quicker."""

    id: str
    digest: str
    revision: int


class Stored(NamedTuple):
    """What became of some records. ``chunk`` is None when nothing was new and no batch needs its mark."""

    chunk: IntakeChunk | None
    created: tuple[str, ...]
    corrected: tuple[str, ...]
    unchanged: int


def serialise_intake() -> None:
    """Wait for other intake to commit; held until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [INTAKE_LOCK])


def standing(external_ids: Iterable[str]) -> dict[str, Standing]:
    with connection.cursor() as cursor:
        cursor.execute(STANDING, [text_array(external_ids)])
        return {row[0]: Standing(*row[1:]) for row in cursor.fetchall()}


@transaction.atomic
def write(
    records: Sequence[Record], actor: Actor, now: dt.datetime, *, batch: ImportBatch | None = None, number: int = 0
) -> Stored:
    """Store ``records``, whose external ids differ from each other; new ones arrive in the order of their day, start
    and id. Publishes ``session.corrected`` for corrections."""
    serialise_intake()
    known = standing(record.external_id for record in records)
    new = sorted([record for record in records if record.external_id not in known], key=order_of_record)
    changed = [r for r in records if r.external_id in known and known[r.external_id].digest != r.digest]
    created = tuple([new_id_text() for _ in new])
    corrected = tuple([known[record.external_id].id for record in changed])
    unchanged = len(records) - len(new) - len(changed)
    if not new and not changed and batch is None:
        return Stored(None, (), (), unchanged)
    chunk = _new_chunk([*created, *corrected], batch, number, now)
    known_parties = parties.ensure([*new, *changed], actor, now)
    _insert(list(zip(created, new, strict=True)), known_parties, chunk, now)
    _correct([(known[record.external_id], record) for record in changed], known_parties, chunk, actor, now)
    return Stored(chunk, created, corrected, unchanged)


def _new_chunk(ids: list[str], batch: ImportBatch | None, number: int, now: dt.datetime) -> IntakeChunk:
    values = [batch.pk if batch else None, number, len(ids), now, facts.array(ids), None if ids else now]
    with connection.cursor() as cursor:
        cursor.execute(NEW_CHUNK, values)
        return IntakeChunk(pk=cursor.fetchone()[0], number=number, size=len(ids), created_at=now)


def _own(record: Record, revision: int, known: Parties, moment: str) -> str:
    """OWN and COLUMNS as the end of a line of COPY."""
    provider, client, payer = known.providers[record.npi], known.clients[record.client], known.payers[record.payer]
    return f"{revision}\t{provider}\t{client}\t{payer}\t{record.digest}\t{moment}\t{record.text}"


def _insert(rows: list[tuple[str, Record]], known: Parties, chunk: IntakeChunk, now: dt.datetime) -> None:
    if not rows:
        return
    moment = now.isoformat()
    columns = ("id", "chunk_id", "created_at", *OWN, *COLUMNS)
    copy_lines(
        TABLE, columns, [f"{new}\t{chunk.pk}\t{moment}\t{_own(record, 1, known, moment)}" for new, record in rows]
    )


def _correct(
    rows: list[tuple[Standing, Record]], known: Parties, chunk: IntakeChunk, actor: Actor, now: dt.datetime
) -> None:
    """Keep each earlier revision, put the new one in its place, tell of it."""
    if not rows:
        return
    ids = [old.id for old, _ in rows]
    _keep_revisions(ids, actor, now)
    moment = now.isoformat()
    columns = ("id", *OWN, *COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(SPACE_FOR_CORRECTIONS)
        lines = [f"{old.id}\t{_own(record, old.revision + 1, known, moment)}" for old, record in rows]
        copy_lines("correction", columns, lines)
        cursor.execute(PUT_CORRECTIONS)
        cursor.execute("DROP TABLE correction")
    subjects = [(TherapySession(pk=old.id), {"chunk": chunk.pk, "revision": old.revision + 1}) for old, _ in rows]
    publish_many("session.corrected", subjects, actor, now)


def _keep_revisions(ids: list[str], actor: Actor, now: dt.datetime) -> None:
    SessionRevision.objects.bulk_create(
        SessionRevision(
            session_id=row.id,
            revision=row.facts.revision,
            facts=facts.as_submitted(row.facts),
            replaced_at=now,
            replaced_by_kind=actor.kind,
            replaced_by_id=actor.id,
            replaced_by_name=actor.name,
        )
        for row in facts.load(facts.OF_IDS, [facts.array(ids)])
    )
