"""How fast attribution is: the engine alone, and a case weighed anew, its facts read and its proposal stored."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from clawguard.accounts.actors import SYSTEM
from clawguard.bench.figures import Figure, timed
from clawguard.bench.rows import sessions
from clawguard.clock import now as read_clock
from clawguard.domain.attribution import attribute
from clawguard.domain.case_facts_json import read_case_facts
from clawguard.domain.remit_codes import REMIT_CODES, CodeSet
from disputes import services
from disputes.models import Case, Proposal
from disputes.services.opening import open_for_sessions
from sessions.models import TherapySession

ROUNDS, STORED = 5, 400
REASONS = [code for kind, code in REMIT_CODES.rows if kind is CodeSet.CARC]


def measure(size: int) -> list[Figure]:
    """Attributions a second of ``size`` different sets of facts; and of cases in the database, where it is smaller."""
    now = read_clock()
    facts = [read_case_facts(given) for given in itertools.islice(_facts(now), size)]

    def once() -> int:
        return len({attribute(one, now).clause for one in facts})

    clauses = once()
    speeds = tuple(size / timed(once)[0] for _ in range(ROUNDS))
    alone = Figure("attribution alone, one core", "cases/s", speeds, note=f"{size:,} sets of facts, {clauses} clauses")
    return [alone, _stored(now)]


def _facts(now: dt.datetime) -> Iterator[dict[str, Any]]:
    """What cases look like: a code or two, and the facts of one ground or another."""
    asked, due = (now - dt.timedelta(days=days) for days in (40, 36))
    request = {"delivered_at": asked.isoformat(), "due_at": due.isoformat()}
    late = {**request, "responded_at": (due + dt.timedelta(days=1)).isoformat()}
    grounds: list[dict[str, Any]] = [
        {"eligibility_shown": "active", "eligibility_actual": "inactive"},
        {"note_request": request},
        {"note_request": late, "payer_records_due_at": now.isoformat()},
        {"coding_findings": ["CG101", "CG103"]},
        {"authorization_required": True, "authorization_known_at_booking": False},
        {"dispute": {"provider_asked_at": asked.isoformat(), "due_at": due.isoformat()}},
        {},
    ]
    for number in itertools.count():
        code = REASONS[number % len(REASONS)]
        base = {"date_of_service": (now - dt.timedelta(days=60)).date().isoformat(), "contracted_rate": "142.50"}
        yield {**base, **grounds[number % len(grounds)], "carc": [code]}


def _stored(now: dt.datetime) -> Figure:
    """Cases weighed one by one as a worker does: lock, facts from the rows, proposal, event."""
    with transaction.atomic(), connection.cursor() as cursor:
        sessions(cursor, STORED, "S-weighed-")
    about = list(TherapySession.objects.order_by("pk").values_list("pk", flat=True)[:STORED])
    cases = open_for_sessions(about, "hand", SYSTEM, now)
    keys: list[UUID] = [case.pk for case in cases]

    def once() -> int:
        return sum(services.attribute(key, now) is not None for key in keys)

    seconds, _ = timed(once)
    proposals = Proposal.objects.filter(case__in=Case.objects.filter(pk__in=keys)).count()
    note = f"{len(keys):,} cases, {proposals:,} proposals stored"
    return Figure("a case weighed anew and stored", "cases/s", (len(keys) / seconds,), note=note)
