"""What whoever tries the demo finds in its conversations: a kept policy, a client's link, a wording, a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from reportlab.platypus import Flowable

from clawguard.accounts.actors import Actor
from clawguard.demo.cast import Cast
from clawguard.domain.lifecycles import CaseState, DisputeState
from clawguard.ui import paper
from disputes import services as cases
from disputes.models import Case, Dispute, LibraryItem
from disputes.selectors.filled_templates import ready_for

TITLE = "Cancellation policy, January 2026"
POLICY = {"version": "January 2026", "notice_hours": 24, "fee": "75.00"}
WORDS = (
    "A session can be canceled without a fee until 24 hours before it begins.",
    "After that, and when nobody comes, the fee is $75.00. Illness and emergencies are looked at one by one.",
    "The policy is shown when a session is booked, and agreed to there.",
)
CALENDAR = (
    "Practice calendar, exported for one day\n\n"
    "10:00 room ready\n10:02 session begins\n10:55 session ends\n11:00 notes\n"
)
QUESTION = "My calendar of that day is attached. Is there anything else you need from me?"


def set_the_table(cast: Cast, moment: dt.datetime) -> None:
    """One conversation with a wording and a file, one dispute with a document and a link for its client."""
    rui = cast.staff["rui"]
    item = _policy(rui, moment)
    _converse(cast, rui, moment)
    dispute = Dispute.objects.filter(status=DisputeState.OPEN).order_by("opened_at", "pk").first()
    if dispute is not None:
        cases.use_library_item(rui, dispute.pk, item.pk, moment)
        cases.issue_client_link(rui, dispute.pk, moment)


def _policy(rui: Actor, moment: dt.datetime) -> LibraryItem:
    upload = cases.Upload("policy.pdf", [paper.document(TITLE, "The network", _pages())])
    new = cases.NewItem("policy", TITLE, POLICY, dt.date(moment.year, 1, 1))
    return cases.keep_item(rui, new, moment, upload)


def _pages() -> Iterator[Flowable]:
    """Drawn one by one, once the document has its fonts."""
    yield paper.heading(TITLE)
    yield from (paper.text(words) for words in WORDS)


def _converse(cast: Cast, rui: Actor, moment: dt.datetime) -> None:
    """In a case of the demo's own provider where there is one, since that is whom people sign in as."""
    own = next(iter(cast.providers))
    rows = Case.objects.filter(status=CaseState.IN_CONVERSATION, provider__npi__in=cast.providers)
    case = min(rows.select_related("provider"), key=lambda row: (row.provider.npi != own, row.pk), default=None)
    if case is None:
        return
    ready = ready_for(rui, case, "answer_waits")
    cases.post_message(rui, case.pk, ready.text, moment, begun=cases.Begun(ready.name, ready.version))
    provider = cast.providers[case.provider.npi]
    cases.attach_to_case(provider, case.pk, "calendar.txt", [CALENDAR.encode()], moment)
    cases.post_message(provider, case.pk, QUESTION, moment, question=True, chosen=None)
