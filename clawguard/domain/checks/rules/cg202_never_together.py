"""Two codes that are never paid together are billed for one client, provider and day.

Source: CMS NCCI procedure-to-procedure edits with indicator 0. No modifier changes it; the code in the first column is
the one that is paid, and which of the two that is differs from pair to pair. A payer's own decision about a pair comes
before the table, in either direction.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity, exposure
from clawguard.domain.checks.neighbours import day_lines
from clawguard.domain.checks.pairing import same_provider_pairs
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NCCI_PAIRS
from clawguard.domain.facts import SessionFacts


@check(
    id="CG202",
    version=2,
    title="Codes that are never paid together",
    category="pairs",
    scope="same day",
    severity=Severity.ERROR,
    source=NCCI_PAIRS,
    needs=Needs.COMPANY,
    suggested_step="Keep the code that describes the service and remove the other; no modifier separates these two.",
    provider_message=(
        "Two codes on this day cannot both be billed. Please tell us which one describes the service, or correct the "
        "session."
    ),
    request_items=("progress_note", "explanation"),
)
def never_together(session: SessionFacts, context: Context) -> Iterator[Finding]:
    lines, policy = list(day_lines(session, context)), context.policy(session)
    told = set()
    for ruled in same_provider_pairs(session, lines, context.tables, policy):
        pair, paid, unpaid, by_payer = ruled
        if pair.separable or ruled.key in told:
            continue
        told.add(ruled.key)
        owner, line = unpaid
        other = paid[0] if owner is session else owner
        yield never_together.finding(
            session,
            _message(pair.first, pair.second, by_payer),
            evidence={
                "paid_code": None if by_payer else pair.first,
                "unpaid_code": pair.second,
                "modifier_allowed": False,
                "payer_rule": by_payer,
                "table": pair.table,
            },
            line=line if owner is session else paid[1],
            at_risk=exposure(owner, line),
            related=() if other is session else (other.external_id,),
        )


def _message(first: str, second: str, by_payer: bool) -> str:
    both = f"{first} and {second} are never paid together for one client on one day"
    return f"{both} by this payer." if by_payer else f"{both}; {first} would be paid."
