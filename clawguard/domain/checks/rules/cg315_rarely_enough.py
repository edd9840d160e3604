"""The only disorder named is one that the plan does not cover, or that rarely carries therapy by itself.

Source: the clawback guidelines ask for an applicable behavioral-health diagnosis. Intellectual disability or tobacco
use alone rarely supports therapy, with dementia the record must show that the client could take part, and sexual
dysfunction is excluded by some plans. What a plan excludes for certain is a value of its policy, and holds for visits,
too; evaluations and crisis work come before the diagnosis is known.
"""

from collections.abc import Iterator
from typing import NamedTuple

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.diagnosing import dotted, pointed
from clawguard.domain.checks.finding import ZERO, Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import POLICY
from clawguard.domain.codesets.groups import FAMILY, GROUP, TIERS, VISIT
from clawguard.domain.facts import SessionFacts


class _Group(NamedTuple):
    first: str  # categories from
    last: str  # categories to
    severity: Severity
    why: str


_THERAPY = TIERS | FAMILY | GROUP | frozenset({"90845", "90880"})
_CODES = _THERAPY | VISIT
_GROUPS = (
    _Group("F01", "F03", Severity.WARNING, "the note should show that the client could take part"),
    _Group("F17", "F17", Severity.WARNING, "tobacco use alone has counseling codes of its own"),
    _Group("F52", "F52", Severity.INFO, "some plans exclude sexual dysfunction"),
    _Group("F70", "F79", Severity.WARNING, "intellectual disability alone rarely supports therapy"),
)
_CATEGORIES = frozenset(
    f"F{number:02}" for group in _GROUPS for number in range(int(group.first[1:]), int(group.last[1:]) + 1)
)
_EXCLUDED = "this plan does not cover it"


@check(
    id="CG315",
    version=2,
    title="Diagnosis rarely enough for therapy",
    category="diagnoses",
    severity=Severity.WARNING,
    source=POLICY,
    codes=_CODES,
    reads=("diagnoses", "policy"),
    suggested_step="Ask whether another disorder is treated, and for the plan that says how therapy helps.",
    provider_message=(
        "The only diagnosis on this session is one that payers often ask about. If another disorder is treated, "
        "please add it; otherwise the treatment plan helps."
    ),
    request_items=("progress_note", "treatment_plan"),
)
def rarely_enough(session: SessionFacts, context: Context) -> Iterator[Finding]:
    excluded = context.policy(session).plan_excluded_diagnoses
    if not excluded and _CATEGORIES.isdisjoint([code[:3] for code in session.diagnoses]):
        return
    for line in session.service_lines:
        if line.code not in context.tables.codes(_CODES):
            continue
        disorders = [code for code in pointed(session, line) if code[:1] == "F"]
        verdict = _verdict(line.code, disorders, tuple(excluded), context) if disorders else None
        if verdict is None:
            continue
        severity, why = verdict
        names = ", ".join(dotted(code) for code in disorders)
        yield rarely_enough.finding(
            session,
            f"{line.code} rests on {names} alone; {why}.",
            evidence={"code": line.code, "diagnoses": disorders, "plan_excludes": why == _EXCLUDED},
            line=line,
            severity=severity,
            at_risk=ZERO if severity is Severity.INFO else None,
        )


def _verdict(
    code: str, disorders: list[str], excluded: tuple[str, ...], context: Context
) -> tuple[Severity, str] | None:
    if excluded and all(disorder.startswith(excluded) for disorder in disorders):
        return Severity.ERROR, _EXCLUDED
    for group in _GROUPS if code in context.tables.codes(_THERAPY) else ():
        if all(group.first <= disorder[:3] <= group.last for disorder in disorders):
            return group.severity, group.why
    return None
