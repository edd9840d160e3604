"""What the network knows of a session, its people and its papers, as the reader of a note asks for it.

What it does not know stays unknown: the client's name, which this system does not hold, that there is no plan, and what
nobody stated of the client's papers. See docs/notes-reading.md.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from uuid import UUID

from clawguard.accounts.models import Role, User
from clawguard.domain.codesets.licenses import SUPERVISED, kinds_of
from clawguard.domain.lifecycles import ItemState
from clawguard.domain.notes import AddendumText, NoteAsk, PlanFacts
from notes.models import Note, NoteKind, RequestItem
from notes.services.likenesses import Closest
from notes.services.parts import earlier_notes, words_of
from sessions import facts
from sessions.models import TherapySession
from sessions.papers import papers_of
from sessions.services import tables
from sessions.services.weeks import Week, week_of

ADDENDUM = "addend"
HEADING = 200  # characters in which an addition calls itself one


def known_of(session: TherapySession) -> NoteAsk:
    """What is known of the session, its provider and its client's papers, whatever is read."""
    found, papers = facts.session_facts([session.pk])[session.pk], papers_of(session)
    in_force = tables.current()
    return NoteAsk(
        consent_on_file=papers.treatment,
        telehealth_consent=papers.telehealth,
        interpreter=papers.interpreter,
        part2=papers.part2,
        part2_consent=papers.part2_consent,
        session=found,
        policy=in_force.policies.of(found),
        procedures=in_force.procedures,
        provider_name=session.provider.name or None,
        supervised=SUPERVISED in kinds_of(found.provider_license) or None,
    )


def _plan(session_id: UUID, week: Week | None) -> PlanFacts | None:
    """The frequency that was stated, and whether a plan sent for this session was accepted."""
    plans = RequestItem.objects.filter(request__session=session_id, kind="treatment_plan", status=ItemState.ACCEPTED)
    accepted = plans.exists()
    return PlanFacts(sessions_a_week=week.planned if week else None, accepted=accepted) if week or accepted else None


def ask_of(note: Note, closest: Closest | None) -> NoteAsk:
    """What is known when the note is read; ``closest`` is the earlier note most like it."""
    addenda, week = _addenda(note), week_of(note.session)
    return replace(
        known_of(note.session),
        plan=_plan(note.session_id, week),
        sessions_that_week=week.billed if week else None,
        attested=True,  # no note is kept without
        attested_at=_attested_at(note),
        addenda=addenda,
        original_changed=False if addenda else None,  # the database refuses every change of a note
        likeness=closest.percent if closest else None,
    )


def _attested_at(note: Note) -> dt.datetime | None:
    """Of the note that is read first; what is added to it later signs itself. None where a delegate attested it."""
    first = [*earlier_notes(note), note][0]
    return first.attested_at if by_provider(first) else None


def _addenda(note: Note) -> tuple[AddendumText, ...]:
    """Sent from our pages, an addition is dated and signed by its record; one sent as such is headed by it, too."""
    typed, sent_as_one = words_of(note)["text"], note.kind == NoteKind.ADDENDUM
    if not sent_as_one and (note.version == 1 or ADDENDUM not in typed[:HEADING].lower()):
        return ()
    signed = True if by_provider(note) else None
    return (AddendumText(typed, note.received_at, headed=sent_as_one, signed=signed),)


def by_provider(note: Note) -> bool:
    """Whether the provider attested it themselves, and not a delegate in their name."""
    return User.objects.filter(pk=note.attested_by_id, role=Role.PROVIDER).exists()
