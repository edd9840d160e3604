"""From the facts of a case to whose error it looks like. Proposes; never decides, never guesses.

1. A known remark code is read in place of a reason code that only refers to it.
2. Every ground looks at the facts it knows and speaks for itself.
3. Facts at odds, both sides at fault, or several parties: open. The guarantee holds for what the network caused.
4. A network error made out stands, whatever else is unknown. A provider error stands only when nothing that could show
   another's part is unknown and no answer time is running.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from clawguard.domain.attribution import claims, clocks, coding, coverage, remittance
from clawguard.domain.attribution.grounds import (
    AtOdds,
    Ground,
    Look,
    Question,
    Remarks,
    Tables,
    Uncovered,
)
from clawguard.domain.attribution.moments import CLOCK_SLACK, HAPPENED
from clawguard.domain.attribution.result import ENGINE_VERSION, Attribution, Evidence, Guarantee, Missing, Versions
from clawguard.domain.attribution.verdict import Heard, Verdict, sort, verdict
from clawguard.domain.case_facts import FACT_NAMES, CaseFacts
from clawguard.domain.checks import ALL as CHECKS
from clawguard.domain.clauses import Party
from clawguard.domain.clock_problems import require_aware
from clawguard.domain.remit_codes import CodeSet

GROUNDS: tuple[Callable[[Look], Remarks], ...] = (
    coverage.network_status,
    coverage.eligibility,
    coverage.authorization,
    coding.code_offered,
    clocks.notes_request,
    claims.timely_filing,
    claims.duplicate,
    claims.credentialing,
    clocks.dispute,
    coding.confirmed_findings,
    coding.notes_denial,
    coding.coding_denial,
    coding.place_of_service,
    remittance.claim_handling,
    remittance.payer_change,
    remittance.client_share,
    remittance.accounting,
    remittance.ambiguous,
    remittance.unknown_codes,
)
_CODE_SETS = ("carc", "rarc", "group", "plb")
DEFAULT_TABLES = Tables(finding_parties={info.id: info.party.value for info in CHECKS.values()})


def attribute(facts: CaseFacts, now: dt.datetime, tables: Tables = DEFAULT_TABLES) -> Attribution:
    """Whose error the facts make out at ``now`` (aware), by the clauses in force on the date of service.

    Without a date of service the clauses in force at ``now`` are used. Raises DeadlineError for a naive ``now``.
    """
    require_aware(now, "now")
    codes = tables.remit_codes.effective(facts.carc, facts.rarc)
    look = Look(facts, now, tables, codes)
    heard = sort(_remarks(look))
    found = verdict(heard)
    guarantee = Guarantee(bool(heard.network), facts.contracted_rate if heard.network else None)
    missing = _missing(heard, guarantee)
    clause = tables.clauses.find(found.clause, _policy_day(look))
    return Attribution(
        party=found.party,
        clause=found.clause,
        confidence=found.confidence,
        guarantee=guarantee,
        evidence=_evidence(look, found),
        missing=missing,
        needs_second_person=bool(heard.provider) and found.party in (Party.PROVIDER, Party.OPEN),
        explanation_provider=clause.for_provider if clause else "",
        explanation_staff=" ".join([*([clause.policy] if clause else []), *heard.all_details]),
        grounds=tuple(dict.fromkeys(ground.clause for ground in heard.all_grounds)),
        versions=Versions(ENGINE_VERSION, tables.clauses.version, tables.remit_codes.version),
    )


def _remarks(look: Look) -> Remarks:
    if look.facts.conflicts:
        yield AtOdds(look.facts.conflicts, f"Two sources differ about: {', '.join(look.facts.conflicts)}.")
    ahead = tuple(name for name in HAPPENED if _lies_ahead(look, name))
    if ahead:
        yield AtOdds(ahead, f"Said to have happened, and lies in the future: {', '.join(ahead)}.")
    if not look.stated(*FACT_NAMES):
        yield Question("carc", "staff", "What happened? No fact of this case is known yet.", Party.OPEN)
    day = _policy_day(look)
    for ground in GROUNDS:
        for remark in ground(look):
            if isinstance(remark, Ground) and look.tables.clauses.find(remark.clause, day) is None:
                yield Uncovered(remark.facts, f"{remark.detail} The clause {remark.clause} was not in force on {day}.")
            else:
                yield remark


def _lies_ahead(look: Look, name: str) -> bool:
    value = look.facts.value(name)
    return isinstance(value, dt.datetime) and value > look.now + CLOCK_SLACK


def _policy_day(look: Look) -> dt.date:
    return look.facts.date_of_service or look.now.date()


def _missing(heard: Heard, guarantee: Guarantee) -> tuple[Missing, ...]:
    found = [Missing(question.fact, question.who_can_supply, question.text) for question in heard.questions]
    if guarantee.applies and guarantee.amount is None:
        found.append(Missing("contracted_rate", "network", "What is the contracted rate for this session?"))
    return tuple(dict.fromkeys(found))


def _evidence(look: Look, found: Verdict) -> tuple[Evidence, ...]:
    names = dict.fromkeys(name for remark in found.carried_by for name in remark.facts)
    if found.party is Party.OPEN:  # whoever decides sees every code, also those that nobody could read
        names |= dict.fromkeys(look.stated(*_CODE_SETS))
    items: list[Evidence] = []
    for name in names:
        if name in _CODE_SETS:
            items += _code_evidence(look, CodeSet(name))
        else:
            fact = look.facts.evidence(name)
            items.append(Evidence(fact.name, fact.value, fact.at, fact.source))
    return tuple(items)


def _code_evidence(look: Look, code_set: CodeSet) -> list[Evidence]:
    """One entry per code, with the reading and the version of the table it was read from."""
    fact, table = look.facts.evidence(code_set.value), look.tables.remit_codes
    source = "; ".join(part for part in (fact.source, f"code table {table.version}") if part)
    codes = [table.read(code_set, code) for code in fact.value]
    return [Evidence(code_set.value, code.code, fact.at, source, code.label) for code in codes]
