"""Grounds about codes and notes. A payer's code alone never makes a provider's error: a person confirmed something."""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum

from clawguard.domain.attribution.claims import DUPLICATE_CHECK
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
from clawguard.domain.attribution.topics import Topic, about, topic_of
from clawguard.domain.clauses import Party
from clawguard.domain.remit_codes import Reading, RemitCode

# Diagnoses and procedures that the platform's own lists or roster can get wrong.
_PICKED = frozenset(
    ("CG208", "CG301", "CG302", "CG303", "CG306", "CG412", "CG501", "CG503", "CG505", "CG506", "CG507", "CG508"),
)
_PLACE_KIND = "CG4"
_NOT_ABOUT_PLACE = frozenset({"CG412", "CG413"})  # what the payer takes remotely, and when the client was last seen
_NOTES_KIND = "CG7"
_MONEY_KIND = "CG8"
# Confirmed late and billed twice have grounds of their own, by the clock and by who made the second one.
_ELSEWHERE = frozenset(("CG502", DUPLICATE_CHECK))
_OFFERED = "Did our platform offer a code here that it should not have offered?"
_PLACE = "Who set the place of service and the modifier: the provider's stated location, or we?"


class _Kind(StrEnum):
    CODING = "coding"
    NOTES = "notes"
    EXCUSED = "excused"
    ASK_OFFERED = "ask_offered"
    PLACE = "place"
    ANYBODY = "anybody"
    ELSEWHERE = "elsewhere"


def confirmed_findings(look: Look) -> Remarks:
    """What a person confirmed about the codes, unless the platform is the reason for it."""
    kinds: dict[_Kind, list[str]] = defaultdict(list)
    for check in look.facts.coding_findings or ():
        kinds[_kind(check, look)].append(check)
    said = {kind: f"Confirmed by a person: {', '.join(checks)}." for kind, checks in kinds.items()}
    why = ("coding_findings",)
    if _Kind.CODING in said:
        yield Ground("provider.coding", Confidence.HIGH, why, said[_Kind.CODING])
    if _Kind.NOTES in said:
        yield Ground("provider.codes_do_not_match_notes", Confidence.HIGH, why, said[_Kind.NOTES])
    if _Kind.ASK_OFFERED in said:
        yield Question("code_offered_by_network", "network", _OFFERED, Party.NETWORK)
    if _Kind.PLACE in said:
        yield from _place(look, said[_Kind.PLACE], why)
    if _Kind.ANYBODY in said:
        yield Uncovered(why, f"{said[_Kind.ANYBODY]} Whose error that is, the session alone does not say.")


def _kind(check: str, look: Look) -> _Kind:
    offered, party = look.facts.code_offered_by_network, look.tables.finding_parties.get(check)
    if check in _ELSEWHERE or check.startswith(_MONEY_KIND):
        return _Kind.ELSEWHERE
    if check.startswith(_NOTES_KIND):
        return _Kind.NOTES
    if check.startswith(_PLACE_KIND) and party != "provider" and check not in _NOT_ABOUT_PLACE:
        return _Kind.PLACE
    if check in _PICKED and offered:
        return _Kind.EXCUSED
    if party in (None, "provider") or (check in _PICKED and offered is False):
        return _Kind.CODING
    return _Kind.ASK_OFFERED if check in _PICKED else _Kind.ANYBODY


def code_offered(look: Look) -> Remarks:
    """A code that the platform should not have offered is the network's error."""
    offered, gone = look.facts.code_offered_by_network, about(Topic.PICKER, look.codes)
    findings = _PICKED.intersection(look.facts.coding_findings or ())
    evidence = look.stated("code_offered_by_network", "coding_findings") + has_reason(gone)
    if offered:
        confidence = Confidence.HIGH if gone or findings else Confidence.MEDIUM
        yield Ground("network.code_offered", confidence, evidence, "The platform offered the code.")
    elif gone and offered is None:
        yield Question("code_offered_by_network", "network", _OFFERED, Party.NETWORK)
    elif gone and all(code.reading is Reading.NETWORK for code in gone):
        detail = f"The claim carried what the payer does not know, {listed(gone)}."
        yield Ground("network.claim_handling", Confidence.MEDIUM, evidence, detail)
    elif gone:
        detail = f"The code was not offered by the platform, and the payer does not know it, {listed(gone)}."
        yield Ground("provider.coding", Confidence.MEDIUM, evidence, detail)


def place_of_service(look: Look) -> Remarks:
    denied = about(Topic.PLACE, look.codes)
    if denied:
        yield from _place(look, f"The payer names the place or modifier, {listed(denied)}.", has_reason(denied))


def _place(look: Look, detail: str, why: tuple[str, ...]) -> Remarks:
    """The network sets place and modifier from the stated location; only a wrong statement is the provider's."""
    evidence = (*why, *look.stated("place_of_service_set_by"))
    match look.facts.place_of_service_set_by:
        case "network":
            yield Ground("network.place_of_service", Confidence.HIGH, evidence, detail)
        case "provider":
            yield Ground("provider.coding", Confidence.MEDIUM, evidence, detail)
        case _:
            yield Question("place_of_service_set_by", "network", _PLACE, Party.NETWORK)


def coding_denial(look: Look) -> Remarks:
    """The payer points at the coding: confirmed above, contradicted by a review, or still to be looked at."""
    denied = _read_as(Reading.PROVIDER_CODING, look)
    if not denied:
        return
    findings = look.facts.coding_findings
    if findings is None:
        text = f"The payer points at the coding, {listed(denied)}. Does a check, confirmed by a person, bear it out?"
        yield Question("coding_findings", "staff", text, Party.PROVIDER)
    elif not findings:
        detail = f"A review confirmed nothing; the payer points at the coding, {listed(denied)}."
        names = ("coding_findings", *has_reason(denied))
        yield Ground("payer.decision_not_supported", Confidence.MEDIUM, names, detail)


def notes_denial(look: Look) -> Remarks:
    """Whether the notes support the codes is decided by reading them, not by a denial."""
    denied = _read_as(Reading.PROVIDER_DOCUMENTATION, look)
    match = look.facts.codes_match_notes
    evidence = look.stated("codes_match_notes") + has_reason(denied)
    if match is False:
        detail = "A reviewer found that the notes do not support the codes."
        yield Ground("provider.codes_do_not_match_notes", Confidence.HIGH, evidence, detail)
    elif denied and match:
        detail = f"A reviewer found that the notes support the codes; the payer does not, {listed(denied)}."
        yield Ground("payer.decision_not_supported", Confidence.MEDIUM, evidence, detail)
    elif denied:
        text = f"The payer points at the notes, {listed(denied)}. Do the notes support the codes?"
        yield Question("codes_match_notes", "staff", text, Party.PROVIDER)


def _read_as(reading: Reading, look: Look) -> tuple[RemitCode, ...]:
    return tuple(code for code in look.codes if code.known and code.reading is reading and topic_of(code) is None)
