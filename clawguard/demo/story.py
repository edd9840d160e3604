"""The months of the invented network, told through the same services as real ones: every row is the work of a service.

Time goes in steps of a day, lately of a part of a day. In each, sessions are submitted, waiting work is run, what is
due lapses, and people act as their habits say. It happens in one transaction: a telling that is broken off leaves
nothing behind.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator, Sequence

from django.db import transaction
from django.test.utils import override_settings

from clawguard import clock
from clawguard.accounts.actors import SYSTEM, Actor
from clawguard.demo import talking
from clawguard.demo.acting import People
from clawguard.demo.cast import engage
from clawguard.demo.paying import remittances
from clawguard.demo.rules import Rules
from clawguard.demo.sessions import Body, Network, submitted_at
from clawguard.demo.stating import Learnt, learnt
from clawguard.domain.submission import parse
from clawguard.domain.x12.remittance import Remittance
from clawguard.domain.x12.writers import write_835
from clawguard.events import outbox, sweeps
from clawguard.events.nudge import silence
from disputes.services.remittances import take
from sessions.intake.record import Record, record_of
from sessions.services import patterns, state_body, store_chunk

EVENING = (dt.time(21, 30),)  # UTC: late afternoon across the continent
DAY = (dt.time(14, 0), dt.time(17, 0), *EVENING)
CLOSELY = dt.timedelta(days=14)  # how far back a day is told in three steps instead of one
CHUNK = 1000

Progress = Callable[[int, int], None]


def tell(network: Network, seed: int, now: dt.datetime, progress: Progress) -> None:
    """Write the whole network up to ``now``. ``progress(told, all)`` counts sessions."""
    with (
        silence(),
        override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"),
        transaction.atomic(),
    ):
        _tell(network, seed, now, progress)


def _tell(network: Network, seed: int, now: dt.datetime, progress: Progress) -> None:
    begun = submitted_at(network.sessions[0]).replace(hour=0, minute=0, second=0)
    cast = engage(network.providers, begun)
    people = People(cast, random.Random(seed + 1))
    told, waiting = 0, list(network.sessions)
    facts, rules, payments = learnt(network, now.date()), Rules(cast), remittances(network)
    steps = list(_steps(begun, now))
    set_out = {max((step for step in steps if step <= now - dt.timedelta(days=1)), default=now)}
    with clock.pretend(begun):
        rules.begin(begun)
        _work(begun)
        rules.agree(begun)
    for moment in steps:
        ready = [body for body in waiting if submitted_at(body) <= moment] if waiting else []
        waiting = waiting[len(ready) :]
        with clock.pretend(moment):
            _submit(ready, moment)
            facts = _state(facts, cast.staff["rui"], moment)
            payments = _pay(payments, cast.staff["lena"], moment)
            _work(moment)
            sweeps.run_all(clock.now, heartbeats=False)
            people.act(moment)
            if moment in set_out:
                people.set_the_table(moment)
                rules.set_the_table(moment)
                talking.set_the_table(cast, moment)
            _work(moment)
        told += len(ready)
        if ready:
            progress(told, len(network.sessions))
    patterns.look_now(now)  # the marks of a told day bear today's moment, so no sweep of those days has taken them


def _steps(begun: dt.datetime, now: dt.datetime) -> Iterator[dt.datetime]:
    day = begun.date()
    while day <= now.date():
        for time in DAY if day >= (now - CLOSELY).date() else EVENING:
            moment = dt.datetime.combine(day, time, dt.UTC)
            if begun <= moment < now:
                yield moment
        day += dt.timedelta(days=1)
    yield now


def _submit(bodies: Sequence[Body], moment: dt.datetime) -> None:
    for first in range(0, len(bodies), CHUNK):
        store_chunk([_record(body, moment) for body in bodies[first : first + CHUNK]], SYSTEM, moment)


def _state(facts: list[Learnt], actor: Actor, moment: dt.datetime) -> list[Learnt]:
    """State what was learnt by now; returns what is still to come."""
    ready = [each.statement for each in facts if each.at <= moment]
    if ready:
        state_body(actor, {"facts": ready}, moment)
    return facts[len(ready) :]


def _pay(payments: list[Remittance], actor: Actor, moment: dt.datetime) -> list[Remittance]:
    """Take in, as one 835, the payments that have come by now; returns what is still to come."""
    ready = [each for each in payments if each.payment.date and each.payment.date < moment.date()]
    if ready:
        content = "".join(write_835(ready, created=moment)).encode()
        take(actor, f"payments-{moment:%Y%m%d}.835", [content], dry_run=False, now=moment)
    return payments[len(ready) :]


def _record(body: Body, moment: dt.datetime) -> Record:
    submission, errors = parse(body, now=moment)
    if submission is None:
        raise ValueError(f"{body['external_id']}: {errors}")
    return record_of(submission)


def _work(moment: dt.datetime) -> None:
    while outbox.run_waiting(moment):
        continue
