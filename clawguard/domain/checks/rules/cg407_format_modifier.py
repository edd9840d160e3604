"""A modifier names another format of session than the code.

Source: CMS HCPCS Level II modifiers: HQ is a group, HR a family with the client, HS a family without the client.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import HCPCS_MODIFIERS
from clawguard.domain.codesets import CodeTables
from clawguard.domain.codesets.groups import CRISIS, CRISIS_ADD_ON, EVALUATION, GROUP, TIERS
from clawguard.domain.codesets.procedure_table import in_setting, of_kind, where
from clawguard.domain.facts import SessionFacts

_HEALTH = of_kind("hbai", "hbai_add_on")
_INDIVIDUAL = TIERS | CRISIS | CRISIS_ADD_ON | EVALUATION | (_HEALTH & in_setting("individual"))
_FAMILY = of_kind("family") | (_HEALTH & in_setting("family"))
_WITHOUT_CLIENT = _FAMILY & where(lambda procedure: procedure.client == "out")
_GROUP = GROUP | (_HEALTH & in_setting("group"))
_MEANING = {"HQ": "a group", "HR": "a family with the client", "HS": "a family without the client"}


@check(
    id="CG407",
    version=2,
    title="Modifier names another kind of session",
    category="telehealth",
    severity=Severity.ERROR,
    source=HCPCS_MODIFIERS,
    codes=_INDIVIDUAL | _FAMILY | _GROUP,
    needs=Needs.MODIFIERS,
    reads=(),
    suggested_step="Confirm who took part, and correct the code or the modifier.",
    provider_message="The code and its modifier name different kinds of session. Please confirm who took part.",
    request_items=("progress_note",),
)
def format_modifier(session: SessionFacts, context: Context) -> Iterator[Finding]:
    for line in session.service_lines:
        for modifier in line.modifiers:
            if modifier in _MEANING and _contradicts(line.code, modifier, context.tables):
                yield format_modifier.finding(
                    session,
                    f"{line.code} carries {modifier}, which says {_MEANING[modifier]}.",
                    evidence={"code": line.code, "modifier": modifier},
                    line=line,
                )


def _contradicts(code: str, modifier: str, tables: CodeTables) -> bool:
    if code in tables.codes(_INDIVIDUAL):
        return modifier == "HQ"
    if code in tables.codes(_GROUP):
        return modifier in ("HR", "HS") and code != "90849"  # several families are a group and families
    if code in tables.codes(_FAMILY):
        return modifier == "HQ" or modifier == ("HR" if code in tables.codes(_WITHOUT_CLIENT) else "HS")
    return False
