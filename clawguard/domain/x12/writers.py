"""Writes 837P claims and 835 remittances with right counts and control numbers, as pieces of text.

For the demo network and for tests: what they write, our readers read back unchanged. Values that hold a separator raise
``ValueError`` instead of making a broken file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import islice
from typing import Any

from clawguard.domain.x12.codes import (
    CLAIM_EXTRAS,
    FILING_OF_KIND,
    KIND_OF_FILING,
    LICENSE_OF_TAXONOMY,
    LINE_EXTRAS,
    TAXONOMY_OF_LICENSE,
)
from clawguard.domain.x12.extras import write_extras
from clawguard.domain.x12.remittance import Adjustment, RemitClaim, RemitLine, RemitParty, Remittance

CLAIMS_GUIDE = "005010X222A1"
REMITTANCE_GUIDE = "005010X221A1"
_SEPARATORS = "*:^~\r\n"
SessionDict = Mapping[str, Any]


def segment(name: str, *elements: object) -> str:
    """One segment without empty elements at its end. A tuple is a composite element."""
    texts = [":".join(_clean(part) for part in e).rstrip(":") if isinstance(e, tuple) else _clean(e) for e in elements]
    return "*".join([name, *texts]).rstrip("*") + "~\n"


def _clean(value: object) -> str:
    text = "" if value is None else str(value)
    if any(separator in text for separator in _SEPARATORS):
        raise ValueError("a value holds an X12 separator and cannot be written")
    return text


def write_837p(
    sessions: Iterable[SessionDict],
    *,
    created: dt.datetime,
    sender: str = "CLAWGUARD",
    receiver: str = "PAYER",
    claims_per_transaction: int = 100,
) -> Iterator[str]:
    """One interchange; sessions in the JSON shape, in order, one claim each, several claims per transaction."""
    source = iter(sessions)
    transactions = 0
    yield from _open_interchange("HC", CLAIMS_GUIDE, created, sender, receiver)
    while block := list(islice(source, claims_per_transaction)):
        transactions += 1
        yield from _counted("837", f"{transactions:04}", CLAIMS_GUIDE, _claims(block, created, sender, receiver))
    yield from _close_interchange(transactions)


def write_835(
    remittances: Iterable[Remittance], *, created: dt.datetime, sender: str = "PAYER", receiver: str = "CLAWGUARD"
) -> Iterator[str]:
    """One interchange with one transaction per remittance, as ``read_remittances`` would give it back."""
    transactions = 0
    yield from _open_interchange("HP", REMITTANCE_GUIDE, created, sender, receiver)
    for remittance in remittances:
        transactions += 1
        yield from _counted("835", f"{transactions:04}", REMITTANCE_GUIDE, _remittance(remittance))
    yield from _close_interchange(transactions)


def _open_interchange(kind: str, guide: str, created: dt.datetime, sender: str, receiver: str) -> Iterator[str]:
    day, time = created.strftime("%y%m%d"), created.strftime("%H%M")
    fixed = ["00", " " * 10, "00", " " * 10, "ZZ", f"{sender:<15.15}", "ZZ", f"{receiver:<15.15}", day, time]
    yield "*".join(["ISA", *fixed, "^", "00501", "000000001", "0", "T", ":"]) + "~\n"
    yield segment("GS", kind, sender, receiver, created.strftime("%Y%m%d"), time, "1", "X", guide)


def _close_interchange(transactions: int) -> Iterator[str]:
    yield segment("GE", transactions, "1")
    yield segment("IEA", "1", "000000001")


def _counted(kind: str, control: str, guide: str, body: Iterable[str]) -> Iterator[str]:
    count = 2
    yield segment("ST", kind, control, guide) if kind == "837" else segment("ST", kind, control)
    for text in body:
        count += 1
        yield text
    yield segment("SE", count, control)


def _claims(block: list[SessionDict], created: dt.datetime, sender: str, receiver: str) -> Iterator[str]:
    yield segment("BHT", "0019", "00", "1", created.strftime("%Y%m%d"), created.strftime("%H%M"), "CH")
    yield segment("NM1", "41", "2", sender, "", "", "", "", "46", sender)
    yield segment("PER", "IC", "INTAKE", "TE", "5550100000")
    yield segment("NM1", "40", "2", receiver, "", "", "", "", "46", receiver)
    level, billing_level, billing = 0, 0, None
    for session in block:
        provider = session["provider"]
        if provider != billing:
            level += 1
            billing_level, billing = level, provider
            yield segment("HL", level, "", "20", "1")
            yield from _billing(provider)
        level += 1
        yield segment("HL", level, billing_level, "22", "0")
        yield from _subscriber(session["client"], session["payer"])
        yield from _claim(session)


def _billing(provider: Mapping[str, Any]) -> Iterator[str]:
    taxonomy = TAXONOMY_OF_LICENSE.get(provider.get("license") or "")
    if taxonomy:
        yield segment("PRV", "BI", "PXC", taxonomy)
    # X12 demands a name; an id in its place is read as no name.
    first, _, last = (provider.get("name") or provider["npi"]).rpartition(" ")
    yield segment("NM1", "85", "1", last, first, "", "", "", "XX", provider["npi"])
    yield segment("N3", "1 EXAMPLE STREET")
    yield segment("N4", "EXAMPLE", "NY", "100010000")
    yield segment("REF", "EI", "000000000")


def _subscriber(client: Mapping[str, Any], payer: Mapping[str, Any]) -> Iterator[str]:
    yield segment("SBR", "P", "18", "", "", "", "", "", "", FILING_OF_KIND.get(payer.get("kind") or "", "ZZ"))
    yield segment("NM1", "IL", "1", "CLIENT", "", "", "", "", "MI", client["external_id"])
    if client.get("state"):
        yield segment("N4", "EXAMPLE", client["state"], "000000000")
    if client.get("birth_date") or client.get("sex"):
        sex = client.get("sex")
        yield segment("DMG", "D8", _date(client.get("birth_date")), "U" if sex == "X" else sex)
    yield segment("NM1", "PR", "2", payer.get("name") or payer["id"], "", "", "", "", "PI", payer["id"])


def _claim(session: SessionDict) -> Iterator[str]:
    lines = session["service_lines"]
    total = sum((Decimal(line.get("charge") or "0") for line in lines), Decimal("0.00"))
    place = (session["place_of_service"], "B", "1")
    yield segment("CLM", session["external_id"], total, "", "", place, "Y", "A", "Y", "Y")
    for text in write_extras(_claim_extras(session), CLAIM_EXTRAS):
        yield segment("K3", text)
    codes = [code.replace(".", "") for code in session.get("diagnoses") or ()]
    if codes:
        yield segment("HI", ("ABK", codes[0]), *[("ABF", code) for code in codes[1:]])
    for number, line in enumerate(lines, 1):
        yield segment("LX", number)
        procedure = ("HC", line["code"], *(line.get("modifiers") or ()))
        pointers = tuple(line.get("diagnosis_pointers") or ())
        charge, units = line.get("charge") or "0.00", line.get("units") or 1
        yield segment("SV1", procedure, charge, "UN", units, "", "", pointers)
        yield segment("DTP", "472", "D8", _date(session["date_of_service"]))
        for text in write_extras(line, LINE_EXTRAS):
            yield segment("K3", text)


def _claim_extras(session: SessionDict) -> dict[str, Any]:
    """What the claim's own segments cannot say, by field path; left out where they say it."""
    values: dict[str, Any] = {}
    for path in CLAIM_EXTRAS.values():
        group, _, name = path.rpartition(".")
        values[path] = ((session.get(group) or {}) if group else session).get(name)
    taxonomy = TAXONOMY_OF_LICENSE.get(values["provider.license"] or "", "")
    if LICENSE_OF_TAXONOMY.get(taxonomy) == values["provider.license"]:
        values["provider.license"] = None
    if KIND_OF_FILING.get(FILING_OF_KIND.get(values["payer.kind"] or "", "")) == values["payer.kind"]:
        values["payer.kind"] = None
    if values["client.sex"] != "X":
        values["client.sex"] = None
    return values


