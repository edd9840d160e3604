"""Submitting, correcting and bulk storing: the one service behind REST, pages, files and commands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from clawguard.access import FieldProblem, Problem
from clawguard.accounts.actors import Actor
from clawguard.domain.submission import FieldError, Submission, parse
from clawguard.events.errors import NotFound, Refused
from clawguard.events.services import publish
from sessions import facts, policies
from sessions.intake.record import Record, record_of
from sessions.models import ImportBatch, TherapySession
from sessions.services import storing
from sessions.services.storing import Stored


def unreadable(errors: Sequence[FieldError]) -> Problem:
    """Every bad field at once, in the API's error shape."""
    found = [FieldProblem(error.pointer, error.code, error.message) for error in errors]
    return Problem(400, "invalid", "The session cannot be read", "Correct the named fields and send it again.", found)


def read(body: object, now: dt.datetime, *, revision: int = 1, at: str = "") -> Submission:
    """The body as a session. Raises Problem 400 naming every bad field."""
    submission, errors = parse(body, now=now, revision=revision, at=at)
    if submission is None:
        raise unreadable(errors)
    return submission


@transaction.atomic
def submit(actor: Actor, body: Mapping[str, Any], now: dt.datetime) -> TherapySession:
    """Store one session and hand it to screening; ``created_at`` of the answer equals ``now`` if it was new.

    The same facts under the same external id change nothing. Other facts raise Refused: a change is a correction.
    """
    policies.require_intake(actor)
    record = record_of(read(body, now))
    storing.serialise_intake()
    known = storing.standing([record.external_id]).get(record.external_id)
    if known is not None:
        return _replayed(actor, known, record)
    stored = storing.write([record], actor, now)
    session = TherapySession.objects.select_related("provider").get(pk=stored.created[0])
    publish("session.submitted", session, actor, now, {"chunk": session.chunk_id})
    return session


def _replayed(actor: Actor, known: storing.Standing, record: Record) -> TherapySession:
    session = TherapySession.objects.filter(policies.writable(actor), pk=known.id).first()
    if session is None or known.digest != record.digest:
        raise Refused(
            "already_submitted",
            "A session with this external_id is stored with other facts. To change it, send the changed fields as"
            " PATCH to its address, with its ETag as If-Match.",
        )
    return session


@transaction.atomic
def correct(
    actor: Actor, session_id: UUID, changes: Mapping[str, Any], now: dt.datetime, *, revision: int | None = None
) -> TherapySession:
    """Apply ``changes`` (a JSON merge patch) as a new revision and have it screened again.

    ``revision`` is the one the caller saw; another one by now raises Problem 412. What was said before stays readable.
    A change that changes nothing leaves the revision as it is. Raises NotFound, Problem 400 with every bad field.
    """
    storing.serialise_intake()
    session = TherapySession.objects.filter(policies.writable(actor), pk=session_id).select_related("payer").first()
    if session is None:
        raise NotFound
    if revision is not None and revision != session.revision:
        raise Problem(412, "version_lost", "Somebody changed this first", "Fetch it again and repeat your change.")
    standing = facts.as_submitted(facts.session_facts([session.pk])[session.pk], session.payer.name)
    body = _merged(standing, changes)
    record = record_of(read(body, now, revision=session.revision + 1))
    if record.external_id != session.external_id:
        raise Refused("fixed", "The external_id names the session and stays.", "/external_id")
    storing.write([record], actor, now)
    session.refresh_from_db()
    return session


def _merged(standing: Any, changes: Any) -> Any:
    """JSON merge patch (RFC 7396), except that null is kept as "not stated"."""
    if not isinstance(standing, dict) or not isinstance(changes, Mapping):
        return changes
    return {**standing, **{name: _merged(standing.get(name), value) for name, value in changes.items()}}


@transaction.atomic
def store_chunk(
    records: Sequence[Record], actor: Actor, now: dt.datetime, *, batch: ImportBatch | None = None, number: int = 0
) -> Stored:
    """Store many sessions whose external ids differ: new ones, replays and corrections, in few statements.

    One ``sessions.imported`` event wakes the screening of the whole chunk.
    """
    policies.require_intake(actor)
    stored = storing.write(records, actor, now, batch=batch, number=number)
    if stored.chunk is not None and stored.created:
        counts = {"created": len(stored.created), "corrected": len(stored.corrected)}
        publish("sessions.imported", stored.chunk, actor, now, {"chunk": stored.chunk.pk, **counts})
    return stored
