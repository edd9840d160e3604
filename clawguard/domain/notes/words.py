"""What a verdict says to staff and to the provider. No words of the note, no names, no money, no judgement."""

from __future__ import annotations

from clawguard.domain.notes._table_words import ADD, NAMES, REASONS
from clawguard.domain.notes.values import Verdict

_GENERAL = {
    Verdict.MET: "{name}: found.",
    Verdict.MISSING: "{name}: not found in the note.",
    Verdict.CONTRADICTED: "{name}: the note says something else than the session.",
    Verdict.UNREADABLE: "{name}: cannot be read; a person looks at the page.",
    Verdict.UNSURE: "{name}: a person reads this.",
    Verdict.NOT_APPLICABLE: "{name}: not asked for this service.",
}


def sentences_for(element: str, verdict: Verdict, reason: str, numbers: dict[str, int]) -> tuple[str, str]:
    """For staff, and for the provider; the second is empty where there is nothing to do."""
    staff, provider = REASONS.get((element, reason), REASONS.get(("", reason), ("", "")))
    name = NAMES[element]
    told = _filled(staff, numbers, name) if staff else _GENERAL[verdict].format(name=name)
    if verdict in (Verdict.MET, Verdict.NOT_APPLICABLE, Verdict.UNSURE):
        return told, ""
    return told, _filled(provider or ADD[element], numbers, name)


def _filled(sentence: str, numbers: dict[str, int], name: str) -> str:
    return sentence.format(name=name, **numbers)


__all__ = ["ADD", "NAMES", "sentences_for"]
