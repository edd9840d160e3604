"""Buttons of cases, decisions, adjustments and disputes."""

from __future__ import annotations

from typing import Any

from disputes.models import Case, Dispute, ProposedAdjustment
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
    mark = play.one_of("", "", "", "question", "internal")
    if case is None:
        return play.missing("write message")
    given = {"text": WORDS, **({mark: True} if mark else {})}
    who = play.whoever(*STAFF) if mark == "internal" else play.whoever("provider", "provider", "billing")
    made = play.api(f"write {mark or 'message'}", who, "post", f"/cases/{case}/messages", given)
    if made:
        play.stage.keep("disputes_message", made["id"])
    return None


def decide(play: Play) -> None:
    case = play.pick(Case, status__in=["answered", "answer_lapsed", "appealed"])
    if case is None:
        return play.missing("decide")
    party = play.one_of("provider", "provider", "provider", "network", *VERDICTS)
    clause, outcomes = VERDICTS[party]
    given = {"party": party, "clause": clause, "outcome": play.one_of(*outcomes)}
    given |= {"explanation": "47 minutes are documented.", "evidence": ["date_of_service"]}
    given |= {"amount": "40.00"} if given["outcome"] == "recover" else {}
    made = play.api(f"decide {party}", play.whoever(*STAFF), "post", f"/cases/{case}/decision", given)
    if made:
        play.stage.keep("disputes_decision", made["id"])
    return None


def look_a_second_time(play: Play) -> None:
    case = play.pick(Case, status="second_look")
    agree = play.dice.random() < 0.7
    name = "approve" if agree else "send back"
    if case is None:
        return play.missing(name)
    given = {"agree": agree, "reason": "Look again."}
    play.api(name, play.whoever("lead", "second lead"), "post", f"/cases/{case}/approve", given)
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
    case = play.pick(Case, status="decided")
    if case is None:
        return play.missing("close")
    play.api("close", play.whoever(*STAFF), "post", f"/cases/{case}/close")
    return None


def confirm_adjustment(play: Play) -> None:
    adjustment = play.pick(ProposedAdjustment)
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
    what = play.one_of("contest", "contest", "draft", "concede")
    dispute = play.pick(Dispute, status__in=["open", "lapsed"])
    if dispute is None:
        return play.missing(f"{what} dispute")
    given: dict[str, Any] = {"text": WORDS, "answer": "contest", "submit": what == "contest"}
    door, given = ("concede", {}) if what == "concede" else ("response", given)
    play.api(f"{what} dispute", play.whoever(*PROVIDER), "post", f"/disputes/{dispute}/{door}", given)
    return None


def decide_dispute(play: Play) -> None:
    dispute = play.pick(Dispute, status__in=["answered", "answered_late", "conceded", "lapsed"])
    if dispute is None:
        return play.missing("decide dispute")
    outcome = play.one_of("upheld", "reduced", "waived", "refunded")
    given = {"outcome": outcome, "reason": "The notice was in time."}
    given |= {"amount": "20.00"} if outcome == "reduced" else {}
    play.api("decide dispute", play.whoever(*STAFF), "post", f"/disputes/{dispute}/decide", given)
    return None


def withdraw_dispute(play: Play) -> None:
    """The API has no such door; the page does."""
    dispute = play.pick(Dispute, status="open")
    if dispute is None:
        return play.missing("withdraw dispute")
    form = {"reason": "The client took it back."}
    play.stage.ask("withdraw dispute", play.whoever(*STAFF), "post", f"/disputes/{dispute}/withdraw", form)
    return None


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
        return open_case(play)
    return play.one_of(*NEXT[play.one_of(*there)])(play)


def go_on_with_a_dispute(play: Play) -> None:
    heard = Dispute.objects.filter(status__in=["answered", "answered_late", "conceded", "lapsed"]).exists()
    return decide_dispute(play) if heard else answer_dispute(play)


BUTTONS = (
    (go_on_with_a_case, 25),
    (go_on_with_a_dispute, 6),
    (open_case, 4),
    (add_fact, 3),
    (write_message, 8),
    (decide, 8),
    (look_a_second_time, 7),
    (appeal, 4),
    (close, 2),
    (confirm_adjustment, 3),
    (open_dispute, 2),
    (answer_dispute, 4),
    (decide_dispute, 3),
    (withdraw_dispute, 1),
)
