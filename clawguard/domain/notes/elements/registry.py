"""How an element is declared: its id, its name, when it applies, and the function that looks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from clawguard.domain.codesets.groups import CRISIS, CRISIS_ADD_ON, EVALUATION, FAMILY, OFFICE_VISIT, TIERS
from clawguard.domain.codesets.procedure_table import Codes
from clawguard.domain.notes.case import Case
from clawguard.domain.notes.values import Confidence, Span, Verdict

ANY_CRISIS = CRISIS | CRISIS_ADD_ON
FAMILIES = FAMILY | frozenset({"90849"})
THERAPIES = TIERS | FAMILIES | frozenset({"90853"})
VISITS = OFFICE_VISIT
SCREENING = frozenset({"96127", "96110", "G0444"})
WITHOUT_PLAN = EVALUATION | ANY_CRISIS


@dataclass(frozen=True, slots=True)
class Found:
    """What one element's function found."""

    verdict: Verdict
    confidence: Confidence = Confidence.MEDIUM
    spans: tuple[Span, ...] = ()
    reason: str = ""
    numbers: tuple[tuple[str, int], ...] = ()


Look = Callable[[Case], Found]
Applies = Callable[[Case], bool]


@dataclass(frozen=True, slots=True)
class Element:
    """One element. ``text``: it is looked for in the words of the note, so poor legibility or another language leaves
    it open; otherwise it rests on what the network knows or on the file as such. ``never_in``: people tell it in words
    of their own, anywhere but in these sections; None where it has a form that can be looked for."""

    id: str
    name: str
    applies: Applies
    look: Look
    text: bool
    never_in: frozenset[str] | None = None


_registered: dict[str, Element] = {}
ALL: Mapping[str, Element] = MappingProxyType(_registered)


def element(
    identifier: str, name: str, applies: Applies, *, text: bool = True, never_in: str | None = None
) -> Callable[[Look], Look]:
    """Register the decorated function. ``never_in`` names sections, with blanks between. Raises ValueError where the id
    is taken."""

    def register(look: Look) -> Look:
        if identifier in _registered:
            raise ValueError(f"element {identifier} is there already")
        sections = None if never_in is None else frozenset(never_in.split())
        _registered[identifier] = Element(identifier, name, applies, look, text, sections)
        return look

    return register


def always(case: Case) -> bool:
    return True


def bills(codes: Codes) -> Applies:
    """Applies where one of these codes is billed."""
    return lambda case: bool(case.billed(codes))


def timed(case: Case) -> bool:
    """Services whose minutes decide what may be billed."""
    return any(procedure.time_documented for procedure in case.procedures)


def remote(case: Case) -> bool:
    return case.remote


def met(spans: tuple[Span, ...] = (), *, sure: bool = False, reason: str = "", **numbers: int) -> Found:
    return Found(Verdict.MET, Confidence.HIGH if sure else Confidence.MEDIUM, spans, reason, tuple(numbers.items()))


def missing(reason: str = "", spans: tuple[Span, ...] = (), *, sure: bool = False, **numbers: int) -> Found:
    return Found(Verdict.MISSING, Confidence.HIGH if sure else Confidence.MEDIUM, spans, reason, tuple(numbers.items()))


def contradicted(reason: str, spans: tuple[Span, ...] = (), *, sure: bool = True, **numbers: int) -> Found:
    confidence = Confidence.HIGH if sure else Confidence.MEDIUM
    return Found(Verdict.CONTRADICTED, confidence, spans, reason, tuple(numbers.items()))


def unsure(reason: str, spans: tuple[Span, ...] = (), **numbers: int) -> Found:
    return Found(Verdict.UNSURE, Confidence.LOW, spans, reason, tuple(numbers.items()))


def not_here(reason: str = "") -> Found:
    return Found(Verdict.NOT_APPLICABLE, Confidence.HIGH, (), reason)
