"""From a gathered claim to sessions: one per date of service and rendering provider.

Most therapy claims hold one session. A claim over several dates becomes several sessions whose ids carry the date, and
a second rendering provider on one day adds the NPI, so the same file always gives the same ids.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from clawguard.domain.x12.claim_parts import Claim, ClaimSession, Line, Party
from clawguard.domain.x12.codes import KIND_OF_FILING, LICENSE_OF_TAXONOMY
from clawguard.domain.x12.segments import SegmentProblem, problem_at

Placed = Callable[[SegmentProblem], SegmentProblem]
_NUMBER = re.compile(r"(-?)([0-9]{0,15})(?:\.([0-9]{0,4}))?")
# Claim-level facts that belong to one session and cannot be divided among several.
_OF_ONE_SESSION = ("start", "end", "minutes", "confirmed_at", "contracted_rate")


def sessions_of(claim: Claim, placed: Placed) -> Iterator[ClaimSession]:
    """All sessions of ``claim``; one without usable lines still yields a session, for its errors to be shown."""
    groups = _groups(claim)
    problems = list(claim.problems)
    problems += [placed(problem) for problem in _claim_problems(claim)]
    if len(groups) > 1 and any(name in claim.extras for name in _OF_ONE_SESSION):
        message = "The claim holds several sessions; its times and rate are not divided among them."
        problems.append(placed(problem_at(claim.opener, "extras_not_divided", message, "warning")))
    dates = {date for date, _ in groups}
    for (date, npi), lines in groups.items():
        suffix = f"-{date.replace('-', '')}" if len(dates) > 1 else ""
        if sum(1 for other, _ in groups if other == date) > 1:
            suffix += f"-{npi}"
        yield _session(claim, lines, date, suffix, len(groups) == 1, problems, placed)


def _groups(claim: Claim) -> dict[tuple[str, str], list[Line]]:
    groups: dict[tuple[str, str], list[Line]] = {}
    for line in claim.lines:
        provider = _rendering(claim, line)
        groups.setdefault((_date(line), provider.npi if provider else ""), []).append(line)
    return groups or {("", ""): []}


def _rendering(claim: Claim, line: Line | None) -> Party | None:
    return (line.rendering if line else None) or claim.rendering or claim.context.billing


def _date(line: Line) -> str:
    """The day of a line as an ISO date where it is one; the first day of a range."""
    if line.date is None:
        return ""
    return _iso(line.date.get(3).strip().partition("-")[0])


def _iso(text: str) -> str:
    """CCYYMMDD (also with a time behind it) as YYYY-MM-DD; anything else stays for the parser to refuse."""
    if len(text) in (8, 12) and text.isascii() and text.isdigit():
        return f"{text[:4]}-{text[4:6]}-{text[6:8]}"
    return text


def _claim_problems(claim: Claim) -> Iterator[SegmentProblem]:
    opener = claim.opener
    if opener.parts(5)[2:3] == ["8"]:
        message = "This claim voids an earlier one (frequency 8); withdraw the session instead of importing it."
        yield problem_at(opener, "claim_void", message)
    if not claim.lines:
        yield problem_at(opener, "lines_missing", "The claim has no service line.")
    charges = [_decimal(line.service.get(2)) for line in claim.lines if line.service is not None]
    total = _decimal(opener.get(2))
    known = [charge for charge in charges if charge is not None]
    if total is not None and charges and len(known) == len(charges) and sum(known) != total:
        yield problem_at(opener, "charges_differ", "CLM02 is not the sum of the charges of the lines.", "warning")


def _session(
    claim: Claim,
    lines: list[Line],
    date: str,
    suffix: str,
    alone: bool,
    shared: list[SegmentProblem],
    placed: Placed,
) -> ClaimSession:
    positions = {"": claim.opener.position}
    problems = list(shared)
    raw: dict[str, Any] = {"external_id": claim.opener.get(1).strip() + suffix}
    _add_people(raw, claim, lines, positions)
    raw["date_of_service"] = date or None
    if lines and lines[0].date is not None:
        positions["/date_of_service"] = lines[0].date.position
    raw["service_lines"] = []
    places: list[str] = []
    for index, line in enumerate(lines):
        entry, remarks = _line(line)
        problems += [placed(problem) for problem in remarks]
        raw["service_lines"].append(entry)
        positions[f"/service_lines/{index}"] = (line.service or line.opener).position
        places.append((line.service.get(5).strip() if line.service else "") or claim.opener.parts(5)[0].strip())
    raw["place_of_service"] = next(iter(places), claim.opener.parts(5)[0].strip()) or None
    if len(set(places)) > 1:
        message = "Lines of one session carry different places of service; send them as two claims."
        problems.append(placed(problem_at(claim.opener, "places_differ", message)))
    raw["diagnoses"] = list(claim.diagnoses)
    if claim.diagnoses_position:
        positions["/diagnoses"] = claim.diagnoses_position
    _add_extras(raw, claim, alone, positions)
    return ClaimSession(raw, claim.opener.position, problems, positions)


def _add_people(raw: dict[str, Any], claim: Claim, lines: list[Line], positions: dict[str, int]) -> None:
    context = claim.context
    provider = _rendering(claim, lines[0] if lines else None)
    raw["provider"] = {}
    if provider is not None:
        taxonomy = provider.taxonomy or (context.billing_taxonomy if provider is context.billing else "")
        raw["provider"] = _stated(npi=provider.npi, name=provider.name, license=LICENSE_OF_TAXONOMY.get(taxonomy))
        positions["/provider"] = provider.position
    client = context.patient or context.subscriber
    raw["client"] = {}
    if client is not None:
        raw["client"] = _stated(
            external_id=_client_id(claim, client), birth_date=_iso(client.birth), sex=client.sex, state=client.state
        )
        positions["/client"] = client.position
        if client.dmg_position:
            positions["/client/birth_date"] = positions["/client/sex"] = client.dmg_position
    raw["payer"] = {}
    if context.payer is not None:
        kind = KIND_OF_FILING.get(context.filing)
        raw["payer"] = _stated(id=context.payer.id, name=context.payer.name, kind=kind)
        positions["/payer"] = context.payer.position


def _client_id(claim: Claim, client: Party) -> str:
    """The member id; for a dependent without an own one, the subscriber's with a mark that names nobody.

    The mark is a digest of birth date and name so that siblings stay apart and the same child stays the same.
    """
    subscriber = claim.context.subscriber
    if client.id or client is subscriber:
        return client.id
    if subscriber is None or not subscriber.id:
        return ""
    mark = hashlib.sha256(f"{subscriber.id}|{client.birth}|{client.name.upper()}".encode()).hexdigest()[:12]
    return f"{subscriber.id}.{mark}"


def _stated(**values: str | None) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def _line(line: Line) -> tuple[dict[str, Any], list[SegmentProblem]]:
    """One service line in the JSON shape, and what its segments do not allow to be read."""
    problems: list[SegmentProblem] = []
    service = line.service
    if service is None:
        problem = problem_at(line.opener, "service_missing", "The line has no professional service (SV1).")
        return {}, [problem]
    qualifier, *rest = service.parts(1)
    if qualifier != "HC":
        problems.append(problem_at(service, "code_qualifier", "SV101 is not a CPT or HCPCS code (HC)."))
    entry: dict[str, Any] = {"code": rest[0] if rest else None, "modifiers": [part for part in rest[1:5] if part]}
    charge = _decimal(service.get(2))
    entry["charge"] = str(charge) if charge is not None else service.get(2) or None
    quantity = _decimal(service.get(4))
    if quantity is None or quantity != quantity.to_integral_value():
        problems.append(problem_at(service, "quantity_unreadable", "SV104 is not a whole number."))
    elif service.get(3) == "MJ":
        entry["minutes"] = int(quantity)
    elif service.get(3) == "UN":
        entry["units"] = int(quantity)
    else:
        problems.append(problem_at(service, "quantity_unit", "SV103 is neither UN (units) nor MJ (minutes)."))
    entry["diagnosis_pointers"] = [_pointer(part) for part in service.parts(7) if part]
    entry.update(line.extras)
    if line.date is None:
        problems.append(problem_at(service, "date_missing", "The line has no date of service (DTP*472)."))
    else:
        first, _, last = line.date.get(3).strip().partition("-")
        if last and last != first:
            message = "The line spans several days; a session is one day. Send one line per day."
            problems.append(problem_at(line.date, "date_range", message))
    return entry, problems


def _pointer(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else text


def _decimal(text: str) -> Decimal | None:
    """An X12 decimal ("40", "40.", ".5", "40.00"), or ``None`` where it is not one."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None or not (match[2] or match[3]):
        return None
    whole, cents = match[2] or "0", (match[3] or "").rstrip("0")
    return Decimal(f"{match[1]}{whole}.{cents.ljust(2, '0')}")


def _add_extras(raw: dict[str, Any], claim: Claim, alone: bool, positions: dict[str, int]) -> None:
    for path, value in claim.extras.items():
        if not alone and path in _OF_ONE_SESSION:
            continue
        group, _, name = path.rpartition(".")
        target = raw.setdefault(group, {}) if group else raw
        target[name] = value
        positions["/" + path.replace(".", "/")] = claim.extras_position
