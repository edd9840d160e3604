"""What each event says on a timeline. The log stores facts; the words live here, so that they can be made better.

What is said of notes requests stands in ``notes.event_words``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clawguard.domain.attribution.comparing import Doubt
from clawguard.domain.promises import OUTCOME_LABELS, Outcome
from clawguard.ui import words
from disputes.proposal_words import DOUBTS
from disputes.wording import PARTY_WORDS
from notes import event_words as notes
from notes.event_words import UNKNOWN, Words

WORDS: dict[str, Words] = {
    "session.submitted": Words("The session was submitted", folded=True),
    "session.corrected": Words("The session was corrected", tone="us"),
    "finding.confirmed": Words("confirmed a finding", provider=False),
    "finding.dismissed": Words("dismissed a finding", provider=False),
    "finding.cleared": Words("A correction cleared a finding", folded=True, provider=False),
    "finding.overturned": Words("A finding was overturned on appeal", provider=False),
    "finding.restored": Words("took up a finding again", provider=False),
    **notes.WORDS,
    "dispute.opened": Words("A client's dispute came in"),
    "dispute.delivered": Words("The dispute was shown to the provider", folded=True),
    "dispute.undeliverable": Words("The dispute could not be delivered", tone="late", provider=False),
    "dispute.bounced": Words("A mail about the dispute came back", tone="late", provider=False),
    "dispute.handed_over": Words("handed the dispute to a delegate"),
    "dispute.taken_back": Words("took the dispute back from the delegate"),
    "dispute.viewed": Words("opened the dispute", folded=True),
    "dispute.answered": Words("answered the dispute", tone="us"),
    "dispute.conceded": Words("let the fee go", tone="settled"),
    "dispute.evidence_added": Words("added evidence"),
    "dispute.file_opened": Words("opened a file", folded=True, provider=False),
    "library.kept": Words("added to the library", provider=False),
    "library.retired": Words("retired something of the library", provider=False),
    "library.file_opened": Words("opened a file of the library", folded=True, provider=False),
    "dispute.file_locked": Words("A file was locked away unread", tone="late"),
    "case.file_opened": Words("opened a file", folded=True, provider=False),
    "dispute.destruction_asked": Words("asked to destroy a file that was locked away", provider=False),
    "dispute.destruction_agreed": Words("agreed to destroy a file that was locked away", provider=False),
    "dispute.file_destroyed": Words("A file that was locked away was destroyed, unread", tone="us"),
    "case.destruction_asked": Words("asked to destroy a file that was locked away", provider=False),
    "case.destruction_agreed": Words("agreed to destroy a file that was locked away", provider=False),
    "case.file_destroyed": Words("A file that was locked away was destroyed, unread", tone="us", provider=False),
    "dispute.reason_set": Words("put the reason of the dispute right", folded=True),
    "dispute.client_link_made": Words("made a link for the client", folded=True, provider=False),
    "dispute.client_link_ended": Words("ended the client's link", folded=True, provider=False),
    "dispute.client_told": Words("The client told their side"),
    "dispute.lapsed": Words("The answer time of the dispute ended without an answer", tone="late"),
    "dispute.withdrawn": Words("The client withdrew the dispute"),
    "dispute.withdrawal_told": Words("A mail told that nothing is owed any more about the dispute"),
    "dispute.decided": Words("decided the dispute", tone="settled"),
    "dispute.outage_counted": Words("An outage of our pages was counted; the answer to the dispute has more time"),
    "case.outage_counted": Words("An outage of our pages was counted; the answer has more time", tone="us"),
    "case.appeal_outage_counted": Words("An outage of our pages was counted; there is more time to appeal", tone="us"),
    "case.opened": Words("The case was opened"),
    "case.assigned": Words("assigned the case", provider=False),
    "case.fact_added": Words("added a fact", provider=False),
    "case.fact_withdrawn": Words("took back a fact", provider=False),
    "case.date_passed": Words("A date passed that the facts depend on", folded=True, provider=False),
    "case.attributed": Words("The facts were weighed again", folded=True, provider=False),
    "case.notice_delivered": Words("The notice was delivered; the answer time runs", tone="you"),
    "case.notice_undeliverable": Words("The notice could not be delivered; no clock runs", tone="late", provider=False),
    "case.notice_came_back": Words(
        "The mail with the notice came back; no clock ran, and nobody was late", tone="late", provider=False
    ),
    "case.bounced": Words("A mail about the case came back", tone="late", provider=False),
    "case.decision_told_again": Words("mailed the decision again; the time to appeal begins anew", tone="us"),
    "case.appeal_began_anew": Words(
        "The decision reached its reader only now; the time to appeal begins anew", tone="us"
    ),
    "case.letter_written": Words("A letter was written", folded=True),
    "case.message_posted": Words("wrote in the conversation"),
    "case.answered": Words("answered", tone="us"),
    "case.answered_during_second_look": Words("answered after the answer time", tone="us"),
    "case.answer_lapsed": Words("The answer time ended without an answer", tone="late"),
    "case.decision_proposed": Words("proposed a decision for a second look", provider=False),
    "case.decision_returned": Words("sent the proposed decision back", provider=False),
    "case.decided": Words("The case was decided", tone="settled"),
    "case.adjustment_proposed": Words("An adjustment was proposed", tone="settled"),
    "case.adjustment_confirmed": Words("recorded what the accounting system did", tone="settled"),
    "case.pack_differs": Words("The present rules would say otherwise", tone="us", provider=False),
    "case.pack_asked": Words("asked for an evidence pack", provider=False),
    "case.pack_made": Words("An evidence pack was made", folded=True, provider=False),
    "case.pack_taken": Words("took an evidence pack", provider=False),
    "case.takeback_told": Words("The payer moved money of this session", tone="us"),
    "case.decision_doubted": Words("The decision no longer fits the facts", tone="late", provider=False),
    "case.appealed": Words("appealed the decision", tone="appeal"),
    "case.closed": Words("closed the case", tone="settled"),
}


def for_provider(name: str, payload: Mapping[str, Any]) -> bool:
    """Whether the provider may read this entry of their own case."""
    return WORDS.get(name, UNKNOWN).provider and not payload.get("internal")


def detail(name: str, payload: Mapping[str, Any]) -> str:
    """The facts of an event that belong beside its words: codes, dates, amounts and stated reasons."""
    if name in {"case.decided", "case.decision_proposed"}:
        return _decided(payload)
    if name == "case.decision_returned" and payload.get("withdrawn"):
        return "whoever proposed it withdrew it"
    if name == "case.adjustment_proposed":
        return words.money(payload["amount"])
    if name == "case.adjustment_confirmed":
        return "posted" if payload["done"] == "posted" else "not posted"
    if name in {"case.fact_added", "case.fact_withdrawn"}:
        return str(payload.get("name", "")).replace("_", " ")
    if name == "case.pack_differs":
        return _differing(payload)
    if name == "case.takeback_told":
        return ", ".join(f"{part} {words.money(payload[part])}" for part in ("taken", "restored", "open"))
    if name == "case.decision_doubted":
        return DOUBTS[Doubt(payload["why"])]
    if name == "case.message_posted" and payload.get("internal"):
        return "internal note"
    return notes.detail(name, payload)


def _differing(payload: Mapping[str, Any]) -> str:
    parts = [("would be found: ", payload["new"]), ("would not be found: ", payload["gone"])]
    told = "; ".join(f"{words}{', '.join(checks)}" for words, checks in parts if checks)
    return f"Nothing was reopened by this. With rule pack {payload['pack'][:8]} {told}"


def _decided(payload: Mapping[str, Any]) -> str:
    parts = [PARTY_WORDS[payload["party"]], OUTCOME_LABELS[Outcome(payload["outcome"])]]
    return " · ".join([*parts, words.money(payload["amount"])] if payload.get("amount") else parts)
