"""Screening: every check over every session of a chunk, with neighbours loaded set-wise and findings written in bulk.

A single submission is a chunk of one through the same code. Run twice, the second run changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from clawguard.accounts.actors import SYSTEM
from clawguard.domain.checks import Context, Finding, screen
from clawguard.domain.codesets import CodeTables
from clawguard.domain.facts import NoteFacts
from clawguard.events.errors import NotFound
from clawguard.events.services import publish
from sessions import facts, stated
from sessions.facts import Loaded
from sessions.models import IntakeChunk, Screening
from sessions.services import affected, later, neighbours, settling, tables, taking_turns
from sessions.services.neighbours import NOBODY, Around, Neighbourhood

NOTHING: Mapping[str, Any] = MappingProxyType({})
OF_CHUNK = """
WHERE s.id = ANY ((SELECT c.session_ids FROM therapy_sessions_intakechunk c WHERE c.id = %s)::uuid[])
"""
NEW_SCREENINGS = """
INSERT INTO therapy_sessions_screening (session_id, revision, pack_id, note_version, at, findings_count, look)
SELECT session_id, revision, %(pack)s, %(note_version)s, %(at)s, found, %(look)s
FROM unnest(%(sessions)s::uuid[], %(revisions)s::int[], %(found)s::int[]) AS t(session_id, revision, found)
ON CONFLICT DO NOTHING RETURNING session_id::text, id
"""
# One look into the index each, whatever statistics say of a table that a large import has outrun.
OLD_SCREENINGS = """
UPDATE therapy_sessions_screening c SET look = %(look)s
FROM unnest(%(sessions)s::uuid[], %(revisions)s::int[]) AS t(session_id, revision)
CROSS JOIN LATERAL (
    SELECT s.id FROM therapy_sessions_screening s
    WHERE s.session_id = t.session_id AND s.revision = t.revision AND s.pack_id = %(pack)s
      AND s.note_version = %(note_version)s OFFSET 0
) o
WHERE c.id = o.id RETURNING c.session_id::text, c.id
"""


class Screened(NamedTuple):
    """How many sessions were screened, and how many findings are new or were cleared by it."""

    sessions: int
    findings: int
    cleared: int


@transaction.atomic
def screen_chunk(chunk_id: int, now: dt.datetime) -> Screened | None:
    """Screen what was stored or corrected together, exactly once; None when it has been done.

    Sessions of other chunks whose standing findings depend on these are settled with them; those of later days, of a
    file in several pieces, once for all pieces (see ``later``). Publishes ``session.screened`` with the chunk as
    subject.
    """
    waiting = IntakeChunk.objects.select_for_update().filter(pk=chunk_id, screened_at=None)
    chunk = waiting.defer("session_ids").first()
    if chunk is None:
        return None
    look = taking_turns.next_look()
    code_tables = tables.current()
    own = facts.load(OF_CHUNK, [chunk_id])
    here = neighbours.load(own, [code_tables], chunk_id=chunk_id)
    batch_id = later.file_of(chunk)
    others = affected.others(own, here, code_tables, later=batch_id is None and not chunk.again)
    if batch_id is not None:
        later.mark(own, code_tables, batch_id, now)
    chunk.screened_at = now
    if others:
        chunk.session_ids = [*chunk.session_ids, *(row.id for row in others)]
    chunk.save(update_fields=["screened_at", *(["session_ids"] if others else [])])
    found = _findings(own, here, code_tables, now)
    if others:
        found |= _findings(others, neighbours.load(others, [code_tables], own, chunk_id), code_tables, now)
        own = [*own, *others]
    seen_before = {row.id for row in (own if chunk.again else others)}
    screened = _store(own, found, code_tables, seen_before, look, now)
    _tell(chunk, screened, now)
    if batch_id is not None:
        later.hand_over_when_over(batch_id, now)
    return screened


@transaction.atomic
def screen_with_note(session_id: UUID, note: NoteFacts, note_version: int, now: dt.datetime) -> Screened | None:
    """Screen one session again, now that something is known of its note; None where that changes nothing.

    Done once per note version, and once more when that version has been read: what was read settles the findings of
    note checks, however often it is told. Until a note was read they stay as they are.
    """
    look = taking_turns.next_look()
    own = facts.load(facts.OF_IDS, [facts.array([str(session_id)])])
    if not own:
        raise NotFound
    code_tables = tables.current()
    found = _findings(own, neighbours.load(own, [code_tables]), code_tables, now, note)
    read = bool(note.verdicts or note.quarantined)
    again = {str(session_id)} if read else set()
    screened = _store(own, found, code_tables, again, look, now, with_note=read, note_version=note_version)
    if not screened.sessions or (read and not screened.findings and not screened.cleared):
        return None
    _tell_of_one(session_id, screened, now)
    return screened


@transaction.atomic
def look_again(session_id: UUID, now: dt.datetime) -> Screened:
    """Bring a session's findings up to date: one that was taken up again may have been cured meanwhile."""
    screened = _again([str(session_id)], taking_turns.next_look(), tables.current(), now)
    if screened.findings or screened.cleared:
        _tell_of_one(session_id, screened, now)
    return screened


