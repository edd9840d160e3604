"""Grounds about cover: eligibility, network status, authorization. All three are the network's to know."""

from __future__ import annotations

from clawguard.domain.attribution.grounds import (
    AtOdds,
    Confidence,
    Ground,
    Look,
    Question,
    Remarks,
    Uncovered,
    has_reason,
    listed,
)
from clawguard.domain.attribution.topics import Topic, about
from clawguard.domain.clauses import Party
from clawguard.domain.remit_codes import RemitCode

_ELIGIBILITY = ("eligibility_shown", "checked_at", "eligibility_actual", "ended_on", "retroactive")
_STATUS = ("network_status_told", "network_status_actual")
_AUTHORIZATION = ("authorization_required", "authorization_known_at_booking", "authorization_obtained")


def _by_code(codes: tuple[RemitCode, ...]) -> Confidence:
    """How sure a code alone makes us of the half of a ground that only the payer knows."""
    sure = any(code.confidence == "high" for code in codes)
    return Confidence.HIGH if sure else Confidence.MEDIUM


def eligibility(look: Look) -> Remarks:
    """Shown as covered when it was not: the network's error, also when the cover was ended backwards."""
    facts, denied = look.facts, about(Topic.COVERAGE, look.codes)
    shown, actual = facts.eligibility_shown, facts.eligibility_actual
    if actual == "active" and denied:
        names = ("eligibility_actual", *has_reason(denied))
        yield AtOdds(names, f"The payer says not covered, {listed(denied)}; our record says the cover was active.")
        return
    if actual == "inactive" and facts.ended_on and facts.date_of_service and facts.ended_on > facts.date_of_service:
        names = ("eligibility_actual", "ended_on", "date_of_service")
        yield AtOdds(names, "The cover is said to have been inactive, and to have ended after the session.")
        return
    if actual != "inactive" and not denied:
        if shown == "active" and actual is None:
            yield Question(
                "eligibility_actual", "payer", "Was the client covered on the day of the session?", Party.NETWORK
            )
        return
    evidence = look.stated(*_ELIGIBILITY) + has_reason(denied)
    if shown is None:
        text = "What did our eligibility check show when the session was booked?"
        yield Question("eligibility_shown", "network", text, Party.NETWORK)
    elif shown == "active":
        confidence = Confidence.HIGH if actual else _by_code(denied)
        detail = "Our check showed active cover; the client was not covered."
        detail += " The payer ended the cover backwards." if facts.retroactive else ""
        yield Ground("network.eligibility_not_caught", confidence, evidence, detail)
    else:
        yield Uncovered(evidence, "Our check showed no cover and the session took place all the same.")


def network_status(look: Look) -> Remarks:
    """Told *in network* when it was *out*: the network's error."""
    facts, denied = look.facts, about(Topic.STATUS, look.codes)
    told, actual = facts.network_status_told, facts.network_status_actual
    if actual == "in" and denied:
        names = ("network_status_actual", *has_reason(denied))
        yield AtOdds(names, f"The payer says out of network, {listed(denied)}; our record says in network.")
        return
    if actual != "out" and not denied:
        if told == "in" and actual is None:
            text = "Was the provider in the client's network on the day of the session?"
            yield Question("network_status_actual", "payer", text, Party.NETWORK)
        return
    evidence = look.stated(*_STATUS) + has_reason(denied)
    if told is None:
        yield Question("network_status_told", "network", "What was the client told about the network?", Party.NETWORK)
    elif told == "in":
        confidence = Confidence.HIGH if actual else _by_code(denied)
        detail = "The client was told in network; the provider was out of it."
        yield Ground("network.status_told_wrong", confidence, evidence, detail)
    else:
        yield Uncovered(evidence, "The client was told out of network, and that was so.")


def authorization(look: Look) -> Remarks:
    """An authorization that nobody at the network knew of at booking: the network's error."""
    facts, denied = look.facts, about(Topic.AUTHORIZATION, look.codes)
    required, known = facts.authorization_required, facts.authorization_known_at_booking
    obtained = facts.authorization_obtained
    if required is False:
        if denied:
            names = ("authorization_required", *has_reason(denied))
            yield AtOdds(
                names, f"The payer misses an authorization, {listed(denied)}; our record says none was needed."
            )
        return
    if required is None and not denied:
        if known is False:
            text = "Did the plan require an authorization for this session?"
            yield Question("authorization_required", "payer", text, Party.NETWORK)
        return
    evidence = look.stated(*_AUTHORIZATION) + has_reason(denied)
    if obtained:
        if denied:
            detail = f"The authorization was obtained; the payer denies for want of it, {listed(denied)}."
            yield Ground("payer.authorization_on_file", Confidence.MEDIUM, evidence, detail)
    elif known is False:
        confidence = Confidence.HIGH if required else _by_code(denied)
        detail = "The plan required an authorization that was not known of at booking."
        yield Ground("network.authorization_unknown", confidence, evidence, detail)
    elif known is None:
        text = "Did we know at booking that the plan required an authorization?"
        yield Question("authorization_known_at_booking", "network", text, Party.NETWORK)
    elif obtained is None:
        yield Question("authorization_obtained", "network", "Was the authorization obtained?", Party.NETWORK)
    else:
        yield Uncovered(evidence, "The authorization was known of and not obtained; the policy does not say by whom.")
