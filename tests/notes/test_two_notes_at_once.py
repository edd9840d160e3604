"""Two notes of a session that are told of at the same moment: what stands is what the newer one shows."""

from __future__ import annotations

import datetime as dt

import pytest

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from notes import services
from notes.models import Note
from sessions.models import Finding, TherapySession
from sessions.services import look_again
from tests.notes.conftest import answer
from tests.sessions.at_once import meanwhile

pytestmark = pytest.mark.django_db(transaction=True)
BAD = "Progress note. Client spoke of her week and of the quarrel with her brother about the car."
BETTER = f"{BAD} Start 10:02 am, stop 10:49 am. Mental status: alert and oriented, mood anxious, affect congruent."


def told() -> list[str]:
    rows = Finding.objects.filter(status="new", check_id__startswith="CG7")
    return sorted(rows.values_list("check_id", flat=True))


def test_the_older_note_is_not_told_once_the_newer_one_was(
    monkeypatch: pytest.MonkeyPatch, priya: User, session: TherapySession, now: dt.datetime
) -> None:
    def read(text: str) -> Note:
        note = services.add_note(of_user(priya), session.pk, answer(text=text), now).note
        assert note is not None
        services.read_on(note.pk, now)
        return note

    older, newer = read(BAD), list[Note]()

    def told_of_newer() -> None:
        newer.append(read(BETTER))
        services.screen_again(newer[0].pk, now)

    held = "notes.services.answering.screen_with_note"
    meanwhile(monkeypatch, lambda: services.screen_again(older.pk, now), told_of_newer, held=held)
    standing = told()
    Finding.objects.filter(check_id__startswith="CG7").delete()
    services.screen_again(newer[0].pk, now)
    assert standing == told() != []


def test_a_note_that_is_told_while_its_session_is_screened(
    monkeypatch: pytest.MonkeyPatch, priya: User, session: TherapySession, now: dt.datetime
) -> None:
    """It has the session to itself and waits for its turn; who is at it stores findings about that session."""
    note = services.add_note(of_user(priya), session.pk, answer(text=BAD), now).note
    assert note is not None
    services.read_on(note.pk, now)
    TherapySession.objects.filter(pk=session.pk).update(end=session.start + dt.timedelta(minutes=20))
    held = "sessions.services.settling._last_numbers"
    meanwhile(monkeypatch, lambda: look_again(session.pk, now), lambda: services.screen_again(note.pk, now), held=held)
    assert told() and Finding.objects.filter(check_id="CG101", status="new").count() == 1
