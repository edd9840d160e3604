"""What is gathered while the segments of one 837P claim pass by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from clawguard.domain.x12.segments import Segment, SegmentProblem, problem_at

_ICD10 = frozenset({"ABK", "ABF"})
_ICD9 = frozenset({"BK", "BF"})
MAX_LINES = 50  # per claim, by the implementation guide
MAX_PROBLEMS = 100  # kept per claim, so that a hostile claim stays small


@dataclass(slots=True)
class Party:
    """Someone named by NM1, with what the following segments add. The client's name is not kept."""

    role: str
    position: int
    npi: str = ""
    id: str = ""
    name: str = ""
    taxonomy: str = ""
    state: str = ""
    birth: str = ""
    sex: str = ""
    dmg_position: int = 0

    @classmethod
    def of(cls, segment: Segment) -> Party:
        first, last = segment.get(4).strip(), segment.get(3).strip()
        value = segment.get(9).strip()
        npi = value if segment.get(8) == "XX" else ""
        name = f"{first} {last}".strip()
        return cls(segment.get(1), segment.position, npi, value, "" if name == value else name)


@dataclass(slots=True)
class Context:
    """Billing provider, subscriber, payer and patient around the claims that follow."""

    level: int = 0
    billing: Party | None = None
    billing_taxonomy: str = ""
    filing: str = ""
    subscriber: Party | None = None
    payer: Party | None = None
    patient: Party | None = None
    damage: dict[int, int] = field(default_factory=dict)  # level → segment number of an error there

    def opened(self, level: int) -> Context:
        """The context of a new HL: what stands on its own level and below begins anew."""
        new = Context(level)
        if level > 1:
            new.billing, new.billing_taxonomy = self.billing, self.billing_taxonomy
        if level > 2:
            new.subscriber, new.payer, new.filing = self.subscriber, self.payer, self.filing
        new.damage = {where: position for where, position in self.damage.items() if where < level}
        return new

    def set_party(self, role: str, party: Party) -> None:
        if role == "85":
            self.billing = party
        elif role == "IL":
            self.subscriber = party
        elif role == "PR":
            self.payer = party
        else:
            self.patient = party


@dataclass(slots=True)
class Line:
    """One LX loop."""

    opener: Segment
    service: Segment | None = None
    date: Segment | None = None
    rendering: Party | None = None
    extras: dict[str, Any] = field(default_factory=dict)
    extras_position: int = 0


@dataclass(slots=True)
class Claim:
    """One CLM loop in the context it stands in."""

    opener: Segment
    context: Context
    rendering: Party | None = None
    diagnoses: list[str] = field(default_factory=list)
    diagnoses_position: int = 0
    lines: list[Line] = field(default_factory=list)
    extras: dict[str, Any] = field(default_factory=dict)
    extras_position: int = 0
    problems: list[SegmentProblem] = field(default_factory=list)

    def add_problem(self, problem: SegmentProblem) -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(problem)

    def add_line(self, line: Line) -> SegmentProblem | None:
        if len(self.lines) >= MAX_LINES:
            return problem_at(line.opener, "too_many_lines", f"A claim has at most {MAX_LINES} service lines.")
        self.lines.append(line)
        return None

    def add_diagnoses(self, segment: Segment) -> SegmentProblem | None:
        """The diagnoses of an HI segment in their order; ICD-9 codes are kept for show and make the claim unusable."""
        problem = None
        for number in range(1, len(segment.elements)):
            qualifier, *rest = segment.parts(number)
            if not rest or qualifier not in _ICD10 | _ICD9:
                continue
            self.diagnoses.append(rest[0].strip())
            self.diagnoses_position = self.diagnoses_position or segment.position
            if qualifier in _ICD9:
                message = "HI carries ICD-9 codes (BK, BF); ICD-10-CM is required for services from 2015-10-01."
                problem = problem_at(segment, "diagnosis_icd9", message)
        return problem

    def place_problems(self, placed: Callable[[SegmentProblem], SegmentProblem]) -> None:
        for position in self.context.damage.values():
            message = f"What this claim refers to is damaged at segment {position}."
            self.problems.append(problem_at(self.opener, "context_damaged", message))
        self.problems = [placed(problem) for problem in self.problems]


@dataclass(frozen=True, slots=True)
class ClaimSession:
    """One session out of a claim: the JSON shape, and where in the file each part of it stands."""

    raw: dict[str, Any]
    position: int  # of the CLM segment
    problems: list[SegmentProblem]
    positions: dict[str, int]  # JSON pointer prefix → segment number
