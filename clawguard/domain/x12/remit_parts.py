"""What is gathered while the segments of one 835 transaction pass by."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Generator, Iterator
from decimal import Decimal
from typing import Any

from clawguard.domain.x12.remittance import (
    Adjustment,
    Payment,
    ProviderAdjustment,
    RemitClaim,
    RemitLine,
    RemitParty,
    Remittance,
)
from clawguard.domain.x12.segments import Segment, SegmentProblem, problem_at

Problems = Iterator[SegmentProblem]
_AMOUNT = re.compile(r"-?(?:[0-9]{1,15}(?:\.[0-9]{0,4})?|\.[0-9]{1,4})")
_OTHER_COMPONENT = re.compile(r"[A-Z0-9]{2}([^A-Za-z0-9 ])[A-Za-z0-9]")
_GROUPS = frozenset({"CO", "PR", "OA", "PI", "CR"})


class Draft:
    """Collects one transaction; ``handlers`` holds one method per segment id, each giving the problems it met."""

    def __init__(self) -> None:
        self.payment: dict[str, Any] = {}
        self.parties: dict[str, dict[str, Any]] = {}
        self.party: dict[str, Any] | None = None
        self.production_date: dt.date | None = None
        self.claims: list[dict[str, Any]] = []
        self.claim: dict[str, Any] | None = None
        self.line: dict[str, Any] | None = None
        self.provider_adjustments: list[ProviderAdjustment] = []
        self.handlers: dict[str, Callable[[Segment], Problems]] = {
            "BPR": self._bpr, "TRN": self._trn, "N1": self._n1, "REF": self._ref, "DTM": self._dtm, "CLP": self._clp,
            "CAS": self._cas, "NM1": self._nm1, "MOA": self._remarks, "MIA": self._remarks, "SVC": self._svc,
            "LQ": self._lq, "AMT": self._amt, "PLB": self._plb,
        }  # fmt: skip

    def missing(self, opener: Segment) -> Problems:
        if "amount" not in self.payment:
            yield problem_at(opener, "bpr_missing", "The transaction has no payment (BPR).")
        if "trace" not in self.payment:
            yield problem_at(opener, "trn_missing", "The transaction has no trace number (TRN).")
        for role, name in (("PR", "payer"), ("PE", "payee")):
            if role not in self.parties:
                yield problem_at(opener, "party_missing", f"The transaction names no {name} (N1*{role}).")

    def remittance(
        self, interchange: str, transaction: str, position: int, problems: tuple[SegmentProblem, ...]
    ) -> Remittance:
        return Remittance(
            interchange,
            transaction,
            Payment(**{"amount": None, **self.payment}),
            _party(self.parties.get("PR")),
            _party(self.parties.get("PE")),
            tuple(_claim(claim) for claim in self.claims),
            tuple(self.provider_adjustments),
            self.production_date,
            position,
            problems,
        )

    def _bpr(self, segment: Segment) -> Problems:
        if "amount" in self.payment:
            yield problem_at(segment, "segment_repeated", "The transaction has a second payment (BPR).")
        amount = yield from _amount(segment, 2)
        date = yield from _date(segment, 16)
        self.payment.update(
            amount=amount, method=segment.get(4), credit=segment.get(3) != "D", date=date, handling=segment.get(1)
        )

    def _trn(self, segment: Segment) -> Problems:
        if "trace" in self.payment:
            yield problem_at(segment, "segment_repeated", "The transaction has a second trace number (TRN).")
        self.payment.update(trace=segment.get(2).strip(), originator=segment.get(3).strip())

    def _n1(self, segment: Segment) -> Problems:
        self.party = {
            "name": segment.get(2).strip(), "qualifier": segment.get(3), "id": segment.get(4).strip(), "references": []
        }  # fmt: skip
        self.parties.setdefault(segment.get(1), self.party)
        yield from ()

    def _ref(self, segment: Segment) -> Problems:
        qualifier, value = segment.get(1), segment.get(2).strip()
        if self.line is not None:
            if qualifier == "6R":
                self.line["control_number"] = value
        elif self.claim is not None:
            self.claim["references"].append((qualifier, value))
        elif self.party is not None:
            self.party["references"].append((qualifier, value))
        yield from ()

    def _dtm(self, segment: Segment) -> Problems:
        kind = segment.get(1)
        date = yield from _date(segment, 2)
        if self.line is not None:
            name = {"472": "date", "150": "date", "151": "date_to"}.get(kind)
            target: dict[str, Any] | None = self.line
        elif self.claim is not None:
            name = {"232": "date", "233": "date_to", "050": "received"}.get(kind)
            target = self.claim
        else:
            name, target = None, None
            if kind == "405":
                self.production_date = date
        if name is not None and target is not None:
            target[name] = date

    def _clp(self, segment: Segment) -> Problems:
        charge = yield from _amount(segment, 3)
        paid = yield from _amount(segment, 4)
        share = (yield from _amount(segment, 5)) if segment.get(5) else None
        self.line, self.party = None, None
        self.claim = {
            "claim_id": segment.get(1).strip(), "status": segment.get(2).strip(), "charge": charge, "paid": paid,
            "patient_responsibility": share, "filing": segment.get(6), "payer_claim_id": segment.get(7).strip() or None,
            "place": segment.get(8) or None, "frequency": segment.get(9) or None, "position": segment.position,
            "adjustments": [], "remarks": [], "references": [], "lines": [],
        }  # fmt: skip
        self.claims.append(self.claim)
        if not self.claim["claim_id"] or len(self.claim["status"]) not in (1, 2):
            message = "CLP has no claim id (CLP01), or no status of one or two characters (CLP02)."
            yield problem_at(segment, "claim_unnamed", message)

    def _cas(self, segment: Segment) -> Problems:
        target = self.line if self.line is not None else self.claim
        if target is None:
            yield problem_at(segment, "segment_misplaced", "An adjustment (CAS) stands outside a claim.")
            return
        group = segment.get(1)
        if group not in _GROUPS:
            yield problem_at(segment, "group_unknown", "CAS01 is none of CO, PR, OA, PI and CR.")
        for number in range(2, len(segment.elements), 3):
            reason = segment.get(number).strip()
            if not (reason or segment.get(number + 1)):
                continue
            if not reason:
                yield problem_at(segment, "reason_missing", "CAS has an amount without a reason code.")
            amount = yield from _amount(segment, number + 1)
            quantity = (yield from _amount(segment, number + 2)) if segment.get(number + 2) else None
            if amount is not None:
                target["adjustments"].append(Adjustment(group, reason, amount, quantity, segment.position))

    def _nm1(self, segment: Segment) -> Problems:
        if self.claim is None or self.line is not None:
            return
        value = segment.get(9).strip() or None
        if segment.get(1) == "QC" or (segment.get(1) == "IL" and self.claim.get("member_id") is None):
            self.claim["member_id"] = value
        elif segment.get(1) == "82" and segment.get(8) == "XX":
            self.claim["rendering_npi"] = value
        yield from ()

    def _remarks(self, segment: Segment) -> Problems:
        if self.claim is None:
            yield problem_at(segment, "segment_misplaced", f"{segment.id} stands outside a claim.")
            return
        places = (3, 4, 5, 6, 7) if segment.id == "MOA" else (5, 20, 21, 22, 23)
        self.claim["remarks"].extend(code for code in (segment.get(n).strip() for n in places) if code)

    def _svc(self, segment: Segment) -> Problems:
        if self.claim is None:
            yield problem_at(segment, "segment_misplaced", "A service (SVC) stands outside a claim.")
            return
        parts, remark = _components(segment, 1)
        if remark is not None:
            yield remark
        charge = yield from _amount(segment, 2)
        paid = yield from _amount(segment, 3)
        units = (yield from _amount(segment, 5)) if segment.get(5) else None
        billed, _ = _components(segment, 6) if segment.get(6) else ([], None)
        self.line = {
            "qualifier": parts[0], "code": parts[1] if len(parts) > 1 else "", "charge": charge, "paid": paid,
            "modifiers": tuple(part for part in parts[2:6] if part), "units": units, "position": segment.position,
            "billed_code": billed[1] if len(billed) > 1 else None, "adjustments": [], "remarks": [],
        }  # fmt: skip
        self.claim["lines"].append(self.line)

    def _lq(self, segment: Segment) -> Problems:
        if self.line is None:
            yield problem_at(segment, "segment_misplaced", "A remark (LQ) stands outside a service line.")
        elif segment.get(1) == "HE" and segment.get(2):
            self.line["remarks"].append(segment.get(2).strip())

    def _amt(self, segment: Segment) -> Problems:
        """Only the allowed amount of a line. No sum rests on it: one that cannot be read is as good as not stated."""
        if self.line is not None and segment.get(1) == "B6" and _AMOUNT.fullmatch(segment.get(2).strip()):
            self.line["allowed"] = Decimal(segment.get(2).strip())
        yield from ()

    def _plb(self, segment: Segment) -> Problems:
        self.claim = self.line = self.party = None
        period = yield from _date(segment, 2)
        for number in range(3, len(segment.elements), 2):
            if not (segment.get(number) or segment.get(number + 1)):
                continue
            parts, remark = _components(segment, number, 2)
            if remark is not None:
                yield remark
            reason, *reference = [part.strip() for part in parts]
            if len(reason) != 2:
                message = f"PLB{number:02} does not begin with a reason code of two characters."
                yield problem_at(segment, "reason_unreadable", message)
            amount = yield from _amount(segment, number + 1)
            if amount is not None:
                provider, named = segment.get(1).strip(), next((part for part in reference if part), None)
                adjustment = ProviderAdjustment(provider, reason, amount, named, period, segment.position)
                self.provider_adjustments.append(adjustment)


def _amount(segment: Segment, number: int) -> Generator[SegmentProblem, None, Decimal | None]:
    """Yields a problem for what is not an amount; its return value is the amount or ``None``."""
    text = segment.get(number).strip()
    if _AMOUNT.fullmatch(text):
        return Decimal(text)
    yield problem_at(segment, "amount_unreadable", f"{segment.id}{number:02} is not an amount.")
    return None


def _date(segment: Segment, number: int) -> Generator[SegmentProblem, None, dt.date | None]:
    """As ``_amount``, for CCYYMMDD; an empty date is no problem."""
    text = segment.get(number).strip()
    if not text:
        return None
    if len(text) == 8 and text.isascii() and text.isdigit():
        try:
            return dt.date(int(text[:4]), int(text[4:6]), int(text[6:]))
        except ValueError:
            pass
    yield problem_at(segment, "date_unreadable", f"{segment.id}{number:02} is not a date.", "warning")
    return None


def _components(segment: Segment, number: int, most: int = 0) -> tuple[list[str], SegmentProblem | None]:
    """Of a composite that begins with a code of two characters; a file whose ISA names another component separator than
    it uses is read, in at most ``most`` parts, and told."""
    parts = segment.parts(number)
    other = _OTHER_COMPONENT.match(segment.get(number)) if len(parts) == 1 else None
    if other is None:
        return parts, None
    message = f"{segment.id}{number:02} uses another component separator than ISA16 states; it was read with its own."
    remark = problem_at(segment, "component_separator", message, "warning")
    return segment.get(number).split(other[1], most - 1), remark


def _party(values: dict[str, Any] | None) -> RemitParty:
    return RemitParty(**{**values, "references": tuple(values["references"])}) if values else RemitParty("")


def _claim(values: dict[str, Any]) -> RemitClaim:
    lines = tuple(RemitLine(**_frozen(line)) for line in values["lines"])
    return RemitClaim(**{**_frozen(values), "lines": lines})


def _frozen(values: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
