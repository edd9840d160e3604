"""Two screenings of one session at the same moment: whoever read its facts later has the last word.

A screening draws a number before it reads anything: its look. When it stores what it found, it locks the sessions, in
one order whoever comes, and leaves out those whose findings come from a later look already. What became known is
committed before anybody is sent to screen what rests on it, so the latest look has everything in view.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection

from sessions import facts

NEXT_LOOK = "SELECT nextval('therapy_session_look')"
HOLD = """
SELECT s.id::text FROM therapy_sessions_therapysession s WHERE s.id = ANY(%s::uuid[]) ORDER BY s.id FOR NO KEY UPDATE
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


def hold(session_ids: Iterable[str]) -> None:
    """Lock these sessions until the transaction ends. Whoever writes to several takes them in this order, so that two
    wait for each other instead of locking up."""
    facts.ids(HOLD, [facts.array(session_ids)])


def seen_later(session_ids: Sequence[str], look: int) -> set[str]:
    """Which of these sessions another screening stored from a later look. All are locked from here on. It takes two
    statements: one alone would see what was there before it waited."""
    hold(session_ids)
    return set(facts.ids(SEEN_LATER, [facts.array(session_ids), look]))
