"""Grounds about the claim: filed in time, sent once, by a provider in good standing."""

from __future__ import annotations

import datetime as dt

from clawguard.domain.attribution.grounds import (
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

DUPLICATE_CHECK = "CG603"
_FILING = ("date_of_service", "session_confirmed_at", "claim_submitted_at", "filing_limit_at")


def timely_filing(look: Look) -> Remarks:
    """Confirmed within the limit: the network had the time. After it: the provider's, unless time was still left.

    Whose delay it was is asked only of a claim that is known to have come late: a denial says that the payer thinks so.
    """
    facts, denied = look.facts, about(Topic.FILING, look.codes)
    submitted, limit = facts.claim_submitted_at, facts.filing_limit_at
    both_known = submitted is not None and limit is not None
    in_time = submitted is not None and limit is not None and submitted <= limit
    if not denied and (in_time or not both_known):
        return
    evidence = look.stated(*_FILING) + has_reason(denied)
    if in_time:
        detail = f"The claim was submitted before the filing limit; the payer says late, {listed(denied)}."
        yield Ground("payer.filed_in_time", Confidence.MEDIUM, evidence, detail)
        return
    if facts.session_confirmed_at is None:
        text = "When did the provider confirm the session?"
        yield Question("session_confirmed_at", "network", text, Party.NETWORK)
    if facts.date_of_service is None:
        yield Question("date_of_service", "network", "What was the date of service?", Party.NETWORK)
    late = _came_late(look, denied)
    if not late:
        yield from _was_it_late(look, denied)
    yield from _whose_delay(look, evidence, late=late)


def _came_late(look: Look, denied: tuple[RemitCode, ...]) -> bool:
    """Whether the claim is known to have come after the filing limit: sent after it, or confirmed after it."""
    facts, limit = look.facts, look.facts.filing_limit_at
    if limit is None or _denied_before(limit, look, denied):
        return False
    moments = (facts.claim_submitted_at, facts.session_confirmed_at)
    return any(moment is not None and moment > limit for moment in moments)


def _denied_before(limit: dt.datetime, look: Look, denied: tuple[RemitCode, ...]) -> bool:
    """Whether the denial is from before the limit was over: then the limit that we know is not the payer's."""
    moments = [look.facts.evidence(name).at for name in has_reason(denied)]
    return any(moment is not None and moment <= limit for moment in moments)


def _was_it_late(look: Look, denied: tuple[RemitCode, ...]) -> Remarks:
    facts, limit = look.facts, look.facts.filing_limit_at
    if facts.claim_submitted_at is None:
        text = f"The payer says that the claim came late, {listed(denied)}. When was it sent?"
        yield Question("claim_submitted_at", "network", text, Party.NETWORK)
    if limit is None:
        yield Question("filing_limit_at", "network", "Until when did the payer take this claim?", Party.NETWORK)
    elif _denied_before(limit, look, denied):
        text = (
            "The denial came before the filing limit that we know was over. Until when did the payer take this claim?"
        )
        yield Question("filing_limit_at", "network", text, Party.NETWORK)


def _whose_delay(look: Look, evidence: tuple[str, ...], *, late: bool) -> Remarks:
    """``late``: the claim is known to have come late. Else only that a confirmation took too long is said."""
    facts, allowed = look.facts, look.tables.confirmation_limit_days
    confirmed, limit = facts.session_confirmed_at, facts.filing_limit_at
    if confirmed is None or facts.date_of_service is None:
        return
    days = (confirmed.date() - facts.date_of_service).days
    if days <= allowed:
        if late:
            detail = f"Confirmed {days} days after the session, within {allowed}; the claim still came too late."
            yield Ground("network.late_filing", Confidence.HIGH, evidence, detail)
        return
    sure = Confidence.HIGH if late and limit is not None and confirmed > limit else Confidence.MEDIUM
    detail = f"Confirmed {days} days after the session; {allowed} are allowed."
    yield Ground("provider.late_confirmation", sure, evidence, detail)
    if late and limit is not None and confirmed <= limit:
        detail = "The filing limit had not passed when the session was confirmed."
        yield Ground("network.late_filing", Confidence.MEDIUM, evidence, detail)


def duplicate(look: Look) -> Remarks:
    """Who made the second one: two confirmations are the provider's, two transmissions the network's."""
    facts, denied = look.facts, about(Topic.DUPLICATE, look.codes)
    found = ("coding_findings",) if DUPLICATE_CHECK in (facts.coding_findings or ()) else ()
    evidence = look.stated("duplicate_of", "duplicate_origin") + found + has_reason(denied)
    sure = Confidence.HIGH if denied or found or facts.duplicate_of else Confidence.MEDIUM
    if facts.duplicate_origin == "network":
        yield Ground("network.duplicate_transmission", sure, evidence, "One session was sent to the payer twice.")
    elif facts.duplicate_origin == "provider":
        yield Ground("provider.duplicate_confirmation", sure, evidence, "One session was confirmed twice.")
    elif evidence:
        text = "Was the session confirmed twice, or sent to the payer twice?"
        yield Question("duplicate_origin", "network", text, Party.NETWORK)


def credentialing(look: Look) -> Remarks:
    """A go-ahead before the payer was ready is the network's; a license that was not valid is the provider's."""
    facts, denied = look.facts, about(Topic.CREDENTIALING, look.codes)
    valid, go_ahead = facts.license_valid_on_service_date, facts.credentialing_go_ahead
    evidence = look.stated("license_valid_on_service_date", "credentialing_go_ahead") + has_reason(denied)
    if valid is False:
        detail = "The license was not valid on the day of the session."
        yield Ground("provider.license_lapsed", Confidence.HIGH, evidence, detail)
    if go_ahead and (denied or valid is False):
        sure = Confidence.HIGH if valid and denied else Confidence.MEDIUM
        detail = "We had given the go-ahead to see this payer's clients."
        yield Ground("network.credentialing_go_ahead", sure, evidence, detail)
    elif denied and go_ahead is None:
        text = f"The payer did not have the provider on file, {listed(denied)}. Had we given the go-ahead?"
        yield Question("credentialing_go_ahead", "network", text, Party.NETWORK)
    elif denied and valid:
        yield Uncovered(evidence, "The license was valid and no go-ahead had been given.")
    if denied and valid is None and not go_ahead:
        text = "Was the provider's license valid on the day of the session?"
        yield Question("license_valid_on_service_date", "provider", text, Party.PROVIDER)
