"""A group is too large, or was no group.

Source: NGS Medicare on LCD L33632: up to twelve clients in a therapy group, unless the payer says otherwise. One client
alone is not a group. The group codes of behaviour analysis end at eight by their own definition.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import NGS_GROUP
from clawguard.domain.codesets.groups import GROUP
from clawguard.domain.codesets.procedure_table import where
from clawguard.domain.facts import SessionFacts

_CODES = where(lambda procedure: procedure.largest_group is not None)
_LEAST = 2


@check(
    id="CG509",
    version=2,
    title="Group size outside the rules",
    category="who may bill",
    severity=Severity.ERROR,
    source=NGS_GROUP,
    codes=_CODES,
    reads=("group_size", "policy"),
    suggested_step="Ask how many clients took part; one client alone is individual work.",
    provider_message="Please confirm how many clients took part in this group; initials or numbers, no names.",
    request_items=("progress_note",),
)
def group_size(session: SessionFacts, context: Context) -> Iterator[Finding]:
    size = session.group_size
    if size is None:
        return
    policy = context.policy(session)
    for line in session.service_lines:
        procedure = context.tables.procedure(line.code)
        if procedure is None or procedure.largest_group is None:
            continue
        most = policy.largest_group
        if line.code not in context.tables.codes(GROUP):
            most = min(most, procedure.largest_group)
        if _LEAST <= size <= most:
            continue
        yield group_size.finding(
            session,
            f"{line.code} with {size} {'client' if size == 1 else 'clients'}; a group has {_LEAST} to {most}.",
            evidence={"code": line.code, "group_size": size, "least": _LEAST, "most": most},
            line=line,
        )
