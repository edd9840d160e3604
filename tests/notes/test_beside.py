"""A note beside its checklist: sentences marked, people's verdicts kept next to the machine's, agreement counted."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from clawguard import sealing
from clawguard.accounts.actors import SYSTEM, NotAllowed, of_user
from clawguard.accounts.models import User
from clawguard.events.errors import NotFound, Refused
from clawguard.events.models import AccessLog
from clawguard.ids import new_id
from notes import beside, reviews, services
from notes.models import ElementJudgement, ElementVerdict, Note, NoteReading, NotesRequest, RequestItem

pytestmark = pytest.mark.django_db
TEXT = "Session from 10:02 to 10:49. Client reported low mood."
RESULTS = (("N17", "met", [(0, 29, 54)]), ("N18", "missing", []), ("N16", "unsure", []), ("N39", "not_applicable", []))


def read_by_machine(note: Note, now: dt.datetime) -> None:
    """What the reader leaves behind when it has read ``TEXT``."""
    results = [
        {
            "element": element,
            "verdict": verdict,
            "confidence": "high",
            "staff": f"Sentence of {element}.",
            "spans": [{"page": page, "start": start, "end": end} for page, start, end in spans],
        }
        for element, verdict, spans in RESULTS
    ]
    row_id = new_id()
    content = json.dumps({"results": results, "pages": [[None, 0]]}).encode()
    sealed = sealing.seal(content, sealing.binding("note_reading", row_id))
    reading = NoteReading.objects.create(id=row_id, note=note, reader="1", at=now, outcome="read", sealed=sealed)
    ElementVerdict.objects.bulk_create(
        ElementVerdict(reading=reading, element=element, verdict=verdict, confidence="high")
        for element, verdict, _ in RESULTS
    )


@pytest.fixture
def note(opened: NotesRequest, send: Callable[..., Any], now: dt.datetime) -> Note:
    """An answer that the machine has read."""
    made: Note = send(opened, now, text=TEXT).note
    read_by_machine(made, now)
    return made


def test_the_sentence_is_marked_what_is_open_comes_first_and_the_reading_is_recorded(
    rui: User, note: Note, now: dt.datetime
) -> None:
    opened = beside.open_note(of_user(rui), note.pk, "", now)
    assert [row.element for row in opened.rows] == ["N18", "N16", "N17"]
    assert [(piece.text, piece.elements) for piece in opened.pages[0].pieces] == [
        (TEXT[:29], ()),
        ("Client reported low mood.", ("N17",)),
    ]
    assert AccessLog.objects.filter(note_id=note.pk, actor_id=rui.pk).count() == 1


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([], [("abcdef", ())]),
        ([(0, 3, "A"), (2, 5, "B")], [("ab", ("A",)), ("c", ("A", "B")), ("de", ("B",)), ("f", ())]),
        ([(4, 99, "A")], [("abcd", ()), ("ef", ("A",))]),
        ([(3, 3, "A"), (7, 9, "B")], [("abcdef", ())]),
    ],
    ids=["none", "overlapping", "beyond the end", "empty"],
)
def test_pieces_keep_the_extent_of_each_mark(
    marks: list[tuple[int, int, str]], expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert [(piece.text, piece.elements) for piece in beside.pieces("abcdef", marks)] == expected


def judge(user: User, note: Note, element: str, verdict: str, now: dt.datetime) -> ElementJudgement:
    assert note.request_id
    return services.judge_element(of_user(user), note.request_id, note.pk, element, verdict, now)


def test_a_persons_verdict_stands_next_to_the_machines_and_is_never_changed(
    rui: User, note: Note, now: dt.datetime
) -> None:
    row = judge(rui, note, "N18", "met", now)
    assert (row.verdict, row.machine, row.machine_confidence, row.reader) == ("met", "missing", "high", "1")
    for change in ({"verdict": "missing"}, None):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows = ElementJudgement.objects.filter(pk=row.pk)
            rows.update(**change) if change else rows.delete()


def test_agreement_counts_the_latest_word_of_each_person(rui: User, lead: User, note: Note, now: dt.datetime) -> None:
    judge(rui, note, "N18", "missing", now)
    judge(rui, note, "N18", "met", now)
    judge(lead, note, "N18", "missing", now)
    judge(rui, note, "N17", "missing", now)
    judge(rui, note, "N16", "met", now)
    found = {row.element: row for row in reviews.agreement(of_user(lead))}
    assert (found["N18"].judged, found["N18"].agreed, found["N18"].found_by_people) == (2, 1, 1)
    assert (found["N17"].judged, found["N17"].missed_by_machine, found["N17"].percent) == (1, 1, 0)
    assert (found["N16"].judged, found["N16"].unsure, found["N16"].percent) == (0, 1, None)
    with pytest.raises(NotAllowed):
        reviews.agreement(of_user(rui))


def test_who_may_not_judge(priya: User, faraway: User, rui: User, note: Note, now: dt.datetime) -> None:
    with pytest.raises(NotAllowed):
        judge(priya, note, "N18", "met", now)
    with pytest.raises(NotFound):
        judge(faraway, note, "N18", "met", now)
    with pytest.raises(NotFound):
        judge(rui, note, "N99", "met", now)
    with pytest.raises(Refused):
        judge(rui, note, "N18", "unsure", now)


def test_without_scripts_the_last_judgement_leads_back_to_the_request(
    rui: User, note: Note, browser_of: Any, now: dt.datetime, frozen: Callable[[dt.datetime], None]
) -> None:
    request, browser = NotesRequest.objects.get(pk=note.request_id), browser_of(rui)
    for left in range(request.items.count() - 1, -1, -1):
        item = request.items.filter(status="received").first()
        answer = browser.post(reverse("request-judge-item", args=[request.pk, item.number]), {"accept": "1"})
        assert answer.status_code == (200 if left else 302)
    assert answer["Location"] == reverse("request-page", args=[request.pk])
    assert browser.get(answer["Location"]).status_code == 200


def test_the_page_judges_items_without_leaving_and_leads_to_the_next_answer(
    rui: User,
    note: Note,
    make_session: Callable[..., Any],
    send: Callable[..., Any],
    browser_of: Any,
    now: dt.datetime,
    frozen: Callable[[dt.datetime], None],
) -> None:
    services.open_for_findings([make_session().pk], now)
    other = NotesRequest.objects.exclude(pk=note.request_id).get()
    services.deliver(other.pk, SYSTEM, now)
    other.refresh_from_db()
    send(other, now)
    browser = browser_of(rui)
    page = browser.post(reverse("request-beside", args=[note.request_id])).content.decode()
    assert "symptoms or presenting problem" in page
    assert 'data-elements="N17"' in page
    assert reverse("request-beside", args=[other.pk]) in page
    first, *others = RequestItem.objects.filter(request=note.request_id)
    address = reverse("request-judge-item", args=[note.request_id, first.number])
    whole = browser.post(address, {"accept": "1"}).content
    assert b"</html>" in whole and b'data-elements="N17"' in whole, "without scripts the whole page comes back"
    for item in others:
        address = reverse("request-judge-item", args=[note.request_id, item.number])
        part = browser.post(address, {"accept": "1"}, headers={"hx-request": "true"})
        assert part.status_code == 200
    assert b"Every item is judged." in part.content
    said = browser.post(reverse("request-judge-element", args=[note.request_id, note.pk, "N18"]), {"verdict": "met"})
    assert said.status_code == 409, "once every item is judged, the review is over"
