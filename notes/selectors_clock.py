"""What stood still and when: the pauses behind a request's due moment, and what stands still now."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from clawguard.accounts.actors import Actor
from clawguard.domain.calendar import Pause
from clawguard.domain.lifecycles import RequestState
from notes import policies
from notes.models import ClockPause, NotesRequest, Outage
from notes.models.pausing import OUTAGE_WORDS, PauseReason


def pausing(now: dt.datetime) -> Exists:
    """Requests whose clock stands still at ``now``, by a pause that lasts or has an end ahead."""
    standing = ClockPause.objects.filter(request=OuterRef("pk"), started_at__lte=now)
    return Exists(standing.filter(Q(ended_at=None) | Q(ended_at__gt=now)))


def standing_pause(row: NotesRequest, now: dt.datetime) -> ClockPause | None:
    """The pause in which this request's clock stands still at ``now``; the first to have begun, where several do."""
    standing = row.pauses.filter(started_at__lte=now)
    return standing.filter(Q(ended_at=None) | Q(ended_at__gt=now)).first()


def pauses_behind(rows: Sequence[NotesRequest]) -> Mapping[UUID, list[Pause]]:
    """The ended pauses and outages that concern each request's clock, in order of their beginning. Two statements."""
    found: dict[UUID, list[Pause]] = defaultdict(list)
    started = {row.pk: row.delivered_at for row in rows if row.delivered_at is not None}
    for pause in ClockPause.objects.filter(request__in=list(started), ended_at__isnull=False):
        found[pause.request_id].append(as_pause(pause))
    outages = outages_since(started.values())
    for pk, delivered_at in started.items():
        found[pk] += [outage for outage in outages if outage.ended_at is not None and outage.ended_at > delivered_at]
        found[pk] = sorted(
            (each for each in found[pk] if each.ended_at is not None and each.ended_at > delivered_at),
            key=lambda each: each.started_at,
        )
    return found


def outages_since(starts: Iterable[dt.datetime]) -> list[Pause]:
    """Every outage that ended after the earliest of ``starts``, as the calendar takes it."""
    earliest = min(starts, default=None)
    if earliest is None:
        return []
    rows = Outage.objects.filter(ended_at__gt=earliest).order_by("started_at")
    return [Pause(row.started_at, row.ended_at, OUTAGE_WORDS) for row in rows]


def as_pause(row: ClockPause) -> Pause:
    return Pause(row.started_at, row.ended_at, PauseReason(row.reason).label)


def outages(actor: Actor) -> QuerySet[Outage]:
    """Every recorded outage, the newest first; for those who read requests as staff. Raises NotAllowed."""
    policies.require_staff_reader(actor)
    return Outage.objects.all()


def touched_by(outage: Outage) -> QuerySet[NotesRequest]:
    """Requests whose answer time ran in the outage: still running, or over after it began, or given back until then."""
    until = Coalesce("excused_until", "due_at")
    ran = NotesRequest.objects.alias(until=until).filter(delivered_at__lt=outage.ended_at, until__gt=outage.started_at)
    return ran.filter(Q(status=RequestState.OPEN) | Q(lapsed_at__isnull=False))


LAPSES = {
    "notes.lapsed": "Documents",
    "case.answer_lapsed": "Answers to our notices",
    "dispute.lapsed": "Answers to disputes",
}
LATENESS = """
    SELECT name, count(*), percentile_disc(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY late), max(late)
    FROM (
        SELECT name, extract(epoch FROM (payload ->> 'noticed_at')::timestamptz - at)::float8 AS late
        FROM events_event WHERE name = ANY(%s) AND at >= %s AND payload ? 'noticed_at'
    ) AS lapses
    GROUP BY name
"""


@dataclass(frozen=True, slots=True)
class Lateness:
    """How long after its due moment a lapse was noticed, in seconds. It is dated at its due moment all the same."""

    what: str
    count: int
    median: float
    p95: float
    most: float


def lateness(actor: Actor, now: dt.datetime) -> list[Lateness]:
    """Of the last ninety days, for each kind of clock that lapsed. Raises NotAllowed."""
    policies.require_staff_reader(actor)
    with connection.cursor() as cursor:
        cursor.execute(LATENESS, [list(LAPSES), now - dt.timedelta(days=90)])
        rows = cursor.fetchall()
    found = {name: Lateness(LAPSES[name], count, half, p95, most) for name, count, (half, p95), most in rows}
    return [found[name] for name in LAPSES if name in found]
