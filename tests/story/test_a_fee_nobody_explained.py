"""A client disputes a cancellation fee and the provider does not answer: that is asked about before it is judged."""

from __future__ import annotations

from tests import builders
from tests.story.telling import HOUR, NIGHT, Telling

KEYS = "cases:read cases:write"
DISPUTE = {
    "external_id": "D-1",
    "kind": "cancellation_fee",
    "amount": "75.00",
    "statement": "I cancelled two days before.",
    "provider": builders.npi(1),
    "service_date": "2026-11-10",
    "notice_hours": 24,
}


def test_a_fee_nobody_explained(told: Telling) -> None:
    opened = told.program("post", "/disputes", DISPUTE, scopes=KEYS, status=201)
    told.work()
    dispute = told.program("get", f"/disputes/{opened['id']}", scopes=KEYS)
    assert (dispute["status"], dispute["deadline"]["due_date"]) == ("open", "2026-11-23")
    assert f"/my/disputes/{opened['id']}" in told.sees("provider", "/my")
    assert "two days before" in told.sees("provider", f"/my/disputes/{opened['id']}")
    told.until(dispute["due_at"])  # a midnight
    assert told.program("get", f"/disputes/{opened['id']}", scopes=KEYS)["status"] == "lapsed"
    told.later(NIGHT)
    (row,) = told.program("get", "/cases?origin=dispute", scopes=KEYS)["results"]
    case = told.program("get", f"/cases/{row['id']}", scopes=KEYS)
    assert (case["dispute"], case["party"], case["clause"]) == (
        opened["id"],
        "provider",
        "provider.dispute_no_response",
    )
    assert case["status"] == "in_conversation"
    told.later(HOUR)
    told.sends("provider", f"/my/disputes/{opened['id']}/answer", text="The notice came an hour before.")
    told.sends("provider", f"/my/cases/{row['id']}/message", kind="answer", text="I was away; my answer is there now.")
    told.work()
    late = told.program("get", f"/disputes/{opened['id']}", scopes=KEYS)
    assert (late["status"], late["answered_late"], late["lapsed_at"]) == ("answered_late", True, dispute["due_at"])
    assert row["id"] in told.sees("billing", "/triage?view=answers")
    told.sends("billing", f"/disputes/{opened['id']}/decide", outcome="waived", reason="The fee was not agreed.")
    assert told.program("get", f"/disputes/{opened['id']}", scopes=KEYS)["outcome"] == "waived"
    assert told.program("get", "/proposed-adjustments", scopes=KEYS)["results"] == []
