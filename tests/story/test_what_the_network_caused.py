"""The network showed coverage that had ended: the provider is paid the contracted rate, and one person may say so."""

from __future__ import annotations

from tests import world
from tests.story.telling import HOUR, Telling

KEYS = "cases:read cases:write sessions:read sessions:write"
FACTS = {
    "carc": {"value": ["27"], "source": "Remittance of 2 November"},
    "eligibility_shown": {"value": "active", "checked_at": "2026-09-10T10:00:00-04:00", "source": "Eligibility log"},
    "eligibility_actual": {"value": "inactive", "ended_on": "2026-08-31", "source": "Payer"},
}
VERDICT = {
    "party": "network",
    "clause": "network.eligibility_not_caught",
    "outcome": "pay_contracted_rate",
    "explanation": "We showed the coverage as active after it had ended.",
    "evidence": ["eligibility_shown", "eligibility_actual"],
}


def test_what_the_network_caused_never_costs_the_provider(told: Telling) -> None:
    session = told.program("post", "/sessions", world.body(1, minutes=55), scopes=KEYS, status=201)
    told.work()
    case = told.program("post", "/cases", {"session": session["id"]}, scopes=KEYS, status=201)
    told.program("post", f"/cases/{case['id']}/facts", {"facts": FACTS}, scopes=KEYS, status=201)
    told.work()
    weighed = told.program("get", f"/cases/{case['id']}", scopes=KEYS)
    proposed = weighed["attribution"]
    assert (proposed["party"], proposed["clause"]) == ("network", "network.eligibility_not_caught")
    assert proposed["guarantee"] == {"applies": True, "amount": "142.50"}
    assert not proposed["needs_second_person"]
    assert weighed["status"] == "in_conversation"
    page = f"/cases/{case['id']}"
    told.later(HOUR)
    told.sends("provider", f"/my{page}/message", kind="nothing")
    told.later(HOUR)
    assert told.browser("billing").post(f"{page}/decide", {**VERDICT, "outcome": "no_issue"}).status_code == 422
    told.sends("billing", f"{page}/decide", **VERDICT)
    told.work()
    (adjustment,) = told.program("get", "/proposed-adjustments", scopes=KEYS)["results"]
    assert (adjustment["kind"], adjustment["amount"]) == ("pay_contracted_rate", "142.50")
    letter = told.sees("provider", f"/my{page}")
    assert "142.50" in letter
    assert "after it had ended" in letter
    told.until(told.program("get", f"/cases/{case['id']}", scopes=KEYS)["appeal_until"])
    told.sends("billing", f"{page}/close")
    assert told.program("get", f"/cases/{case['id']}", scopes=KEYS)["status"] == "closed"
