"""A client is evaluated again by the same provider without a break since the last contact.

Source: BCBS Illinois psychotherapy policy: an evaluation is repeated after a break of six months, or when the client's
condition changed so much that it is a new one. Calendar months count, by the policy's number of them: after a contact
on 18 September the break is there on 18 March. Any session is a contact. Where the earlier evaluation is a year old,
nothing is said: a yearly one is usual.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import BCBSIL
from clawguard.domain.codesets.groups import EVALUATION
from clawguard.domain.facts import SessionFacts
from clawguard.domain.months import months_later

_YEAR = 12  # months
_MOST_DAYS = 365  # of history: in a leap year the day after the same day of the last year is that far away


@check(
    id="CG605",
    version=3,
    title="Evaluation repeated without a break",
    category="patterns",
    scope="history",
    severity=Severity.WARNING,
    source=BCBSIL,
    codes=EVALUATION,
    needs=Needs.HISTORY,
    back=lambda policy: _MOST_DAYS if policy.evaluation_break_months else 0,
    suggested_step="Ask what made a new evaluation necessary.",
    provider_message=(
        "We have an earlier evaluation of this client. Please tell us what made a new one necessary; the note may "
        "say it."
    ),
    request_items=("progress_note", "explanation"),
)
def repeated_evaluation(session: SessionFacts, context: Context) -> Iterator[Finding]:
    day, evaluation = session.date_of_service, context.tables.codes(EVALUATION)
    months, year_ago = context.policy(session).evaluation_break_months, months_later(day, -_YEAR)
    earlier = [
        each
        for each in context.history
        if each.provider_npi == session.provider_npi and year_ago < each.date_of_service < day
    ]
    evaluations = [each for each in earlier if not each.codes.isdisjoint(evaluation)]
    contact = max((each.date_of_service for each in earlier), default=None)
    if not evaluations or contact is None or months_later(contact, min(months, _YEAR)) <= day:
        return
    last = max(evaluations, key=lambda each: each.date_of_service)
    line = next(line for line in session.service_lines if line.code in evaluation)
    since = (day - last.date_of_service).days
    met = "" if contact == last.date_of_service else f"; the client was last seen {(day - contact).days} days before"
    yield repeated_evaluation.finding(
        session,
        f"{line.code} again {since} days after the evaluation on {last.date_of_service.isoformat()}{met}.",
        evidence={
            "code": line.code,
            "earlier": last.date_of_service.isoformat(),
            "last_contact": contact.isoformat(),
            "months": months,
        },
        line=line,
        related=(last.external_id,),
    )
