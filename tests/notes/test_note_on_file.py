"""A note that is on file is confirmed, not sent again; an addendum stands beside it and changes nothing of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from clawguard.accounts.actors import SYSTEM, of_user
from clawguard.accounts.models import User
from clawguard.domain.lifecycles import RequestState
from clawguard.events.errors import Refused
from clawguard.ids import new_id
from notes import facts, reviews, selectors, services
from notes.models import ElementVerdict, Note, NoteKind, NoteReading, NotesRequest, StoredFile
from notes.services.locking_away import lock_away_file
from sessions.models import Finding, TherapySession
from tests import builders
from tests.notes.conftest import answer

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def on_file(priya: User, session: TherapySession, now: dt.datetime) -> Note:
    """The provider added it before anybody asked."""
    note = services.add_note(of_user(priya), session.pk, answer(), now - DAY).note
    assert note is not None
    return note


@pytest.fixture
def asked(on_file: Note, opened: NotesRequest) -> NotesRequest:
    return opened


def test_confirming_answers_and_the_note_itself_stays_the_documentation(
    asked: NotesRequest, on_file: Note, send: Callable[..., Any], now: dt.datetime
) -> None:
    note = send(asked, now, text="", confirms=on_file.pk).note
    assert (note.kind, note.beside, note.characters) == (NoteKind.CONFIRMED, on_file, 0)
    asked.refresh_from_db()
    assert asked.status == RequestState.ANSWERED
    assert asked.notes_received_at == now
    known = facts.note_facts([asked.session_id])[asked.session_id]
    assert known.received_at == on_file.received_at


def test_an_addendum_is_dated_signed_and_beside_the_untouched_original(
    asked: NotesRequest, on_file: Note, priya: User, send: Callable[..., Any], now: dt.datetime
) -> None:
    before = (bytes(Note.objects.get(pk=on_file.pk).sealed), on_file.digest, asked.session.codes)
    note = send(asked, now, text="The session ended at 10:49 am.", confirms=on_file.pk).note
    assert (note.kind, note.beside) == (NoteKind.ADDENDUM, on_file)
    assert (note.received_at, note.attested_by_name) == (now, priya.name)
    after = Note.objects.get(pk=on_file.pk)
    session = TherapySession.objects.get(pk=asked.session_id)
    assert (bytes(after.sealed), after.digest, session.codes) == before


def verdicts_of(note: Note, now: dt.datetime) -> dict[str, tuple[str, str]]:
    """Each element's verdict and its reason, once the note was read."""
    services.read_on(note.pk, now)
    rows = ElementVerdict.objects.filter(reading__note=note)
    return {row.element: (row.verdict, row.reason) for row in rows}


def test_an_addendum_of_our_own_page_is_in_form_because_the_record_says_who_when_and_what(
    asked: NotesRequest, on_file: Note, send: Callable[..., Any], now: dt.datetime
) -> None:
    found = verdicts_of(send(asked, now, text="The session ended at 10:49 am.", confirms=on_file.pk).note, now)
    assert found["N52"] == ("met", "")
    assert found["N53"] == ("met", "")
    services.screen_again(Note.objects.get(beside=on_file).pk, now)
    assert not Finding.objects.filter(session=asked.session_id, check_id="CG739").exists()


def test_an_addendum_that_speaks_of_another_code_is_still_found(
    asked: NotesRequest, on_file: Note, send: Callable[..., Any], now: dt.datetime
) -> None:
    text = "The billed code should be 90834."
    found = verdicts_of(send(asked, now, text=text, confirms=on_file.pk).note, now)
    assert found["N53"] == ("contradicted", "code_changed")


def test_whether_what_a_delegate_added_is_signed_is_left_to_a_person(
    asked: NotesRequest, priya: User, now: dt.datetime
) -> None:
    assert priya.provider is not None
    deputy = builders.delegate(priya.provider)
    given = answer(text="Addendum: the session ended at 10:49 am.")
    note = services.submit_answer(of_user(deputy), asked.pk, given, now).note
    assert note is not None
    assert verdicts_of(note, now)["N52"] == ("unsure", "signed_by_delegate")


def test_only_the_note_on_file_can_be_confirmed(
    asked: NotesRequest,
    priya: User,
    make_session: Callable[..., TherapySession],
    send: Callable[..., Any],
    now: dt.datetime,
) -> None:
    other = services.add_note(of_user(priya), make_session().pk, answer(), now).note
    assert other is not None
    with pytest.raises(Refused) as refused:
        send(asked, now, text="", confirms=other.pk)
    assert refused.value.code == "note_changed"


def test_confirming_is_attested_like_every_answer(
    asked: NotesRequest, on_file: Note, send: Callable[..., Any], now: dt.datetime
) -> None:
    with pytest.raises(Refused) as refused:
        send(asked, now, text="", confirms=on_file.pk, attested=False)
    assert refused.value.code == "not_attested"


