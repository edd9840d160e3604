"""Having sessions screened again because something beside them became known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from clawguard.accounts.actors import Actor
from clawguard.domain.client_papers import KINDS
from clawguard.domain.stated_facts import UNSCREENED
from clawguard.events.services import publish_many
from sessions import facts
from sessions.models import IntakeChunk, StatedFact
from sessions.services import patterns

PIECE = 1000
TOUCHED = """
SELECT s.id::text FROM therapy_sessions_therapysession s WHERE s.client_id = ANY(%(clients)s)
UNION SELECT s.id::text FROM therapy_sessions_therapysession s WHERE s.provider_id = ANY(%(providers)s)
UNION SELECT s.id::text FROM therapy_sessions_therapysession s WHERE s.external_id = ANY(%(sessions)s)
ORDER BY 1
"""


def screen_again(stated: Sequence[StatedFact], actor: Actor, now: dt.datetime) -> int:
    """Hand the sessions that these facts are about to screening, in pieces. Returns how many there are.

    ``papers.stated`` goes out for what only the reader of notes looks at, with the fact as its subject.
    """
    patterns.mark_clients([row.client_id for row in stated if row.kind == "plan"])
    papers = [(row, {"kind": row.kind}) for row in stated if row.kind in KINDS]
    publish_many("papers.stated", papers, actor, now)
    about = [row for row in stated if row.kind not in UNSCREENED]
    if not about:
        return 0
    ids = facts.ids(
        TOUCHED,
        {
            "clients": [row.client_id for row in about if row.client_id],
            "providers": [row.provider_id for row in about if row.provider_id],
            "sessions": [row.session_ref for row in about if row.session_ref],
        },
    )
    hand_over(ids, actor, now)
    return len(ids)


def hand_over(ids: Sequence[str], actor: Actor, now: dt.datetime) -> None:
    """Have these sessions screened again, in pieces. Publishes ``sessions.restated`` for each."""
    pieces = [ids[first : first + PIECE] for first in range(0, len(ids), PIECE)]
    chunks = IntakeChunk.objects.bulk_create(
        IntakeChunk(size=len(piece), created_at=now, session_ids=piece, again=True) for piece in pieces
    )
    publish_many("sessions.restated", [(chunk, {"chunk": chunk.pk}) for chunk in chunks], actor, now)
