"""No answer to a request, none to the notice: two people find a provider's error, and another one overturns it."""

from __future__ import annotations

from typing import Any

from tests import world
from tests.story.telling import DAY, HOUR, NIGHT, Telling

READ = "cases:read notes:read sessions:read"
SILENCE = {
    "party": "provider",
    "clause": "provider.no_response",
    "outcome": "recover",
    "amount": "40.00",
    "explanation": "No documents came, and no word about them.",
    "evidence": ["note_request.delivered_at", "note_request.due_at"],
}
NOTHING = {
    "party": "none",
    "clause": "none.no_error",
    "outcome": "no_issue",
    "explanation": "You were in hospital, and the note supports the session.",
    "evidence": ["date_of_service"],
}


def test_silence_is_heard_first(told: Telling) -> None:
    case = lapsed(told)
    page = f"/cases/{case['id']}"
    decided_by_two(told, page)
    appealed(told, page)
    overturned(told, page)
    adjustments = told.program("get", "/proposed-adjustments", scopes=READ)["results"]
    assert [(row["kind"], row["amount"]) for row in adjustments] == [("take_back", "40.00"), ("recover", "40.00")]
    assert adjustments[0]["replaces"] == adjustments[1]["id"]
    assert [person["name"] for person in adjustments[1]["names"]] == ["Rui Test", "Lead Test"]
    shown = told.sees("provider", "/adjustments")
    assert "40.00" in shown


def case_of(told: Telling) -> dict[str, Any]:
    (row,) = told.program("get", "/cases", scopes=READ)["results"]
    return told.program("get", f"/cases/{row['id']}", scopes=READ)


def lapsed(told: Telling) -> dict[str, Any]:
    """The answer time to the request ends; a case opens and its notice goes out before anybody decides anything."""
    told.program("post", "/sessions", world.body(1), scopes="sessions:write", status=201)
    told.work()
    (request,) = told.program("get", "/notes-requests", scopes=READ)["results"]
    told.until(request["due_at"])
    assert (case_of(told)["origin"], case_of(told)["status"]) == ("lapse", "open")  # nobody is written to at midnight
    told.later(NIGHT)
    case = case_of(told)
    assert (case["status"], case["party"]) == ("in_conversation", "provider")
    told.later(HOUR)
    refused = told.browser("billing").post(f"/cases/{case['id']}/decide", SILENCE)
    assert refused.status_code == 422  # too early: the provider's answer time to the notice runs
    told.until(case["answer_due_at"])
    assert case_of(told)["status"] == "answer_lapsed"
    assert f"/cases/{case['id']}" in told.sees("billing", "/triage?view=silent")
    return case


def decided_by_two(told: Telling, page: str) -> None:
    told.later(HOUR)
    told.sends("billing", f"{page}/decide", **SILENCE)
    assert case_of(told)["status"] == "second_look"
    assert told.program("get", "/proposed-adjustments", scopes=READ)["results"] == []
    assert page in told.sees("lead", "/triage?view=second")
    told.sends("lead", f"{page}/approve")
    told.work()
    assert case_of(told)["status"] == "decided"


def appealed(told: Telling, page: str) -> None:
    told.later(DAY)
    told.sends("provider", f"/my{page}/appeal", reason="I was in hospital; the note is here now.")
    told.work()
    assert page in told.sees("lead", "/triage?view=appeals")


def overturned(told: Telling, page: str) -> None:
    """Whoever decided does not judge the appeal; somebody else does."""
    told.later(DAY)
    for who in ("billing", "lead"):
        assert told.browser(who).post(f"{page}/decide", NOTHING).status_code == 422
    told.sends("second lead", f"{page}/decide", **NOTHING)
    told.work()
    case = case_of(told)
    assert case["status"] == "decided"
    assert "in hospital" in told.sees("provider", f"/my{page}")
    told.until(case["appeal_until"])
    told.sends("billing", f"{page}/close")
    told.work()
    assert case_of(told)["status"] == "closed"
