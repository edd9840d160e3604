"""Screening stored sessions again under the rule pack now in force, because a lead asked for it."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import SYSTEM, Actor
from clawguard.domain.checks import pack_digest
from clawguard.domain.lifecycles import JobState
from clawguard.events.services import move, publish
from sessions import policies
from sessions.models import Rescreening
from sessions.rulebook import scopes
from sessions.rulebook.scopes import SessionScope
from sessions.services import screening, tables

CHUNK = 1000


def sessions_to_screen(actor: Actor, scope: SessionScope) -> int:
    """How many sessions of the scope were last screened under another pack than the present one."""
    policies.require_rules_editor(actor)
    return scopes.count(scope, outdated_for=pack_digest(tables.current()))


@transaction.atomic
def start_rescreening(actor: Actor, scope: SessionScope, now: dt.datetime) -> Rescreening:
    """Begin. Sessions that are screened under the present pack already are left as they are. Raises NotAllowed."""
    policies.require_rules_editor(actor)
    pack = tables.ensure_pack(tables.current(), now)
    job = Rescreening.objects.create(
        **scope._asdict(),
        pack_id=pack,
        total=scopes.count(scope, outdated_for=pack),
        started_at=now,
        started_by_name=actor.name,
        updated_at=now,
    )
    publish("rescreening.started", job, actor, now, {"piece": 1, "sessions": job.total, "pack": pack})
    return job


@transaction.atomic
def run_chunk(job_id: UUID, number: int, now: dt.datetime) -> bool:
    """Screen the next thousand if ``number`` is their turn; True while there are more. Run twice, it screens once."""
    job = Rescreening.objects.select_for_update(of=("self",)).get(pk=job_id)
    if job.status != JobState.RUNNING or number != job.chunks + 1:
        return False
    if pack_digest(tables.current()) != job.pack_id:  # rules changed: what was asked for is not the present any more
        move(job, JobState.STOPPED, SYSTEM, now, ended_at=now, updated_at=now)
        return False
    found = scopes.next_sessions(scopes.of_job(job), job.cursor, CHUNK, outdated_for=job.pack_id)
    if found:
        screened = screening.screen_again([key for key, _ in found], now)
        job.cursor, job.done, job.chunks = found[-1][1], job.done + screened.sessions, number
        job.findings += screened.findings
        job.cleared += screened.cleared
    job.updated_at = now
    job.save()
    if len(found) == CHUNK:
        publish("rescreening.continued", job, SYSTEM, now, {"piece": number + 1})
        return True
    move(job, JobState.DONE, SYSTEM, now, payload={"done": job.done}, ended_at=now, updated_at=now)
    return False
