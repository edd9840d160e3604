"""Two screenings of one session at the same moment: whoever read its facts later has the last word.

A screening draws a number before it reads anything: its look. When it stores what it found, it waits for its turn at
the places of its sessions and leaves out those whose findings come from a later look already. What became known is
committed before anybody is sent to screen what rests on it, so the latest look has everything in view.

A place stands for all sessions of some chunks: what arrives together takes one lock, and locking it writes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from sessions import facts

NEXT_LOOK = "SELECT nextval('therapy_session_look')"
TURN_LOCK = 0x434C4154  # any fixed number, different from those of other locks in two parts
PLACES = 64  # as many as one transaction may lock without crowding others out; neighbors in time have different ones
# The chunk a session arrived with never changes. One look into the index each, as in SEEN_LATER; always in one order.
WAIT = """
SELECT pg_advisory_xact_lock(%(turn)s, place) FROM (
    SELECT DISTINCT COALESCE(o.chunk_id %% %(places)s, 0)::int AS place FROM unnest(%(sessions)s::uuid[]) AS t(id)
    CROSS JOIN LATERAL (SELECT s.chunk_id FROM therapy_sessions_therapysession s WHERE s.id = t.id OFFSET 0) o
    ORDER BY 1
) places
"""
# One look into the index each, as where screenings are stored.
SEEN_LATER = """
SELECT t.id::text FROM unnest(%s::uuid[]) AS t(id) WHERE EXISTS (
    SELECT FROM therapy_sessions_screening c WHERE c.session_id = t.id AND c.look > %s OFFSET 0
)
"""


def next_look() -> int:
    """A number greater than that of every look that began before. To be drawn before the first fact is read."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT_LOOK)
        return int(cursor.fetchone()[0])


def wait(session_ids: Sequence[str]) -> None:
    """Have these sessions to oneself, among screenings, until the transaction ends. Once in a transaction, so that two
    wait for each other instead of locking up."""
    with connection.cursor() as cursor:
        cursor.execute(WAIT, {"turn": TURN_LOCK, "places": PLACES, "sessions": facts.array(session_ids)})


def seen_later(session_ids: Sequence[str], look: int) -> set[str]:
    """Which of these sessions another screening stored from a later look; none comes between from here on. It takes two
    statements: one alone would see what was there before it waited."""
    wait(session_ids)
    return set(facts.ids(SEEN_LATER, [facts.array(session_ids), look]))