def _date(value: dt.date | str | None) -> str:
    return str(value).replace("-", "") if value else ""


def _remittance(remittance: Remittance) -> Iterator[str]:
    payment = remittance.payment
    yield segment(
        "BPR", payment.handling, payment.amount, "C" if payment.credit else "D", payment.method,
        *[""] * 11, _date(payment.date),
    )  # fmt: skip
    yield segment("TRN", "1", payment.trace, payment.originator)
    if remittance.production_date:
        yield segment("DTM", "405", _date(remittance.production_date))
    for role, party in (("PR", remittance.payer), ("PE", remittance.payee)):
        yield from _party(role, party)
    if remittance.claims:
        yield segment("LX", "1")
    for claim in remittance.claims:
        yield from _remit_claim(claim)
    for entry in remittance.provider_adjustments:
        period = _date(entry.fiscal_period_end)
        yield segment("PLB", entry.provider_id, period, (entry.reason, entry.reference), entry.amount)


def _party(role: str, party: RemitParty) -> Iterator[str]:
    """The guide wants an address and a technical contact of every payer; a reader of payments has no use for them."""
    yield segment("N1", role, party.name, party.qualifier, party.id)
    if role == "PR":
        yield segment("N3", "1 EXAMPLE STREET")
        yield segment("N4", "EXAMPLE", "NY", "100010000")
    for qualifier, value in party.references:
        yield segment("REF", qualifier, value)
    if role == "PR":
        yield segment("PER", "BL", "EXAMPLE EDI DESK", "TE", "5550100000", "EM", "edi@example.com")


