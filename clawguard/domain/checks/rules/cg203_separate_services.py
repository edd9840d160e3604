"""Two codes that are paid together only as separate services are billed without showing that they were separate.

Source: CMS NCCI procedure-to-procedure edits with indicator 1: a modifier says the services were separate, and their
times must not overlap. A modifier alone is a statement; the times are what an auditor reads. Modifier 25 says it on a
visit, where 59 is not used; XP (another practitioner) and XS (another part of the body) do not describe two services of
one therapist, which is a choice of policy.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity, exposure
from clawguard.domain.checks.neighbours import day_lines
from clawguard.domain.checks.pairing import Billed, Ruled, same_provider_pairs
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NCCI_PAIRS
from clawguard.domain.checks.timing import line_interval, overlap_minutes
from clawguard.domain.codesets import CodeTables
from clawguard.domain.codesets.modifiers import ModifierTable
from clawguard.domain.codesets.procedure_table import of_kind
from clawguard.domain.facts import ServiceLineFacts, SessionFacts

_RANK = {Severity.WARNING: 0, Severity.ERROR: 1}
_VISITS = of_kind("em_new", "em_est", "telemedicine_em", "phone_em")


@check(
    id="CG203",
    version=3,
    title="Codes that need separate times",
    category="pairs",
    scope="same day",
    severity=Severity.ERROR,
    source=NCCI_PAIRS,
    needs=Needs.COMPANY,
    suggested_step="Ask for the start and stop times of each service; if they were separate, the modifier can say so.",
    provider_message=(
        "Two services on this day are only paid if they were separate. Send the notes with the start and stop times of "
        "each, and mark the second one as separate."
    ),
    request_items=("progress_note", "start_stop_times"),
)
def separate_services(session: SessionFacts, context: Context) -> Iterator[Finding]:
    lines, policy = list(day_lines(session, context)), context.policy(session)
    worst: dict[tuple[str, str, str, str], Finding] = {}  # of all repetitions of two codes
    for ruled in same_provider_pairs(session, lines, context.tables, policy):
        if ruled.pair.separable:
            found = _judge(session, ruled, policy.separate_modifiers, context.tables)
            before = worst.get(ruled.key)
            if found and (before is None or _RANK[found.severity] > _RANK[before.severity]):
                worst[ruled.key] = found
    yield from worst.values()


def _judge(session: SessionFacts, ruled: Ruled, accepted: frozenset[str], tables: CodeTables) -> Finding | None:
    pair, paid, unpaid, _ = ruled
    overlap = _overlap(paid, unpaid)
    marked = any(_mark(line, accepted, tables) for _, line in (paid, unpaid))
    if marked and overlap == 0:
        return None
    problem, severity = _problem(pair.first, pair.second, marked, overlap)
    owner, line = unpaid
    other = paid[0] if owner is session else owner
    return separate_services.finding(
        session,
        problem + _unfit(paid[1], unpaid[1], marked, tables.modifiers),
        evidence={
            "paid_code": pair.first,
            "unpaid_code": pair.second,
            "modifier_stated": marked,
            "overlap_minutes": overlap,
            "table": pair.table,
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


def _mark(line: ServiceLineFacts, accepted: frozenset[str], tables: CodeTables) -> bool:
    """Whether the line itself says that it was separate; either line may."""
    if line.code in tables.codes(_VISITS):
        return "25" in line.modifiers
    return not accepted.isdisjoint(line.modifiers)


def _unfit(one: ServiceLineFacts, other: ServiceLineFacts, marked: bool, modifiers: ModifierTable) -> str:
    """A modifier that was meant to say so, but does not."""
    stated = sorted(modifiers.separate.intersection((*one.modifiers, *other.modifiers)))
    return "" if marked or not stated else f" {stated[0]} does not say so here."


def _problem(first: str, second: str, marked: bool, overlap: int | None) -> tuple[str, Severity]:
    both = f"{first} and {second} on one day are paid only as separate services"
    if overlap:
        return f"{both}; their times overlap by {overlap} {'minute' if overlap == 1 else 'minutes'}.", Severity.ERROR
    if not marked:
        return f"{both}, and no modifier says that they were.", Severity.ERROR
    return f"{both}; a modifier says so, but separate times are not stated.", Severity.WARNING
