"""Which stored sessions a try or a new screening goes through: a period, and what narrows it down."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from django.db import connection

from clawguard.domain.checks import ALL
from sessions.models.trials import SessionsJob
from sessions.services import tables

COUNT = "SELECT count(*) FROM therapy_sessions_therapysession s WHERE {where}"
NEXT = """
SELECT s.id::text, s.arrival FROM therapy_sessions_therapysession s
WHERE {where} AND s.arrival > %(after)s ORDER BY s.arrival LIMIT %(most)s
"""
# The screening that a session's standing findings answer to is the newest one of its revision.
OUTDATED = """(
SELECT c.pack_id FROM therapy_sessions_screening c WHERE c.session_id = s.id AND c.revision = s.revision
ORDER BY coalesce(c.renewed_at, c.at) DESC, c.id DESC LIMIT 1) <> %(pack)s"""
OF_CHECK = """(s.codes && %(codes)s::varchar[] OR EXISTS (
SELECT 1 FROM therapy_sessions_finding f WHERE f.session_id = s.id AND f.check_id = %(check)s
AND f.status IN ('new', 'confirmed')))"""


class SessionScope(NamedTuple):
    """Dates of service from ``first_day`` to ``last_day``, both included; the rest empty where it does not matter.

    ``check_id`` keeps the sessions that the check can concern: those billing its codes or carrying its findings.
    """

    first_day: dt.date
    last_day: dt.date
    payer_id: str = ""
    npi: str = ""
    check_id: str = ""


def of_job(job: SessionsJob) -> SessionScope:
    return SessionScope(job.first_day, job.last_day, job.payer_id, job.npi, job.check_id)


def count(scope: SessionScope, *, outdated_for: str = "") -> int:
    """``outdated_for``: only what was last screened under another pack than this one."""
    where, values = _where(scope, outdated_for)
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(where=where), values)
        found: int = cursor.fetchone()[0]
        return found


def next_sessions(scope: SessionScope, after: int, most: int, *, outdated_for: str = "") -> list[tuple[str, int]]:
    """Ids and arrivals of the next sessions in order of arrival."""
    where, values = _where(scope, outdated_for)
    with connection.cursor() as cursor:
        cursor.execute(NEXT.format(where=where), {**values, "after": after, "most": most})
        return cursor.fetchall()


def _where(scope: SessionScope, outdated_for: str) -> tuple[str, dict[str, Any]]:
    parts = ["s.date_of_service BETWEEN %(first)s AND %(last)s"]
    if scope.payer_id:
        parts.append("s.payer_id IN (SELECT id FROM therapy_sessions_payer WHERE payer_id = %(payer)s)")
    if scope.npi:
        parts.append("s.provider_id IN (SELECT id FROM accounts_provider WHERE npi = %(npi)s)")
    codes = ALL[scope.check_id].billed_in(tables.current().procedures) if scope.check_id else None
    if codes is not None:
        parts.append(OF_CHECK)
    if outdated_for:
        parts.append(OUTDATED)
    values = {
        "first": scope.first_day,
        "last": scope.last_day,
        "payer": scope.payer_id,
        "npi": scope.npi,
        "check": scope.check_id,
        "codes": sorted(codes or ()),
        "pack": outdated_for,
    }
    return " AND ".join(parts), values
