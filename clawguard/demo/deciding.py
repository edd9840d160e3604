"""How cases of the invented network go on after the notice: answers, decisions, second looks, appeals, endings."""

from __future__ import annotations

import datetime as dt
import zlib
from dataclasses import replace

from clawguard.accounts.actors import Actor
from clawguard.demo import words
from clawguard.demo.cast import Cast
from clawguard.domain.clauses import Party
from clawguard.domain.lifecycles import CaseState
from clawguard.domain.promises import Outcome
from clawguard.events.errors import Refused
from disputes import services as cases
from disputes.facts import evidence
from disputes.models import Case
from disputes.selectors.cases import latest_proposal
from disputes.services import Verdict

HOURS = dt.timedelta(hours=1)
AT_LAST = dt.timedelta(days=12)  # whoever leaves a thing lying does so no longer than this
UNREACHED = "Our notice could not be delivered. Without having heard you we take nothing; what we owe is paid."
EXPLANATION = "We weighed the facts named below together with everything that was said in our conversation."


def share(case: Case, salt: str) -> float:
    return zlib.crc32(f"{salt}:{case.session.external_id if case.session else case.title}".encode()) / 0xFFFFFFFF


def leaves_it(drawn: float, habit: float, since: dt.datetime, moment: dt.datetime) -> bool:
    """Whether somebody whose habit it is to leave things lying (drawn above ``habit``) still does."""
    return drawn > habit and moment < since + AT_LAST


def work_cases(cast: Cast, moment: dt.datetime) -> None:
    """One step of everybody who works with cases; who is not ready yet waits for the next."""
    for status, step in STEPS.items():
        rows = Case.objects.filter(status=status).select_related("session", "provider").order_by("opened_at", "pk")
        for case in rows:
            try:
                step(cast, case, moment)
            except Refused:
                continue  # a rule stands in the way at this moment, as it would for real people


def _provider_answers(cast: Cast, case: Case, moment: dt.datetime) -> None:
    actor, drawn = cast.providers.get(case.provider.npi), share(case, "talk")
    if actor is None or case.notice_delivered_at is None or drawn > 0.7:
        return
    if moment >= case.notice_delivered_at + (8 + 40 * drawn) * HOURS:
        said = words.CASE_ANSWERS[int(drawn * 100) % len(words.CASE_ANSWERS)]
        cases.post_message(actor, case.pk, said, moment)


def _staff_decide(cast: Cast, case: Case, moment: dt.datetime) -> None:
    heard = case.answered_at or case.answer_lapsed_at
    drawn = share(case, "decide")
    if heard is None or leaves_it(drawn, 0.8, heard, moment) or moment < heard + (16 + 60 * drawn) * HOURS:
        return
    cases.decide(cast.staff["lena" if drawn < 0.5 else "rui"], case.pk, _verdict(case, drawn), moment)


def _verdict(case: Case, drawn: float) -> Verdict:
    """What people make of the engine's proposal; where it leaves the matter open, nobody is held to have erred."""
    proposal = latest_proposal(case)
    found = proposal.attribution if proposal else {"party": "open", "clause": ""}
    ticked = tuple(fact["fact"] for fact in evidence(case))[:3]
    if found["party"] == Party.PROVIDER:
        recover = drawn < 0.3 and case.contracted_rate is not None
        outcome = Outcome.RECOVER if recover else Outcome.CORRECTED_CLAIM if drawn < 0.55 else Outcome.WAIVED
        amount = case.contracted_rate if outcome is Outcome.RECOVER else None
        return Verdict("provider", found["clause"], outcome, EXPLANATION, ticked, amount)
    if found["party"] == Party.NETWORK:
        return Verdict("network", found["clause"], Outcome.PAY_CONTRACTED_RATE, EXPLANATION, ticked)
    if found["party"] in (Party.PAYER, Party.CLIENT):
        last = {Party.PAYER: Outcome.APPEALED_TO_PAYER, Party.CLIENT: Outcome.CLIENT_RESPONSIBILITY}
        return Verdict(found["party"], found["clause"], last[Party(found["party"])], EXPLANATION, ticked)
    return Verdict("none", "none.no_error", Outcome.NO_ISSUE, EXPLANATION, ticked)


def _second_person(cast: Cast, case: Case, moment: dt.datetime) -> None:
    drawn = share(case, "second")
    if leaves_it(drawn, 0.85, case.updated_at, moment) or moment < case.updated_at + 12 * HOURS:
        return
    if 0.75 < drawn < 0.85 and case.decisions.count() == 1:
        cases.send_back(cast.staff["sol"], case.pk, "Please look at the times in the note once more.", moment)
    else:
        cases.approve(cast.staff["sol"], case.pk, moment)


def _after_decision(cast: Cast, case: Case, moment: dt.datetime) -> None:
    actor, drawn = cast.providers.get(case.provider.npi), share(case, "appeal")
    if case.party == Party.PROVIDER and drawn < 0.2 and actor is not None and not case.appeals.exists():
        if moment >= case.updated_at + 30 * HOURS:
            cases.appeal(actor, case.pk, words.APPEAL, moment)
    elif case.appeal_until and moment >= case.appeal_until and not leaves_it(drawn, 0.9, case.appeal_until, moment):
        cases.close(_closer(cast, drawn), case.pk, moment)


def _closer(cast: Cast, drawn: float) -> Actor:
    return cast.staff["lena" if drawn < 0.5 else "rui"]


def _appeal_heard(cast: Cast, case: Case, moment: dt.datetime) -> None:
    """Appeals are heard by somebody who had no part in the decision, and it is overturned; half of them soon."""
    if leaves_it(share(case, "hear"), 0.5, case.updated_at, moment) or moment < case.updated_at + 48 * HOURS:
        return
    ticked = tuple(fact["fact"] for fact in evidence(case))[:2]
    verdict = Verdict("none", "none.no_error", Outcome.NO_ISSUE, EXPLANATION, ticked)
    for name in ("rui", "lena", "sol"):
        try:
            cases.decide(cast.staff[name], case.pk, verdict, moment)
        except Refused:
            continue
        return


def _out_of_reach(cast: Cast, case: Case, moment: dt.datetime) -> None:
    """Nobody could be written to. After some days a lead ends it without taking anything, or pays what is owed."""
    drawn = share(case, "reach")
    if leaves_it(drawn, 0.9, case.opened_at, moment) or moment < case.opened_at + (3 + 5 * drawn) * 24 * HOURS:
        return
    verdict = _verdict(case, 1.0)
    if verdict.party in ("provider", "payer", "client"):
        verdict = Verdict("none", "none.no_error", Outcome.NO_ISSUE, UNREACHED, verdict.evidence)
    cases.decide(cast.staff["lena"], case.pk, replace(verdict, explanation=UNREACHED), moment)


STEPS = {
    CaseState.OPEN: _out_of_reach,
    CaseState.IN_CONVERSATION: _provider_answers,
    CaseState.ANSWERED: _staff_decide,
    CaseState.ANSWER_LAPSED: _staff_decide,
    CaseState.SECOND_LOOK: _second_person,
    CaseState.DECIDED: _after_decision,
    CaseState.APPEALED: _appeal_heard,
}
