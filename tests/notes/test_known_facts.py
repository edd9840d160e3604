"""What a case may know of a request: whether words were enough, and since when a note of the session is there."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clawguard.accounts.actors import SYSTEM, of_user
from clawguard.accounts.models import User
from clawguard.domain.attribution import attribute
from clawguard.domain.case_facts_json import read_case_facts
from notes import facts, services
from notes.models import NotesRequest, StoredFile
from notes.services import Asked
from sessions.models import TherapySession

pytestmark = pytest.mark.django_db
IN_WORDS = {"text": "", "explanation": "The client arrived late."}


def asking_for(lead: User, session: TherapySession, now: dt.datetime, *kinds: str) -> NotesRequest:
    items = [Asked(kind) for kind in kinds]
    row = services.open_request(of_user(lead), session.pk, items, "About the times.", now)
    services.deliver(row.pk, SYSTEM, now)
    row.refresh_from_db()
    return row


def clause(row: NotesRequest) -> str:
    """What the facts of the request make out once its answer time is over."""
    row.refresh_from_db()
    known = read_case_facts({"note_request": facts.note_request_facts(row.session_id)})
    return attribute(known, row.due_at + dt.timedelta(days=1)).clause


def test_an_explanation_is_a_whole_answer_where_only_an_explanation_was_asked_for(
    session: TherapySession, lead: User, send: Any, now: dt.datetime
) -> None:
    row = asking_for(lead, session, now, "explanation")
    send(row, now, **IN_WORDS)
    assert clause(row) == "open.no_ground"


def test_an_explanation_is_no_note_where_a_note_was_asked_for(
    session: TherapySession, lead: User, send: Any, now: dt.datetime
) -> None:
    row = asking_for(lead, session, now, "explanation", "progress_note")
    send(row, now, **IN_WORDS)
    assert clause(row) == "provider.no_notes"


def test_who_says_that_the_session_is_not_theirs_owes_no_notes_of_it(
    session: TherapySession, lead: User, send: Any, now: dt.datetime
) -> None:
    row = asking_for(lead, session, now, "progress_note")
    send(row, now, text="", explanation="I never met this client.", objection="not_my_session")
    assert clause(row) == "open.no_ground"


def test_what_people_accepted_was_enough(
    session: TherapySession, lead: User, rui: User, send: Any, now: dt.datetime
) -> None:
    row = asking_for(lead, session, now, "progress_note")
    send(row, now, **IN_WORDS)
    services.accept_item(of_user(rui), row.pk, 1, now)
    assert clause(row) == "open.no_ground"


def test_a_note_that_came_with_the_first_request_is_there_when_a_second_one_is_answered_in_words(
    session: TherapySession, lead: User, rui: User, send: Any, now: dt.datetime
) -> None:
    row = asking_for(lead, session, now, "progress_note")
    send(row, now)
    services.return_item(of_user(rui), row.pk, 1, "Why do the times differ?", now)
    later = now + dt.timedelta(hours=1)
    again = NotesRequest.objects.get(follows=row)
    services.deliver(again.pk, SYSTEM, later)
    again.refresh_from_db()
    send(again, later, **IN_WORDS)
    assert facts.request_clocks([session.pk])[session.pk].on_file_at == now
    assert clause(again) == "open.no_ground"


def test_a_note_on_file_answers_no_request(
    session: TherapySession, lead: User, priya: User, send: Any, now: dt.datetime
) -> None:
    first = asking_for(lead, session, now, "progress_note")
    send(first, now)
    services.accept_item(of_user(lead), first.pk, 1, now)
    second = asking_for(lead, session, now, "explanation")
    assert clause(second) == "provider.no_response"


def test_a_file_that_is_locked_away_is_no_note_on_file(
    session: TherapySession, lead: User, priya: User, send: Any, now: dt.datetime
) -> None:
    row = asking_for(lead, session, now, "progress_note")
    services.add_file(of_user(priya), row.pk, "note.txt", [b"Progress note of the session."], now)
    send(row, now, text="")
    assert facts.request_clocks([session.pk])[session.pk].on_file_at == now
    StoredFile.objects.update(quarantined_at=now, quarantine_reason="process_notes")
    assert facts.request_clocks([session.pk])[session.pk].on_file_at is None
