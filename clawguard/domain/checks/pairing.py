"""Finding the pairs of lines of one day that a pair rule speaks about."""

from __future__ import annotations

from collections.abc import Iterator

from clawguard.domain.codesets import CodeTables, Pair
from clawguard.domain.codesets.places import REPEAT_MODIFIERS, SEPARATE_MODIFIERS
from clawguard.domain.facts import ServiceLineFacts, SessionFacts

_APART = REPEAT_MODIFIERS | SEPARATE_MODIFIERS

Billed = tuple[SessionFacts, ServiceLineFacts]


def same_provider_pairs(
    session: SessionFacts, lines: list[Billed], tables: CodeTables
) -> Iterator[tuple[Pair, Billed, Billed]]:
    """Each ruled pair with at least one line of ``session``: the rule, the paid line, the other line.

    Each combination of codes is told once per pair of sessions, however many lines repeat it.
    """
    if len(lines) < 2:
        return
    seen: set[tuple[str, str, str, str]] = set()
    for position, one in enumerate(lines):
        if one[0] is not session:
            break  # the session's own lines come first; what follows concerns other sessions only
        for other in lines[position + 1 :]:
            pair = tables.pair(one[1].code, other[1].code, session.date_of_service)
            if pair is None:
                continue
            paid, unpaid = (one, other) if one[1].code == pair.first else (other, one)
            key = (pair.first, pair.second, paid[0].external_id, unpaid[0].external_id)
            if key not in seen:
                seen.add(key)
                yield pair, paid, unpaid


def said_apart(one: ServiceLineFacts, other: ServiceLineFacts) -> bool:
    """Whether a modifier on either line says that the service was repeated or separate."""
    return not _APART.isdisjoint(one.modifiers) or not _APART.isdisjoint(other.modifiers)