@transaction.atomic
def screen_again(session_ids: Sequence[str], now: dt.datetime) -> Screened:
    """Screen stored sessions under the pack now in force; equal findings stay as they are, with their versions.

    A session that was screened under this pack before keeps that screening, marked as renewed. Publishes
    ``session.rescreened`` with a chunk of its own as subject.
    """
    keys = list(session_ids)
    look, code_tables = taking_turns.next_look(), tables.current()
    screened = _again(keys, look, code_tables, now)
    pack = tables.ensure_pack(code_tables, now)
    Screening.objects.filter(session_id__in=map(UUID, keys), pack=pack, at__lt=now).update(renewed_at=now)
    chunk = IntakeChunk.objects.create(size=len(keys), created_at=now, session_ids=keys, screened_at=now)
    payload = {"chunk": chunk.pk, "sessions": screened.sessions, "findings": screened.findings, "pack": pack}
    publish("session.rescreened", chunk, SYSTEM, now, payload)
    return screened


def _again(session_ids: Sequence[str], look: int, code_tables: CodeTables, now: dt.datetime) -> Screened:
    own = facts.load(facts.OF_IDS, [facts.array(session_ids)])
    found = _findings(own, neighbours.load(own, [code_tables]), code_tables, now)
    return _store(own, found, code_tables, {row.id for row in own}, look, now)


def _tell_of_one(session_id: UUID, screened: Screened, now: dt.datetime) -> None:
    chunk = IntakeChunk.objects.create(size=1, created_at=now, session_ids=[session_id], screened_at=now)
    _tell(chunk, screened, now)


def _tell(chunk: IntakeChunk, screened: Screened, now: dt.datetime) -> None:
    payload = {"chunk": chunk.pk, "sessions": screened.sessions, "findings": screened.findings}
    publish("session.screened", chunk, SYSTEM, now, payload)


def _findings(
    targets: Sequence[Loaded],
    here: Neighbourhood,
    code_tables: CodeTables,
    now: dt.datetime,
    note: NoteFacts | None = None,
) -> dict[str, tuple[Finding, ...]]:
    bare, said = Context(code_tables, now=now, note=note), stated.of(targets, code_tables.procedures)
    return {
        target.id: findings_of(target, here.around(target), bare, said.get(target.id, NOTHING)) for target in targets
    }


def _store(
    targets: Sequence[Loaded],
    found: Mapping[str, tuple[Finding, ...]],
    code_tables: CodeTables,
    seen_before: set[str],
    look: int,
    now: dt.datetime,
    *,
    with_note: bool = False,
    note_version: int = 0,
) -> Screened:
    """``seen_before`` may have their screening already: their findings are brought up to date under it. What a later
    look stored meanwhile is left alone (see ``taking_turns``)."""
    outdated = taking_turns.seen_later([target.id for target in targets], look)
    revisions = {target.id: str(target.facts.revision) for target in targets if target.id not in outdated}
    values = {
        "pack": tables.ensure_pack(code_tables, now),
        "note_version": note_version,
        "look": look,
        "at": now,
        **_columns(revisions),
        "found": facts.array(str(len(found[key])) for key in revisions),
    }
    screenings = _pairs(NEW_SCREENINGS, values)
    fresh = set(screenings)
    if old := [key for key in revisions if key in seen_before and key not in fresh]:
        screenings |= _pairs(OLD_SCREENINGS, {**values, **_columns({key: revisions[key] for key in old})})
    settled = settling.settle({key: found[key] for key in screenings}, screenings, fresh, now, with_note=with_note)
    return Screened(len(screenings), settled.added, settled.cleared)


def _columns(revisions: Mapping[str, str]) -> dict[str, str]:
    return {"sessions": facts.array(revisions), "revisions": facts.array(revisions.values())}


def _pairs(statement: str, values: Mapping[str, Any]) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return dict(cursor.fetchall())


def findings_of(
    target: Loaded, beside: Around, bare: Context, facts_beside: Mapping[str, Any] = NOTHING
) -> tuple[Finding, ...]:
    """What all checks say about one session beside its neighbours. ``bare`` has what is the same for all sessions,
    ``facts_beside`` what is stated about this one (see ``sessions.stated``)."""
    if beside is NOBODY and not facts_beside:
        return screen(target.facts, bare)
    context = Context(
        bare.tables,
        beside.same_day,
        beside.history,
        bare.now,
        bare.note,
        facts_beside or bare.facts,
        beside.at_once,
    )
    findings = screen(target.facts, context)
    if not findings or not beside.same_visit_later:
        return findings
    fuller = replace(context, same_day=beside.same_day + beside.same_visit_later, at_once=None)
    remaining = {(finding.check, finding.service_line) for finding in screen(target.facts, fuller)}
    return tuple([finding for finding in findings if (finding.check, finding.service_line) in remaining])
