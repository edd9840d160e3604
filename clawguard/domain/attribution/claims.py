"""Grounds about the claim: filed in time, sent once, by a provider in good standing."""

from __future__ import annotations

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

DUPLICATE_CHECK = "CG603"
_FILING = ("date_of_service", "session_confirmed_at", "claim_submitted_at", "filing_limit_at")


def timely_filing(look: Look) -> Remarks:
    """Confirmed within the limit: the network had the time. After it: the provider's, unless time was still left."""
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
    yield from _whose_delay(look, evidence)


def _whose_delay(look: Look, evidence: tuple[str, ...]) -> Remarks:
    facts, allowed = look.facts, look.tables.confirmation_limit_days
    confirmed, limit = facts.session_confirmed_at, facts.filing_limit_at
    if confirmed is None or facts.date_of_service is None:
        return
    days = (confirmed.date() - facts.date_of_service).days
    if days <= allowed:
        detail = f"Confirmed {days} days after the session, within {allowed}; the claim still came too late."
        yield Ground("network.late_filing", Confidence.HIGH, evidence, detail)
        return
    detail = f"Confirmed {days} days after the session; {allowed} are allowed."
    if limit is not None and confirmed <= limit:
        yield Ground("provider.late_confirmation", Confidence.MEDIUM, evidence, detail)
        detail = "The filing limit had not passed when the session was confirmed."
        yield Ground("network.late_filing", Confidence.MEDIUM, evidence, detail)
    else:
        sure = Confidence.MEDIUM if limit is None else Confidence.HIGH
        yield Ground("provider.late_confirmation", sure, evidence, detail)


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
