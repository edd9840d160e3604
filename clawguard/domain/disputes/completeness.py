"""Whether enough is known to decide a dispute: what its reason asks for, against what is there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from clawguard.domain.disputes.evidence import KINDS
from clawguard.domain.disputes.reasons import Reason


@dataclass(frozen=True, slots=True)
class Completeness:
    """Kinds of evidence, in the order of the reason. Helpful ones count in the meter and never hold up a decision."""

    there: tuple[str, ...]
    missing: tuple[str, ...]  # needed, and not there
    would_help: tuple[str, ...]
    # Of the kinds that are there and ask for a document: those that carry one, and those it would help in.
    documents: tuple[str, ...] = ()
    documents_open: tuple[str, ...] = ()

    @property
    def of(self) -> int:
        parts = (self.there, self.missing, self.would_help, self.documents, self.documents_open)
        return sum(len(part) for part in parts)

    @property
    def enough(self) -> bool:
        return not self.missing

    @property
    def words(self) -> str:
        """``3 of 4, enough to decide``"""
        said = "enough to decide" if self.enough else f"{len(self.missing)} needed to decide"
        return f"{len(self.there) + len(self.documents)} of {self.of}, {said}"


def completeness(reason: Reason, kinds: Iterable[str], documents: Iterable[str] = ()) -> Completeness:
    """``kinds`` are the kinds of the evidence rows there are, ``documents`` those of which a row carries a document;
    those that the reason does not ask for do not count."""
    known, carried = frozenset(kinds), frozenset(documents)
    asked = tuple(kind for kind in reason.asks if kind in known and KINDS[kind].document)
    return Completeness(
        there=tuple(kind for kind in reason.asks if kind in known),
        missing=tuple(kind for kind in reason.needed if kind not in known),
        would_help=tuple(kind for kind in reason.helpful if kind not in known),
        documents=tuple(kind for kind in asked if kind in carried),
        documents_open=tuple(kind for kind in asked if kind not in carried),
    )
