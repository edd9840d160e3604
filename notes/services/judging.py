"""A person's verdict on an element of a note, kept next to the machine's, which is measured by it."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import Actor
from clawguard.domain.notes import Verdict
from clawguard.domain.notes.elements import ALL
from clawguard.events.errors import NotFound, Refused
from clawguard.events.services import publish
from notes import policies, reviews, selectors
from notes.models import ElementJudgement

# A person decides; "unsure" is what only the machine may say.
HUMAN = (Verdict.MET, Verdict.MISSING, Verdict.CONTRADICTED, Verdict.UNREADABLE, Verdict.NOT_APPLICABLE)


@transaction.atomic
def judge_element(
    actor: Actor, request_id: UUID, note_id: UUID, element: str, verdict: str, now: dt.datetime
) -> ElementJudgement:
    """Record what ``actor`` sees. Raises NotAllowed, NotFound, Refused (nothing of the session is under review)."""
    policies.require_review(actor)
    request = selectors.get_request(actor, request_id)
    note = reviews.notes_under_review(actor, request).filter(pk=note_id).first()
    if note is None or element not in ALL:
        raise NotFound
    if verdict not in HUMAN:
        raise Refused("unknown_verdict", "Choose one of the verdicts.", "/verdict")
    if not selectors.review_is_open(actor, note.session_id):
        raise Refused("no_review", "Nothing of this session is under review any more.")
    machine = reviews.machine_verdict(note, element)
    row = ElementJudgement.objects.create(
        note=note,
        element=element,
        verdict=verdict,
        machine=machine.verdict if machine else "",
        machine_confidence=machine.confidence if machine else "",
        reader=machine.reading.reader if machine else "",
        at=now,
        by_id=actor.person(),
        by_name=actor.name,
    )
    told = {"note": str(note.pk), "element": element, "verdict": verdict, "machine": row.machine}
    publish("note.element_judged", note, actor, now, told)
    return row
