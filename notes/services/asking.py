"""What the network knows of a session, its people and its papers, as the reader of a note asks for it."""

from __future__ import annotations

from clawguard.accounts.models import Role, User
from clawguard.domain.notes import AddendumText, NoteAsk, NoteText
from notes.models import Note, NoteKind
from notes.services import likenesses
from notes.services.parts import words_of
from sessions import facts
from sessions.services import tables

ADDENDUM = "addend"
HEADING = 200  # characters in which an addition calls itself one


def ask_of(note: Note, words: NoteText) -> NoteAsk:
    """What is known when the note is read."""
    found = facts.session_facts([note.session_id])[note.session_id]
    addenda = _addenda(note)
    return NoteAsk(
        session=found,
        policy=tables.current().policies.of(found),
        provider_name=note.session.provider.name or None,
        addenda=addenda,
        original_changed=False if addenda else None,  # the database refuses every change of a note
        likeness=likenesses.highest(note, words),
    )


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
