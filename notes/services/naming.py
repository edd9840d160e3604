"""By what name a client's accepted notes call them: looked up when a file is read, kept nowhere."""

from __future__ import annotations

from clawguard.domain.lifecycles import RequestState
from clawguard.domain.notes.identity import as_one_client, labelled_names
from notes.models import Note
from notes.services.parts import parts_of

MOST = 3  # of the newest accepted notes that are opened for it


def names_of(note: Note) -> tuple[str, ...]:
    """The labelled name in files that a person accepted for this client before, and its initials. Raises SealBroken.

    None where there is no such file yet, where none names the client, or where they name more than one person.
    """
    before = Note.objects.filter(session__client=note.session.client_id, received_at__lt=note.received_at)
    accepted = before.filter(request__status=RequestState.ACCEPTED, note_files__file__quarantined_at=None)
    files = [part for row in accepted.distinct().order_by("-received_at", "pk")[:MOST] for part in parts_of(row)]
    pages = [page for part in files if part.file is not None for page in part.text.pages]
    return as_one_client([name for page in pages for name, _, _ in labelled_names(page)])
