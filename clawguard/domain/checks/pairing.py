"""Finding the pairs of lines of one day that a pair rule speaks about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from clawguard.domain.codesets import CodeTables, Pair, Policy, variant_for
from clawguard.domain.codesets.modifiers import ModifierTable
from clawguard.domain.codesets.policies import pair_name
from clawguard.domain.facts import ServiceLineFacts, SessionFacts

PAYER_RULE = "the payer's own rule"  # how a finding names it in place of a table

Billed = tuple[SessionFacts, ServiceLineFacts]


class Ruled(NamedTuple):
    """A rule about two billed lines. ``by_payer``: the payer's own rule, which does not say which of them it pays."""

    pair: Pair
    paid: Billed
    unpaid: Billed
    by_payer: bool

    @property
    def key(self) -> tuple[str, str, str, str]:
        """The same for every repetition of the two codes on the same two sessions: one problem, told once."""
        return self.pair.first, self.pair.second, self.paid[0].external_id, self.unpaid[0].external_id


def same_provider_pairs(
    session: SessionFacts, lines: list[Billed], tables: CodeTables, policy: Policy
) -> Iterator[Ruled]:
    """Each ruled pair with at least one line of ``session``, repetitions of a pair included (see ``Ruled.key``)."""
    if len(lines) < 2:
        return
    for position, one in enumerate(lines):
        if one[0] is not session:
            break  # the session's own lines come first; what follows concerns other sessions only
        for other in lines[position + 1 :]:
            rule = rule_of(one[1].code, other[1].code, session, tables, policy)
            if rule is None:
                continue
            pair, by_payer = rule
            paid, unpaid = (one, other) if one[1].code == pair.first else (other, one)
            yield Ruled(pair, paid, unpaid, by_payer)


def rule_of(
    one: str, other: str, session: SessionFacts, tables: CodeTables, policy: Policy
) -> tuple[Pair, bool] | None:
    """What the payer decided about two codes, else what the table of the day says."""
    on = session.date_of_service
    if policy.pairs_refused or policy.pairs_allowed:
        name = pair_name(one, other)
        if name in policy.pairs_refused:
            return Pair(min(one, other), max(one, other), separable=False, first_day=on, table=PAYER_RULE), True
        if name in policy.pairs_allowed:
            return None
    pair = tables.pair(one, other, on, variant_for(session.payer_kind))
    return None if pair is None else (pair, False)


def said_apart(one: ServiceLineFacts, other: ServiceLineFacts, modifiers: ModifierTable) -> bool:
    """Whether a modifier on either line says that the service was repeated or separate."""
    return not modifiers.apart.isdisjoint(one.modifiers) or not modifiers.apart.isdisjoint(other.modifiers)
