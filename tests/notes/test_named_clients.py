"""A file is compared with the name that the client's accepted files carry; nothing of it is stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from clawguard.accounts.actors import SYSTEM, of_user
from clawguard.accounts.models import User
from clawguard.domain.lifecycles import RequestState
from notes import services
from notes.models import ElementVerdict, Note, NoteReading, NotesRequest, StoredFile
from notes.services.naming import names_of
from sessions.models import TherapySession
from tests.notes.intake import making

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
WORDS = "Client spoke of her week and of the quarrel with her brother about the car they share."


@pytest.fixture
def sent(
    priya: User, rui: User, make_session: Callable[..., TherapySession], send: Any
) -> Callable[[str, dt.datetime], Note]:
    """A file with this heading, sent for another session of the same client, and read."""

    def answer_with(heading: str, now: dt.datetime) -> Note:
        session = make_session()
        TherapySession.objects.filter(pk=session.pk).update(client=_client(session))
        request = services.open_request(of_user(rui), session.pk, [services.Asked("progress_note")], "Please.", now)
        services.deliver(request.pk, SYSTEM, now)
        services.add_file(of_user(priya), request.pk, "note.pdf", [making.pdf([f"{heading}\n{WORDS}"])], now)
        note: Note = send(request, now, text="").note
        for _ in range(3):
            services.read_on(note.pk, now)
        return note

    return answer_with


def _client(session: TherapySession) -> Any:
    first = TherapySession.objects.exclude(pk=session.pk).order_by("arrival").first()
    return first.client if first else session.client


def accept(rui: User, note: Note, now: dt.datetime) -> None:
    assert note.request_id is not None
    services.accept_item(of_user(rui), note.request_id, 1, now)
    assert NotesRequest.objects.get(pk=note.request_id).status == RequestState.ACCEPTED


def n01(note: Note) -> str:
    return str(ElementVerdict.objects.get(reading__note=note, element="N01").verdict)


def test_the_first_file_is_for_a_person_and_the_next_is_compared_with_it(
    rui: User, sent: Callable[..., Note], now: dt.datetime
) -> None:
    first = sent("Client name: Testa Mockingbird", now)
    assert n01(first) == "unsure"
    assert n01(sent("Client name: Testa Mockingbird", now + DAY)) == "unsure"  # nobody accepted it yet
    accept(rui, first, now + DAY)
    assert n01(sent("Client name: Testa Mockingbird", now + 2 * DAY)) == "met"
    assert n01(sent("Client: T.M.", now + 2 * DAY)) == "met"
    assert n01(sent("Client: Testa Newname", now + 2 * DAY)) == "missing"  # read on: a first name in common
    other = sent("Client name: Other Personsson", now + 2 * DAY)
    assert NoteReading.objects.get(note=other).outcome == "quarantined"
    assert StoredFile.objects.get(note_file__note=other).quarantine_reason == "other_client"


def test_another_name_is_let_pass_where_nobody_knows_one(sent: Callable[..., Note], now: dt.datetime) -> None:
    assert n01(sent("Client name: Other Personsson", now)) == "unsure"


def test_accepted_files_that_name_several_people_tell_nothing(
    rui: User, sent: Callable[..., Note], now: dt.datetime
) -> None:
    accept(rui, sent("Client name: Testa Mockingbird\nClient name: Other Personsson", now), now)
    later = sent("Client name: Quill Otherperson", now + DAY)
    assert (names_of(later), n01(later)) == ((), "unsure")


def test_of_another_client_nothing_is_taken(
    rui: User, sent: Callable[..., Note], make_session: Callable[..., TherapySession], now: dt.datetime
) -> None:
    accept(rui, sent("Client name: Testa Mockingbird", now), now)
    later = sent("Client name: Testa Mockingbird", now + DAY)
    assert names_of(later)[0] == "Testa Mockingbird"
    later.session.client = make_session().client
    assert names_of(later) == ()
