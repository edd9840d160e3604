"""Reads 837P claims (005010X222A1, A2) as a stream and gives sessions in the JSON shape of the interface.

Loops are followed by HL level and by what opened last, so missing optional loops do no harm. What a claim holds and we
do not use (referring provider, other payers' adjudication, ambulance data) is passed over; what does not belong into a
claim at all is a problem of that claim.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from clawguard.domain.x12.claim_parts import Claim, ClaimSession, Context, Line, Party
from clawguard.domain.x12.claim_session import sessions_of
from clawguard.domain.x12.codes import CLAIM_EXTRAS, LINE_EXTRAS
from clawguard.domain.x12.envelope import Envelope
from clawguard.domain.x12.extras import is_extra, read_extras
from clawguard.domain.x12.segments import CLAIM_SEGMENTS, Segment, SegmentProblem, problem_at, shape_problem

GUIDE = "005010X222"
_LEVELS = {"20": 1, "22": 2, "23": 3}  # billing provider, subscriber, patient
_OF_THE_FILE = frozenset(
    {
        "count_wrong", "control_number_differs", "envelope_order", "ge_missing", "iea_missing", "segment_outside",
        "isa_missing", "isa_damaged", "isa_width", "file_too_large",
    }
)  # fmt: skip


def read_claims(chunks: Iterable[bytes | str], max_file: int | None = None) -> Iterator[ClaimSession | SegmentProblem]:
    """Sessions and problems in file order; never raises for bad content. Holds one claim at a time."""
    return _Reader(Envelope(chunks, max_file)).read()


class _Reader:
    def __init__(self, envelope: Envelope) -> None:
        self.envelope = envelope
        self.context = Context()
        self.claim: Claim | None = None
        self.line: Line | None = None
        self.party: Party | None = None  # whom N4, DMG and PRV describe
        self.other_payer = False  # inside loop 2320, which speaks of another payer
        self.skipping = False
        self.claims_seen = 0
        self.handlers: dict[str, Callable[[Segment], SegmentProblem | None]] = {
            "HL": self._hl, "NM1": self._nm1, "N4": self._n4, "DMG": self._dmg, "PRV": self._prv, "SBR": self._sbr,
            "HI": self._hi, "LX": self._lx, "SV1": self._sv1, "DTP": self._dtp, "K3": self._extra, "NTE": self._extra,
        }  # fmt: skip

    def read(self) -> Iterator[ClaimSession | SegmentProblem]:
        for item in self.envelope:
            if isinstance(item, SegmentProblem):
                yield from self._problem(item)
            elif item.id in ("ST", "SE", "ISA", "IEA", "GS", "GE"):
                yield from self._boundary(item)
            elif not self.skipping:
                yield from self._content(item)
        yield from self._close()

    def _boundary(self, segment: Segment) -> Iterator[ClaimSession | SegmentProblem]:
        yield from self._close()
        if segment.id == "ST":
            self.context, self.claims_seen = Context(), 0
            self.skipping = segment.get(1) != "837" or not self.envelope.version.startswith(GUIDE)
            if self.skipping:
                message = "This transaction is not a professional claim (837P, 005010X222); it was not read."
                yield self._placed(problem_at(segment, "transaction_unsupported", message))
        elif segment.id == "SE":
            if not self.skipping and not self.claims_seen:
                yield self._placed(problem_at(segment, "no_claims", "This transaction holds no claim.", "warning"))
            self.skipping = False

    def _content(self, segment: Segment) -> Iterator[ClaimSession | SegmentProblem]:
        problem = shape_problem(segment, CLAIM_SEGMENTS)
        if segment.id in ("HL", "CLM"):
            yield from self._close()
        if segment.id == "CLM":
            self.claims_seen += 1
            self.claim = Claim(segment, self.context)
            self.party = None
        elif segment.id in self.handlers and problem is None:
            problem = self.handlers[segment.id](segment)
        if problem is not None:
            yield from self._problem(self._placed(problem))

    def _problem(self, problem: SegmentProblem) -> Iterator[SegmentProblem]:
        """Give a problem to the claim it stands in; else report it and remember what it may have spoilt."""
        if self.claim is not None and problem.code not in _OF_THE_FILE:
            self.claim.add_problem(problem)
            return
        if self.claim is not None and problem.code == "file_too_large":
            self.claim.add_problem(problem)
        if problem.severity == "error" and self.context.level and problem.code not in _OF_THE_FILE:
            self.context.damage.setdefault(self.context.level, problem.position)
        yield problem

    def _close(self) -> Iterator[ClaimSession]:
        claim, self.claim, self.line, self.party, self.other_payer = self.claim, None, None, None, False
        if claim is not None:
            claim.place_problems(self._placed)
            yield from sessions_of(claim, self._placed)

    def _placed(self, problem: SegmentProblem) -> SegmentProblem:
        if problem.interchange or problem.transaction:
            return problem
        return problem.within(self.envelope.interchange, self.envelope.transaction)

    # One handler per segment; each answers a problem or nothing.

    def _hl(self, segment: Segment) -> SegmentProblem | None:
        level = _LEVELS.get(segment.get(3))
        self.party = None
        if level is None:
            return problem_at(segment, "level_unknown", "HL03 is none of 20, 22 and 23.")
        self.context = self.context.opened(level)
        return None

    def _nm1(self, segment: Segment) -> SegmentProblem | None:
        role = segment.get(1)
        party = Party.of(segment)
        self.party = party
        if self.claim is None:
            if role in ("85", "IL", "PR", "QC"):
                self.context.set_party(role, party)
        elif role == "82" and not self.other_payer:
            if self.line is not None:
                self.line.rendering = party
            else:
                self.claim.rendering = party
        return None

    def _n4(self, segment: Segment) -> SegmentProblem | None:
        if self.party is not None:
            self.party.state = segment.get(2).strip()
        return None

    def _dmg(self, segment: Segment) -> SegmentProblem | None:
        if self.claim is None and self.party is not None:
            self.party.birth, self.party.sex = segment.get(2).strip(), segment.get(3).strip()
            self.party.dmg_position = segment.position
        return None

    def _prv(self, segment: Segment) -> SegmentProblem | None:
        if segment.get(1) == "BI" and self.claim is None:
            self.context.billing_taxonomy = segment.get(3).strip()
        elif segment.get(1) == "PE" and self.party is not None and self.party.role == "82":
            self.party.taxonomy = segment.get(3).strip()
        return None

    def _sbr(self, segment: Segment) -> SegmentProblem | None:
        if self.claim is None:
            self.context.filing = segment.get(9).strip()
        else:
            self.other_payer = True
        return None

    def _hi(self, segment: Segment) -> SegmentProblem | None:
        if self.claim is None:
            return problem_at(segment, "segment_misplaced", "HI stands outside a claim.")
        return self.claim.add_diagnoses(segment)

    def _lx(self, segment: Segment) -> SegmentProblem | None:
        if self.claim is None:
            return problem_at(segment, "segment_misplaced", "A service line stands outside a claim.")
        self.line, self.other_payer, self.party = Line(segment), False, None
        return self.claim.add_line(self.line)

    def _sv1(self, segment: Segment) -> SegmentProblem | None:
        if self.line is None:
            return problem_at(segment, "segment_misplaced", "SV1 stands outside a service line (LX).")
        if self.line.service is not None:
            return problem_at(segment, "segment_repeated", "A service line has two SV1 segments.")
        self.line.service = segment
        return None

    def _dtp(self, segment: Segment) -> SegmentProblem | None:
        if segment.get(1) == "472" and self.line is not None:
            self.line.date = segment
        return None

    def _extra(self, segment: Segment) -> SegmentProblem | None:
        text = segment.get(1 if segment.id == "K3" else 2)
        if self.claim is None or not is_extra(segment.id, text):
            return None
        where = self.claim if self.line is None else self.line
        values, unknown = read_extras(text, CLAIM_EXTRAS if self.line is None else LINE_EXTRAS)
        where.extras.update(values)
        where.extras_position = segment.position
        if unknown:
            severity = "error" if segment.id == "K3" else "warning"
            return problem_at(segment, "extra_unknown", f"{segment.id} holds a key that is not defined here.", severity)
        return None
