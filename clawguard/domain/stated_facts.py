"""Facts that people and programs state beside sessions: what kinds there are, and reading one strictly.

A statement names its ``kind``, whom it is about, from when to when it holds, what it says, and its ``source``. How the
checks see them is in ``checks/stated.py``. Money is text, days and instants are ISO texts, codes are upper case.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from clawguard.domain.client_papers import COVERS, NOT_ON_FILE, ON_FILE
from clawguard.domain.client_papers import KINDS as PAPERS
from clawguard.domain.submission.numbers import boolean, date, instant, integer, money
from clawguard.domain.submission.texts import choice, credential, diagnosis, identifier, npi, procedure, state, text
from clawguard.domain.submission.values import Errors, FieldError, RefusedError, safe_key

Reader = Callable[[Any], Any]
MOST_CODES = 50


def codes(raw: Any) -> list[str]:
    """A list of procedure codes, or one text of them parted by spaces, as a table has it."""
    listed = raw.split() if isinstance(raw, str) else raw
    if not isinstance(listed, list) or len(listed) > MOST_CODES:
        raise RefusedError("type_array", f"must be a list of at most {MOST_CODES} procedure codes.")
    return sorted({procedure(each) for each in listed})


def _billed_code(raw: Any) -> str:
    """A procedure or a diagnosis as sessions hold them: upper case, without the dot."""
    try:
        return procedure(raw)
    except RefusedError:
        pass
    try:
        return diagnosis(raw)
    except RefusedError:
        raise RefusedError("code_format", "is neither a procedure code nor an ICD-10-CM code; correct it.") from None


def _day(raw: Any) -> str:
    return date(raw).isoformat()


def _moment(raw: Any) -> str:
    return instant(raw).astimezone(dt.UTC).isoformat()


def _amount(raw: Any) -> str:
    amount: Decimal = money(raw)
    return str(amount)


class Kind(NamedTuple):
    """``about``: client, provider or session. ``needs`` and ``may`` name its fields beside those of every statement."""

    label: str
    about: str
    needs: Mapping[str, Reader]
    may: Mapping[str, Reader]
    dated: bool = True  # has "from" and "to"


_PAYER = {"payer_id": identifier(80)}
KINDS: Mapping[str, Kind] = {
    "eligibility": Kind(
        "Coverage",
        "client",
        {"status": choice("active", "inactive")},
        {**_PAYER, "shown": choice("active", "inactive"), "checked_at": _moment, "retroactive": boolean},
    ),
    "authorization": Kind(
        "Authorization",
        "client",
        {},
        {**_PAYER, "required": boolean, "obtained": boolean, "known_at_booking": boolean, "codes": codes},
    ),
    "event": Kind(
        "Event or stay",
        "client",
        {"event": choice("death", "discharge", "disenrollment", "inpatient", "residential")},
        {},
    ),
    "plan": Kind(
        "Frequency of the treatment plan",
        "client",
        {"sessions": integer(1, 31), "per": choice("week", "month")},
        {},
    ),
    "consent": Kind("Consent", "client", {"covers": choice(*COVERS), "status": choice(ON_FILE, NOT_ON_FILE)}, {}),
    "interpreter": Kind("Interpreter", "client", {"used": boolean}, {}),
    "part2": Kind("Program records (42 CFR part 2)", "client", {"programme": boolean}, {}),
    "appointment": Kind(
        "Appointment", "session", {"status": choice("kept", "cancelled", "no_show")}, {"at": _moment}, dated=False
    ),
    "claim": Kind("Claim", "session", {"filed_on": _day}, {}, dated=False),
    "picker": Kind("Code picker", "session", {"offered": boolean}, {"code": _billed_code}, dated=False),
    "license": Kind("License", "provider", {"license": credential}, {"state": state}),
    "practice": Kind("State of the practice", "provider", {"state": state}, {}),
    "enrollment": Kind("Enrollment", "provider", dict(_PAYER), {"status": choice("enrolled", "not_enrolled")}),
    "rate": Kind("Contracted rate", "provider", {"code": procedure, "amount": _amount}, dict(_PAYER)),
}
# No check and no case looks at them: the patterns, the clocks and the reader of notes do.
UNSCREENED = frozenset({"plan", "practice"}) | PAPERS
ABOUT: Mapping[str, Reader] = {"client": identifier(80), "provider": npi, "session": identifier(80)}
_SOURCE = text(120)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement as read. ``ref`` is the client's or session's own id, or the provider's NPI."""

    kind: str
    about: str
    ref: str
    first_day: dt.date | None
    last_day: dt.date | None
    values: Mapping[str, Any]
    source: str

    @property
    def digest(self) -> str:
        """The same statement of the same source has the same digest, however it was sent."""
        said = [self.kind, self.about, self.ref, str(self.first_day), str(self.last_day), self.values, self.source]
        return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def read_statement(raw: object, at: str = "") -> tuple[Statement | None, list[FieldError]]:
    """The statement, or None and every field that is wrong. ``at``: where it stands in the body."""
    errors = Errors(at)
    if not isinstance(raw, Mapping):
        errors.add(at, "type_object", "must be an object.")
        return None, errors.found
    kind = KINDS.get(raw["kind"]) if isinstance(raw.get("kind"), str) else None
    if kind is None:
        errors.add(f"{at}/kind", "choice", f"must be one of {', '.join(KINDS)}.")
        return None, errors.found
    wanted: dict[str, Reader] = {kind.about: ABOUT[kind.about], "source": _SOURCE, **kind.needs}
    allowed: dict[str, Reader] = {**wanted, **kind.may, **({"from": date, "to": date} if kind.dated else {})}
    for name in raw.keys() - allowed.keys() - {"kind"}:
        errors.add(f"{at}/{safe_key(name)}", "unknown", "is not a field of this kind; leave it out.")
    found = {name: _read(raw, name, read, name in wanted, at, errors) for name, read in allowed.items()}
    first, last = found.get("from"), found.get("to")
    if first is not None and last is not None and last < first:
        errors.add(f"{at}/to", "before_from", "is before the first day; correct one of them.")
    if raw["kind"] == "event" and first is None and not errors.found:
        errors.add(f"{at}/from", "required", "is needed: the day of the event, or the first of the stay.")
    if errors.found:
        return None, errors.found
    said = {name: value for name, value in found.items() if name in kind.needs or name in kind.may}
    values = {name: value for name, value in said.items() if value is not None}
    return Statement(raw["kind"], kind.about, found[kind.about], first, last, values, found["source"]), []


def _read(raw: Mapping[str, Any], name: str, read: Reader, needed: bool, at: str, errors: Errors) -> Any:
    value = raw.get(name)
    if value is None or value == "":
        if needed:
            errors.add(f"{at}/{name}", "required", "is missing.")
        return None
    try:
        return read(value)
    except RefusedError as refused:
        errors.add(f"{at}/{name}", refused.code, refused.why)
        return None
