"""A request nobody answered is not owed any more once its case is decided; it stays among the earlier ones."""

from __future__ import annotations

from typing import Any

import pytest

from clawguard.accounts.actors import SYSTEM, of_user
from clawguard.accounts.models import User
from disputes.models import Case
from notes import selectors, services
from notes.models import NotesRequest
from tests.builders import NOW
from tests.disputes import makers


def unanswered(case: Case) -> NotesRequest:
    """A request about the case's session whose answer time is over."""
    asked = [services.Asked("progress_note")]
    row = services.open_request(SYSTEM, case.session_id, asked, "The note is needed.", NOW)  # type: ignore[arg-type]
    services.deliver(row.pk, SYSTEM, NOW)
    row.refresh_from_db()
    services.lapse_due(row.due_at)  # type: ignore[arg-type]
    row.refresh_from_db()
    assert row.status == "lapsed"
    return row


@pytest.mark.django_db
@pytest.mark.parametrize("over", [False, True])
def test_only_a_decided_case_settles_the_silence(
    rui: User, lead: User, priya: User, browser_of: Any, over: bool
) -> None:
    case = makers.decided(rui, lead, priya) if over else makers.answered(rui, priya)
    row = unanswered(case)
    waiting, past = selectors.waiting_for(of_user(priya)), list(selectors.history_for(of_user(priya)))
    assert (waiting, past) == (([], [row]) if over else ([row], []))
    page = browser_of(priya).get("/my").content.decode()
    assert "late by" not in page
    assert ("Nothing waits for you" in page) == over
    assert ("</time> is over</span>" in page) != over
    history = browser_of(priya).get("/my/history").content.decode()
    assert (f"/my/requests/{row.pk}" in history) == over


@pytest.mark.django_db
def test_a_new_case_about_the_session_makes_its_request_wait_again(rui: User, lead: User, priya: User) -> None:
    case = makers.decided(rui, lead, priya)
    row = unanswered(case)
    Case.objects.filter(pk=case.pk).update(status="closed")
    makers.opened(rui, case.session)  # type: ignore[arg-type]
    assert selectors.waiting_for(of_user(priya)) == [row]
