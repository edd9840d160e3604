"""More units of a code than one day allows.

Source: CMS NCCI medically unlikely edits (limit and rule per code, 2024-07-01) and Novitas psychotherapy billing: one
unit of individual therapy per day outside partial hospitalisation, although the federal limit is two. A network or
payer may set a stricter limit for a code. Medicare's limit of none for 99408 and 99409 says only that it has codes of
its own for these talks (CG208); Medicaid and private payers pay them.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.neighbours import at_another_time, same_visit_day
from clawguard.domain.checks.pairing import said_apart
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import NCCI_UNITS
from clawguard.domain.codesets import variant_for
from clawguard.domain.codesets.groups import ABA, TIERS
from clawguard.domain.codesets.official import NO_TABLES
from clawguard.domain.codesets.procedure_table import where
from clawguard.domain.codesets.units import UnitLimit
from clawguard.domain.facts import ServiceLineFacts, SessionFacts

_NEVER_PAID = where(lambda procedure: procedure.daily_units == 0)
_PARTIAL_HOSPITAL = "52"
_MEDICARE_HAS_ITS_OWN = frozenset({"99408", "99409"})
_PER_LINE, _ABSOLUTE = 1, 2
_FIRMNESS = {
    _PER_LINE: "which each line counts for itself",
    _ABSOLUTE: "which cannot be raised",
}
_BY_RECORDS = "which only records can raise"
_FEDERAL = ("medicare", "medicaid")


@check(
    id="CG204",
    version=4,
    title="More units than one day allows",
    category="pairs",
    scope="same day",
    severity=Severity.ERROR,
    source=NCCI_UNITS,
    reads=("date_of_service", "payer_kind", "place_of_service", "policy", "same_visit"),
    suggested_step="Correct the units, or ask for the notes that support each of them.",
    provider_message=(
        "More units are billed than one day allows for this code. Correct the units, or send the notes that describe "
        "each service."
    ),
    request_items=("progress_note", "explanation"),
)
def units_per_day(session: SessionFacts, context: Context) -> Iterator[Finding]:
    if _one_of_one(session, context):
        return
    told: set[str] = set()
    variant = variant_for(session.payer_kind)
    for line in session.service_lines:
        if line.code in told:
            continue
        told.add(line.code)
        limit = context.tables.units(line.code, session.date_of_service, variant)
        units, related = _billed_units(session, context, line, limit)
        verdict = _verdict(line.code, units, limit, session, context)
        if verdict is None:
            continue
        severity, most, reason = verdict
        yield units_per_day.finding(
            session,
            f"{units} {'unit' if units == 1 else 'units'} of {line.code} on one day; {reason}",
            evidence={
                "code": line.code,
                "units": units,
                "limit": most,
                "unit_rule": limit.rule if limit else None,
                "table": limit.table if limit else None,
            },
            line=line,
            severity=severity,
            related=related,
        )


def _one_of_one(session: SessionFacts, context: Context) -> bool:
    """The common case, told cheaply: one unit on one line, nothing beside it, and a code that may be billed once."""
    lines = session.service_lines
    return (
        len(lines) == 1
        and lines[0].units == 1
        and not context.same_day
        and context.tables.official is NO_TABLES
        and lines[0].code not in context.tables.codes(_NEVER_PAID)
    )


def _billed_units(
    session: SessionFacts, context: Context, line: ServiceLineFacts, limit: UnitLimit | None
) -> tuple[int, tuple[str, ...]]:
    """Units that count against the limit, and the other sessions they come from.

    Another session with the same code and no mark is a duplicate, which CG603 tells; it is one problem, not two. Blocks
    of behaviour analysis at another time are none.
    """
    same = [each for each in session.service_lines if each.code == line.code]
    if limit is not None and limit.rule == _PER_LINE:
        return max(each.units for each in same), ()
    units = sum(each.units for each in same)
    related = []
    for other in same_visit_day(session, context) if context.same_day else ():
        again = line.code in context.tables.codes(ABA) and at_another_time(session, other)
        twins = [each for each in other.service_lines if each.code == line.code]
        more = sum(each.units for each in twins if again or said_apart(line, each, context.tables.modifiers))
        if more:
            units += more
            related.append(other.external_id)
    return units, tuple(related)


def _verdict(
    code: str, units: int, limit: UnitLimit | None, session: SessionFacts, context: Context
) -> tuple[Severity, int, str] | None:
    policy, most = context.policy(session), limit.units if limit else None
    own = policy.units_limit(code) if policy.units_a_day else None
    if most == 0 and _only_medicares(code, limit, session, context):
        most = None
    if most == 0:
        severity = Severity.ERROR if session.payer_kind in _FEDERAL else Severity.WARNING
        return severity, 0, "the code is not paid separately under the federal limits."
    if own is not None and units > own and (most is None or own < most):
        return Severity.ERROR, own, f"this payer accepts {own}."
    if limit is not None and most is not None and units > most:
        firm = _BY_RECORDS if limit.rule is None else _FIRMNESS.get(limit.rule, _BY_RECORDS)
        return Severity.ERROR, most, f"the limit is {most}, {firm}."
    usual = policy.therapy_units_a_day
    if code in context.tables.codes(TIERS) and units > usual and session.place_of_service != _PARTIAL_HOSPITAL:
        shown = "one unit of individual therapy a day is" if usual == 1 else f"up to {usual} units a day are"
        return Severity.WARNING, usual, f"{shown} usual outside partial hospitalization."
    return None


def _only_medicares(code: str, limit: UnitLimit | None, session: SessionFacts, context: Context) -> bool:
    """Whether a limit of none is Medicare's alone: Medicaid's own table, where it is loaded, speaks for Medicaid."""
    if code not in _MEDICARE_HAS_ITS_OWN or limit is None:
        return False
    return session.payer_kind != "medicaid" or limit.table == context.tables.procedures.core_name
