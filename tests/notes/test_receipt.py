"""What a provider has in hand after an answer, and what they see of those before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import override_settings
from django.urls import reverse
from pypdfium2 import PdfDocument

from clawguard.accounts.actors import SYSTEM, of_user
from clawguard.accounts.models import User
from notes import clock, selectors, services
from notes.models import Note, NotesRequest
from notes.receipt import as_pdf
from tests.notes.conftest import CANARY, PDF, answer

pytestmark = pytest.mark.django_db


def text_of(content: bytes) -> str:
    document = PdfDocument(content)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def test_the_pdf_states_time_digests_and_our_own_day_and_no_word_of_the_note(
    priya: User, opened: NotesRequest, browser_of: Any, now: dt.datetime, frozen: Callable[[dt.datetime], None]
) -> None:
    file = services.add_file(of_user(priya), opened.pk, "Łucja <scan>.pdf", [PDF], now)
    note = services.submit_answer(of_user(priya), opened.pk, answer(), now).note
    assert note is not None
    page = browser_of(priya).get(reverse("my-receipt-pdf", args=[opened.pk]))
    assert page["Content-Type"] == "application/pdf"
    said = text_of(page.content)
    squeezed = said.replace(" ", "")
    assert "18 Nov 2026, 10:00" in said
    assert note.digest in squeezed
    assert file.sha256 in squeezed
    assert "Wed 25 Nov 2026" in said, "five business days of our own"
    assert CANARY not in said
    assert str(opened.session.client.external_id) not in said


def test_a_late_answer_says_so_and_an_accepted_one_promises_nothing_more(
    lapsed: NotesRequest, send: Callable[..., Any], now: dt.datetime
) -> None:
    assert lapsed.due_at is not None
    send(lapsed, lapsed.due_at + dt.timedelta(hours=9))
    lapsed.refresh_from_db()
    notes = list(Note.objects.all())
    assert "marked late" in text_of(as_pdf(lapsed, notes, now))
    lapsed.status = "accepted"
    assert "What happens next" not in text_of(as_pdf(lapsed, notes, now))


def test_without_an_answer_there_is_no_receipt(opened: NotesRequest, browser_of: Any, priya: User) -> None:
    assert browser_of(priya).get(reverse("my-receipt-pdf", args=[opened.pk])).status_code == 404


def test_our_own_day_counts_business_days_like_a_providers(opened: NotesRequest) -> None:
    wednesday_before_thanksgiving = dt.datetime(2026, 11, 25, 15, tzinfo=dt.UTC)
    assert clock.review_day(opened, wednesday_before_thanksgiving) == dt.date(2026, 12, 3)


def test_the_day_that_was_told_stays_whatever_the_calendar_says_later(
    opened: NotesRequest, send: Callable[..., Any], now: dt.datetime, browser_of: Any, priya: User, frozen: Any
) -> None:
    send(opened, now)
    opened.refresh_from_db()
    assert opened.review_day == dt.date(2026, 11, 25)
    with override_settings(BUSINESS_DAYS_TO_DECIDE=9):
        assert "Wed 25 Nov" in browser_of(priya).get(reverse("my-receipt", args=[opened.pk])).content.decode()
        assert "Wed 25 Nov 2026" in text_of(as_pdf(opened, Note.objects.all(), now))
        send(opened, now + dt.timedelta(days=1), seen=1)
    opened.refresh_from_db()
    assert opened.review_day == dt.date(2026, 12, 3)  # nine business days after the last answer


def test_kept_answer_times_are_counted_and_running_ones_are_not(
    priya: User,
    opened: NotesRequest,
    make_session: Callable[..., Any],
    send: Callable[..., Any],
    browser_of: Any,
    now: dt.datetime,
    frozen: Callable[[dt.datetime], None],
) -> None:
    actor = of_user(priya)
    assert selectors.deadlines_kept(actor, now).of == 0
    send(opened, now)
    found = selectors.deadlines_kept(actor, now)
    assert (found.kept, found.of) == (1, 1)
    services.open_for_findings([make_session().pk], now)
    late = NotesRequest.objects.exclude(pk=opened.pk).get()
    services.deliver(late.pk, SYSTEM, now)
    late.refresh_from_db()
    assert selectors.deadlines_kept(actor, now).of == 1
    services.lapse_due(late.due_at)
    assert late.due_at is not None
    after = late.due_at + dt.timedelta(hours=1)
    found = selectors.deadlines_kept(actor, after)
    assert (found.kept, found.of) == (1, 2)
    assert "You kept 1 of 2 answer times" in browser_of(priya).get(reverse("my-history")).content.decode()
