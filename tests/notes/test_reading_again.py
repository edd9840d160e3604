"""A corrected session: its note is read against the new facts, once. And a note that nobody asked for is read."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clawguard.accounts.actors import SYSTEM, of_user
from clawguard.accounts.models import User
from clawguard.events.models import Delivery, Event
from notes import services
from notes.models import ElementVerdict, Note, NoteReading, NotesRequest
from sessions import services as session_services
from sessions.models import Screening
from tests.notes.conftest import answer
from tests.notes.test_reading_flow import NOTE, run_everything

pytestmark = pytest.mark.django_db


class TestACorrection:
    """A note read beside a session that is corrected afterwards is read against the new facts, once."""

    @pytest.fixture
    def read_note(self, send: Any, opened: NotesRequest, now: dt.datetime) -> Note:
        note: Note = send(opened, now, text=NOTE).note
        run_everything()
        return note

    def correct(self, note: Note, now: dt.datetime) -> None:
        """90837 was billed for 47 minutes; the correction bills 90834."""
        line = {"code": "90834", "modifiers": ["95"], "units": 1, "charge": "150.00", "diagnosis_pointers": [1]}
        session_services.correct(SYSTEM, note.session_id, {"service_lines": [line]}, now)
        run_everything()

    def test_its_note_is_read_beside_the_new_facts(self, read_note: Note, now: dt.datetime) -> None:
        (before,) = NoteReading.objects.filter(note=read_note)
        self.correct(read_note, now)
        after = NoteReading.objects.filter(note=read_note).latest("at", "pk")
        assert (before.revision, after.revision) == (1, 2)
        assert list(Delivery.objects.exclude(last_error="").values_list("task", "last_error")) == []
        minutes = {row.reading_id: row.verdict for row in ElementVerdict.objects.filter(element="N08")}
        assert set(minutes) == {before.pk, after.pk}
        assert Screening.objects.filter(session=read_note.session, revision=2, note_version=1).exists()

    def test_told_twice_it_is_read_once(self, read_note: Note, now: dt.datetime) -> None:
        self.correct(read_note, now)
        services.read_again(read_note.session_id, now)
        run_everything()
        assert NoteReading.objects.filter(note=read_note).count() == 2

    def test_a_session_without_a_note_asks_nothing_of_the_reader(self, make_session: Any, now: dt.datetime) -> None:
        session = make_session()
        services.read_again(session.pk, now)
        assert not Event.objects.filter(name="note.reading_continued").exists()


def test_a_note_that_nobody_asked_for_is_read(priya: User, make_session: Any, now: dt.datetime) -> None:
    session = make_session()
    note = services.add_note(of_user(priya), session.pk, answer(text=NOTE), now).note
    run_everything()
    assert note is not None
    assert NoteReading.objects.get(note=note).outcome == "read"
    assert Screening.objects.filter(session=session, note_version=note.version).exists()
