"""Two codes that are paid together only as separate services are billed without showing that they were separate.

Source: CMS NCCI procedure-to-procedure edits with indicator 1: a modifier says the services were separate, and their
times must not overlap. A modifier alone is a statement; the times are what an auditor reads.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity, exposure
from clawguard.domain.checks.neighbours import day_lines
from clawguard.domain.checks.pairing import Billed, same_provider_pairs
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NCCI_PAIRS
from clawguard.domain.checks.timing import line_interval, overlap_minutes
from clawguard.domain.codesets.pairs import PAIRED_CODES
from clawguard.domain.codesets.places import SEPARATE_MODIFIERS
from clawguard.domain.codesets.procedures import OFFICE_VISIT
from clawguard.domain.facts import SessionFacts


@check(
    id="CG203",
    version=1,
    title="Codes that need separate times",
    category="pairs",
    scope="same day",
    severity=Severity.ERROR,
    source=NCCI_PAIRS,
    codes=PAIRED_CODES,
    needs=Needs.COMPANY,
    suggested_step="Ask for the start and stop times of each service; if they were separate, the modifier can say so.",
    provider_message=(
        "Two services on this day are only paid if they were separate. Send the notes with the start and stop times of "
        "each, and mark the second one as separate."
    ),
    request_items=("progress_note", "start_stop_times"),
)
def separate_services(session: SessionFacts, context: Context) -> Iterator[Finding]:
    lines = list(day_lines(session, context))
    for pair, paid, unpaid in same_provider_pairs(session, lines, context.tables):
        if not pair.separable:
            continue
        overlap = _overlap(paid, unpaid)
        marked = _marked_separate(paid, unpaid)
        if marked and overlap == 0:
            continue
        problem, severity = _problem(pair.first, pair.second, marked, overlap)
        owner, line = unpaid
        other = paid[0] if owner is session else owner
        yield separate_services.finding(
            session,
            problem,
            evidence={
                "paid_code": pair.first,
                "unpaid_code": pair.second,
                "modifier_stated": marked,
                "overlap_minutes": overlap,
            },
            line=line if owner is session else paid[1],
            severity=severity,
            at_risk=exposure(owner, line),
            related=() if other is session else (other.external_id,),
        )


def _overlap(one: Billed, other: Billed) -> int | None:
    """Whole minutes that both services claim, rounded up; ``None`` when either has no interval of its own."""
    first, second = line_interval(*one), line_interval(*other)
    if first is None or second is None:
        return None
    return -int(-overlap_minutes(first, second) // 1)


def _marked_separate(one: Billed, other: Billed) -> bool:
    """Either line may carry the mark; on an office visit modifier 25 says the same."""
    return any(
        not SEPARATE_MODIFIERS.isdisjoint(line.modifiers) or (line.code in OFFICE_VISIT and "25" in line.modifiers)
        for _, line in (one, other)
    )


def _problem(first: str, second: str, marked: bool, overlap: int | None) -> tuple[str, Severity]:
    both = f"{first} and {second} on one day are paid only as separate services"
    if overlap:
        return f"{both}; their times overlap by {overlap} minutes.", Severity.ERROR
    if not marked:
        return f"{both}, and no modifier says that they were.", Severity.ERROR
    return f"{both}; a modifier says so, but separate times are not stated.", Severity.WARNING
