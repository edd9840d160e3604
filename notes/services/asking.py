"""What the network knows of a session, its people and its papers, as the reader of a note asks for it.

What it does not know stays unknown: what nobody stated of the client's papers, and the client's name, which this system
does not hold, until a file that names them was accepted. See docs/notes-reading.md.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from django.db.models import QuerySet

from clawguard.accounts.models import Role, User
from clawguard.domain.codesets.licenses import SUPERVISED, kinds_of
from clawguard.domain.lifecycles import ItemState, RequestState
from clawguard.domain.notes import AddendumText, NoteAsk, PlanFacts, read_plan
from notes.models import Note, NoteKind, RequestItem
from notes.services.likenesses import Closest
from notes.services.naming import names_of
from notes.services.parts import Part, earlier_notes, earlier_parts, words_of
from sessions import facts
from sessions.models import TherapySession
from sessions.papers import papers_of
from sessions.services import tables
from sessions.services.weeks import Week, week_of

ADDENDUM = "addend"
PLAN = "treatment_plan"
# Words of a plan that stands among others, under no title of its own
SPOKEN_OF = re.compile(r"\b(?:(?:treatment|tx|care|service) plan|plan of care|objectives?)\b", re.IGNORECASE)
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


def _plan(note: Note, week: Week | None, parts: Sequence[Part]) -> PlanFacts | None:
    """What files that are plans say of themselves, the frequency that was stated, and whether a person accepted one."""
    day = note.session.date_of_service
    read = [facts for part in parts if part.file is not None and (facts := read_plan(part.text, day)) is not None]
    accepted = _plans_asked(note).filter(status=ItemState.ACCEPTED).exists()
    if not (read or week or accepted):
        return None
    newest = read[-1] if read else PlanFacts()
    if any(part.unread for part in parts):  # the page with its date or its signature may be one of those
        newest = PlanFacts()
    return replace(newest, sessions_a_week=week.planned if week else None, accepted=accepted)


def _plan_missing(note: Note, parts: Sequence[Part]) -> bool:
    """It was asked for, and what came holds no word of one, or nothing came until the request lapsed."""
    asked = _plans_asked(note)
    seen_by_a_person = asked.filter(status__in=(ItemState.ACCEPTED, ItemState.RETURNED))
    if any(read_plan(part.text, note.session.date_of_service) for part in parts) or seen_by_a_person.exists():
        return False
    if asked.filter(status=ItemState.ASKED, request__status=RequestState.LAPSED).exists():
        return True
    may_be = any(part.unread or SPOKEN_OF.search(page) for part in parts for page in part.text.pages or ("",))
    return not may_be and asked.filter(status=ItemState.RECEIVED).exists()


def _plans_asked(note: Note) -> QuerySet[RequestItem]:
    return RequestItem.objects.filter(request__session=note.session_id, kind=PLAN)


def ask_of(note: Note, closest: Closest | None, parts: Sequence[Part]) -> NoteAsk:
    """What is known when the note is read. ``closest``: the earlier note most like it; ``parts``: what came with it."""
    addenda, week = _addenda(note), week_of(note.session)
    sent = [*earlier_parts(note), *parts]
    return replace(
        known_of(note.session),
        client_names=names_of(note),
        plan=_plan(note, week, sent),
        plan_missing=_plan_missing(note, sent),
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
