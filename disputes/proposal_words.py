"""What changed between two proposals, and why a decision is in doubt, in sentences for staff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from clawguard.domain.attribution.comparing import Change, Doubt, What
from clawguard.ui import words
from disputes import fact_words
from disputes.doubting import doubt_of
from disputes.models import Case, Decision, Proposal
from disputes.wording import PARTY_WORDS

DOUBTS: dict[Doubt, str] = {
    Doubt.GUARANTEE: "The facts now show a part of the network: the guarantee applies, and the decision does not pay "
    "the contracted rate.",
    Doubt.OTHER_PARTY: "The facts now make out somebody else than the decision names.",
    Doubt.GROUND_GONE: "What the decision rests on is no longer made out by the facts.",
    Doubt.RATE: "The contracted rate was changed after the decision: what was decided does not go by the rate that the "
    "facts have now.",
    Doubt.UNHEARD: "It was decided on silence, and the mail with the notice has come back: the provider was not heard.",
}


def doubted(
    case: Case, decisions: Sequence[Decision], proposal: Proposal | None, known: Sequence[Mapping[str, Any]]
) -> str:
    """Why the standing decision no longer fits, or an empty text. ``decisions``: newest first; ``known``: the facts."""
    final = next((row for row in decisions if row.final_at is not None), None)
    if case.decision_doubted_at is None or final is None or proposal is None:
        return ""
    rate = next((Decimal(fact["value"]) for fact in known if fact["fact"] == "contracted_rate"), None)
    found = doubt_of(final, proposal, rate)
    return DOUBTS[found] if found is not None else ""


def sentence(change: Change, zone: str) -> str:
    """One change as a person reads it; moments on the wall clock of ``zone``."""
    before, after = change.before, change.after
    match change.what:
        case What.PARTY:
            return f"Now {_party(after)}; before, {_party(before)}."
        case What.CLAUSE:
            return f"Clause {after} in place of {before}."
        case What.CONFIDENCE:
            return f"Confidence {after}; before, {before}."
        case What.GUARANTEE:
            return _guarantee(before, after)
        case What.FACT:
            return _fact(change, zone)
        case What.SETTLED:
            return f"No longer asked: {before}"
        case What.ASKED:
            return f"Asked now: {after}"
        case What.ENGINE:
            return f"Weighed by engine {after}; before, {before}."
        case What.TABLES:
            return f"Read by tables {after}; before, {before}."


def _party(name: str) -> str:
    said = PARTY_WORDS[name]
    return said[0].lower() + said[1:]


def _guarantee(before: str | None, after: str | None) -> str:
    if after is None:
        return "The guarantee no longer applies."
    amount = "the rate is not known yet" if after == "unknown" else words.money(after)
    return f"The guarantee {'now applies' if before is None else 'still applies'}: {amount}."


def _fact(change: Change, zone: str) -> str:
    label = fact_words.label(change.name)
    before, after = (_shown(change.name, value, zone) for value in (change.before, change.after))
    if change.before is None:
        return f"Rests on {label}: {after}, which was not cited before."
    if change.after is None:
        return f"No longer rests on {label}: {before}."
    return f"{label}: {after}; before, {before}."


def _shown(name: str, value: Any, zone: str) -> str:
    return words.money(value) if name == "contracted_rate" and value is not None else fact_words.shown(value, zone)
