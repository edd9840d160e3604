"""Reading a release out of the simple-icd-10-cm package.

The package holds the whole tabular list in memory, several times what the checks need, so only the loading command
imports this module; web and worker processes read the database.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import simple_icd_10_cm as icd

from clawguard.domain.codesets.diagnoses import BILLABLE, CODE_FIRST, CODE_FIRST_IF_KNOWN, MANIFESTATION
from clawguard.domain.codesets.excludes import parse_note
from sessions.codesets.rows import CodeRow, ReleaseRows

NAME = "ICD-10-CM April 2026"
FIRST_DAY = dt.date(2025, 10, 1)
LAST_DAY = dt.date(2026, 9, 30)

_MANIFESTATION = re.compile(r"(diseases|disorders) classified elsewhere", re.IGNORECASE)
_CAUSATIVE = re.compile(r"as the cause of", re.IGNORECASE)
_IF_KNOWN = re.compile(r"if\s+applicable|if\s+known", re.IGNORECASE)
_CAUSE = re.compile(r"underlying|causal condition|the associated", re.IGNORECASE)


def read_release(name: str = NAME, first_day: dt.date = FIRST_DAY, last_day: dt.date = LAST_DAY) -> ReleaseRows:
    """The release the package holds at present, with the period it is to be used for."""
    return ReleaseRows(name=name, first_day=first_day, last_day=last_day, rows=tuple(_rows()))


def use_files(all_codes: str, tabular: str) -> None:
    """Make the package read another release from the two files that CMS publishes for it."""
    icd.change_version(all_codes_file_path=all_codes, classification_data_file_path=tabular)


def _rows() -> Iterator[CodeRow]:
    notes_first: dict[str, str] = {}
    # A block of one category carries the category's name and is listed before it; one row stands for both.
    for code in dict.fromkeys(icd.get_all_codes(False)):
        parent = icd.get_parent(code).replace(".", "")  # codes come dotless, parents do not
        parent = "" if parent == code else parent
        own = icd.get_code_first(code)
        notes_first[code] = own or notes_first.get(parent, "")
        notes = tuple(icd.get_excludes1(code))
        title = icd.get_description(code)
        yield CodeRow(
            code=code,
            title=title[:255],
            level=_level(code),
            parent=parent,
            flags=_flags(code, title, notes_first[code]),
            excludes1=tuple(dict.fromkeys(ref for note in notes for ref in parse_note(note))),
            excludes1_notes=notes,
        )


def _level(code: str) -> str:
    if "-" in code:
        return "block"
    return "chapter" if icd.is_chapter(code) else "code"


def _flags(code: str, title: str, code_first: str) -> int:
    if _level(code) != "code":
        return 0
    flags = BILLABLE if icd.is_leaf(code) else 0
    if _MANIFESTATION.search(title) and not _CAUSATIVE.search(title):
        flags |= MANIFESTATION
    if code_first and _CAUSE.search(code_first) and "any associated" not in code_first:
        flags |= CODE_FIRST_IF_KNOWN if _IF_KNOWN.search(code_first) else CODE_FIRST
    return flags