def test_what_was_returned_is_not_offered_for_confirmation(
    asked: NotesRequest, on_file: Note, priya: User, rui: User, send: Callable[..., Any], now: dt.datetime
) -> None:
    send(asked, now, text="", confirms=on_file.pk)
    for item in asked.items.all():
        services.return_item(of_user(rui), asked.pk, item.number, "The end time is missing.", now)
    again = NotesRequest.objects.get(follows=asked)
    services.deliver(again.pk, SYSTEM, now)
    assert selectors.note_on_file(of_user(priya), again) is None
    added = send(again, now, text="Addendum: the session ended at 10:49 am.").note
    assert (added.kind, added.beside) == (NoteKind.TYPED, on_file)
    assert list(reviews.notes_under_review(of_user(rui), again)) == [on_file, added]
    confirmed = Note.objects.get(kind=NoteKind.CONFIRMED)
    assert list(reviews.notes_under_review(of_user(rui), asked)) == [on_file, confirmed]


OTHER_DATES = "\n\n".join(f"Date of service: 09/{day:02}/2026\nS: Client reports less worry." for day in (1, 8, 15))


class TestWhatIsLockedAway:
    """It is read by nobody, so nobody confirms it."""

    def test_a_note_added_unasked_is_not_offered_by_the_request_that_asks_for_it_again(
        self, priya: User, session: TherapySession, send: Callable[..., Any], now: dt.datetime
    ) -> None:
        note = services.add_note(of_user(priya), session.pk, answer(text=OTHER_DATES), now).note
        assert note is not None
        services.read_on(note.pk, now)
        again = NotesRequest.objects.get(session=session)
        services.deliver(again.pk, SYSTEM, now)
        assert selectors.note_on_file(of_user(priya), again) is None
        with pytest.raises(Refused) as refused:
            send(again, now, text="", confirms=note.pk)
        assert refused.value.code == "note_changed"

    def test_the_note_before_it_is(self, asked: NotesRequest, on_file: Note, priya: User, now: dt.datetime) -> None:
        later = Note.objects.get(pk=on_file.pk)
        later.pk, later.version, later.submission = new_id(), 2, new_id()
        later.save(force_insert=True)
        assert selectors.note_on_file(of_user(priya), asked) == later
        NoteReading.objects.create(note=later, reader="1", at=now, outcome="quarantined", sealed=b"")
        assert selectors.note_on_file(of_user(priya), asked) == on_file

    def test_a_note_whose_only_file_is_locked_away_is_not_offered(
        self, opened: NotesRequest, priya: User, rui: User, send: Callable[..., Any], now: dt.datetime
    ) -> None:
        services.add_file(of_user(priya), opened.pk, "note.txt", [b"Progress note of this session"], now)
        send(opened, now, text="")
        plan = [services.Asked("treatment_plan")]
        waiting = services.open_request(of_user(rui), opened.session_id, plan, "The plan, please.", now)
        services.deliver(waiting.pk, SYSTEM, now)
        assert selectors.note_on_file(of_user(priya), waiting) is not None
        lock_away_file(StoredFile.objects.get(), "infected", now)
        assert selectors.note_on_file(of_user(priya), waiting) is None


def test_the_page_offers_it_and_without_a_note_does_not(
    asked: NotesRequest,
    browser_of: Any,
    priya: User,
    make_session: Callable[..., TherapySession],
    now: dt.datetime,
    frozen: Callable[[dt.datetime], None],
) -> None:
    browser = browser_of(priya)
    page = browser.get(reverse("my-request", args=[asked.pk])).content.decode()
    assert "A note of this session is on file" in page
    services.open_for_findings([make_session().pk], now)
    bare = NotesRequest.objects.exclude(pk=asked.pk).get()
    services.deliver(bare.pk, SYSTEM, now)
    page = browser.get(reverse("my-request", args=[bare.pk])).content.decode()
    assert "A note of this session is on file" not in page
    assert "Request 2 of 2" in page or "Request 1 of 2" in page


def test_several_requests_are_answered_one_after_another(
    opened: NotesRequest,
    browser_of: Any,
    priya: User,
    make_session: Callable[..., TherapySession],
    now: dt.datetime,
    frozen: Callable[[dt.datetime], None],
) -> None:
    services.open_for_findings([make_session().pk], now)
    second = NotesRequest.objects.exclude(pk=opened.pk).get()
    services.deliver(second.pk, SYSTEM, now)
    browser = browser_of(priya)
    given = answer()
    form = {
        "submission": str(given.submission),
        "seen": "0",
        "text": given.text,
        "attested": "1",
        "no_process_notes": "1",
    }
    receipt = browser.post(reverse("my-answer", args=[opened.pk]), form, follow=True).content.decode()
    assert "Next: 2 of 2" in receipt
    assert reverse("my-request", args=[second.pk]) in receipt
