"""Letters as PDF: the words that were sent, who stands for them, until when to appeal, and a digest in the log."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from clawguard.events import chain
from clawguard.events.models import Event, EventSeal
from disputes import letter_paper, services
from disputes.models import Case, Message
from disputes.selectors.letters import get_letter, letters_of
from tests.builders import NOW
from tests.disputes import makers

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
APPEAL = "My second page shows the times."


def squeezed(text: str) -> str:
    """Lines of a page break where they fit; the words are the same."""
    return "".join(text.split())


def text_of(content: bytes) -> str:
    return squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def decided(rui: User, lead: User, priya: User, party: str = "provider") -> Case:
    case = makers.decided(rui, lead, priya, party)
    makers.work(NOW + 6 * HOUR)
    return case


def the_letter(user: User, case: Case, kind: str) -> bytes:
    row = Message.objects.filter(case=case, kind=kind).latest("at")
    return letter_paper.as_pdf(get_letter(of_user(user), row.pk))


def test_the_notice_says_the_words_of_the_thread(rui: User, priya: User) -> None:
    case = makers.in_conversation(rui, priya)
    (letter,) = letters_of(case)
    said = text_of(letter_paper.as_pdf(letter))
    for line in letter.words.splitlines():
        assert squeezed(line.removeprefix("- ")) in said
    assert str(case.pk) in said


def test_a_decision_names_clause_evidence_people_and_the_way_to_appeal(rui: User, lead: User, priya: User) -> None:
    case = decided(rui, lead, priya)
    said = text_of(the_letter(priya, case, "decision"))
    assert "provider.coding" in said
    assert squeezed(f"Decided by: {rui.name}; {lead.name} agreed as the second person.") in said
    assert squeezed("you can appeal until") in said
    assert squeezed("What this rests on") in said
    assert squeezed("A recovery of $40.00") in said


def test_a_decision_on_an_appeal_says_so(rui: User, lead: User, second_lead: User, priya: User) -> None:
    case = decided(rui, lead, priya)
    services.appeal(of_user(priya), case.pk, APPEAL, NOW + 7 * HOUR)
    services.decide(of_user(second_lead), case.pk, makers.verdict("none"), NOW + 8 * HOUR)
    makers.work(NOW + 9 * HOUR)
    said = text_of(the_letter(priya, case, "decision"))
    assert squeezed("Decision on your appeal") in said
    assert squeezed("You appealed on Wed 18 Nov 2026.") in said
    assert squeezed(f"Decided by: {second_lead.name}.") in said


def test_no_client_is_named(rui: User, lead: User, priya: User) -> None:
    case = decided(rui, lead, priya)
    for kind in ("notice", "decision"):
        assert "C-1" not in text_of(the_letter(priya, case, kind)).replace(str(case.pk), "")


def test_its_digest_is_in_the_audit_log_and_on_the_page(rui: User, lead: User, priya: User) -> None:
    case = decided(rui, lead, priya)
    chain.seal()
    for letter in letters_of(case):
        digest = hashlib.sha256(letter.words.encode()).hexdigest()
        written = Event.objects.get(name="case.letter_written", payload__message=str(letter.row.pk))
        assert written.payload["sha256"] == digest
        assert EventSeal.objects.filter(event=written).exists()
        assert digest in text_of(letter_paper.as_pdf(letter))


def test_the_same_letter_gives_the_same_bytes(rui: User, priya: User) -> None:
    case = makers.in_conversation(rui, priya)
    assert the_letter(rui, case, "notice") == the_letter(priya, case, "notice")


def test_a_reader_program_learns_title_language_and_author(rui: User, priya: User) -> None:
    case = makers.in_conversation(rui, priya)
    found = PdfReader(io.BytesIO(the_letter(priya, case, "notice")))
    assert found.metadata is not None
    assert str(found.metadata.title).startswith("Notice")
    assert found.metadata.author
    assert found.root_object["/Lang"] == "en-US"
    assert found.root_object["/ViewerPreferences"]["/DisplayDocTitle"]


def test_both_sides_find_it_in_the_conversation(rui: User, priya: User, browser_of: Any) -> None:
    case = makers.in_conversation(rui, priya)
    address = reverse("letter-pdf", args=[Message.objects.get(case=case, kind="notice").pk])
    for user, page in ((priya, "my-case"), (rui, "case")):
        assert address in browser_of(user).get(reverse(page, args=[case.pk])).content.decode()
        answer = browser_of(user).get(address)
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"].startswith("attachment")


def test_a_message_is_no_letter(rui: User, priya: User, browser_of: Any) -> None:
    case = makers.answered(rui, priya)
    answer = Message.objects.get(case=case, kind="answer")
    assert browser_of(priya).get(reverse("letter-pdf", args=[answer.pk])).status_code == 404


def test_words_of_staff_are_words_and_no_markup(rui: User, lead: User, priya: User) -> None:
    case = makers.answered(rui, priya)
    verdict = makers.verdict("none", explanation="A & B <b>bold</b> {{ case }}\n\nStarts - <ends")
    services.decide(of_user(rui), case.pk, verdict, NOW + 3 * HOUR)
    makers.work(NOW + 4 * HOUR)
    assert squeezed("A & B <b>bold</b> {{ case }}") in text_of(the_letter(priya, case, "decision"))
