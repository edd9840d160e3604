"""A visit with decision making, alone or beside therapy: N35 to N37."""

from __future__ import annotations

import re

from clawguard.domain.codesets.groups import THERAPY_ADD_ON
from clawguard.domain.notes.case import Case
from clawguard.domain.notes.elements.registry import (
    VISITS,
    Found,
    bills,
    element,
    met,
    missing,
    unsure,
)
from clawguard.domain.notes.elements.timing import therapy_minutes

_DOSE = re.compile(
    r"\b(?P<name>[a-z]{4,})(?:\s+(?:xl|er|sr|xr|cr|dr|odt))?(?: to)?\s+(?:\d+(?:\.\d+)?\s*(?:to|-|"
    r"/)\s*)?\d+(?:\.\d+)?\s*(?:mg|mcg|g|ml)\b"
)
_NAMED_DOSE = re.compile(r"\b\d+(?:\.\d+)?\s*(?:mg|mcg|ml)\b")
_NO_DRUG = re.compile(r"\bno (?:psychotropic )?medications?\b|\bnot on (?:any )?medications?\b|\bdeclin\w+ medication")
_NO_EFFECT = re.compile(
    r"\bno (?:s/?es?\b|aes?\b|side effects?|adverse|grogginess|complaints about)|side effects?|tolerat|dry mouth|"
    r"discussed|adverse"
)
_VISIT = re.compile(r"\be ?/ ?m\b|\bevaluation (?:and|&) management\b")
_CHANGED = re.compile(
    r"\b(?:start|stop|increas|rais|reduc|lower|decreas|taper|titrat|continu|refill|restart|resum|switch|discontinu|"
    r"add)\w*\b"
    r"|\b(?:up|down) (?:to|from)\b|\b(?:same|unchanged|moved to)\b"
)
_ENOUGH = 2
_HOW_TAKEN = re.compile(
    r"\b(?:daily|every|each|morning|evening|night|nightly|bedtime|once|twice|day|tabs?|tablets?|caps?|po|bid|tid|qd|"
    r"qhs|qam|"
    r"qpm|hs|prn|am|pm|at|in|the|a|of|for|by|mouth|refills?|days?|weeks?|weekly|dose|since|and|with|medications?|"
    r"meds?|on|to|"
    r"takes|taking|taken|stable|same)\b|#?\d\S*"
)
_LEAST_TOLD = 2  # words beside drug, dose and how it is taken (ours)


def _more_told(words: str) -> bool:
    """Behind drug and dose something is told, perhaps what the drug does: "150 mg, yawning gone, sleepy until nine"."""
    behind = [clause for clause in re.split(r"[,;:(]", words)[1:] if not _DOSE.search(clause)]
    behind = [clause for clause in behind if not _CHANGED.search(clause)]
    return any(len(re.findall(r"[a-z]+", _HOW_TAKEN.sub("", clause))) >= _LEAST_TOLD for clause in behind)


@element("N35", "visit and therapy kept apart", bills(THERAPY_ADD_ON))
def apart(case: Case) -> Found:
    minutes = therapy_minutes(case)
    names = {section.name for section in case.note.sections}
    visit = (
        "em" in names or bool(_doses(case)) or bool(case.note.hits.get("mdm_risk")) or bool(case.note.search(_VISIT))
    )
    if minutes is None:
        return missing("no_minutes")
    return met(minutes[1], sure=True) if visit else missing("no_visit", minutes[1])


@element("N36", "problems, data and risk", bills(VISITS))
def decision_making(case: Case) -> Found:
    note = case.note
    parts = [note.hits.get(name, []) for name in ("mdm_problem", "mdm_data", "mdm_risk")]
    managed = [number for number in _doses(case) if _CHANGED.search(note.words(note.sentences[number]))]
    there = [[hit.sentence for hit in hits] for hits in parts[:2] if hits]
    there += [found] if (found := [hit.sentence for hit in parts[2]] or managed) else []
    spans = note.spans([numbers[0] for numbers in there])
    if len(there) >= _ENOUGH:
        return met(spans, sure=len(there) > _ENOUGH, parts=len(there))
    return missing("parts", spans, parts=len(there))


def _doses(case: Case) -> list[int]:
    """Sentences with a drug and its dose: to start, change or go on with it is the risk of the decision (2 of 3)."""
    return [case.note.number_at(found.start()) for found in case.note.search(_DOSE)]


@element("N37", "medication reviewed", bills(VISITS | THERAPY_ADD_ON | frozenset({"90792"})))
def medication(case: Case) -> Found:
    note = case.note
    none = note.search(_NO_DRUG)
    drugs, effects = note.hits.get("drug", []), note.hits.get("drug_effect", [])
    doses = [*note.search(_DOSE), *(note.search(_NAMED_DOSE) if drugs else [])]
    if none and not doses:
        return met((note.span(*none[0].span()),), reason="no_drug")
    if doses and (effects or note.search(_NO_EFFECT)):
        return met((note.span(*doses[0].span()),), sure=True)
    further = [number for number in _doses(case) if _more_told(note.words(note.sentences[number]))]
    if further:
        return unsure("perhaps", note.spans(further))
    if doses:
        return missing("no_effects", (note.span(*doses[0].span()),))
    return missing("no_dose" if drugs else "", note.spans([hit.sentence for hit in drugs]))
