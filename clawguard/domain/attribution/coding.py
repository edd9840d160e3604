"""Grounds about codes and notes. A payer's code alone never makes a provider's error: a person confirmed something."""

from __future__ import annotations

from clawguard.domain.attribution.grounds import Confidence, Ground, Look, Question, Remarks, has_reason, listed
from clawguard.domain.attribution.topics import Topic, about, topic_of
from clawguard.domain.clauses import Party
from clawguard.domain.remit_codes import Reading, RemitCode

_OFFERED_KIND = ("CG3", "CG5")  # diagnoses and who may bill: what the platform's picker can get wrong
_PLACE_KIND = "CG4"
_NOTES_KIND = "CG7"
_NOT_CODING = "CG8"  # remittances and money
_OFFERED = "Did our platform offer a code here that it should not have offered?"
_PLACE = "Who set the place of service and the modifier: the provider's stated location, or we?"


def confirmed_findings(look: Look) -> Remarks:
    """What a person confirmed about the codes, unless the platform is the reason for it."""
    ids = look.facts.coding_findings or ()
    offered = look.facts.code_offered_by_network
    kinds: dict[str, list[str]] = {"coding": [], "notes": [], "offered": [], "ask_offered": [], "place": []}
    for check in ids:
        kinds.get(_kind(check, offered, look), []).append(check)
    if kinds["coding"]:
        detail = f"Confirmed by a person: {', '.join(kinds['coding'])}."
        yield Ground("provider.coding", Confidence.HIGH, ("coding_findings",), detail)
    if kinds["notes"]:
        detail = f"Confirmed by a person about the note: {', '.join(kinds['notes'])}."
        yield Ground("provider.codes_do_not_match_notes", Confidence.HIGH, ("coding_findings",), detail)
    if kinds["ask_offered"]:
        yield Question("code_offered_by_network", "network", _OFFERED, Party.NETWORK)
    if kinds["place"]:
        yield from _place(look, f"Confirmed by a person: {', '.join(kinds['place'])}.", ("coding_findings",))


def _kind(check: str, offered: bool | None, look: Look) -> str:
    if check.startswith(_NOT_CODING):
        return "remittance"
    if check.startswith(_NOTES_KIND):
        return "notes"
    if check.startswith(_PLACE_KIND):
        return "place"
    if check.startswith(_OFFERED_KIND) and offered:
        return "offered"
    if look.tables.finding_parties.get(check, "provider") != "provider" and offered is None:
        return "ask_offered"
    return "coding"


def code_offered(look: Look) -> Remarks:
    """A code that the platform should not have offered is the network's error."""
    offered, gone = look.facts.code_offered_by_network, about(Topic.PICKER, look.codes)
    findings = [check for check in look.facts.coding_findings or () if check.startswith(_OFFERED_KIND)]
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
