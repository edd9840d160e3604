"""Triage, cases, disputes, proposed adjustments and background work."""

from __future__ import annotations

from tests.doors.matrix.row import Row, fixed
from tests.world import World

READ, WRITE = "cases:read", "cases:write"
REMITTANCES = "remittances:write"
TALK, ANSWERED, SECOND = {"case_id": "case in talk"}, {"case_id": "answered case"}, {"case_id": "case at second look"}
DECIDED, CLOSABLE, UNHEARD = (
    {"case_id": "decided case"},
    {"case_id": "closable case"},
    {"case_id": "case without notice"},
)
WITH_FACT = {**ANSWERED, "name": "codes_match_notes"}
PAYMENT, UNBALANCED = {"remittance_id": "remittance"}, {"remittance_id": "unbalanced remittance"}
CLAIM, UNMATCHED = {"claim_id": "matched claim"}, {"claim_id": "unmatched claim"}
TAKEBACK = {"match_id": "takeback"}
ADJUSTMENT = {"adjustment_id": "adjustment"}
OPEN, HEARD, BOUNCED = ({"dispute_id": f"{state} dispute"} for state in ("open", "answered", "undelivered"))

WORKS = "403 404 Y 404 Y 403 404 in in in"
STAFF_DO = "403 403 Y 404 Y 403 403 in in in"
APPROVES = "403 404 403 404 Y 403 404 in in in"
MINE = "Y 404 404 404 404 404 404 in in in"
SEES = "403 403 Y Y Y Y 403 in in in"
API_SEES = "Y 404 Y 404 Y Y 404 Y 403 401"
API_WORKS = "403 403 Y 404 Y 403 403 Y 403 401"
API_STAFF = "403 403 Y 404 Y 403 403 403 403 401"
API_PEOPLE = "403 404 Y 404 Y 403 404 403 403 401"

VERDICT = {
    "party": "none",
    "clause": "none.no_error",
    "outcome": "no_issue",
    "explanation": "The session is billed as it was held.",
    "evidence": ["date_of_service"],
}
DISPUTE = {"kind": "billing", "amount": "75.00", "statement": "I was billed twice."}
ENDED = {"outcome": "waived", "reason": "The notice was in time."}
TOLD = {"reason": "late_notice", "text": "I cancelled two days before."}
# the takeback of the world, all of it about one session
TAKEN, WHY = "42.00", "The payer's letter."
TEXT = fixed({"text": "The times are in my note."})
REASON = fixed({"reason": "Please look at the times again."})
OWN = "Y 404 403 403 403 403 403 in in in"  # the provider in person
HANDED = lambda world: {"delegation": str(world.rows["delegation"].pk)}  # noqa: E731


def judged(verdict: str) -> dict[str, str]:
    return {"case_id": "case without notice", "finding_id": "finding of case", "verdict": verdict}


def new_dispute(world: World) -> dict[str, str]:
    npi = world.users["provider"].provider.npi
    return {**DISPUTE, "provider": npi, "service_date": "2026-11-10"}


def to_lead(world: World) -> dict[str, str]:
    return {"case": str(world.rows["case in talk"].pk), "assignee": str(world.users["lead"].pk)}


def _divided_on_a_page(world: World) -> dict[str, object]:
    return {"session": world.rows["session"].external_id, "amount": TAKEN, "reason": WHY}


def _divided(world: World) -> dict[str, object]:
    return {"shares": [{"session": world.rows["session"].external_id, "amount": TAKEN}], "reason": WHY}


