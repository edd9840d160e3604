"""From what the grounds said to one answer. The order of the questions below is the policy."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clawguard.domain.attribution.grounds import (
    AtOdds,
    Confidence,
    Ground,
    Question,
    Remark,
    Said,
    Uncovered,
    Waiting,
)
from clawguard.domain.clauses import Party

_BACKGROUND = frozenset({"client.cost_share", "none.accounting"})  # they come with almost every remittance
_ORDER = {Confidence.HIGH: 0, Confidence.MEDIUM: 1, Confidence.LOW: 2}


@dataclass(frozen=True, slots=True)
class Heard:
    """Everything that the grounds said, sorted by kind."""

    network: list[Ground]
    provider: list[Ground]
    others: list[Ground]
    background: list[Ground]
    questions: list[Question]
    at_odds: list[AtOdds]
    waiting: list[Waiting]
    uncovered: list[Uncovered]

    @property
    def all_grounds(self) -> list[Ground]:
        return self.network + self.provider + self.others + self.background

    @property
    def all_details(self) -> tuple[str, ...]:
        said = _joined(self.all_grounds, self.at_odds, self.waiting, self.uncovered)
        return tuple(dict.fromkeys(remark.detail for remark in said))


@dataclass(frozen=True, slots=True)
class Verdict:
    clause: str
    carried_by: Sequence[Said]

    @property
    def party(self) -> Party:
        return Party(self.clause.partition(".")[0])

    @property
    def confidence(self) -> Confidence:
        """That of the strongest ground that carries it; nothing open is ever sure."""
        first = self.carried_by[0] if self.carried_by else None
        return first.confidence if self.party is not Party.OPEN and isinstance(first, Ground) else Confidence.LOW


def sort(remarks: Iterable[Remark]) -> Heard:
    heard = Heard([], [], [], [], [], [], [], [])
    for remark in remarks:
        match remark:
            case Ground(clause=clause) if clause in _BACKGROUND:
                heard.background.append(remark)
            case Ground():
                _list_for(heard, remark.party).append(remark)
            case Question():
                heard.questions.append(remark)
            case AtOdds():
                heard.at_odds.append(remark)
            case Waiting():
                heard.waiting.append(remark)
            case Uncovered():
                heard.uncovered.append(remark)
    for grounds in (heard.network, heard.provider, heard.others, heard.background):
        grounds.sort(key=lambda ground: _ORDER[ground.confidence])  # stable: GROUNDS breaks ties
    return heard


def _list_for(heard: Heard, party: Party) -> list[Ground]:
    return {Party.NETWORK: heard.network, Party.PROVIDER: heard.provider}.get(party, heard.others)


def verdict(heard: Heard) -> Verdict:
    """A network's error stands by itself; a provider's only when it stands alone; everything unclear is open."""
    if heard.at_odds:
        return Verdict("open.facts_at_odds", _joined(heard.at_odds, heard.all_grounds))
    if heard.network and heard.provider:
        return Verdict("open.both_sides", _joined(heard.network, heard.provider))
    if heard.network:
        return Verdict(heard.network[0].clause, heard.network)
    if heard.provider:
        return _verdict_on_provider(heard)
    if heard.others:
        return _verdict_on_others(heard)
    if heard.questions:
        return Verdict("open.facts_missing", _joined(heard.waiting, heard.uncovered, heard.background))
    if heard.waiting:
        return Verdict("open.waiting_for_answer", heard.waiting)
    if heard.uncovered or not heard.background:
        return Verdict("open.no_ground", heard.uncovered)
    return Verdict(heard.background[0].clause, heard.background)


def _verdict_on_provider(heard: Heard) -> Verdict:
    """Only what stands alone: nobody else's part made out or still unknown, and no answer time running."""
    if heard.others:
        return Verdict("open.parties_mixed", _joined(heard.provider, heard.others))
    if any(question.may_show is not Party.PROVIDER for question in heard.questions):
        return Verdict("open.facts_missing", heard.provider)
    if heard.waiting:
        return Verdict("open.waiting_for_answer", _joined(heard.waiting, heard.provider))
    return Verdict(heard.provider[0].clause, heard.provider)


def _verdict_on_others(heard: Heard) -> Verdict:
    if len({ground.party for ground in heard.others}) > 1:
        return Verdict("open.parties_mixed", heard.others)
    if heard.questions:
        return Verdict("open.facts_missing", heard.others)
    if heard.waiting:
        return Verdict("open.waiting_for_answer", _joined(heard.waiting, heard.others))
    return Verdict(heard.others[0].clause, heard.others)


def _joined(*parts: Sequence[Said]) -> list[Said]:
    return list(itertools.chain.from_iterable(parts))
