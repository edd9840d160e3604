"""The appointment is stated as cancelled or missed, and the session was submitted all the same.

Source: Headway billing and documentation reviews: a session that did not take place is not billed to insurance; a fee
for a missed appointment is the client's own. The calendar may itself be wrong.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NETWORK_REVIEWS
from clawguard.domain.checks.stated import group
from clawguard.domain.facts import SessionFacts

_WORDS = {"cancelled": "canceled", "no_show": "missed by the client"}


@check(
    id="CG517",
    version=1,
    title="Appointment canceled or missed",
    category="who may bill",
    scope="facts",
    severity=Severity.ERROR,
    source=NETWORK_REVIEWS,
    needs=Needs.FACTS,
    suggested_step="Compare the calendar with the note; if the session took place, correct the calendar.",
    provider_message=(
        "Our calendar shows that this appointment did not take place. If it did, please tell us; if not, please "
        "withdraw the session."
    ),
    request_items=("progress_note", "explanation"),
)
def did_not_take_place(session: SessionFacts, context: Context) -> Iterator[Finding]:
    stated = group(context, "appointment")
    status = stated.get("status")
    words = _WORDS.get(status) if isinstance(status, str) else None
    if words is None:
        return
    at = stated.get("at")
    yield did_not_take_place.finding(
        session,
        f"The calendar shows the appointment as {words}.",
        evidence={"status": str(status), "at": at if isinstance(at, str) else None},
    )