PAGES = (
    Row("triage", "GET", SEES),
    Row("triage-assign", "POST", STAFF_DO, body=to_lead),
    Row("case", "GET", "Y Y Y 404 Y Y 404 in in in", ANSWERED, delegates="404 404"),
    Row("case-decide", "POST", WORKS, ANSWERED, fixed(VERDICT)),
    Row("case-preview", "POST", WORKS, ANSWERED, fixed(VERDICT)),
    Row("case-approve", "POST", APPROVES, SECOND),
    Row("case-send-back", "POST", APPROVES, SECOND, REASON),
    Row("case-withdraw-proposal", "POST", "403 404 Y 404 403 403 404 in in in", SECOND, REASON),
    Row("case-close", "POST", WORKS, CLOSABLE),
    Row("case-message", "POST", WORKS, ANSWERED, TEXT),
    Row("case-facts", "POST", WORKS, ANSWERED, fixed({"name": "eligibility_shown", "value": "active"})),
    Row("case-fact-withdraw", "POST", WORKS, WITH_FACT, REASON),
    Row("case-judge", "POST", STAFF_DO, judged("confirm"), fixed({"reason": "It holds."})),
    Row("case-assign", "POST", STAFF_DO, ANSWERED, lambda w: {"assignee": str(w.users["lead"].pk)}),
    Row("case-retry-notice", "POST", STAFF_DO, UNHEARD),
    Row("case-bounce", "POST", STAFF_DO, TALK),
    Row("case-tell-again", "POST", STAFF_DO, DECIDED, also=(409,)),
    Row("session-open-case", "POST", STAFF_DO, {"session_id": "unasked session"}),
    Row("my-case", "GET", MINE, TALK),
    Row("my-case-message", "POST", MINE, TALK, TEXT),
    Row("my-case-seen", "POST", MINE, TALK),
    Row("my-case-appeal", "POST", MINE, DECIDED, REASON),
    Row("disputes", "GET", SEES),
    Row("dispute-new", "GET", "403 403 Y Y Y 403 403 in in in"),
    Row("dispute-new", "POST", "403 403 Y 422 Y 403 403 in in in", body=new_dispute),
    Row("dispute", "GET", "403 404 Y 404 Y Y 404 in in in", OPEN, delegates="403 404"),
    Row("dispute-decide", "POST", WORKS, HEARD, fixed(ENDED), delegates="403 404"),
    Row("dispute-withdraw", "POST", WORKS, OPEN, REASON, delegates="403 404"),
    Row("dispute-deliver", "POST", STAFF_DO, BOUNCED),
    Row("dispute-bounce", "POST", STAFF_DO, OPEN),
    Row(
        "dispute-evidence",
        "POST",
        WORKS,
        OPEN,
        fixed({"kind": "messages", "messages.text": "See you then."}),
        delegates="403 404",
    ),
    Row("dispute-use-item", "POST", STAFF_DO, OPEN, lambda w: {"item": str(w.rows["library item"].pk)}),
    Row("dispute-reason", "POST", STAFF_DO, OPEN, fixed({"reason": "late_notice"})),
    Row("dispute-client-link", "POST", WORKS, OPEN, delegates="403 404"),
    Row("dispute-client-link-end", "POST", STAFF_DO, OPEN),
    Row("my-dispute", "GET", MINE, OPEN, delegates="Y 404"),
    Row("my-dispute-hand-over", "POST", OWN, OPEN, HANDED, delegates="403 403"),
    Row("my-dispute-take-back", "POST", OWN, OPEN, delegates="403 403"),
    Row("my-dispute-review", "POST", MINE, OPEN, TEXT, delegates="Y 404"),
    Row("my-dispute-answer", "POST", MINE, OPEN, TEXT, delegates="Y 404"),
    Row("my-dispute-draft", "POST", MINE, OPEN, TEXT, delegates="Y 404"),
    Row("my-dispute-receipt", "GET", MINE, HEARD, delegates="Y 404"),
    Row("client-side", "GET", "Y Y Y Y Y Y Y Y Y Y", {"token": "client link"}),
    Row("client-side", "POST", "Y Y Y Y Y Y Y Y Y Y", {"token": "client link"}, fixed(TOLD)),
    Row("adjustments", "GET", "Y Y Y Y Y Y 403 in in in"),
    Row("adjustments-csv", "POST", "Y Y Y Y Y Y 403 in in in"),
    Row("remittances", "GET", SEES),
    Row("remittances-waiting", "GET", SEES),
    Row("remittance", "GET", "403 403 Y 404 Y Y 403 in in in", PAYMENT),
    Row("remittance-accept", "POST", STAFF_DO, UNBALANCED, REASON),
    Row("remittances-takebacks", "GET", SEES),
    Row("remittance-takeback", "GET", "403 403 Y 404 Y Y 403 in in in", TAKEBACK),
    Row("remittance-takeback-divide", "POST", STAFF_DO, TAKEBACK, _divided_on_a_page),
    Row("remittance-takeback-aside", "POST", STAFF_DO, TAKEBACK, REASON),
    Row("remittance-claim", "GET", "403 403 Y 404 Y Y 403 in in in", CLAIM),
    Row(
        "remittance-claim-match",
        "POST",
        STAFF_DO,
        UNMATCHED,
        lambda w: {"other": w.rows["session"].external_id, "reason": "Looked up."},
    ),
    Row("remittance-claim-aside", "POST", STAFF_DO, UNMATCHED, REASON),
    Row("adjustment-confirm", "POST", STAFF_DO, ADJUSTMENT, fixed({"reference": "GL-1"})),
    Row("deliveries", "GET", "403 403 403 403 Y 403 Y in in in"),
    Row("delivery-retry", "POST", "403 403 403 403 Y 403 Y in in in", {"delivery_id": "parked delivery"}),
)

