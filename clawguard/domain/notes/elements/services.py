"""Does the note describe the service that was billed: N59, an element of our own.

Source: the network's clawback guidelines: codes that do not represent the services performed or the notes.
"""

from __future__ import annotations

import re

from clawguard.domain.codesets.groups import EVALUATION, GROUP, TIERS
from clawguard.domain.notes.case import Case
from clawguard.domain.notes.elements.group_and_family import without_the_client
from clawguard.domain.notes.elements.registry import (
    ANY_CRISIS,
    FAMILIES,
    Found,
    bills,
    contradicted,
    element,
    met,
)
from clawguard.domain.notes.note import Hit

_ONLY_THE_CLIENT = re.compile(
    r"\b(?:participants?|present|attend(?:ees|ance))\s*:\s*(?:the )?(?:client|patient|pt) (?:only|alone)\b"
)
_TITLE = 2  # sentences from the top: what stands there names the session
_KNOWN = TIERS | FAMILIES | GROUP | ANY_CRISIS | EVALUATION


@element("N59", "the service billed is the one described", bills(_KNOWN))
def service(case: Case) -> Found:
    """A note that says nothing either way describes an ordinary session, which individual codes stand for."""
    reason, hits = _other(case)
    spans = case.note.spans([hit.sentence for hit in hits])
    return contradicted(reason, spans, sure=False) if reason else met(spans)


def _said(case: Case, name: str) -> list[Hit]:
    return case.note.said(name, but=frozenset({"plan", "subjective"}))


def _other(case: Case) -> tuple[str, list[Hit]]:
    group, family, alone = _said(case, "group_session"), _said(case, "family_session"), _said(case, "individual")
    if case.billed(ANY_CRISIS):
        return ("", []) if _said_anywhere(case, "crisis_words") else ("no_crisis", case.note.hits.get("routine", []))
    if case.billed(EVALUATION):
        later = case.note.hits.get("follow_up", [])
        return ("a_follow_up", later) if later and not case.note.hits.get("evaluation_words") else ("", [])
    if case.billed(GROUP):
        return ("an_individual_session", alone) if alone and not group else ("", [])
    if "90847" in case.codes and (absent := without_the_client(case)):
        return "without_the_client", absent
    if case.billed(FAMILIES):
        return ("an_individual_session", alone) if alone and not family else ("", [])
    if case.note.search(_ONLY_THE_CLIENT):
        return "", []
    if group and not alone:
        return "a_group", group
    titled = [hit for hit in family if hit.sentence < _TITLE]
    if titled and not alone:
        return "a_family_session", titled
    return ("a_family_session", family) if family and not alone and not _one_to_one(case) else ("", [])


def _said_anywhere(case: Case, name: str) -> bool:
    return any(case.note.standing(hit) == "said" for hit in case.note.hits.get(name, ()))


def _one_to_one(case: Case) -> bool:
    """Family work mentioned as a technique or as homework in a session that names nobody else as present."""
    return not any(hit.sentence in case.note.numbers_of("relative") for hit in case.note.hits.get("attended", ()))
