"""A modifier names a programme for another age than the client's.

Source: CMS HCPCS Level II modifiers: HA is a programme for children and adolescents, HB one for adults. Where childhood
ends is the state's or the programme's to say, so both ages are values of policy. The age is not part of the finding.
"""

from collections.abc import Iterator

from clawguard.domain.checks.ages import years_on
from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import HCPCS_MODIFIERS
from clawguard.domain.facts import SessionFacts

_CHILD, _ADULT = "HA", "HB"


@check(
    id="CG411",
    version=1,
    title="Program for another age",
    category="telehealth",
    severity=Severity.WARNING,
    source=HCPCS_MODIFIERS,
    needs=Needs.MODIFIERS,
    when=lambda session, _policy: any(
        _CHILD in line.modifiers or _ADULT in line.modifiers for line in session.service_lines
    ),
    when_reads=(),
    suggested_step="Check the birth date and the program, and correct the modifier.",
    provider_message="A modifier names a program for another age than this client's. Please confirm the program.",
    request_items=("explanation",),
)
def programme_age(session: SessionFacts, context: Context) -> Iterator[Finding]:
    born = session.client_birth_date
    if born is None:
        return
    for line in session.service_lines:
        modifier = _CHILD if _CHILD in line.modifiers else _ADULT if _ADULT in line.modifiers else None
        if modifier is None:
            continue
        years, policy = years_on(born, session.date_of_service), context.policy(session)
        if years > policy.child_programme_to_age if modifier == _CHILD else years < policy.adult_from_age:
            who = "children and adolescents" if modifier == _CHILD else "adults"
            yield programme_age.finding(
                session,
                f"{line.code} carries {modifier}, a program for {who}, which does not fit the client's age.",
                evidence={"code": line.code, "modifier": modifier},
                line=line,
            )
