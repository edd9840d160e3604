"""Stated facts as the checks see them, loaded set-wise for the sessions of a chunk."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db import connection

from clawguard.domain.checks.stated import of_payer
from clawguard.domain.codesets.groups import NEW_CLIENT_VISIT
from clawguard.domain.codesets.procedure_table import ProcedureTable
from clawguard.domain.dated import includes
from clawguard.domain.facts import SessionFacts
from sessions.facts import Loaded

STANDING = """
SELECT f.client_id::text, f.provider_id::text, f.session_ref, f.kind, f.first_day, f.last_day, f.values::text
FROM therapy_sessions_statedfact f
WHERE (f.client_id = ANY(%(clients)s::uuid[]) OR f.provider_id = ANY(%(providers)s::uuid[])
       OR (f.session_ref <> '' AND f.session_ref = ANY(%(sessions)s)))
  AND NOT EXISTS (SELECT 1 FROM therapy_sessions_factwithdrawal w WHERE w.fact_id = f.id)
ORDER BY f.stated_at, f.id
"""
# The last session before a visit billed as a new client's: with the same provider, or another of the practice.
SEEN = """
SELECT DISTINCT ON (s.id) s.id::text, n.date_of_service, n.external_id, n.provider_id = s.provider_id
FROM therapy_sessions_therapysession s
JOIN accounts_provider p ON p.id = s.provider_id
JOIN therapy_sessions_therapysession n ON n.client_id = s.client_id AND n.date_of_service < s.date_of_service
  AND n.date_of_service >= s.date_of_service - interval '6 years'
JOIN accounts_provider q ON q.id = n.provider_id
WHERE s.id = ANY(%(ids)s::uuid[]) AND (n.provider_id = s.provider_id OR q.team_id = p.team_id)
ORDER BY s.id, n.date_of_service DESC, n.provider_id = s.provider_id DESC, n.external_id
"""
LISTS = {
    "authorization": "authorizations",
    "license": "licenses",
    "enrollment": "enrollments",
    "rate": "rates",
    "picker": "picks",
}
LATEST = frozenset({"appointment", "claim"})


class Said(NamedTuple):
    kind: str
    first_day: dt.date | None
    last_day: dt.date | None
    values: dict[str, Any]


Facts = Mapping[str, Any]


def of(targets: Sequence[Loaded], procedures: ProcedureTable | None = None) -> dict[str, Facts]:
    """What is stated about each session, its client and its provider, by session id; sessions without are left out.

    One query, and a second one where a visit is billed as a new client's by one of ``procedures``; without them nobody
    asks when the client was seen before.
    """
    by_key = _load(targets)
    new = procedures.codes(NEW_CLIENT_VISIT) if procedures is not None else frozenset()
    seen = _seen([row.id for row in targets if not new.isdisjoint(row.facts.codes)])
    if not by_key and not seen:
        return {}
    found: dict[str, Facts] = {}
    for row in targets:
        keys = (row.client_id, row.provider_id, f"session {row.facts.external_id}")
        said = [each for key in keys for each in by_key.get(key, ())]
        facts = as_facts(said, row.facts)
        if row.id in seen:
            facts["seen"] = seen[row.id]
        if facts:
            found[row.id] = facts
    return found


def as_facts(said: Sequence[Said], session: SessionFacts) -> dict[str, Any]:
    """The statements, in order of being stated, in the shape that ``clawguard.domain.checks.stated`` reads."""
    facts: dict[str, Any] = {}
    for each in said:
        if each.kind in LISTS:
            facts.setdefault(LISTS[each.kind], []).append(_listed(each))
        elif each.kind in LATEST:
            facts[each.kind] = each.values
        elif each.kind == "event":
            event = {"kind": each.values["event"], "from": _iso(each.first_day), "to": _iso(each.last_day)}
            facts.setdefault("events", []).append(event)
    coverage = [each for each in said if each.kind == "eligibility" and of_payer(each.values, session.payer_id)]
    if coverage:
        on = session.date_of_service
        facts["eligibility"] = _eligibility(_about(coverage, on), on)
    return facts


def _listed(said: Said) -> dict[str, Any]:
    values = {**said.values, "from": _iso(said.first_day), "to": _iso(said.last_day)}
    if said.kind == "license":
        values["kind"] = values.pop("license")
    return values


def _about(coverage: Sequence[Said], on: dt.date) -> Said:
    """The statement that tells how coverage stood on a day: the latest one whose days include it, unless a later one
    states the same coverage anew and ends it before; where no statement's days include it, the latest of all."""
    chosen: Said | None = None
    for each in coverage:
        if _includes(each, on) or (chosen is not None and _ends_before(each, chosen, on)):
            chosen = each
    return coverage[-1] if chosen is None else chosen


def _includes(said: Said, on: dt.date) -> bool:
    return includes(said.first_day, said.last_day, on)


def _ends_before(later: Said, earlier: Said, on: dt.date) -> bool:
    """Whether ``later`` ends, before a day, the coverage that ``earlier`` had going on: their days must meet, or it is
    another year's coverage and says nothing of this one's end."""
    if (
        later.last_day is None
        or later.last_day >= on
        or {later.values["status"], earlier.values["status"]} != {"active"}
    ):
        return False
    return earlier.first_day is None or earlier.first_day <= later.last_day


def _eligibility(said: Said, on: dt.date) -> dict[str, Any]:
    """A statement read for one day: coverage ends after its last day, or where it is stated as inactive."""
    shown = {name: said.values.get(name) for name in ("shown", "checked_at", "retroactive")}
    inside = _includes(said, on)
    active = inside if said.values["status"] == "active" else not inside
    ended = said.last_day if said.values["status"] == "active" else _day_before(said.first_day)
    past = not active and ended is not None and ended < on
    return {**shown, "actual": "active" if active else "inactive", "ended_on": _iso(ended) if past else None}


def _day_before(day: dt.date | None) -> dt.date | None:
    return None if day is None else day - dt.timedelta(days=1)


def _iso(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _load(targets: Sequence[Loaded]) -> dict[str, list[Said]]:
    values = {
        "clients": list({row.client_id for row in targets}),
        "providers": list({row.provider_id for row in targets}),
        "sessions": [row.facts.external_id for row in targets],
    }
    found: dict[str, list[Said]] = {}
    with connection.cursor() as cursor:
        cursor.execute(STANDING, values)
        for client, provider, ref, kind, first, last, said in cursor.fetchall():
            key = client or provider or f"session {ref}"
            found.setdefault(key, []).append(Said(kind, first, last, json.loads(said)))
    return found


def _seen(ids: list[str]) -> dict[str, dict[str, Any]]:
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(SEEN, {"ids": ids})
        return {
            key: {"on": on.isoformat(), "session": session, "by": "provider" if own else "practice"}
            for key, on, session, own in cursor.fetchall()
        }
