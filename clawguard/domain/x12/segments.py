"""The plain values of X12: separators, segments, and what was wrong with one.

Source: ASC X12.5 (interchange control structure) and X12.6 (syntax) as used by the 005010 implementation guides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

ENVELOPE = frozenset("ISA IEA GS GE ST SE TA1".split())  # noqa: SIM905
CLAIM_SEGMENTS = frozenset(
    "BHT NM1 PER HL PRV CUR N3 N4 REF DTP PAT SBR DMG CLM PWK CN1 AMT K3 NTE CR1 CR2 CR3 CRC HI HCP LX SV1 SV5 MEA "  # noqa: SIM905
    "PS1 LIN CTP SVD CAS MOA OI LQ FRM QTY".split()
)
REMITTANCE_SEGMENTS = frozenset(
    "BPR TRN CUR REF DTM N1 N3 N4 PER RDM LX TS3 TS2 CLP CAS NM1 MIA MOA AMT QTY SVC LQ PLB".split()  # noqa: SIM905
)
KNOWN = ENVELOPE | CLAIM_SEGMENTS | REMITTANCE_SEGMENTS

# The most elements the two guides use of a segment. More of them means that a separator stands inside data.
_MOST = {
    "ISA": 16, "IEA": 2, "GS": 8, "GE": 2, "ST": 3, "SE": 2, "BHT": 6, "NM1": 9, "HL": 4, "PRV": 6, "N1": 6, "N3": 2,
    "N4": 7, "REF": 4, "DTP": 3, "DTM": 6, "SBR": 9, "DMG": 11, "CLM": 20, "HI": 12, "LX": 1, "SV1": 21, "NTE": 2,
    "K3": 3, "BPR": 21, "TRN": 4, "CLP": 14, "CAS": 19, "SVC": 7, "PLB": 14, "MOA": 9, "MIA": 24, "LQ": 2, "AMT": 3,
    "QTY": 4, "PAT": 9, "PER": 9, "SVD": 6, "OI": 6,
}  # fmt: skip


class Separators(NamedTuple):
    """As the ISA segment of the interchange states them; ``repetition`` is "" before version 00402."""

    element: str
    component: str
    repetition: str
    segment: str


class Segment(NamedTuple):
    """``elements[0]`` is the id, so ``elements[1]`` is element 01. ``position`` counts segments of the file from 1."""

    id: str
    elements: list[str]
    position: int
    offset: int  # bytes from the start of the file
    separators: Separators

    def get(self, number: int) -> str:
        """Element ``number``, or "" where the segment ends before it."""
        return self.elements[number] if number < len(self.elements) else ""

    def parts(self, number: int) -> list[str]:
        """The components of a composite element."""
        return self.get(number).split(self.separators.component)


@dataclass(frozen=True, slots=True)
class SegmentProblem:
    """Something wrong at one place of a file; never carries data of the file.

    ``severity`` is "error" (what it belongs to must not be imported) or "warning" (read, with a remark).
    """

    interchange: str
    transaction: str
    position: int
    segment_id: str  # "" where the id itself cannot be read
    code: str
    message: str
    offset: int = 0
    severity: str = "error"

    def within(self, interchange: str, transaction: str) -> SegmentProblem:
        return replace(self, interchange=interchange, transaction=transaction)


def problem_at(segment: Segment, code: str, message: str, severity: str = "error") -> SegmentProblem:
    """A problem of ``segment``; the envelope adds the control numbers."""
    name = segment.id if segment.id in KNOWN else ""
    return SegmentProblem("", "", segment.position, name, code, message, segment.offset, severity)


def shape_problem(segment: Segment, allowed: frozenset[str]) -> SegmentProblem | None:
    """What the shape alone shows: an unexpected id or too many elements, the marks of a separator inside data."""
    if segment.id not in allowed:
        message = "This segment does not belong here; a segment terminator may stand inside data before it."
        return problem_at(segment, "segment_unexpected", message)
    most = _MOST.get(segment.id)
    if most is not None and len(segment.elements) - 1 > most:
        message = f"{segment.id} has {len(segment.elements) - 1} elements, at most {most} are defined; "
        return problem_at(segment, "too_many_elements", message + "an element separator may stand inside data.")
    return None
