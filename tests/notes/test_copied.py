"""A note that repeats an earlier one is laid beside it: both opened on record, with what stands in both marked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from clawguard.domain.notes import NoteText
from clawguard.domain.notes.likeness import runs, similarity
from clawguard.events.errors import NotFound, Refused
from clawguard.events.models import AccessLog
from notes import beside, copied, services
from notes.models import ElementVerdict, Note, NoteReading, NotesRequest
from notes.services import likenesses
from notes.services.parts import parts_of
from sessions.models import Finding, TherapySession
from tests.notes.conftest import CANARY, answer
from tests.notes.intake import making

pytestmark = pytest.mark.django_db
STORY = (
    "Client described a quarrel with the landlord about the heating and slept badly on three nights because of "
    f"{CANARY}. The quarrel keeps her from studying for the licensing exam, and she has postponed it once already. "
    "Therapist explored with her which letters were still unopened, drew a line of what she can ask of him and what "
    "she cannot, and practised the first sentence of the call aloud until her voice no longer broke off."
)
OWN = "Today she came late and spoke about the bus."
DAY = dt.timedelta(days=1)


def read(note: Note | None, now: dt.datetime) -> Note:
    assert note is not None
    for _ in range(3):
        services.read_on(note.pk, now)
    assert NoteReading.objects.filter(note=note).exists()
    return note


@pytest.fixture
def in_order(
    priya: User, make_session: Callable[..., TherapySession], now: dt.datetime
) -> Callable[[list[str]], list[Note]]:
    """Notes of these words, each a day after the one before it, all read."""

    def keep(texts: list[str]) -> list[Note]:
        return [
            read(services.add_note(of_user(priya), make_session().pk, answer(text=text), now - DAY * (9 - n)).note, now)
            for n, text in enumerate(texts)
        ]

    return keep


@pytest.fixture
def earlier(priya: User, make_session: Callable[..., TherapySession], now: dt.datetime) -> Note:
    return read(services.add_note(of_user(priya), make_session().pk, answer(text=STORY), now - DAY).note, now)


@pytest.fixture
def note(earlier: Note, opened: NotesRequest, send: Callable[..., Any], now: dt.datetime) -> Note:
    """An answer that repeats the earlier note, behind a sentence of its own."""
    return read(send(opened, now, text=f"{OWN}\n{STORY}").note, now)


def told(text: str) -> NoteText:
    return NoteText((text,))


def marked(side: copied.Side) -> list[str]:
    return [piece.text for page in side.pages for piece in page.pieces if piece.elements]


def test_what_stands_in_both_is_marked_on_both_sides_and_both_readings_are_recorded(
    rui: User, note: Note, earlier: Note, now: dt.datetime
) -> None:
    both = copied.open_both(of_user(rui), note.pk, "", now)
    assert (both.later.note, both.earlier.note) == (note, earlier)
    assert both.passages == len(marked(both.later)) > 0
    assert marked(both.later) == marked(both.earlier)
    assert "quarrel with the landlord" in marked(both.later)[0]
    assert OWN not in " ".join(marked(both.later))
    seen = dict(AccessLog.objects.filter(actor_id=rui.pk).values_list("note_id", "reason"))
    assert seen == {note.pk: "open review of this session", earlier.pk: copied.LAID_BESIDE}


def test_it_is_found_and_the_checklist_leads_there(
    rui: User, note: Note, earlier: Note, browser_of: Any, now: dt.datetime, frozen: Callable[[dt.datetime], None]
) -> None:
    services.screen_again(note.pk, now)
    assert Finding.objects.filter(session=note.session_id, check_id="CG726").exists()
    browser, address = browser_of(rui), reverse("request-beside-earlier", args=[note.request_id, note.pk])
    assert address in browser.post(reverse("request-beside", args=[note.request_id])).content.decode()
    with CaptureQueriesContext(connection) as queries:
        page = browser.post(address).content.decode()
    assert "another client of the same provider" in page
    assert page.count("quarrel with the landlord") == 2
    assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) <= 37


def test_pages_of_a_file_are_marked_too(
    rui: User, priya: User, earlier: Note, opened: NotesRequest, send: Callable[..., Any], now: dt.datetime
) -> None:
    services.add_file(of_user(priya), opened.pk, "note.pdf", [making.pdf([OWN, STORY])], now)
    note = read(send(opened, now, text="").note, now)
    both = copied.open_both(of_user(rui), note.pk, "", now)
    assert [bool(page.pieces) for page in both.later.pages] == [True, True]
    assert [piece.elements for piece in both.later.pages[0].pieces] == [()]
    assert "quarrel" in " ".join(marked(both.later))


def test_a_note_of_its_own_words_is_laid_beside_nothing(
    rui: User, earlier: Note, opened: NotesRequest, send: Callable[..., Any], now: dt.datetime
) -> None:
    own = "Client was proud to have cooked for her sister and spoke about the old recipes, and about missing their "
    own += "grandmother at the table, where grief comes and goes and no longer stops her from working full days."
    note = read(send(opened, now, text=own).note, now)
    assert ElementVerdict.objects.get(reading__note=note, element="N34").verdict == "met"
    assert not any(row.compares for row in beside.open_note(of_user(rui), note.pk, "", now).rows)
    with pytest.raises(NotFound):
        copied.open_both(of_user(rui), note.pk, "", now)


@pytest.mark.parametrize("place", [0, 2, 4])
def test_the_source_is_not_lost_among_notes_that_share_less(
    in_order: Callable[[list[str]], list[Note]],
    opened: NotesRequest,
    send: Any,
    now: dt.datetime,
    monkeypatch: pytest.MonkeyPatch,
    place: int,
) -> None:
    """More notes share a band than are looked at, and the source is the oldest, the newest or one between."""
    monkeypatch.setattr(likenesses, "MOST_LOOKED_AT", 1)
    half = STORY[: STORY.index("Therapist explored")] + "She then told of her brother, who had come to stay with a dog."
    given = [half] * 4
    given.insert(place, STORY)
    sent = in_order(given)
    note = send(opened, now, text=STORY).note
    assert likenesses.closest(note, told(STORY)) == (100, sent[place].pk)


def test_no_note_is_opened_that_cannot_hold_more_than_one_that_was(
    in_order: Callable[[list[str]], list[Note]],
    opened: NotesRequest,
    send: Any,
    now: dt.datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Beside the whole story nothing else is worth opening; of two halves both are."""
    looked_into = list[Note]()
    monkeypatch.setattr(likenesses, "parts_of", lambda note: looked_into.append(note) or parts_of(note))
    first, _, second = STORY.partition("Therapist explored")
    halves = [f"{first} She slept.", f"{second} Her voice held."]
    sent = in_order([*halves, STORY])
    note = send(opened, now, text=STORY).note
    looked_into.clear()
    assert likenesses.closest(note, told(STORY)) == (100, sent[2].pk)
    assert looked_into == [sent[2]]
    looked_into.clear()
    shares = [similarity(runs(told(STORY)), runs(told(half))) for half in halves]
    assert likenesses.closest(sent[2], told(STORY)) == max(zip(shares, [sent[0].pk, sent[1].pk], strict=True))
    assert set(looked_into) == set(sent[:2])


def test_a_later_note_is_no_source(earlier: Note, opened: NotesRequest, send: Any, now: dt.datetime) -> None:
    note = send(opened, now, text=STORY).note
    assert likenesses.closest(note, told(STORY)) == (100, earlier.pk)
    read(note, now)
    assert likenesses.closest(earlier, told(STORY)) == (0, None)
    assert likenesses.closest(note, NoteText(("Too short to tell.",))) is None


def test_who_reads_no_notes_compares_none(
    priya: User, auditor: User, faraway: User, note: Note, browser_of: Any, now: dt.datetime, frozen: Any
) -> None:
    address = reverse("request-beside-earlier", args=[note.request_id, note.pk])
    assert [browser_of(user).post(address).status_code for user in (priya, auditor, faraway)] == [403, 403, 404]
    assert not AccessLog.objects.exists()


def test_an_earlier_note_that_is_locked_away_stays_so(rui: User, note: Note, earlier: Note, now: dt.datetime) -> None:
    NoteReading.objects.create(note=earlier, reader="later", at=now, outcome="quarantined", sealed=b"")
    with pytest.raises(Refused) as refused:
        copied.open_both(of_user(rui), note.pk, "", now)
    assert refused.value.code == "locked_away"
