"""A client is evaluated again by the same provider within six months.

Source: BCBS Illinois psychotherapy policy: an evaluation is repeated after a break of six months, or when the client's
condition changed so much that it is a new one.
"""

import datetime as dt
from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import BCBSIL
from clawguard.domain.codesets.procedures import EVALUATION
from clawguard.domain.facts import SessionFacts

_MONTHS = 6
_DAYS = dt.timedelta(days=182)


@check(
    id="CG605",
    version=1,
    title="Evaluation repeated within six months",
    category="patterns",
    scope="history",
    severity=Severity.WARNING,
    source=BCBSIL,
    codes=EVALUATION,
    needs=Needs.HISTORY,
    suggested_step="Ask what made a new evaluation necessary.",
    provider_message=(
        "We have an earlier evaluation of this client. Please tell us what made a new one necessary; the note may "
        "say it."
    ),
    request_items=("progress_note", "explanation"),
)
def repeated_evaluation(session: SessionFacts, context: Context) -> Iterator[Finding]:
    day = session.date_of_service
    earlier = [
        each
        for each in context.history
        if each.provider_npi == session.provider_npi
        and day - _DAYS <= each.date_of_service < day
        and not each.codes.isdisjoint(EVALUATION)
    ]
    if not earlier:
        return
    last = max(earlier, key=lambda each: each.date_of_service)
    line = next(line for line in session.service_lines if line.code in EVALUATION)
    yield repeated_evaluation.finding(
        session,
        f"{line.code} again {(day - last.date_of_service).days} days after the evaluation on "
        f"{last.date_of_service.isoformat()}.",
        evidence={"code": line.code, "earlier": last.date_of_service.isoformat(), "months": _MONTHS},
        line=line,
        related=(last.external_id,),
    )
