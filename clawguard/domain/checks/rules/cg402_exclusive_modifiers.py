"""Two modifiers on one line contradict each other.

Source: CMS HCPCS Level II modifiers and the CPT telehealth modifiers: each says one thing about how, by whom or with
whom a service took place, and some pairs cannot both be true. Where two say the same, payers accept one.
"""

from collections.abc import Iterator
from itertools import combinations

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import HCPCS_MODIFIERS
from clawguard.domain.facts import SessionFacts

_AUDIO_TWICE = frozenset({"93", "FQ"})


@check(
    id="CG402",
    version=3,
    title="Modifiers that contradict each other",
    category="telehealth",
    severity=Severity.ERROR,
    source=HCPCS_MODIFIERS,
    needs=Needs.MODIFIERS,
    reads=(),
    suggested_step="Keep the modifier that is true and remove the other.",
    provider_message="Two modifiers on one service cannot both be true. Please tell us which one describes it.",
)
def exclusive_modifiers(session: SessionFacts, context: Context) -> Iterator[Finding]:
    modifiers = context.tables.modifiers
    for line in session.service_lines:
        for one, other in combinations(dict.fromkeys(line.modifiers), 2):
            both = frozenset((one, other))
            reason = modifiers.contradictions.get(both)
            same = None if reason else _same(session, context, both)
            if reason or same:
                yield exclusive_modifiers.finding(
                    session,
                    f"{line.code} carries {one} and {other}: {reason or same}.",
                    evidence={"code": line.code, "modifiers": [one, other], "table": modifiers.name},
                    line=line,
                    severity=Severity.WARNING if same else None,
                )
        newer = modifiers.separate.intersection(line.modifiers) - {"59"}
        if newer and "59" in line.modifiers:
            yield exclusive_modifiers.finding(
                session,
                f"{line.code} carries 59 and {min(newer)}, which say the same; one of them is enough.",
                evidence={"code": line.code, "modifiers": ["59", *sorted(newer)], "table": modifiers.name},
                line=line,
                severity=Severity.WARNING,
            )


def _same(session: SessionFacts, context: Context, both: frozenset[str]) -> str | None:
    if both == _AUDIO_TWICE and not context.policy(session).one_audio_modifier:
        return None
    return context.tables.modifiers.same.get(both)
