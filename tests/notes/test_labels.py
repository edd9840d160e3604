"""The label of an item is in somebody's own words; it asks for nothing that is never asked for. Promise 12."""

from __future__ import annotations

import datetime as dt

import pytest

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from clawguard.events.errors import Refused
from notes import services
from notes.models import NotesRequest
from sessions.models import TherapySession


@pytest.mark.parametrize(
    ("label", "refused"),
    [
        ("Psychotherapy notes, all sessions", True),
        ("your PROCESS  NOTES", True),
        ("Notes of all sessions in March", True),
        ("The whole chart", True),
        ("Complete medical record", True),
        ("Raw test forms", True),
        ("Notes of other dates", True),
        ("Every note of that month", True),
        ("Every session", True),
        ("All your notes", True),
        ("All client records since May", True),
        ("Notes about another client", True),
        ("The other client and you", True),
        ("Not only the process notes", True),
        ("No progress note, the process notes", True),
        ("No psychotherapy notes, but all other notes", True),
        ("Do not forget the entire chart", True),
        ("All session times", False),
        ("Every client goal that was worked on", False),
        ("Names of other session participants, by initials", False),
        ("All signatures and dates", False),
        ("Progress note (no psychotherapy notes)", False),
        ("Progress note, not the whole chart", False),
        ("Times without any process notes", False),
        ("Complete file number of the authorization", False),
        ("Progress note of this psychotherapy session", False),
        ("Start and stop times, and who took part", False),
        ("The record of all participants, by initials", False),
        ("Complete note of this session with signature", False),
    ],
)
def test_a_label_asks_for_nothing_that_is_never_asked_for(
    rui: User, session: TherapySession, now: dt.datetime, label: str, refused: bool
) -> None:
    items = [services.Asked("explanation"), services.Asked("progress_note", label=label)]
    if not refused:
        assert services.open_request(of_user(rui), session.pk, items, "why", now).items.get(number=2).label == label
        return
    with pytest.raises(Refused) as no:
        services.open_request(of_user(rui), session.pk, items, "why", now)
    assert (no.value.code, no.value.pointer) == ("never_asked_for", "/items/1/label")
    assert not NotesRequest.objects.exists()
