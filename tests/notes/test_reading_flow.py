"""From an answer with files to its reading: slice by slice, once, and locked away where that is found on the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from clawguard import sealing
from clawguard.accounts.actors import SYSTEM, of_user
from clawguard.accounts.models import User
from clawguard.domain.lifecycles import ItemState, RequestState
from clawguard.events import outbox
from clawguard.events.errors import NotFound, Refused
from clawguard.events.models import Delivery, Event
from notes import facts, sandbox, selectors, services
from notes.models import (
    ElementVerdict,
    FilePage,
    FileReading,
    Note,
    NoteReading,
    NotesRequest,
    RequestItem,
    RequestMessage,
    StoredFile,
)
from notes.services import extracting, parts
from sessions.models import Screening
from tests.notes.conftest import CANARY
from tests.notes.intake import making

pytestmark = pytest.mark.django_db
NOTE = (
    "Progress note 09/15/2026\nStart 10:02 am End 10:49 am\n"
    "S: Client reports sleeping better this week and less worry about work.\n"
    "O: Calm and oriented, mood anxious, affect congruent. Denies SI/HI.\n"
    "I: Cognitive restructuring of automatic thoughts; practised breathing.\n"
    "A: Progressing toward goal 2 of the plan.\nP: Continue weekly.\nSigned by Priya Test LCSW 09/15/2026"
)


@pytest.fixture
def add(priya: User, opened: NotesRequest, now: dt.datetime) -> Callable[..., StoredFile]:
    def add_file(content: bytes, name: str = "note.pdf") -> StoredFile:
        return services.add_file(of_user(priya), opened.pk, name, [content], now)

    return add_file


def run_everything() -> None:
    """Run deliveries as a worker would until none is left. Workers read the real clock."""
    while outbox.run_waiting(dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)):
        pass


def read(note: Note, now: dt.datetime) -> NoteReading | None:
    for _ in range(20):
        services.read_on(note.pk, now)
        found = NoteReading.objects.filter(note=note).first()
        if found is not None:
            return found
    return None


class TestTheFlow:
    def test_a_note_of_two_files_is_read_screened_and_told_of_without_a_word(
        self, add: Any, send: Any, opened: NotesRequest, now: dt.datetime
    ) -> None:
        add(making.pdf([NOTE, f"Page two. {CANARY} was said here, and more was said."]))
        add(making.docx(), "more.docx")
        note = send(opened, now, text="").note
        run_everything()
        assert list(Delivery.objects.exclude(last_error="").values_list("task", "last_error")) == []
        reading = NoteReading.objects.get(note=note)
        assert reading.outcome == "read"
        assert list(FileReading.objects.values_list("outcome", "pages").order_by("pages")) == [("read", 1), ("read", 2)]
        assert ElementVerdict.objects.filter(reading=reading).count() > 10
        assert Screening.objects.filter(session=opened.session_id, note_version=1).count() == 1
        told = " ".join(str(event.payload) for event in Event.objects.all())
        assert CANARY not in told

    def test_words_and_pictures_are_under_seal(
        self, add: Any, send: Any, opened: NotesRequest, now: dt.datetime, tmp_path: Any
    ) -> None:
        row = add(making.pdf([f"{NOTE}\n{CANARY}"]))
        read(send(opened, now, text="").note, now)
        page = FilePage.objects.get(file=row)
        assert CANARY.encode() not in bytes(page.sealed)
        assert CANARY in parts.text_of(page)
        stored = (tmp_path / "files" / page.picture).read_bytes()
        assert not stored.startswith(b"\xff\xd8")
        reading = NoteReading.objects.get()
        assert b"results" in sealing.unseal(bytes(reading.sealed), sealing.binding("note_reading", reading.pk))

    def test_a_step_begun_twice_is_done_once(self, add: Any, send: Any, opened: NotesRequest, now: dt.datetime) -> None:
        add(making.pdf([NOTE]))
        note = send(opened, now, text="").note
        assert read(note, now) is not None
        before = Event.objects.count(), FilePage.objects.count()
        services.read_on(note.pk, now)
        assert (Event.objects.count(), FilePage.objects.count(), NoteReading.objects.count()) == (*before, 1)

    def test_a_long_file_goes_on_where_it_stopped(
        self, add: Any, send: Any, opened: NotesRequest, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        whole = sandbox.read
        monkeypatch.setattr(sandbox, "read", lambda content, kind, start: whole(content, kind, start, 0.0))
        add(making.pdf([f"This is page number {n} of this one session" for n in range(3)]))
        note = send(opened, now, text="").note
        services.read_on(note.pk, now)
        assert (FilePage.objects.count(), FileReading.objects.count()) == (1, 0)
        read(note, now)
        assert [parts.text_of(page)[20] for page in FilePage.objects.all()] == ["0", "1", "2"]

    def test_a_typed_note_is_read_without_a_sandbox(
        self, send: Any, opened: NotesRequest, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sandbox, "read", None)
        reading = read(send(opened, now, text=NOTE).note, now)
        assert reading is not None
        assert reading.outcome == "read"
        known = facts.note_facts([opened.session_id])[opened.session_id]
        assert {verdict.element: verdict.verdict for verdict in known.verdicts}["N01"]

    def test_an_explanation_is_not_read(self, send: Any, opened: NotesRequest, now: dt.datetime) -> None:
        note = send(opened, now, text="", explanation="The room was double booked.").note
        assert read(note, now) is None


class TestWhatAPersonMustRead:
    @pytest.mark.parametrize(
        ("stop", "reason"), [("time", "stopped_time"), ("died", "stopped_died"), ("size", "stopped_size")]
    )
    def test_a_file_that_ends_its_reader_is_put_before_a_person(
        self, stop: str, reason: str, add: Any, send: Any, opened: NotesRequest, now: dt.datetime, monkeypatch: Any
    ) -> None:
        add(making.pdf([NOTE]))

        def stopped(*_: object) -> None:
            raise sandbox.Stopped(stop)

        monkeypatch.setattr(sandbox, "read", stopped)
        reading = read(send(opened, now, text="").note, now)
        assert reading is not None
        assert (reading.outcome, FileReading.objects.get().reason) == ("person", reason)
        assert facts.note_facts([opened.session_id])[opened.session_id].on_file

    @pytest.mark.parametrize("stop", ["busy", "unstarted"])
    def test_a_sandbox_that_cannot_be_had_is_tried_again(
        self, stop: str, add: Any, send: Any, opened: NotesRequest, now: dt.datetime, monkeypatch: Any
    ) -> None:
        add(making.pdf([NOTE]))
        note = send(opened, now, text="").note

        def stopped(*_: object) -> None:
            raise sandbox.Stopped(stop)

        monkeypatch.setattr(sandbox, "read", stopped)
        with pytest.raises(extracting.ReadLater):
            services.read_on(note.pk, now)
        assert FileReading.objects.count() == 0

    def test_words_beside_a_page_that_nobody_could_read(
        self, add: Any, send: Any, opened: NotesRequest, now: dt.datetime, monkeypatch: Any
    ) -> None:
        add(making.docx(body="<w:p/>"), "scan.docx")
        reading = read(send(opened, now, text=NOTE).note, now)
        assert reading is not None
        assert (reading.outcome, reading.reason) == ("person", "hard_to_read")
        assert ElementVerdict.objects.exists()


PROCESS = "Psychotherapy Notes\nMy private thoughts about what was said and what it may mean for both of us."


@pytest.fixture
def late_found(add: Any, send: Any, opened: NotesRequest, now: dt.datetime, monkeypatch: Any) -> Note:
    """A scan whose words nobody knew when it was sent."""
    look = sandbox.look
    monkeypatch.setattr(sandbox, "look", lambda *_: {"opening": "", "pages": 1, "kind": "pdf"})
    add(making.pdf([PROCESS]))
    monkeypatch.setattr(sandbox, "look", look)
    note: Note = send(opened, now, text="").note
    run_everything()
    return note


def test_promise_12_nobody_opens_it(late_found: Note, rui: User, priya: User, now: dt.datetime) -> None:
    row = StoredFile.objects.get()
    assert row.quarantine_reason == "names_itself_process_notes"
    for user in (rui, priya):
        with pytest.raises(NotFound):
            selectors.read_file(of_user(user), row.pk, door="page", reason="review", now=now)
    assert ElementVerdict.objects.count() == 0
    assert NoteReading.objects.get().outcome == "quarantined"
    assert not facts.note_facts([row.session_id])[row.session_id].on_file


class TestLockedAwayOnTheWay:
    def test_the_provider_is_asked_again_and_the_answer_stays_an_answer(
        self, late_found: Note, opened: NotesRequest
    ) -> None:
        opened.refresh_from_db()
        assert opened.status == RequestState.RETURNED
        assert opened.lapsed_at is None
        assert set(RequestItem.objects.filter(request=opened).values_list("status", flat=True)) == {ItemState.RETURNED}
        again = NotesRequest.objects.get(follows=opened)
        assert again.status == RequestState.OPEN  # delivered: mailed, with a clock of its own
        assert "psychotherapy" in again.why
        assert again.origin == "policy"

    def test_it_is_never_let_out_again(self, late_found: Note) -> None:
        for change in ({"quarantined_at": None}, {"quarantine_reason": ""}, {"display_name": "other"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                StoredFile.objects.update(**change)

    def test_what_was_typed_beside_it_still_answers(
        self, add: Any, send: Any, opened: NotesRequest, now: dt.datetime, monkeypatch: Any
    ) -> None:
        monkeypatch.setattr(sandbox, "look", lambda *_: {"opening": "", "pages": 1, "kind": "pdf"})
        add(making.pdf([PROCESS]))
        note = send(opened, now, text=NOTE).note
        run_everything()
        assert NoteReading.objects.get(note=note).outcome == "read"
        assert not NotesRequest.objects.filter(follows=opened).exists()
        assert StoredFile.objects.get().quarantined_at is not None

    def test_one_that_is_asked_already_is_told_where_it_waits(
        self, add: Any, send: Any, opened: NotesRequest, rui: User, now: dt.datetime, monkeypatch: Any
    ) -> None:
        monkeypatch.setattr(sandbox, "look", lambda *_: {"opening": "", "pages": 1, "kind": "pdf"})
        add(making.pdf([PROCESS]))
        note = send(opened, now, text="").note
        waiting = services.open_request(
            of_user(rui), opened.session_id, [services.Asked("treatment_plan")], "The plan, please.", now
        )
        read(note, now)
        assert RequestMessage.objects.filter(request=waiting).count() == 1
        assert NotesRequest.objects.count() == 2

    def test_the_words_of_another_part_of_the_chart_lock_a_typed_note_away(
        self, send: Any, opened: NotesRequest, rui: User, now: dt.datetime
    ) -> None:
        days = ("09/01/2026", "09/08/2026", "09/15/2026")
        text = "\n\n".join(f"Date of service: {day}\n{NOTE.partition(chr(10))[2]}" for day in days)
        note = send(opened, now, text=text).note
        run_everything()
        assert NoteReading.objects.get(note=note).reason == "other_dates"
        with pytest.raises(Refused, match="locked away"):
            selectors.read_note(of_user(rui), note.pk, door="page", reason="review", now=now)
        assert NotesRequest.objects.filter(follows=opened).exists()


def test_the_system_asks_in_the_name_of_the_policy(make_session: Any, now: dt.datetime) -> None:
    asked = services.open_request(SYSTEM, make_session().pk, [services.Asked("progress_note")], "Please.", now)
    assert asked.origin == "policy"
