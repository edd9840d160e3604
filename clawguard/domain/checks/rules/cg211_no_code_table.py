"""Pairs, add-on codes or units could not be checked, because no table covers the date of service.

Source: CMS NCCI tables: each is judged by on the date of service. Our core facts begin on 2024-07-01; for a day before
it the operator loads the official tables. Silence would look like approval.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import ZERO, Finding, Party, Severity
from clawguard.domain.checks.neighbours import same_visit_day
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import NCCI_PAIRS
from clawguard.domain.codesets import TableKind, variant_for
from clawguard.domain.codesets.groups import ADD_ONS
from clawguard.domain.facts import SessionFacts

_NAMES = {
    TableKind.PAIRS: "pairs of codes",
    TableKind.ADD_ONS: "add-on codes",
    TableKind.UNITS: "units a day",
}


@check(
    id="CG211",
    version=1,
    title="Pairs or units could not be checked",
    category="pairs",
    scope="same day",
    severity=Severity.INFO,
    source=NCCI_PAIRS,
    party=Party.OPEN,
    reads=("date_of_service", "payer_kind", "same_visit"),
    suggested_step="Load the official table for this date, then screen again.",
    provider_message="We could not check yet how the codes of this day go together. Nothing is needed from you.",
)
def no_code_table(session: SessionFacts, context: Context) -> Iterator[Finding]:
    day, variant = session.date_of_service, variant_for(session.payer_kind)
    asked = (kind for kind in _NAMES if context.tables.answering(kind, day, variant) is None)
    missing = [_NAMES[kind] for kind in asked if _bears_on(kind, session, context)]
    if missing:
        yield no_code_table.finding(
            session,
            f"No table covers {day.isoformat()} for {' and '.join(missing)}; these were not checked.",
            evidence={"date_of_service": day.isoformat(), "not_covered": missing},
            at_risk=ZERO,
        )


def _bears_on(kind: TableKind, session: SessionFacts, context: Context) -> bool:
    """Whether the table would have been asked about this session: one unit of one code alone needs none."""
    if kind is TableKind.ADD_ONS:
        return not session.codes.isdisjoint(context.tables.codes(ADD_ONS))
    if kind is TableKind.UNITS:
        return any(line.units > 1 for line in session.service_lines)
    return len(session.service_lines) > 1 or bool(same_visit_day(session, context))
