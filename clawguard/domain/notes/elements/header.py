"""Whose note it is, of which day, and whose hand: N01 to N05.

What is typed into the session's own form carries all of these in the record; they are looked for in documents only.
"""

from __future__ import annotations

import re

from clawguard.domain.notes.case import Case
from clawguard.domain.notes.elements.registry import Found, always, contradicted, element, met, missing, unsure
from clawguard.domain.notes.identity import ALIKE, birth_days, names_on, service_days

_NUMBER = re.compile(  # "NPI 1999999984", "lic. no. 011862", "IL lic. 149.020000", "License E.0100000"
    r"\b(?:npi|lic(?:en[sc]e)?)\b\.?\s*+(?:#|no\b\.?|num(?:ber)?\b)?\s*+:?\s*+#?\s*+([a-z]{0,4}[.-]?\d[\d.-]{3,})"
)


def _pages(case: Case) -> list[str]:
    return [page for page in case.note.given.pages if page.strip()]


@element("N01", "client named on every page", always)
def client_name(case: Case) -> Found:
    if case.typed:
        return met(reason="record", sure=True)
    if not case.ask.client_names:
        return unsure("no_facts")
    pages = _pages(case)
    without = [page for page in pages if not names_on(page, case.ask.client_names)]
    if not without:
        return met(sure=True)
    return missing("some_pages" if len(without) < len(pages) else "", pages=len(without), sure=True)


@element("N02", "birth date on every page", always)
def birth_date(case: Case) -> Found:
    if case.typed:
        return met(reason="record", sure=True)
    known = case.session.client_birth_date
    if known is None:
        return unsure("no_facts")
    stated = birth_days(case)
    others = [day for day in stated if day.date != known]
    if others:
        return contradicted("other_birth_date", tuple(case.note.span(day.start, day.end) for day in others))
    pages = _pages(case)
    with_it = {case.note.span(day.start, day.end).page for day in case.days if day.date == known}
    if len(with_it) >= len(pages):
        return met(tuple(case.note.span(day.start, day.end) for day in case.days if day.date == known)[:3], sure=True)
    return missing("some_pages" if with_it else "", pages=len(pages) - len(with_it), sure=True)


@element("N03", "date of service", always)
def date_of_service(case: Case) -> Found:
    wanted = case.session.date_of_service
    stated = service_days(case)
    right = [day for day in stated if day.date == wanted]
    if right:
        return met((case.note.span(right[0].start, right[0].end),), sure=True)
    if stated:
        return contradicted("other_date", tuple(case.note.span(day.start, day.end) for day in stated[:3]))
    if case.typed:
        return met(reason="record", sure=True)
    same = [day for day in case.days if day.date == wanted and not _in_signature(case, day.start)]
    if same:
        return met((case.note.span(same[0].start, same[0].end),))
    return missing()


def _in_signature(case: Case, at: int) -> bool:
    return any(each.start <= at < each.end for each in case.signatures)


@element("N04", "provider named with credentials", always)
def provider(case: Case) -> Found:
    if case.typed:
        return met(reason="record", sure=True)
    name = case.ask.provider_name
    if not name:
        return unsure("no_facts")
    last = name.split(",")[0].split()[-1].lower()
    named = [found.span() for found in re.finditer(re.escape(last.translate(ALIKE)), case.note.low.translate(ALIKE))]
    if not named:
        return missing()
    with_credentials = [where for where in named if _CREDENTIALS.search(case.note.text[where[1] : where[1] + 24])]
    if with_credentials:
        return met((case.note.span(*with_credentials[0]),), sure=True)
    return missing("no_credentials", (case.note.span(*named[0]),))


_CREDENTIALS = re.compile(r"\b[A-Z]{2,6}\b|Ph\.?D|Psy\.?D")


@element("N05", "NPI or license number", always)
def provider_number(case: Case) -> Found:
    if case.typed:
        return met(reason="record", sure=True)
    npi, licence = case.session.provider_npi, (case.ask.provider_license_number or "").lower()
    low = case.note.low
    if npi in low or (licence and licence in low):
        place = low.find(npi) if npi in low else low.find(licence)
        return met((case.note.span(place, place + 6),), sure=True)
    found = _NUMBER.search(low)
    return met((case.note.span(*found.span()),)) if found else missing()
