"""What is stated of a client's papers reaches the reader of their notes, before and after a note was read."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clawguard.accounts.actors import SYSTEM, of_user
from clawguard.accounts.models import User
from clawguard.events.models import Delivery, Event
from notes import services
from notes.models import ElementVerdict, Note, NoteReading
from sessions import papers
from sessions import services as session_services
from sessions.models import Finding, StatedFact, TherapySession
from tests.notes.conftest import answer
from tests.notes.test_reading_flow import NOTE, run_everything
from tests.notes.test_what_the_reader_is_told import submitted

pytestmark = pytest.mark.django_db
BY_VIDEO = {"telehealth": "video", "place_of_service": "10"}


def say(session: TherapySession, kind: str, **said: Any) -> StatedFact:
    body = {"kind": kind, "client": session.client.external_id, "source": "intake papers", **said}
    return session_services.state_body(SYSTEM, body, _now()).facts[0]


def _now() -> dt.datetime:
    return dt.datetime(2026, 11, 18, 16, tzinfo=dt.UTC)


def read(priya: User, session: TherapySession, now: dt.datetime, text: str = NOTE) -> Note:
    note = services.add_note(of_user(priya), session.pk, answer(text=text), now).note
    run_everything()
    assert note is not None
    return note


def verdict(note: Note, element: str) -> str:
    newest = NoteReading.objects.filter(note=note).latest("pk")
    found = ElementVerdict.objects.filter(reading=newest, element=element).first()
    return found.verdict if found is not None else "not_applicable"  # which is not stored


CONSENT = {"covers": "treatment", "status": "on_file"}
NONE = {"covers": "treatment", "status": "not_on_file"}


@pytest.mark.parametrize(
    ("stated", "element", "expected", "check"),
    [
        ([], "N49", "unsure", None),
        ([("consent", CONSENT)], "N49", "met", None),
        ([("consent", {**CONSENT, "from": "2026-11-18"})], "N49", "missing", "CG737"),  # given the day after
        ([("consent", {**CONSENT, "from": "2026-11-17"})], "N49", "met", None),
        ([("consent", NONE)], "N49", "missing", "CG737"),
        ([("consent", {**NONE, "covers": "telehealth"})], "N49", "unsure", None),
        ([], "N50", "not_applicable", None),
        ([("interpreter", {"used": True})], "N50", "missing", "CG738"),
        ([("interpreter", {"used": False})], "N50", "not_applicable", None),
        ([], "N58", "not_applicable", None),
        ([("part2", {"programme": False})], "N58", "not_applicable", None),
        ([("part2", {"programme": True})], "N58", "unsure", None),
        ([("part2", {"programme": True}), ("consent", {**CONSENT, "covers": "part2"})], "N58", "met", None),
        ([("part2", {"programme": True}), ("consent", {**NONE, "covers": "part2"})], "N58", "missing", "CG743"),
    ],
)
def test_stated_first(
    priya: User,
    now: dt.datetime,
    stated: list[tuple[str, dict[str, Any]]],
    element: str,
    expected: str,
    check: str | None,
) -> None:
    session = submitted(now)
    for kind, said in stated:
        say(session, kind, **said)
    note = read(priya, session, now)
    assert verdict(note, element) == expected
    found = set(
        Finding.objects.filter(session=session, check_id__in=["CG737", "CG738", "CG743"]).values_list("check_id")
    )
    assert found == ({(check,)} if check else set())


def test_stated_later_a_note_is_read_once_more_and_withdrawn_once_more(priya: User, now: dt.datetime) -> None:
    session, other = submitted(now), submitted(now, 60, client={"external_id": "C-other"})
    note, untouched = read(priya, session, now), read(priya, other, now)
    fact = say(session, "consent", **NONE)
    run_everything()
    assert verdict(note, "N49") == "missing"
    assert Finding.objects.filter(session=session, check_id="CG737").exclude(status="cured").exists()
    session_services.withdraw(SYSTEM, fact.pk, "It was found.", now)
    run_everything()
    assert verdict(note, "N49") == "unsure"
    assert [row.papers for row in NoteReading.objects.filter(note=note).order_by("pk")] == [0, 1, 2]
    assert NoteReading.objects.filter(note=untouched).count() == 1
    assert list(Delivery.objects.exclude(last_error="").values_list("task", "last_error")) == []


def test_told_twice_it_is_read_once(priya: User, now: dt.datetime) -> None:
    session = submitted(now)
    note = read(priya, session, now)
    fact = say(session, "interpreter", used=True)
    for _ in range(3):
        services.read_beside_papers(fact.pk, now)
    run_everything()
    services.read_beside_papers(fact.pk, now)
    assert NoteReading.objects.filter(note=note).count() == 2


def test_other_facts_of_the_client_ask_nothing_of_the_reader(priya: User, now: dt.datetime) -> None:
    session = submitted(now)
    read(priya, session, now)
    say(session, "eligibility", status="active")
    run_everything()
    assert not Event.objects.filter(name="papers.stated").exists()
    assert NoteReading.objects.count() == 1


def test_consent_to_telehealth_on_file_need_not_stand_in_the_note(priya: User, now: dt.datetime) -> None:
    silent = "Start 10:02, stop 10:49. Client was at home in Albany, NY; video session on Zoom for Healthcare."
    session = submitted(now, **BY_VIDEO)
    note = read(priya, session, now, silent)
    assert verdict(note, "N12") != "met"
    say(session, "consent", covers="treatment", status="on_file")
    run_everything()
    assert verdict(note, "N12") != "met", "consent to treatment is another one"
    say(session, "consent", covers="telehealth", status="on_file")
    run_everything()
    assert verdict(note, "N12") == "met"


def test_a_note_that_speaks_of_an_interpreter_whom_nobody_stated_is_left_to_a_person(
    priya: User, now: dt.datetime
) -> None:
    session = submitted(now)
    say(session, "interpreter", used=False)
    note = read(priya, session, now, f"{NOTE}\nAn interpreter helped with the forms.")
    assert verdict(note, "N50") == "unsure"


def test_nothing_of_it_leaves_the_system(priya: User, now: dt.datetime) -> None:
    """Promise 10, and 42 CFR 2.13: events hold a kind and ids; no mail, no task tells of a programme."""
    session = submitted(now)
    read(priya, session, now)
    mail.outbox.clear()
    say(session, "part2", programme=True)
    run_everything()
    for event in Event.objects.filter(name__in=["fact.stated", "papers.stated"]):
        assert event.payload == {"kind": "part2"}
        assert session.client.external_id not in json.dumps([event.payload, event.subject_id, event.subject_type])
    assert mail.outbox == []


def test_the_reader_asks_one_question_for_a_client_s_papers(now: dt.datetime) -> None:
    session = submitted(now)
    for kind, said in (("consent", CONSENT), ("part2", {"programme": True}), ("interpreter", {"used": True})):
        say(session, kind, **said)
    with CaptureQueriesContext(connection) as asked:
        papers.papers_of(session)
        papers.stated_so_far(session.client_id)
    assert len(asked) == 2


def test_staff_state_them_on_the_page(priya: User, rui: User, browser_of: Any, now: dt.datetime) -> None:
    session = submitted(now)
    browser, url = browser_of(rui), f"/sessions/{session.pk}/facts"
    form = browser.get(f"{url}?kind=consent").content.decode()
    assert all(words in form for words in ("Covers", "treatment", "telehealth", "not on file"))
    given = {"kind": "consent", "covers": "part2", "status": "not_on_file", "source": "papers"}
    assert browser.post(url, given).status_code == 302
    assert browser.post(url, {"kind": "part2", "programme": "yes", "source": "papers"}).status_code == 302
    assert [row.values for row in StatedFact.objects.order_by("stated_at", "pk")] == [
        {"covers": "part2", "status": "not_on_file"},
        {"programme": True},
    ]
    page = browser.get(url).content.decode()
    assert "covers program records" in page and "not on file" in page
    assert "a program&#x27;s" in page
