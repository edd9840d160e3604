"""A file of remittances left off anywhere is read on from the transaction marked, to the very same end."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from clawguard.domain.x12.envelope import Mark
from clawguard.domain.x12.remit835 import RemittanceReader, read_remittances
from clawguard.domain.x12.writers import write_835
from tests.domain.test_x12_writers import PAYMENT

CREATED = dt.datetime(2026, 4, 1, 9, 5, tzinfo=dt.UTC)
THREE = [replace(PAYMENT, payment=replace(PAYMENT.payment, trace=f"TR-{number}")) for number in range(3)]
GOOD = "".join(write_835(THREE, created=CREATED))
SECOND = GOOD.replace("*000000001*0*T*", "*000000002*0*T*").replace("IEA*1*000000001", "IEA*1*000000002")
FILES = {
    "one interchange": GOOD,
    "two interchanges": GOOD + "\n" + SECOND,
    "other separators in the second": GOOD + SECOND.replace("*", "|").replace("~\n", "'"),
    "a byte-order mark and blank lines": "\ufeff\n\n" + GOOD,
    "no line breaks": GOOD.replace("\n", ""),
    "wrapped": "\n".join(GOOD.replace("\n", "")[at : at + 80] for at in range(0, len(GOOD), 80)),
    "a trailer that is missing": GOOD.replace("SE*35*0002~\n", ""),
    "wrong counts everywhere": GOOD.replace("SE*35*0002", "SE*3*0009").replace("GE*3", "GE*7"),
    "an empty segment and one outside": GOOD.replace("ST*835*0002", "~\nNTE*ADD*x~\nST*835*0002"),
    "a second group, another guide": GOOD.replace(
        "ST*835*0003", "GE*2*1~\nGS*HP*A*B*20260401*0905*2*X*003051~\nST*835*0003"
    ),
    "cut off": GOOD[: GOOD.index("ST*835*0003") + 200],
    "a group outside any interchange": GOOD[GOOD.index("GS*") :],
    "letters outside ASCII": GOOD.replace("EXAMPLE HEALTH", "EXAMPLE SANT\u00c9"),
}


@pytest.mark.parametrize("name", FILES)
def test_reading_goes_on_where_it_left_off(name: str) -> None:
    assert name == "one interchange" or FILES[name] != GOOD
    content = FILES[name].encode()
    whole = list(read_remittances([content]))
    for taken in range(1, len(whole) + 1):
        reader = RemittanceReader([content])
        passing = iter(reader)
        first = [next(passing) for _ in range(taken)]
        kept = reader.mark.as_text() if reader.mark else ""
        mark, since = Mark.of_text(kept) if kept else None, reader.since
        again = RemittanceReader([content[mark.opener.offset if mark else 0 :]], mark=mark)
        assert [*first, *list(again)[since:]] == whole


def test_a_mark_comes_after_each_transaction_has_begun() -> None:
    reader = RemittanceReader([GOOD])
    found = [(reader.mark.opener.get(2) if reader.mark else "", reader.since) for _ in reader]
    assert found == [("0001", 1), ("0002", 1), ("0003", 1)]


def test_a_mark_keeps_numbers_and_nothing_else_of_the_file() -> None:
    secret = GOOD.replace("*00*          *ZZ*PAYER", "*01*PASSWORD  *ZZ*PAYER")
    reader = RemittanceReader([secret])
    assert secret != GOOD
    next(iter(reader))
    assert reader.mark is not None
    kept = reader.mark.as_text()
    assert "000000001" in kept
    assert "PASSWORD" not in kept
    assert "PAYER" not in kept