API = (
    Row("api-cases", "GET", "Y Y Y Y Y Y 403 Y 403 401", scope=READ),
    Row(
        "api-cases",
        "POST",
        "403 403 Y 404 Y 403 403 Y 403 401",
        body=lambda w: {"session": str(w.rows["unasked session"].pk)},
        scope=WRITE,
    ),
    Row("api-case", "GET", API_SEES, ANSWERED, scope=READ),
    Row("api-case-facts", "GET", "403 404 Y 404 Y Y 404 Y 403 401", ANSWERED, scope=READ),
    Row(
        "api-case-facts",
        "POST",
        "403 403 Y 404 Y 403 403 Y 403 401",
        ANSWERED,
        fixed({"facts": {"eligibility_shown": "active"}}),
        scope=WRITE,
    ),
    Row("api-case-fact-withdraw", "POST", "403 403 Y 404 Y 403 403 Y 403 401", WITH_FACT, REASON, scope=WRITE),
    Row("api-case-attribution", "GET", API_SEES, ANSWERED, scope=READ),
    Row("api-case-messages", "GET", API_SEES, ANSWERED, scope=READ),
    Row("api-case-messages", "POST", "Y 404 Y 404 Y 403 404 Y 403 401", TALK, TEXT, scope=WRITE),
    Row("api-case-decision", "POST", API_PEOPLE, ANSWERED, fixed(VERDICT), scope=READ),
    Row(
        "api-case-approve", "POST", "403 404 403 404 Y 403 404 403 403 401", SECOND, fixed({"agree": True}), scope=READ
    ),
    Row("api-case-withdraw-proposal", "POST", "403 404 Y 404 403 403 404 403 403 401", SECOND, REASON, scope=READ),
    Row("api-case-appeal", "POST", "Y 404 403 404 403 403 404 403 403 401", DECIDED, REASON, scope=READ),
    Row("api-case-assign", "POST", API_STAFF, ANSWERED, lambda w: {"assignee": str(w.users["lead"].pk)}),
    Row("api-case-close", "POST", API_PEOPLE, CLOSABLE, fixed({}), scope=READ),
    Row("api-disputes", "GET", "Y Y Y Y Y Y 403 Y 403 401", scope=READ, delegates="Y Y"),
    Row("api-disputes", "POST", "403 403 Y 422 Y 403 403 Y 403 401", body=new_dispute, scope=WRITE),
    Row("api-dispute", "GET", API_SEES, OPEN, scope=READ, delegates="Y 404"),
    Row(
        "api-dispute-response",
        "POST",
        "Y 404 403 403 403 403 403 403 403 401",
        OPEN,
        fixed({"text": "We agreed.", "submit": True}),
        scope=READ,
        delegates="Y 404",
    ),
    Row(
        "api-dispute-evidence",
        "POST",
        "403 403 Y 404 Y 403 403 Y 403 401",
        OPEN,
        fixed({"kind": "messages", "value": {"text": "See you then."}}),
        scope=WRITE,
    ),
    Row(
        "api-dispute-concede",
        "POST",
        "Y 404 403 403 403 403 403 403 403 401",
        OPEN,
        fixed({}),
        scope=READ,
        delegates="403 403",
    ),
    Row(
        "api-dispute-hand-over",
        "POST",
        "Y 404 403 403 403 403 403 403 403 401",
        OPEN,
        HANDED,
        scope=READ,
        delegates="403 403",
    ),
    Row(
        "api-dispute-take-back", "POST", "Y 404 403 403 403 403 403 403 403 401", OPEN, scope=READ, delegates="403 403"
    ),
    Row("api-dispute-withdraw", "POST", API_PEOPLE, OPEN, REASON, scope=READ, delegates="403 404"),
    Row("api-dispute-reason", "POST", API_WORKS, OPEN, fixed({"reason": "late_notice"}), scope=WRITE),
    Row("api-dispute-deliver", "POST", API_STAFF, BOUNCED),
    Row("api-dispute-client-link", "POST", API_WORKS, OPEN, scope=WRITE),
    Row("api-dispute-client-link-end", "POST", API_WORKS, OPEN, scope=WRITE),
    Row("api-dispute-decide", "POST", API_PEOPLE, HEARD, fixed(ENDED), scope=READ, delegates="403 404"),
    Row("api-remittances", "GET", "403 403 Y Y Y Y 403 Y 403 401", scope=REMITTANCES),
    Row("api-remittance", "GET", "403 403 Y 404 Y Y 403 Y 403 401", PAYMENT, scope=REMITTANCES),
    Row("api-remittance-accept", "POST", "403 403 Y 404 Y 403 403 403 403 401", UNBALANCED, REASON, scope=REMITTANCES),
    Row("api-remittances-waiting", "GET", "403 403 Y Y Y Y 403 Y 403 401", scope=REMITTANCES),
    Row("api-remittances-takebacks", "GET", "403 403 Y Y Y Y 403 Y 403 401", scope=REMITTANCES),
    Row("api-remittance-takeback", "GET", "403 403 Y 404 Y Y 403 Y 403 401", TAKEBACK, scope=REMITTANCES),
    Row(
        "api-remittance-takeback-divide",
        "POST",
        "403 403 Y 404 Y 403 403 Y 403 401",
        TAKEBACK,
        _divided,
        scope=REMITTANCES,
    ),
    Row(
        "api-remittance-takeback-aside",
        "POST",
        "403 403 Y 404 Y 403 403 Y 403 401",
        TAKEBACK,
        REASON,
        scope=REMITTANCES,
    ),
    Row("api-remittance-claim", "GET", "403 403 Y 404 Y Y 403 Y 403 401", CLAIM, scope=REMITTANCES),
    Row(
        "api-remittance-claim-match",
        "POST",
        "403 403 Y 404 Y 403 403 Y 403 401",
        UNMATCHED,
        lambda w: {"session": w.rows["session"].external_id, "reason": "Looked up."},
        scope=REMITTANCES,
    ),
    Row(
        "api-remittance-claim-aside", "POST", "403 403 Y 404 Y 403 403 Y 403 401", UNMATCHED, REASON, scope=REMITTANCES
    ),
    Row(
        "api-attribution-preview",
        "POST",
        "Y Y Y Y Y Y 403 Y 403 401",
        body=fixed({"eligibility_shown": "active"}),
        scope=READ,
    ),
    Row(
        "api-deadline-preview",
        "GET",
        "Y Y Y Y Y Y Y Y Y 401",
        query="delivered_at=2026-11-24T13:00:00-05:00&time_zone=America/New_York",
        scope=READ,
    ),
    Row(
        "api-deadline-preview",
        "POST",
        "Y Y Y Y Y Y Y Y Y 401",
        body=fixed({"delivered_at": "2026-11-24T13:00:00-05:00", "time_zone": "America/New_York"}),
        scope=READ,
    ),
    Row("api-proposed-adjustments", "GET", "Y Y Y Y Y Y 403 Y 403 401", scope=READ),
    Row("api-proposed-adjustment", "GET", "Y 404 Y 404 Y Y 403 Y 403 401", ADJUSTMENT, scope=READ, delegates="403 403"),
    Row(
        "api-adjustment-confirmation",
        "POST",
        "403 403 Y 404 Y 403 403 Y 403 401",
        ADJUSTMENT,
        fixed({"done": "posted", "reference": "GL-1"}),
        scope=WRITE,
    ),
)

ROWS = PAGES + API
