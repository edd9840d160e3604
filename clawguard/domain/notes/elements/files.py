"""The file as such: whether it can be read, and whether it may be here at all: N55 to N58."""

from __future__ import annotations

from clawguard.domain.notes import guards, legibility
from clawguard.domain.notes.case import Case
from clawguard.domain.notes.elements.registry import (
    Found,
    always,
    contradicted,
    element,
    met,
    missing,
    not_here,
    unsure,
)


@element("N55", "legible", always, text=False)
def legible(case: Case) -> Found:
    if case.legible == 0:
        return missing("blank", sure=True)
    percent = int(case.legible * 100)
    return met(sure=True) if case.legible >= legibility.READABLE else missing("hard_to_read", percent=percent)


@element("N56", "no psychotherapy notes", always, text=False)
def no_psychotherapy_notes(case: Case) -> Found:
    if guards.names_itself_process_notes(case.note.text):
        return contradicted("psychotherapy_notes")
    return unsure("process_notes_mentioned") if guards.speaks_of_process_notes(case.note.text) else met(sure=True)


@element("N57", "only this client and this day", always, text=False)
def minimum(case: Case) -> Found:
    reason = guards.someone_or_somewhen_else(case)
    return contradicted(reason) if reason else met(sure=True)


@element("N58", "consent for program records", lambda case: case.ask.part2 is not False, text=False)
def part2(case: Case) -> Found:
    if case.ask.part2 is None:
        return not_here()
    if case.ask.part2_consent is None:
        return unsure("no_facts")
    return met(sure=True) if case.ask.part2_consent else missing("no_part2_consent", sure=True)
