"""Two proposals side by side, and a decision beside what the facts make out now. Works on the stored public shape."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from clawguard.domain.clauses import Party

Answer = Mapping[str, Any]  # ``Attribution.as_dict()``, as it was stored


class What(StrEnum):
    PARTY = "party"
    CLAUSE = "clause"
    CONFIDENCE = "confidence"
    GUARANTEE = "guarantee"  # before and after: the amount, "unknown", or None where it does not apply
    FACT = "fact"  # ``name``; before or after is None where it came or went
    ASKED = "asked"  # ``after`` is a question that is asked now
    SETTLED = "settled"  # ``before`` is a question that is asked no more
    ENGINE = "engine"
    TABLES = "tables"


@dataclass(frozen=True, slots=True)
class Change:
    what: What
    before: Any = None
    after: Any = None
    name: str = ""


def changes(before: Answer, after: Answer) -> tuple[Change, ...]:
    """What the later answer says otherwise than the earlier one, the weightiest first; empty when nothing differs."""
    return tuple(_changes(before, after))


def _changes(before: Answer, after: Answer) -> Iterator[Change]:
    for what in (What.PARTY, What.CLAUSE, What.CONFIDENCE):
        if before[what] != after[what]:
            yield Change(what, before[what], after[what])
    if _guaranteed(before) != _guaranteed(after):
        yield Change(What.GUARANTEE, _guaranteed(before), _guaranteed(after))
    was, becomes = _facts(before), _facts(after)
    for name in [*was, *[name for name in becomes if name not in was]]:
        if was.get(name) != becomes.get(name):
            yield Change(What.FACT, was.get(name), becomes.get(name), name)
    asked, asks = _questions(before), _questions(after)
    yield from (Change(What.SETTLED, before=text) for text in asked if text not in asks)
    yield from (Change(What.ASKED, after=text) for text in asks if text not in asked)
    yield from _versions(before["versions"], after["versions"])


def _versions(was: Mapping[str, str], becomes: Mapping[str, str]) -> Iterator[Change]:
    if was["engine"] != becomes["engine"]:
        yield Change(What.ENGINE, was["engine"], becomes["engine"])
    tables = ("clauses", "remit_codes")
    if [was[name] for name in tables] != [becomes[name] for name in tables]:
        yield Change(What.TABLES, *(", ".join(each[name] for name in tables) for each in (was, becomes)))


def _guaranteed(answer: Answer) -> str | None:
    if not answer["guarantee"]["applies"]:
        return None
    return answer["guarantee"]["amount"] or "unknown"


def _facts(answer: Answer) -> dict[str, Any]:
    """Each fact cited once; codes, which are cited one by one, together."""
    found: dict[str, list[Any]] = defaultdict(list)
    for item in answer["evidence"]:
        found[item["fact"]].append(item["value"])
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def _questions(answer: Answer) -> list[str]:
    return [item["question"] for item in answer["missing"]]


class Doubt(StrEnum):
    """Why a decision no longer fits; people decide what to make of it."""

    GUARANTEE = "guarantee"  # the network had a part, and the decision does not pay the contracted rate
    OTHER_PARTY = "other_party"
    GROUND_GONE = "ground_gone"  # what the decision rests on is no longer made out
    RATE = "rate"  # it pays, or takes more than, a contracted rate that is another one now
    UNHEARD = "unheard"  # it rests on silence, and nobody had got the notice


@dataclass(frozen=True, slots=True)
class Decided:
    party: str
    clause: str
    pays_rate: bool
    amount: Decimal | None = None  # proposed to be paid or recovered


def rate_doubt(decided: Decided, rate: Decimal | None) -> Doubt | None:
    """Whether the contracted rate, as the facts have it now, speaks against the amount that was decided.

    What is paid is the rate in full; what is recovered is no more than the rate that was paid. Whoever decided could
    not know of another rate: a decision is refused unless it goes by the one that is known.
    """
    if rate is None or decided.amount is None:
        return None
    fits = decided.amount == rate if decided.pays_rate else decided.amount <= rate
    return None if fits else Doubt.RATE


def doubt(decided: Decided, known: Answer | None, now: Answer) -> Doubt | None:
    """Whether facts that came after the decision speak against it. ``known``: what was proposed when it was made.

    What people already knew and decided otherwise is no doubt: they are never overridden, nor nagged.
    """
    before_party = known["party"] if known else ""
    guaranteed_before = bool(known and known["guarantee"]["applies"])
    if now["guarantee"]["applies"] and not guaranteed_before and not decided.pays_rate:
        return Doubt.GUARANTEE
    if now["party"] == decided.party:
        return None
    if now["party"] == Party.OPEN:
        gone = _made_out(decided, known) and not _made_out(decided, now)
        return Doubt.GROUND_GONE if gone else None
    return Doubt.OTHER_PARTY if now["party"] != before_party else None


def _made_out(decided: Decided, answer: Answer | None) -> bool:
    grounds: Sequence[str] = answer["grounds"] if answer else ()
    return decided.clause in grounds