def _remit_claim(claim: RemitClaim) -> Iterator[str]:
    yield segment(
        "CLP", claim.claim_id, claim.status, claim.charge, claim.paid, claim.patient_responsibility, claim.filing,
        claim.payer_claim_id, claim.place, claim.frequency,
    )  # fmt: skip
    yield from _adjustments(claim.adjustments)
    member = ("", "", "", "", "MI", claim.member_id) if claim.member_id else ()
    yield segment("NM1", "QC", "1", "CLIENT", *member)
    if claim.rendering_npi:
        yield segment("NM1", "82", "1", "PROVIDER", "", "", "", "", "XX", claim.rendering_npi)
    for start in range(0, len(claim.remarks), 5):
        yield segment("MOA", "", "", *claim.remarks[start : start + 5])
    for qualifier, value in claim.references:
        yield segment("REF", qualifier, value)
    for kind, date in (("232", claim.date), ("233", claim.date_to), ("050", claim.received)):
        if date:
            yield segment("DTM", kind, _date(date))
    for line in claim.lines:
        yield from _remit_line(line)


def _remit_line(line: RemitLine) -> Iterator[str]:
    procedure, billed = (line.qualifier, line.code, *line.modifiers), ("HC", line.billed_code or "")
    yield segment("SVC", procedure, line.charge, line.paid, "", line.units, billed if line.billed_code else "")
    dates = (("150", line.date), ("151", line.date_to)) if line.date_to else (("472", line.date),)
    for kind, date in dates:
        if date:
            yield segment("DTM", kind, _date(date))
    yield from _adjustments(line.adjustments)
    if line.control_number:
        yield segment("REF", "6R", line.control_number)
    if line.allowed is not None:
        yield segment("AMT", "B6", line.allowed)
    for remark in line.remarks:
        yield segment("LQ", "HE", remark)


def _adjustments(adjustments: Iterable[Adjustment]) -> Iterator[str]:
    for entry in adjustments:
        yield segment("CAS", entry.group, entry.reason, entry.amount, entry.quantity)
