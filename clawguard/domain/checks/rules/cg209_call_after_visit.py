"""A phone call is billed within the days that still belong to an earlier visit.

Source: the definition of the phone codes (98966 to 98968, before 2025 also 99441 to 99443) and of the short check-in: a
call about a visit of the seven days before is part of that visit. Whether the call was about it, only the note tells.
One of the same day is told by CG212.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import PHONE_CODES
from clawguard.domain.codesets.groups import CALLS
from clawguard.domain.facts import SessionFacts


@check(
    id="CG209",
    version=1,
    title="Phone call that may belong to a visit",
    category="pairs",
    scope="history",
    severity=Severity.WARNING,
    source=PHONE_CODES,
    codes=CALLS,
    needs=Needs.HISTORY,
    back=lambda policy: policy.phone_call_after_visit_days,
    suggested_step="Ask what the call was about; a call about the earlier visit is part of it.",
    provider_message=(
        "A call about a visit of the days before is part of that visit. Please tell us what this call was about, or "
        "send the note."
    ),
    request_items=("progress_note", "explanation"),
)
def call_after_visit(session: SessionFacts, context: Context) -> Iterator[Finding]:
    days = context.policy(session).phone_call_after_visit_days
    calls = context.tables.codes(CALLS)
    visits = [
        earlier
        for earlier in context.history
        if earlier.provider_npi == session.provider_npi
        and 0 < (session.date_of_service - earlier.date_of_service).days <= days
        and not earlier.codes <= calls
    ]
    if not visits:
        return
    last = max(visits, key=lambda visit: (visit.date_of_service, visit.external_id))
    ago = (session.date_of_service - last.date_of_service).days
    for line in session.service_lines:
        if line.code in calls:
            yield call_after_visit.finding(
                session,
                f"{line.code} is billed {ago} {'day' if ago == 1 else 'days'} after a visit; "
                f"a call about a visit of the {days} days before is part of it.",
                evidence={"code": line.code, "days_after": ago, "days": days},
                line=line,
                related=(last.external_id,),
            )
