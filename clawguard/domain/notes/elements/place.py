"""Where it took place, and what telehealth asks for: N10 to N14."""

from __future__ import annotations

import re

from clawguard.domain.notes._table_states import STATES
from clawguard.domain.notes.case import Case
from clawguard.domain.notes.elements.registry import Found, always, contradicted, element, met, missing, remote
from clawguard.domain.notes.note import Hit

_CITY_STATE = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)?,\s*([A-Z]{2})\b")
_STATE_NAME = re.compile(r"\b(" + "|".join(sorted(STATES.values(), key=len, reverse=True)) + r")\b")
_AUDIO = re.compile(r"\b(?:phone|telephone|audio)\b")


def _places(case: Case) -> tuple[list[Hit], list[Hit]]:
    plan = frozenset({"plan"})
    return case.note.said("tele", but=plan), case.note.said("office", but=plan)


@element("N10", "place of the session", always)
def place(case: Case) -> Found:
    tele, office = _places(case)
    spans = case.note.spans([hit.sentence for hit in [*tele, *office]][:2])
    if case.remote and office and not tele:
        return contradicted("office_billed_remote", spans, sure=False)
    if case.session.telehealth == "none" and tele and not office:
        return contradicted("remote_billed_office", spans)
    if tele or office:
        return met(spans, sure=True)
    return missing()


@element("N11", "method and secure platform", remote)
def platform(case: Case) -> Found:
    found = case.note.said("platform")
    return met(case.note.spans([hit.sentence for hit in found]), sure=True) if found else missing()


@element("N12", "consent to telehealth", remote)
def consent(case: Case) -> Found:
    if case.ask.consent_on_file and not case.note.hits.get("consent"):
        return met(reason="on_file")
    remote_words = re.compile(r"tele|video|phone|virtual|remote|audio|services reviewed")
    for hit in case.note.said("consent"):
        sentence = case.note.sentences[hit.sentence]
        words = case.note.low[sentence.start : sentence.end]
        after = words[hit.start - sentence.start : hit.start - sentence.start + 60]
        elsewhere = re.match(r"\w+ to (?:my|our|the|a|her|his|their|me)\b(?! (?:use of )?(?:tele|video|phone))", after)
        if remote_words.search(words) and not elsewhere:
            return met(case.note.spans([hit.sentence]), sure=True)
    return missing()


@element("N13", "where the client was", remote)
def client_state(case: Case) -> Found:
    found = _states(case)
    if not found:
        return missing()
    spans = tuple(case.note.span(start, end) for _, start, end in found[:2])
    allowed = case.ask.license_states or ({case.session.client_state} if case.session.client_state else frozenset())
    if not allowed or any(state in allowed for state, _, _ in found):
        return met(spans, sure=True)
    return contradicted("other_state", spans, sure=False)


def _states(case: Case) -> list[tuple[str, int, int]]:
    """States named in the note, outside the signature lines."""
    found = [
        (match[1], match.start(), match.end()) for match in _CITY_STATE.finditer(case.note.text) if match[1] in STATES
    ]
    codes = {name: code for code, name in STATES.items()}
    found += [(codes[match[1]], match.start(), match.end()) for match in _STATE_NAME.finditer(case.note.low)]
    provider = (case.ask.provider_name or "").lower()
    return sorted(
        (each for each in found if not _of_a_signature(case, each[1]) and not _of_provider(case, each, provider)),
        key=lambda each: each[1],
    )


def _of_a_signature(case: Case, at: int) -> bool:
    return any(each.start <= at < each.end for each in case.signatures)


def _of_provider(case: Case, found: tuple[str, int, int], provider: str) -> bool:
    return bool(provider) and case.note.low[found[1] : found[2]].split(",")[0].strip() in provider


@element("N14", "why no video", lambda case: case.session.telehealth == "audio")
def audio_reason(case: Case) -> Found:
    """A reason counts as it stands: "no video" is one, not a denial of one."""
    found = case.note.hits.get("audio_reason", ())
    return met(case.note.spans([hit.sentence for hit in found]), sure=True) if found else missing()
