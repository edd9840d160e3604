"""Answering on both sides of the due moment; what counts as an answer; sent once, kept for good."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from clawguard import note_keys
from clawguard.accounts.actors import NotAllowed, of_user
from clawguard.accounts.models import User
from clawguard.domain.facts import NoteFacts
from clawguard.events.errors import NotFound, Refused
from clawguard.events.models import Event
from notes import facts, selectors, services
from notes.models import Note, NoteReading, NotesRequest, RequestItem, StoredFile
from notes.selectors_talk import messages_of
from sessions.models import Screening
from tests.notes.conftest import CANARY, PDF, answer
from tests.notes.test_reading_flow import run_everything

pytestmark = pytest.mark.django_db
TICK = dt.timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("offset", "late", "status"),
    [(-TICK, False, "answered"), (0 * TICK, True, "answered_late"), (TICK, True, "answered_late")],
)
def test_on_time_means_before_the_due_moment(
    opened: NotesRequest, send: Any, offset: dt.timedelta, late: bool, status: str
) -> None:
    note = send(opened, opened.due_at + offset).note
    opened.refresh_from_db()
    assert (note.late, opened.status) == (late, status)
    assert note.received_at == opened.answered_at == opened.due_at + offset


def test_promise_6_a_late_answer_is_kept_and_the_lapse_stays(lapsed: NotesRequest, send: Any) -> None:
    due, a_day_later = lapsed.due_at, lapsed.due_at + dt.timedelta(days=1)
    note = send(lapsed, a_day_later).note
    lapsed.refresh_from_db()
    assert note.late
    assert (lapsed.status, lapsed.lapsed_at, lapsed.answered_at) == ("answered_late", due, a_day_later)
    names = list(
        Event.objects.filter(subject_id=str(lapsed.pk), name__in=["notes.lapsed", "notes.received"]).order_by("pk")
    )
    assert [(event.name, event.at) for event in names] == [("notes.lapsed", due), ("notes.received", a_day_later)]
    with pytest.raises(DatabaseError, match="lapse stays"), transaction.atomic():
        NotesRequest.objects.filter(pk=lapsed.pk).update(lapsed_at=None)
    with pytest.raises(DatabaseError, match="lapse stays"), transaction.atomic():
        NotesRequest.objects.filter(pk=lapsed.pk).update(due_at=a_day_later)


def test_a_late_answer_that_comes_before_the_sweep_lapses_at_the_due_moment_first(
    opened: NotesRequest, send: Any
) -> None:
    send(opened, opened.due_at + dt.timedelta(seconds=2))
    opened.refresh_from_db()
    assert (opened.lapsed_at, opened.status) == (opened.due_at, "answered_late")
    assert services.lapse_due(opened.due_at + dt.timedelta(days=1)) == 0
    assert Event.objects.filter(name="notes.lapsed").count() == 1


def test_an_answer_on_its_way_while_the_sweep_lapsed_still_counts_as_received_in_time(
    lapsed: NotesRequest, send: Any, priya: User
) -> None:
    note = send(lapsed, lapsed.due_at - TICK).note
    assert not note.late
    lapsed.refresh_from_db()
    assert (lapsed.status, lapsed.lapsed_at, lapsed.answered_late) == ("answered", lapsed.due_at, False)
    assert selectors.deadlines_kept(of_user(priya), lapsed.due_at).kept == 1
    known = facts.request_clocks([lapsed.session_id])[lapsed.session_id]
    assert known.responded_at is not None
    assert known.responded_at < known.due_at


@pytest.mark.parametrize(
    ("given", "kind", "documented"),
    [
        ({"text": "Note"}, "typed", True),
        ({"text": "", "explanation": "The client arrived late."}, "explanation", False),
        ({"text": "", "explanation": "Not mine.", "objection": "not_my_session"}, "not_my_session", False),
        ({"text": "", "explanation": "53 minutes it was.", "objection": "disagree"}, "disagree", False),
    ],
)
def test_any_response_in_substance_answers_and_notes_received_is_a_fact_of_its_own(
    opened: NotesRequest, send: Any, now: dt.datetime, given: dict[str, str], kind: str, documented: bool
) -> None:
    note = send(opened, now, **given).note
    opened.refresh_from_db()
    assert (note.kind, opened.status, opened.answered_at) == (kind, "answered", now)
    assert opened.notes_received_at == (now if documented else None)
    assert {item.status for item in opened.items.all()} == {"received"}


def test_a_file_alone_answers(opened: NotesRequest, send: Any, priya: User, now: dt.datetime) -> None:
    services.add_file(of_user(priya), opened.pk, "note.pdf", [PDF], now)
    note = send(opened, now, text="").note
    assert note.kind == "files"
    assert facts.note_facts([opened.session_id]) == {
        opened.session_id: NoteFacts(on_file=True, received_at=now, kind="pdf")
    }


def test_a_file_that_comes_with_an_objection_is_read_and_counts_as_received(
    opened: NotesRequest, send: Any, priya: User, now: dt.datetime
) -> None:
    services.add_file(of_user(priya), opened.pk, "note.txt", [b"Progress note. Client was well."], now)
    note = send(opened, now, text="", objection="disagree", explanation="53 minutes it was.").note
    opened.refresh_from_db()
    assert (note.kind, opened.notes_received_at) == ("disagree", now)
    assert facts.note_facts([opened.session_id])[opened.session_id].on_file
    run_everything()
    assert NoteReading.objects.get().note == note


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"objection": "disagree", "explanation": "x"}, "note_by_itself"),
        ({"text": " \n"}, "answer_empty"),
        ({"attested": False}, "not_attested"),
        ({"no_process_notes": False}, "process_notes_unconfirmed"),
        ({"objection": "disagree"}, "required"),
        ({"objection": "other", "explanation": "x"}, "unknown_objection"),
        ({"text": "x" * 100_001}, "too_long"),
        ({"text": "\ud800"}, "text_invalid"),
        ({"seen": 1}, "answered_elsewhere"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_recorded(
    opened: NotesRequest, send: Any, now: dt.datetime, given: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        send(opened, now, **given)
    assert refused.value.code == code
    opened.refresh_from_db()
    assert (opened.status, Note.objects.count()) == ("open", 0)


def test_pressing_submit_twice_is_one_answer(opened: NotesRequest, send: Any, now: dt.datetime) -> None:
    form = uuid4()
    first = send(opened, now, submission=form)
    second = send(opened, now + dt.timedelta(seconds=1), submission=form)
    assert first.note == second.note
    assert Note.objects.count() == Event.objects.filter(name="notes.received").count() == 1


def test_a_second_window_is_told_what_happened_and_may_then_add(
    opened: NotesRequest, send: Any, now: dt.datetime
) -> None:
    send(opened, now)
    with pytest.raises(Refused, match="another window"):
        send(opened, now)
    added = send(opened, now, seen=1, text="Addendum").note
    assert (added.version, Note.objects.get(version=1).kind) == (2, "typed")


def test_only_the_provider_in_person_answers(
    opened: NotesRequest, rui: User, lead: User, colleague: User, now: dt.datetime
) -> None:
    for user, error in ((rui, NotAllowed), (lead, NotAllowed), (colleague, NotFound)):
        with pytest.raises(error):
            services.submit_answer(of_user(user), opened.pk, answer(), now)


def test_withdrawn_requests_take_no_answer(opened: NotesRequest, send: Any, rui: User, now: dt.datetime) -> None:
    services.withdraw(of_user(rui), opened.pk, "mistake", now)
    with pytest.raises(Refused, match="This request was withdrawn"):
        send(opened, now)


def test_the_session_is_screened_again_once_its_note_is_on_file(
    opened: NotesRequest, send: Any, now: dt.datetime
) -> None:
    note = send(opened, now).note
    services.screen_again(note.pk, now)
    services.screen_again(note.pk, now)
    assert list(Screening.objects.order_by("pk").values_list("note_version", flat=True)) == [0, note.version]


def test_an_explanation_is_no_reason_to_screen_again(opened: NotesRequest, send: Any, now: dt.datetime) -> None:
    services.screen_again(send(opened, now, text="", explanation="Because.").note.pk, now)
    assert Screening.objects.count() == 1


def test_a_note_nobody_asked_for_is_kept_and_one_asked_for_answers(
    make_session: Any, opened: NotesRequest, priya: User, colleague: User, now: dt.datetime
) -> None:
    other = make_session()
    alone = services.add_note(of_user(priya), other.pk, answer(), now).note
    asked = services.add_note(of_user(priya), opened.session_id, answer(), now).note
    assert (alone.request_id, asked.request_id) == (None, opened.pk)
    with pytest.raises(NotFound):
        services.add_note(of_user(colleague), other.pk, answer(), now)


def test_promise_11_a_note_is_never_changed_or_deleted(
    opened: NotesRequest, send: Any, priya: User, now: dt.datetime
) -> None:
    services.add_file(of_user(priya), opened.pk, "note.pdf", [PDF], now)
    note = send(opened, now).note
    statements = (
        ("UPDATE notes_note SET late = true WHERE id = %s", [note.pk]),
        ("UPDATE notes_note SET sealed = sealed || '\\x00'::bytea WHERE id = %s", [note.pk]),
        ("DELETE FROM notes_note WHERE id = %s", [note.pk]),
        ("UPDATE notes_notefile SET position = 9 WHERE note_id = %s", [note.pk]),
        ("DELETE FROM notes_notefile WHERE note_id = %s", [note.pk]),
        ("UPDATE notes_storedfile SET removed_at = now() WHERE session_id = %s", [note.session_id]),
        ("DELETE FROM notes_storedfile WHERE session_id = %s", [note.session_id]),
        ("TRUNCATE notes_note CASCADE", []),
    )
    for statement, values in statements:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
    assert Note.objects.get().digest == note.digest


def test_promise_12_process_notes_are_never_asked_for_and_are_locked_away_unread(
    opened: NotesRequest, send: Any, rui: User, auditor: User, now: dt.datetime
) -> None:
    from notes.items import KINDS

    assert not [kind for kind in KINDS.values() if "process note" in f"{kind.kind} {kind.label} {kind.enough}".lower()]
    outcome = send(opened, now, text=f"PSYCHOTHERAPY NOTES\n\n{CANARY}")
    assert outcome.note is None
    opened.refresh_from_db()
    assert (opened.status, RequestItem.objects.filter(status="asked").count()) == ("open", opened.items.count())
    locked = StoredFile.objects.get()
    for user in (rui, auditor):
        with pytest.raises(NotFound):
            selectors.read_file(of_user(user), locked.pk, door="page", reason="curious", now=now)
    later = send(opened, now, text="Progress note: as asked.").note
    assert later is not None
    assert list(later.note_files.all()) == []
    assert Event.objects.filter(name="notes.file_quarantined").count() == 1


def test_keys_rotate_under_everything_that_is_sealed(
    opened: NotesRequest, send: Any, priya: User, rui: User, now: dt.datetime, settings: Any
) -> None:
    provider = of_user(priya)
    settings.NOTE_KEYS = [old := note_keys.make()]
    file = services.add_file(provider, opened.pk, "note.pdf", [PDF], now)
    note = send(opened, now).note
    services.ask_question(provider, opened.pk, CANARY, now)
    services.save_draft(provider, opened.pk, CANARY, "", uuid4(), 0, now)
    settings.NOTE_KEYS = [note_keys.make(), old]
    assert [services.rotate(), services.rotate()] == [4, 0]
    settings.NOTE_KEYS = settings.NOTE_KEYS[:1]
    assert CANARY in selectors.read_note(of_user(rui), note.pk, door="page", reason="", now=now).text
    assert selectors.read_file(of_user(rui), file.pk, door="page", reason="", now=now)[1] == PDF
    assert messages_of(provider, opened)[0].text == CANARY
    assert selectors.draft_of(provider, opened).text == CANARY
