"""States of a request in the words people read, by who reads them: the same in pages, mails and the API."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from clawguard.accounts.actors import Actor
from clawguard.domain.lifecycles import RequestState
from clawguard.ui.words import STATE_WORDS
from notes.models import NotesRequest
from notes.models.request import ENDED

UPLOAD_HINT = "PDF, Word, photo or scan, plain text, or an export of your record system, up to {} MB each"
# A kindness to whoever chooses; what a file is, its content says. "image/*" is what opens a phone's camera.
UPLOAD_TYPES = "application/pdf,image/*,.heic,.heif,.docx,.txt,.md,.json,.xml"
STATUS_WORDS = {
    RequestState.REQUESTED: "being delivered",
    RequestState.UNDELIVERABLE: "not delivered yet",
    RequestState.OPEN: "",  # whose turn it is says it all
    RequestState.ANSWERED: "answered",
    RequestState.LAPSED: "answer time is over",
    RequestState.ANSWERED_LATE: "answered late",
    RequestState.WITHDRAWN: "withdrawn",
    RequestState.ACCEPTED: "accepted",
    RequestState.RETURNED: "a part asked again",
}
UNDELIVERABLE_WORDS = {
    "no_person": "Nobody signs in for this provider. Ask an administrator to invite them, then deliver it again.",
    "mail_refused": "The mail server refused the provider's address. Check the address, then deliver it again.",
    "mail_bounced": "The mail came back. Check the address, then deliver it again; the clock starts anew.",
    "time_zone": "The provider's time zone is not known. Correct it, then deliver it again.",
}
LAPSED_UNSEEN = (
    "The mail that asked came back, which came to light after the answer time. The provider was not late: nothing "
    "reached them. Check the address, then ask again; the clock starts anew."
)


def undeliverable(row: NotesRequest) -> str:
    """Why nothing reached the provider, and what to do; empty where something did."""
    return LAPSED_UNSEEN if row.lapsed_at and row.came_back else UNDELIVERABLE_WORDS.get(row.undeliverable_reason, "")


def state(actor: Actor, row: NotesRequest, now: dt.datetime) -> str:
    """The key of ``STATE_WORDS`` that fits: whose turn it is, or how it ended."""
    waits = row.status in (RequestState.OPEN, RequestState.LAPSED)
    if waits and row.is_over(now):
        return "late"
    if waits and row.paused_at is not None:
        return "waiting_on_us"  # the page says that the clock is paused
    if waits:
        return "waiting_on_you" if actor.answers else "waiting_on_provider"
    if row.status in ENDED:
        return "decided"
    return "waiting_on_us"


def state_label(actor: Actor, row: NotesRequest, now: dt.datetime) -> str:
    return STATE_WORDS[state(actor, row, now)].word


def upload_words() -> dict[str, str]:
    """What upload wells say of what they take."""
    most = settings.UPLOAD_MAX_BYTES // (1024 * 1024)
    return {"upload_types": UPLOAD_TYPES, "upload_hint": UPLOAD_HINT.format(most)}
