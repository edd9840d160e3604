"""Which other sessions must be screened again because some arrived, or were corrected, that theirs rest on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from clawguard.domain.checks import history_days
from clawguard.domain.checks.looking_back import Looking, looking_back
from clawguard.domain.codesets import CodeTables
from sessions import facts
from sessions.facts import Loaded
from sessions.services.neighbours import Neighbourhood

# What was corrected is told on later arrivals of the day and may explain away what was told on earlier ones.
OF_CORRECTED = """
WITH keys AS (
    SELECT s.arrival, s.client_id, s.provider_id, s.date_of_service AS day
    FROM therapy_sessions_therapysession s WHERE s.id = ANY(%(ids)s::uuid[]) AND s.revision > 1
    UNION
    SELECT s.arrival, c.id, p.id, (r.facts ->> 'date_of_service')::date
    FROM therapy_sessions_therapysession s
    JOIN therapy_sessions_sessionrevision r ON r.session_id = s.id AND r.revision = s.revision - 1
    JOIN therapy_sessions_client c ON c.external_id = r.facts #>> '{client,external_id}'
    JOIN accounts_provider p ON p.npi = r.facts #>> '{provider,npi}'
    WHERE s.id = ANY(%(ids)s::uuid[])
)
SELECT n.id::text FROM keys k JOIN therapy_sessions_therapysession n
  ON n.client_id = k.client_id AND n.date_of_service BETWEEN k.day - 1 AND k.day + 1
WHERE n.arrival > k.arrival
UNION
SELECT n.id::text FROM keys k JOIN therapy_sessions_therapysession n
  ON n.provider_id = k.provider_id AND n.date_of_service BETWEEN k.day - 1 AND k.day + 1
WHERE n.arrival > k.arrival
UNION
SELECT n.id::text FROM keys k JOIN therapy_sessions_therapysession n
  ON n.client_id = k.client_id AND n.provider_id = k.provider_id AND n.date_of_service = k.day
WHERE n.arrival < k.arrival
"""
BEFORE_CORRECTION = """
SELECT c.id::text, (r.facts ->> 'date_of_service')::date
FROM therapy_sessions_therapysession s
JOIN therapy_sessions_sessionrevision r ON r.session_id = s.id AND r.revision = s.revision - 1
JOIN therapy_sessions_client c ON c.external_id = r.facts #>> '{client,external_id}'
WHERE s.id = ANY(%s::uuid[])
"""
# Sessions of later days that may be screened beside their client's history. One look into the index per client, as in
# ``neighbours``; in a file in order of days nothing of a later day has arrived before.
OF_LATER_DAYS = """
unnest(%(clients)s::uuid[], %(firsts)s::date[], %(lasts)s::date[], %(befores)s::bigint[])
AS t(client_id, first, last, before) CROSS JOIN LATERAL (
    SELECT * FROM therapy_sessions_therapysession n
    WHERE n.client_id = t.client_id AND n.date_of_service > t.first AND n.date_of_service <= t.last + %(days)s
      AND n.arrival < t.before
      AND (%(anything)s OR n.codes && %(codes)s::varchar[]
           OR (n.diagnoses[1] = ANY(%(diagnoses)s) AND n.date_of_service <= t.last + %(diagnosis_days)s))
      AND NOT EXISTS (
        SELECT FROM therapy_sessions_historymark m WHERE m.batch_id = %(batch)s AND m.session_id = n.id OFFSET 0
      ) OFFSET 0
)
"""
ANY_ARRIVAL = 2**63 - 1


class _Known(NamedTuple):
    """A day on which a session of a client became known, or is known no more, to those that arrived ``before``."""

    client_id: str
    day: dt.date
    before: int


def others(own: Sequence[Loaded], here: Neighbourhood, code_tables: CodeTables, *, later: bool) -> list[Loaded]:
    """Sessions beyond ``own`` whose standing findings may be other now; with ``later`` those of later days, too."""
    found = {row.id: row for target in own for row in here.same_visits(target)}
    if later:
        found.update((row.id, row) for row in of_later_days(own, code_tables))
    if any(row.facts.revision > 1 for row in own):
        more = set(facts.ids(OF_CORRECTED, {"ids": facts.array(row.id for row in own)})) - found.keys()
        found.update((row.id, row) for row in (facts.load(facts.OF_IDS, [facts.array(more)]) if more else ()))
    mine = {row.id for row in own}
    return [row for key, row in sorted(found.items()) if key not in mine]


def of_later_days(own: Sequence[Loaded], code_tables: CodeTables, batch_id: UUID | None = None) -> list[Loaded]:
    """Sessions of later days that rest on ``own``, which are new or corrected; without those that the file ``batch_id``
    has marked already (see ``later``).

    A history is read by date, in whatever order its sessions came. Those that arrived after ``own`` have seen them;
    what was corrected they have seen as it was before.
    """
    looking = looking_back(code_tables)
    corrected = [row.id for row in own if row.facts.revision > 1]
    known: dict[str, list[_Known]] = {}
    for each in (*_new(own), *_changed(own, corrected)):
        known.setdefault(each.client_id, []).append(each)
    rows = facts.load("", {**_parameters(known, looking), "batch": batch_id}, OF_LATER_DAYS)
    return [row for row in rows if _rests_on(row, known[row.client_id], code_tables)]


def _new(own: Sequence[Loaded]) -> list[_Known]:
    """Sessions of one chunk arrive one after the other: what came before any of them came before the first."""
    new = [row for row in own if row.facts.revision == 1]
    first = min([row.arrival for row in new], default=0)
    return [_Known(row.client_id, row.facts.date_of_service, first) for row in new]


def _changed(own: Sequence[Loaded], corrected: Sequence[str]) -> list[_Known]:
    if not corrected:
        return []
    with connection.cursor() as cursor:
        cursor.execute(BEFORE_CORRECTION, [facts.array(corrected)])
        before = cursor.fetchall()
    now = [(row.client_id, row.facts.date_of_service) for row in own if row.facts.revision > 1]
    return [_Known(client, day, ANY_ARRIVAL) for client, day in (*before, *now)]


def _parameters(known: dict[str, list[_Known]], looking: Looking) -> dict[str, object]:
    return {
        "clients": facts.array(known),
        "firsts": facts.array(str(min([each.day for each in days])) for days in known.values()),
        "lasts": facts.array(str(max([each.day for each in days])) for days in known.values()),
        "befores": facts.array(str(max([each.before for each in days])) for days in known.values()),
        "days": looking.days,
        "anything": looking.anything,
        "diagnoses": sorted(looking.diagnoses),
        "diagnosis_days": looking.diagnosis_days,
        "codes": sorted(looking.codes),
    }


def _rests_on(row: Loaded, known: Iterable[_Known], code_tables: CodeTables) -> bool:
    day = row.facts.date_of_service
    since = day - dt.timedelta(days=history_days(row.facts, code_tables))
    return any(since <= each.day < day and row.arrival < each.before for each in known)
