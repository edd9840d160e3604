"""More units of a code than one day allows.

Source: CMS NCCI medically unlikely edits (limit and rule per code, 2024-07-01) and Novitas psychotherapy billing: one
unit of individual therapy per day outside partial hospitalisation, although the federal limit is two. A network or
payer may set a stricter limit for a code.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.neighbours import same_visit_day
from clawguard.domain.checks.pairing import said_apart
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import NCCI_UNITS
from clawguard.domain.codesets import Policy, Procedure
from clawguard.domain.codesets.procedures import PROCEDURES, TIERS
from clawguard.domain.facts import ServiceLineFacts, SessionFacts

_CODES = frozenset(code for code, procedure in PROCEDURES.items() if procedure.daily_units is not None)
_PARTIAL_HOSPITAL = "52"
_PER_LINE, _ABSOLUTE = 1, 2
_FIRMNESS = {
    _PER_LINE: "which each line counts for itself",
    _ABSOLUTE: "which cannot be raised",
    3: "which only records can raise",
    None: "which only records can raise",
}
_FEDERAL = ("medicare", "medicaid")


@check(
    id="CG204",
    version=2,
    title="More units than one day allows",
    category="pairs",
    scope="same day",
    severity=Severity.ERROR,
    source=NCCI_UNITS,
    codes=_CODES,
    suggested_step="Correct the units, or ask for the notes that support each of them.",
    provider_message=(
        "More units are billed than one day allows for this code. Correct the units, or send the notes that describe "
        "each service."
    ),
    request_items=("progress_note", "explanation"),
)
def units_per_day(session: SessionFacts, context: Context) -> Iterator[Finding]:
    told: set[str] = set()
    policy = context.policy(session)
    for line in session.service_lines:
        procedure = context.tables.procedure(line.code)
        if procedure is None or procedure.daily_units is None or line.code in told:
            continue
        told.add(line.code)
        units, related = _billed_units(session, context, line, procedure)
        verdict = _verdict(procedure, units, session, policy)
        if verdict is None:
            continue
        severity, limit, reason = verdict
        yield units_per_day.finding(
            session,
            f"{units} {'unit' if units == 1 else 'units'} of {line.code} on one day; {reason}",
            evidence={"code": line.code, "units": units, "limit": limit, "unit_rule": procedure.unit_rule},
            line=line,
            severity=severity,
            related=related,
        )


def _billed_units(
    session: SessionFacts, context: Context, line: ServiceLineFacts, procedure: Procedure
) -> tuple[int, tuple[str, ...]]:
    """Units that count against the limit, and the other sessions they come from.

    Another session with the same code and no mark is a duplicate, which CG603 tells; it is one problem, not two.
    """
    if procedure.unit_rule == _PER_LINE:
        return line.units, ()
    units = sum(each.units for each in session.service_lines if each.code == line.code)
    related = []
    for other in same_visit_day(session, context):
        more = sum(each.units for each in other.service_lines if each.code == line.code and said_apart(line, each))
        if more:
            units += more
            related.append(other.external_id)
    return units, tuple(related)


def _verdict(
    procedure: Procedure, units: int, session: SessionFacts, policy: Policy
) -> tuple[Severity, int, str] | None:
    limit = procedure.daily_units or 0
    own = policy.units_limit(procedure.code) if policy.units_a_day else None
    if limit == 0:
        severity = Severity.ERROR if session.payer_kind in _FEDERAL else Severity.WARNING
        return severity, 0, "the code is not paid separately under the federal limits."
    if own is not None and own < limit and units > own:
        return Severity.ERROR, own, f"this payer accepts {own}."
    if units > limit:
        return Severity.ERROR, limit, f"the limit is {limit}, {_FIRMNESS[procedure.unit_rule]}."
    usual = policy.therapy_units_a_day
    if procedure.code in TIERS and units > usual and session.place_of_service != _PARTIAL_HOSPITAL:
        shown = "one unit of individual therapy a day is" if usual == 1 else f"up to {usual} units a day are"
        return Severity.WARNING, usual, f"{shown} usual outside partial hospitalisation."
    return None
