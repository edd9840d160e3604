"""Buttons of cases, decisions, adjustments and disputes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Min

from disputes.facts import evidence
from disputes.models import Case, Decision, Dispute, ProposedAdjustment
from sessions.models import TherapySession
from tests.stateful.buttons_notes import WORDS
from tests.stateful.play import PROVIDER, STAFF, Play

VERDICTS = {
    "provider": ("provider.coding", ("recover", "corrected_claim", "no_issue")),
    "network": ("network.eligibility_not_caught", ("pay_contracted_rate", "pay_contracted_rate", "no_issue")),
    "none": ("none.no_error", ("no_issue",)),
    "payer": ("payer.own_change", ("appealed_to_payer",)),
    "client": ("client.cost_share", ("client_responsibility",)),
}
FACTS: tuple[dict[str, Any], ...] = (
    {"codes_match_notes": False},
    {"codes_match_notes": True},
    {"eligibility_shown": "active"},
    {"eligibility_actual": "inactive"},
    {"carc": ["27"]},
)


def open_case(play: Play) -> None:
    given = {"session": str(play.pick(TherapySession))}
    made = play.api("open case", play.whoever(*STAFF, "key of cases"), "post", "/cases", given)
    if made:
        play.stage.keep("disputes_case", made["id"])


def add_fact(play: Play) -> None:
    case = play.pick(Case, status__in=["open", "in_conversation", "answered", "answer_lapsed"])
    if case is None:
        return play.missing("add fact")
    who = play.whoever(*STAFF, "key of cases")
    play.api("add fact", who, "post", f"/cases/{case}/facts", {"facts": play.one_of(*FACTS)})
    return None


def write_message(play: Play) -> None:
    case = play.pick(Case, status__in=["in_conversation", "answer_lapsed"])
    name = play.rule(*["write message"] * 3, "write question", "write internal")
    if case is None:
        return play.missing(name)
    mark = name.partition(" ")[2]
    given = {"text": WORDS, **({} if mark == "message" else {mark: True})}
    who = play.whoever(*STAFF) if mark == "internal" else play.whoever("provider", "provider", "billing")
    made = play.api(name, who, "post", f"/cases/{case}/messages", given)
    if made:
        play.stage.keep("disputes_message", made["id"])
    return None


def decide(play: Play) -> None:
    case = play.pick(Case, status__in=["answered", "answer_lapsed", "appealed"])
    name = play.rule(*["decide provider"] * 3, "decide network", *(f"decide {party}" for party in VERDICTS))
    if play.still_owes("approve", "send back") and play.dice.random() < 0.5:
        name = "decide provider"  # only this leads to a second look
    if case is None:
        return play.missing(name)
    party = name.partition(" ")[2]
    clause, outcomes = VERDICTS[party]
    given = {"party": party, "clause": clause, "outcome": play.one_of(*outcomes)}
    given |= {"explanation": "47 minutes are documented.", "evidence": _ticked(play, case)}
    given |= {"amount": "40.00"} if given["outcome"] == "recover" else {}
    made = play.api(name, play.whoever(*STAFF), "post", f"/cases/{case}/decision", given)
    if made:
        play.stage.keep("disputes_decision", made["id"])
    return None


def _ticked(play: Play, case: Any) -> list[str]:
    """One fact of the case: those that a dispute opened know of no session."""
    known = [fact["fact"] for fact in evidence(Case.objects.get(pk=case))]
    return [play.one_of(*known)] if known else ["date_of_service"]


def look_a_second_time(play: Play) -> None:
    case = play.pick(Case, status="second_look")
    name = play.rule("approve", "approve", "send back")
    if case is None:
        return play.missing(name)
    given = {"agree": name == "approve", "reason": "Look again."}
    own = Decision.objects.filter(case=case, final_at=None, returned_at=None).values_list("proposed_by", flat=True)
    others = [who for who in ("lead", "second lead") if play.stage.people[who].pk not in own]
    play.api(
        name,
        play.whoever(*others) if play.in_earnest else play.whoever(*STAFF),
        "post",
        f"/cases/{case}/approve",
        given,
    )
    return None


def appeal(play: Play) -> None:
    case = play.pick(Case, status="decided")
    if case is None:
        return play.missing("appeal")
    made = play.api("appeal", play.whoever("provider"), "post", f"/cases/{case}/appeal", {"reason": WORDS})
    if made:
        play.stage.keep("disputes_appeal", made["id"])
    return None


def close(play: Play) -> None:
    if play.in_earnest:  # chance alone seldom lets the whole time to appeal pass
        ends = Case.objects.filter(status="decided", appeal_until__isnull=False).aggregate(Min("appeal_until"))
        wait = (ends["appeal_until__min"] or play.stage.now) - play.stage.now
        play.stage.pass_time(max(wait, dt.timedelta()))
    case = play.pick(Case, status="decided", appeal_until__lte=play.stage.now)
    if case is None:
        return play.missing("close")
    play.api("close", play.whoever(*STAFF), "post", f"/cases/{case}/close")
    return None


def confirm_adjustment(play: Play) -> None:
    adjustment = play.pick(ProposedAdjustment, confirmations=None)
    if adjustment is None:
        return play.missing("confirm adjustment")
    told = play.one_of({"done": "posted", "reference": "GL-1"}, {"done": "declined", "reason": "Paid before."})
    who = play.whoever(*STAFF, "key of cases")
    play.api("confirm adjustment", who, "post", f"/proposed-adjustments/{adjustment}/confirmation", told)
    return None


def open_dispute(play: Play) -> None:
    provider = play.stage.people["provider"].provider
    assert provider is not None
    given = {"kind": "cancellation_fee", "amount": "75.00", "statement": WORDS, "provider": provider.npi}
    given |= {"service_date": "2026-11-10"}
    made = play.api("open dispute", play.whoever(*STAFF, "key of cases"), "post", "/disputes", given)
    if made:
        play.stage.keep("disputes_dispute", made["id"])


def answer_dispute(play: Play) -> None:
    name = play.rule("contest dispute", "contest dispute", "draft dispute", "concede dispute")
    dispute = play.pick(Dispute, status__in=["open", "lapsed"])
    if dispute is None:
        return play.missing(name)
    what = name.partition(" ")[0]
    given: dict[str, Any] = {"text": WORDS, "answer": "contest", "submit": what == "contest"}
    door, given = ("concede", {}) if what == "concede" else ("response", given)
    who = (
        play.whoever("provider") if what == "concede" else play.whoever(*PROVIDER)
    )  # no delegate's affair: it is money
    play.api(name, who, "post", f"/disputes/{dispute}/{door}", given)
    return None


def decide_dispute(play: Play) -> None:
    dispute = play.pick(Dispute, status__in=HEARD)
    if dispute is None:
        return play.missing("decide dispute")
    outcome = play.one_of("upheld", "reduced", "waived", "refunded")
    given = {"outcome": outcome, "reason": "The notice was in time."}
    given |= {"amount": "20.00"} if outcome == "reduced" else {}
    play.api("decide dispute", play.whoever(*STAFF), "post", f"/disputes/{dispute}/decide", given)
    return None


def withdraw_dispute(play: Play) -> None:
    dispute = play.pick(Dispute, status="open")
    if dispute is None:
        return play.missing("withdraw dispute")
    given = {"reason": "The client took it back."}
    play.api("withdraw dispute", play.whoever(*STAFF), "post", f"/disputes/{dispute}/withdraw", given)
    return None


HEARD = ("answered", "answered_late", "conceded", "lapsed")
NEXT = {
    "in_conversation": (write_message,),
    "answered": (decide,),
    "answer_lapsed": (decide, write_message),
    "second_look": (look_a_second_time,),
    "decided": (appeal, confirm_adjustment, close),
    "appealed": (decide,),
}


def go_on_with_a_case(play: Play) -> None:
    """What comes next for some case: chance alone seldom leads one as far as its appeal."""
    there = sorted(set(Case.objects.filter(status__in=NEXT).values_list("status", flat=True)))
    if not there:
        return open_case(play.at_work())
    steps = [step for status in there for step in NEXT[status]]
    return play.one_of(*[step for step in steps if play.at_work().still_owes(*NAMES[step])] or steps)(play.at_work())


def go_on_with_a_dispute(play: Play) -> None:
    """Opened, answered, decided: what comes next for some dispute."""
    there = set(Dispute.objects.values_list("status", flat=True))
    if there & set(HEARD):
        return decide_dispute(play.at_work())
    return answer_dispute(play.at_work()) if "open" in there else open_dispute(play.at_work())


BUTTONS = (
    (go_on_with_a_case, 25, ()),
    (go_on_with_a_dispute, 6, ()),
    (open_case, 4, ("open case",)),
    (add_fact, 3, ("add fact",)),
    (write_message, 8, ("write message", "write question", "write internal")),
    (decide, 8, tuple(f"decide {party}" for party in VERDICTS)),
    (look_a_second_time, 7, ("approve", "send back")),
    (appeal, 4, ("appeal",)),
    (close, 2, ("close",)),
    (confirm_adjustment, 3, ("confirm adjustment",)),
    (open_dispute, 2, ("open dispute",)),
    (answer_dispute, 4, ("contest dispute", "draft dispute", "concede dispute")),
    (decide_dispute, 3, ("decide dispute",)),
    (withdraw_dispute, 1, ("withdraw dispute",)),
)
NAMES = {button: names for button, _, names in BUTTONS}
