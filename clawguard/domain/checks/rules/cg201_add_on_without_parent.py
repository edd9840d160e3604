"""An add-on code stands without any of the codes it may be added to.

Source: CMS NCCI add-on code edits: an add-on is payable only with a listed parent by the same provider on the same day
(type 1); for some the payer draws up the list (type 2) or may add to it (type 3). Interactive complexity (90785) has no
family and no crisis code among its parents, and no code stands for extra time on therapy. In our own list a parent
counts on the days on which it is valid itself.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.neighbours import same_visit_day
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import NCCI_ADD_ONS
from clawguard.domain.codesets import CodeTables, variant_for
from clawguard.domain.codesets.groups import ADD_ONS
from clawguard.domain.codesets.official import NO_TABLES
from clawguard.domain.facts import SessionFacts

_SHOWN = 6


@check(
    id="CG201",
    version=3,
    title="Add-on code without its main code",
    category="pairs",
    scope="same day",
    severity=Severity.ERROR,
    source=NCCI_ADD_ONS,
    reads=("date_of_service", "payer_kind", "same_visit"),
    suggested_step="Add the main code if it was left out, or remove the add-on.",
    provider_message=(
        "This code can only be billed beside a main code, and none of those is on the session. Add the main code if it "
        "was left out, or remove the add-on."
    ),
)
def add_on_without_parent(session: SessionFacts, context: Context) -> Iterator[Finding]:
    tables, day = context.tables, session.date_of_service
    ours_alone = tables.official is NO_TABLES  # then no other code can be an add-on
    for line in session.service_lines:
        if ours_alone and line.code not in tables.codes(ADD_ONS):
            continue
        add_on = tables.add_on(line.code, day, variant_for(session.payer_kind))
        if add_on is None:
            continue
        billed = _billed(session, context)
        if not billed.isdisjoint(add_on.parents):
            continue
        alone = not any(_main(code, tables, session) for code in billed)
        if add_on.open_list and not alone and not add_on.parents:
            continue  # the payer draws up the list, and something it may list is there
        parents = sorted(add_on.parents)
        shown = ", ".join(parents[:_SHOWN]) or "the payer's list"
        shown += " and others" if parents and (len(parents) > _SHOWN or add_on.open_list) else ""
        yield add_on_without_parent.finding(
            session,
            f"{line.code} is added to another code, and none of its main codes is billed that day ({shown}).",
            evidence={
                "code": line.code,
                "billed": sorted(session.codes),
                "main_codes": parents,
                "type": add_on.kind,
                "table": add_on.table,
            },
            line=line,
            severity=Severity.WARNING if add_on.open_list and not alone else None,
        )


def _billed(session: SessionFacts, context: Context) -> frozenset[str]:
    """All codes of this client, provider and day."""
    others = same_visit_day(session, context) if context.same_day else []
    return session.codes.union(*(other.codes for other in others))


def _main(code: str, tables: CodeTables, session: SessionFacts) -> bool:
    return tables.add_on(code, session.date_of_service, variant_for(session.payer_kind)) is None
