"""Ending long work before its time. What it has written by then stays."""

from __future__ import annotations

import datetime as dt
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import Actor
from clawguard.domain.lifecycles import JobState
from clawguard.events.errors import NotFound
from clawguard.events.services import move, publish
from sessions import policies
from sessions.models import Backtest, Rescreening

Job = TypeVar("Job", Backtest, Rescreening)


def cancel_backtest(actor: Actor, job_id: UUID, now: dt.datetime) -> Backtest:
    """Raises NotAllowed, NotFound, and WrongState when it has ended."""
    policies.require_trial(actor)
    return _cancel(actor, Backtest, job_id, now)


def cancel_rescreening(actor: Actor, job_id: UUID, now: dt.datetime) -> Rescreening:
    """Raises NotAllowed, NotFound, and WrongState when it has ended."""
    policies.require_rules_editor(actor)
    return _cancel(actor, Rescreening, job_id, now)


@transaction.atomic
def note_export(actor: Actor, job: Backtest, now: dt.datetime) -> None:
    """Who took the table of a try is written to the log. Raises NotAllowed."""
    policies.require_trial_reader(actor)
    publish("backtest.exported", job, actor, now)


@transaction.atomic
def _cancel(actor: Actor, model: type[Job], job_id: UUID, now: dt.datetime) -> Job:
    job = model._default_manager.select_for_update().filter(pk=job_id).first()
    if job is None:
        raise NotFound
    move(job, JobState.CANCELLED, actor, now, payload={"done": job.done}, ended_at=now, updated_at=now)
    return job
