"""Rows of the procedure-to-procedure file: two codes, their dates, the modifier indicator and the reason.

Medicare's file marks pairs from before 1996 in a column that Medicaid's does not have, so columns go by their headings.
"""

from __future__ import annotations

from collections.abc import Callable

from clawguard.domain.codesets.packed import Row, key_of
from sessions.codesets.ncci.archive import Cells
from sessions.codesets.ncci.cells import Headings, RowFault, first_day, is_code, last_day

INDICATORS = {"0": 0, "1": 1, "9": 9}
# The file's reasons by a word that only one of them holds; the numbers are ours and never change.
REASONS = (
    ("mutually", 1),
    ("misuse", 2),
    ("instruction", 3),
    ("standard", 4),
    ("extensive", 5),
    ("sequential", 6),
    ("separate", 7),
    ("anesthesia", 8),
    ("panel", 9),
    ("definition", 10),
    ("gender", 11),
)


def begins(cells: Cells) -> bool:
    return len(cells) >= 5 and is_code(cells[0].strip()) and is_code(cells[1].strip())


def unfit(headings: Headings) -> str:
    text = headings.text
    if "mue value" in text:
        return "it holds unit limits."
    if "column 1" not in text or "column 2" not in text:
        return "the headings Column 1 and Column 2 are missing."
    missing = [word for word in ("effective", "deletion", "modifier") if headings.find(word) is None]
    return f"there is no column for {missing[0]}." if missing else ""


def reader(headings: Headings) -> Callable[[Cells], Row]:
    effective, deletion, modifier = (headings.find(word) or 0 for word in ("effective", "deletion", "modifier"))
    rationale = headings.find("rationale")
    reasons: dict[str, int] = {}

    def read(cells: Cells) -> Row:
        try:
            key = key_of(cells[0], cells[1])
            indicator = INDICATORS[cells[modifier]]
            first, last = first_day(cells[effective]), last_day(cells[deletion])
        except (ValueError, KeyError, IndexError):
            return _again(cells)
        if last < first:
            raise RowFault("dates", "The deletion date lies before the effective date.")
        said = cells[rationale] if rationale is not None and rationale < len(cells) else ""
        if said not in reasons:
            reasons[said] = _reason(said)
        return Row(key, first, last, reasons[said], indicator)

    def _again(cells: Cells) -> Row:
        """The row with blanks trimmed, or the reason why it is none."""
        trimmed = [cell.strip() for cell in cells]
        if len(trimmed) <= modifier:
            raise RowFault("cut", "The row ends before its modifier indicator; the file may be cut.")
        if trimmed != cells:
            return read(trimmed)
        if not (is_code(trimmed[0]) and is_code(trimmed[1])):
            raise RowFault("code", "Column 1 or column 2 holds no procedure code.")
        raise RowFault("indicator", "The modifier indicator is none of 0, 1 and 9.")

    return read


def _reason(text: str) -> int:
    lower = text.lower()
    return next((number for word, number in REASONS if word in lower), 0)
