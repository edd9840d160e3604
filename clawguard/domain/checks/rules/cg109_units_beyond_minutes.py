"""The billed units do not match the documented minutes.

Source: the CPT midpoint rule: a unit counts once its middle is passed, so 8 minutes make one quarter hour and 23 make
two; an add-on's units begin after the time of its main code (38 minutes for health-behaviour work, 46 for giving tests,
91 for their evaluation). State codes commonly follow the same count, and states differ. Whether the middle of a
20-minute unit of safety planning is enough is not confirmed, so the choice is a policy value.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import ZERO, Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import MIDPOINT
from clawguard.domain.checks.timing import own_minutes, shared_minutes
from clawguard.domain.codesets import Procedure
from clawguard.domain.codesets.procedure_table import CodeGroup, ProcedureTable
from clawguard.domain.facts import SessionFacts


class _Units(NamedTuple):
    """Units begin after ``first`` minutes; each is ``size`` minutes long and counts ``past`` minutes short of that."""

    first: int
    size: int
    past: int
    kind: str
    service: frozenset[str]  # the codes whose minutes count together

    def of(self, minutes: int) -> int:
        return max(0, (minutes - self.first + self.past) // self.size)


_KINDS = ("aba", "state", "hbai_add_on", "testing_add_on", "safety_planning")


def _rule(procedure: Procedure) -> _Units | None:
    if procedure.kind not in _KINDS or procedure.unit_minutes is None or procedure.least is None:
        return None
    size = procedure.unit_minutes
    past = (size - 1) // 2
    service = frozenset({procedure.code}) | procedure.parents
    return _Units(procedure.least - (size - past), size, past, procedure.kind, service)


def _rules(table: ProcedureTable) -> Mapping[str, _Units]:
    return {code: rule for code, procedure in sorted(table.rows.items()) if (rule := _rule(procedure))}


def _add_ons(table: ProcedureTable) -> Mapping[str, str]:
    """Main codes whose add-on may have been left out; for testing, minutes of other days may be among the total."""
    rules = table.derived(_rules)
    return {code: add_on for add_on, rule in rules.items() if rule.kind == "hbai_add_on" for code in rule.service}


@check(
    id="CG109",
    version=2,
    title="Units do not match the time",
    category="time",
    severity=Severity.ERROR,
    source=MIDPOINT,
    codes=CodeGroup(lambda table: frozenset(table.derived(_rules)) | frozenset(table.derived(_add_ons))),
    reads=("minutes", "policy"),
    suggested_step="Ask for start and stop times, or correct the units.",
    provider_message=(
        "The number of units does not match the time we have. Send the note with its start and stop times, or correct "
        "the units."
    ),
    request_items=("progress_note", "start_stop_times"),
)
def units_beyond_minutes(session: SessionFacts, context: Context) -> Iterator[Finding]:
    rules, add_ons = context.tables.procedures.derived(_rules), context.tables.procedures.derived(_add_ons)
    codes = (add_ons.get(line.code, line.code) for line in session.service_lines)
    for code in dict.fromkeys(codes):
        rule = rules.get(code)
        if rule is None:
            continue
        minutes, own = shared_minutes(session, rule.service, context.tables)
        if minutes is None:
            continue
        units = sum(line.units for line in session.service_lines if line.code == code)
        supported = rule.of(minutes)
        severity = _severity(session, context, rule, minutes, units) if units > supported else None
        if rule.kind == "safety_planning" and not context.policy(session).safety_planning_by_midpoint:
            supported = minutes // rule.size
            severity = severity or (Severity.WARNING if units > supported else None)
        if severity is None and not (own and units < supported):
            continue
        yield units_beyond_minutes.finding(
            session,
            f"{minutes} minutes support {supported} {'unit' if supported == 1 else 'units'} of {code}; "
            f"{units} {'is' if units == 1 else 'are'} billed.",
            evidence={"code": code, "minutes": minutes, "units": units, "supported_units": supported},
            line=next((each for each in session.service_lines if each.code == code), session.service_lines[0]),
            severity=severity or Severity.INFO,
            at_risk=None if severity else ZERO,
        )


def _severity(session: SessionFacts, context: Context, rule: _Units, minutes: int, units: int) -> Severity:
    """Milder where the count is the state's to define, or where work away from the client counts too."""
    if rule.kind == "state":
        return Severity.WARNING
    lines = [line for line in session.service_lines if line.code in rule.service]
    if rule.kind == "testing_add_on" and any(own_minutes(line) is None for line in lines):
        return Severity.WARNING
    return Severity.ERROR
