"""The demo's 835 read as a validator would: every segment that 005010X221A1 requires stands where it requires it.

The table is ours and names segments only, loop by loop; whoever wants every element judged uses a validator beside it.
"""

from __future__ import annotations

import datetime as dt
import re

import pytest

from clawguard.demo.paying import remittances
from clawguard.demo.sessions import invent
from clawguard.domain.x12.remit835 import read_remittances
from clawguard.domain.x12.remittance import Remittance
from clawguard.domain.x12.writers import write_835

ANCHOR = dt.date(2026, 11, 20)
TEXT = "".join(write_835(remittances(invent(7, 1500, ANCHOR)), created=dt.datetime(2026, 11, 20, tzinfo=dt.UTC)))
# Loop by loop in the guide's order. A mark says how often: "?" at most once, "*" any number, "+" at least once.
HEADER = "ST BPR TRN REF* DTM?"
PAYER, PAYEE = "N1*PR N3 N4 REF* PER*BL+", "N1*PE N3? N4? REF*"
CLAIM = "CLP CAS* NM1*QC NM1* MIA? MOA? REF* DTM* AMT* QTY*"
SERVICE = "SVC DTM* CAS* REF* AMT* QTY* LQ*"
SUMMARY = "PLB* SE"
MARKS = "?*+"


def pattern(loop: str) -> str:
    """``NM1*QC`` is one segment with its first element; ``NM1*`` any number of segments."""
    found = []
    for word in loop.split():
        mark = word[-1] if word[-1] in MARKS else ""
        name = re.escape(word[: len(word) - len(mark)])
        found.append(rf"(?:{name}(?:\*[^~]*)?~){mark}")
    return "".join(found)


GUIDE = re.compile(
    f"{pattern(HEADER)}{pattern(PAYER)}{pattern(PAYEE)}"
    f"(?:{pattern('LX')}(?:{pattern(CLAIM)}(?:{pattern(SERVICE)})*)+)?{pattern(SUMMARY)}"
)
REQUIRED = {  # elements that are never empty
    "BPR": (1, 2, 3, 4, 16), "TRN": (1, 2, 3), "N1": (1, 2), "N3": (1,), "N4": (1,), "PER": (1,),
    "CLP": (1, 2, 3, 4, 6, 7), "CAS": (1, 2, 3), "NM1": (1, 2), "SVC": (1, 2, 3), "DTM": (1, 2),
    "PLB": (1, 2, 3, 4), "SE": (1, 2),
}  # fmt: skip


def transactions(text: str) -> list[str]:
    return re.findall(r"ST\*.*?SE\*\d+\*\d+~", text.replace("\n", ""))


def test_every_payment_has_the_segments_the_guide_requires() -> None:
    found = transactions(TEXT)
    assert len(found) > 50
    for text in found:
        assert GUIDE.fullmatch(text), text[:400]


def test_no_required_element_is_empty() -> None:
    for text in transactions(TEXT):
        for segment in text.split("~")[:-1]:
            name, *elements = segment.split("*")
            for number in REQUIRED.get(name, ()):
                assert len(elements) >= number and elements[number - 1], segment


@pytest.mark.parametrize("name", ["N1*PR", "N3", "N4", "PER", "N1*PE", "TRN", "NM1*QC"])
def test_a_payment_without_one_of_them_would_be_noticed(name: str) -> None:
    whole = transactions(TEXT)[0]
    without = re.sub(rf"{re.escape(name)}\*[^~]*~", "", whole, count=1)
    assert without != whole
    assert not GUIDE.fullmatch(without)


def test_the_demos_file_reads_back_as_it_was_meant() -> None:
    meant = remittances(invent(7, 1500, ANCHOR))
    found = [item for item in read_remittances([TEXT]) if isinstance(item, Remittance)]
    assert len(found) == len(meant)
    assert [len(payment.claims) for payment in found] == [len(payment.claims) for payment in meant]
    assert {problem.code for payment in found for problem in payment.problems} == set()
    assert sum(bool(payment.imbalances) for payment in found) == 1
