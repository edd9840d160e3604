"""Whether enough is known to decide a dispute: what its reason asks for, against what is there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from clawguard.domain.disputes.reasons import Reason


@dataclass(frozen=True, slots=True)
class Completeness:
    """Kinds of evidence, in the order of the reason. Helpful ones count in the meter and never hold up a decision."""

    there: tuple[str, ...]
    missing: tuple[str, ...]  # needed, and not there
    would_help: tuple[str, ...]

    @property
    def of(self) -> int:
        return len(self.there) + len(self.missing) + len(self.would_help)

    @property
    def enough(self) -> bool:
        return not self.missing

    @property
    def words(self) -> str:
        """``3 of 4, enough to decide``"""
        said = "enough to decide" if self.enough else f"{len(self.missing)} needed to decide"
        return f"{len(self.there)} of {self.of}, {said}"


def completeness(reason: Reason, kinds: Iterable[str]) -> Completeness:
    """``kinds`` are the kinds of the evidence rows there are; those that the reason does not ask for do not count."""
    known = frozenset(kinds)
    return Completeness(
        there=tuple(kind for kind in reason.asks if kind in known),
        missing=tuple(kind for kind in reason.needed if kind not in known),
        would_help=tuple(kind for kind in reason.helpful if kind not in known),
    )
