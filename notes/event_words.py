"""What each event of a notes request says on a timeline. The log stores facts; the words live here.

``provider`` marks what a provider may read of their own: what was asked, said and decided, not who was assigned.
``folded`` marks automatic steps that a page folds away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from notes import quarantine
from notes.models import PauseReason


@dataclass(frozen=True, slots=True)
class Words:
    verb: str
    tone: str = ""
    folded: bool = False
    provider: bool = True


UNKNOWN = Words("Something happened", folded=True, provider=False)
WORDS: dict[str, Words] = {
    "notes.requested": Words("Documents were asked for", tone="you"),
    "notes.delivered": Words("The request for documents was delivered", folded=True),
    "notes.undeliverable": Words("The request for documents could not be delivered", tone="late", provider=False),
    "notes.received": Words("answered the request for documents", tone="us"),
    "notes.lapsed": Words("The answer time for documents ended without an answer", tone="late"),
    "notes.withdrawn": Words("withdrew the request for documents"),
    "notes.accepted": Words("accepted the documents", tone="settled"),
    "notes.returned": Words("asked for a part of the answer again", tone="you"),
    "notes.review_reopened": Words("looks at the answer once more", tone="us"),
    "notes.item_received": Words("A document arrived", folded=True),
    "notes.item_accepted": Words("accepted a document", provider=False),
    "notes.item_returned": Words("asked for one document again"),
    "notes.extended": Words("gave more time for the documents"),
    "notes.paused": Words("paused the clock for the documents", tone="us"),
    "notes.resumed": Words("let the clock for the documents run again", tone="you"),
    "notes.outage_counted": Words("An outage of our pages was counted; the documents have more time", tone="us"),
    "notes.lapse_excused": Words(
        "An outage of our pages was recorded after the answer time: an answer in the time it leaves is in time",
        tone="us",
    ),
    "notes.outage_told": Words("A mail told of the outage", folded=True),
    "notes.reminder_due": Words("A reminder was sent", folded=True),
    "notes.added": Words("added to the answer"),
    "notes.bounced": Words("A mail about the request came back", tone="late", provider=False),
    "notes.extension_asked": Words("asked for more time"),
    "notes.extension_declined": Words("gave no more time for the documents"),
    "notes.question_asked": Words("asked about the request"),
    "notes.file_stored": Words("chose a file for the answer", folded=True),
    "notes.file_sent": Words("sent a file", folded=True),
    "notes.file_reading_continued": Words("A file was read on", folded=True, provider=False),
    "notes.file_quarantined": Words("Something that was sent was locked away", tone="late"),
    "notes.file_removed": Words("removed a file before sending", folded=True),
    "notes.replied": Words("answered a question about the request"),
    "notes.release_asked": Words("asked to release a file that was locked away", provider=False),
    "notes.file_released": Words("released a file that was locked away, unread", tone="us"),
    "notes.destruction_asked": Words("asked to destroy a file that was locked away", provider=False),
    "notes.destruction_agreed": Words("agreed to destroy a file that was locked away", provider=False),
    "notes.file_destroyed": Words("A file that was locked away was destroyed, unread", tone="us"),
    "notes.text_destruction_asked": Words("asked to destroy a text that was locked away", provider=False),
    "notes.text_destruction_agreed": Words("agreed to destroy a text that was locked away", provider=False),
    "notes.text_destroyed": Words("A text that was locked away was destroyed, unread", tone="us"),
    "notes.handed_over": Words("handed the request to a delegate"),
    "notes.covered": Words("A delegate may answer during the provider's absence", folded=True),
    "notes.taken_back": Words("took the request back from the delegate"),
    "notes.viewed": Words("opened the request for documents", folded=True),
}
UNDELIVERED = {
    "no_person": "nobody signs in for this provider",
    "mail_refused": "the mail server refused the address",
    "mail_bounced": "the mail came back",
    "time_zone": "the time zone of the provider is not known",
}


def detail(name: str, payload: Mapping[str, Any]) -> str:
    """The facts of an event that belong beside its words."""
    reason = str(payload.get("reason", ""))
    if name == "notes.paused":
        return str(PauseReason(reason).label)
    if name == "notes.file_quarantined":
        return quarantine.words(reason).short if reason else ""
    if name == "notes.undeliverable":
        return UNDELIVERED.get(reason, reason)
    return "after the answer time; kept and weighed" if payload.get("late") else reason
