"""One good 835 spoilt in more than fifty ways: read or refused with the segment named, and nothing kept by halves."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Count, Sum

from clawguard.demo.paying import remittances as demo_payments
from clawguard.demo.sessions import invent
from disputes.models import Remittance
from sessions.models import ImportBatch
from tests.disputes.remit_files import claim, imported, payment, plb, written

pytestmark = pytest.mark.django_db
SAMPLES = os.environ.get("CLAWGUARD_SAMPLES", "")


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path / "data"


GOOD = written(
    payment("T-1", claim("S-1"), claim("S-2", "0.00", "4", "CO:97:150.00", "PR:3:30.00")),
    payment("T-2", claim("S-1", "-142.50", "22", "CO:97:-37.50"), plb("WO", "-142.50", "P-S-1")),
    payment("T-3", claim("S-3"), plb("L6", "-1.20", "P-S-3"), plb("FB", "20.00", "T-0"), plb("72", "-5.00", "S-3")),
    payment("T-4", claim("S-4"), plb("WO", "142.50", "P-S-1")),
).decode()
FLAT = GOOD.replace("\n", "")
PAYMENTS = 4
TRAILER = re.findall(r"SE\*\d+\*0001", GOOD)[0]


def once(old: str, new: str) -> Callable[[], str]:
    assert old in GOOD, old
    return lambda: GOOD.replace(old, new, 1)


def without(pattern: str) -> Callable[[], str]:
    assert re.search(pattern, GOOD), pattern
    return lambda: re.sub(pattern, "", GOOD, count=1)


def first_transaction() -> str:
    return GOOD[GOOD.index("ST*") : GOOD.index("ST*", GOOD.index("ST*") + 3)]


# name: the file, how many payments are kept, and a code that must be told ("" where nothing is wrong)
WAYS: dict[str, tuple[Callable[[], str | bytes], int, str]] = {
    "a byte-order mark": (lambda: b"\xef\xbb\xbf" + GOOD.encode(), 4, ""),
    "no line breaks": (lambda: FLAT, 4, ""),
    "Windows line breaks": (lambda: GOOD.replace("\n", "\r\n"), 4, ""),
    "wrapped every 80 columns": (lambda: "\r\n".join(FLAT[i : i + 80] for i in range(0, len(FLAT), 80)), 4, ""),
    "wrapped every 61 columns": (lambda: "\n".join(FLAT[i : i + 61] for i in range(0, len(FLAT), 61)), 4, ""),
    "bars between elements": (lambda: GOOD.replace("*", "|"), 4, ""),
    "another component separator": (lambda: GOOD.replace(":", ">"), 4, ""),
    "apostrophes end segments": (lambda: GOOD.replace("~\n", "'\n"), 4, ""),
    "line breaks end segments": (lambda: GOOD.replace("~\n", "\n"), 4, ""),
    "all separators other": (lambda: GOOD.replace("*", "\x1d").replace(":", "\x1f").replace("~\n", "\x1c"), 4, ""),
    "components as ISA does not say": (once("HC:90837:95", "HC>90837>95"), 4, "component_separator"),
    "blank lines before it": (lambda: "\n\n  " + GOOD, 4, ""),
    "blanks and an end of file mark after it": (lambda: GOOD + "  \n\x1a", 4, ""),
    "a letter before it": (lambda: "Dear biller,\n" + GOOD, 4, "isa_missing"),
    "words after it": (lambda: GOOD + "END OF FILE\n", 4, "isa_missing"),
    "ISA too short": (once("PAYER          *ZZ", "PAYER*ZZ"), 4, "isa_width"),
    "an empty segment": (once("LX*1~", "LX*1~~"), 4, "segment_empty"),
    "the file twice in one": (lambda: GOOD + GOOD, 4, ""),
    "one transaction twice": (lambda: GOOD.replace("GE*4", first_transaction() + "GE*5"), 4, ""),
    "Windows letters": (lambda: GOOD.replace("NETWORK", "N\u00c9TWORK").encode("latin-1"), 4, "encoding"),
    "UTF-16": (lambda: GOOD.encode("utf-16"), 0, "encoding_utf16"),
    "a count of segments": (once(TRAILER, "SE*3*0001"), 4, "count_wrong"),
    "a control number": (once(TRAILER, TRAILER.replace("0001", "0009")), 4, "control_number_differs"),
    "a count of transactions": (once("GE*4", "GE*3"), 4, "count_wrong"),
    "a count of groups": (once("IEA*1", "IEA*2"), 4, "count_wrong"),
    "SE is missing": (once(f"{TRAILER}~\n", ""), 3, "se_missing"),
    "GE is missing": (without(r"GE\*4\*1~\n"), 4, "ge_missing"),
    "IEA is missing": (without(r"IEA.*~\n"), 4, "iea_missing"),
    "cut off in the middle": (lambda: GOOD[: GOOD.index("TRN*1*T-3")], 2, "se_missing"),
    "cut off inside a segment": (lambda: GOOD[: GOOD.index("CLP*S-4") + 9], 3, "truncated"),
    "ST is missing": (without(r"ST\*835\*0002~\n"), 3, "segment_outside"),
    "no payment": (without(r"BPR\*.*~\n"), 3, "bpr_missing"),
    "no trace": (without(r"TRN\*.*~\n"), 3, "trn_missing"),
    "no payer": (without(r"N1\*PR.*~\n"), 3, "party_missing"),
    "no payee": (without(r"N1\*PE.*~\n"), 3, "party_missing"),
    "a claim without id": (once("CLP*S-1*1", "CLP**1"), 3, "claim_unnamed"),
    "a claim without status": (once("CLP*S-1*1", "CLP*S-1*"), 3, "claim_unnamed"),
    "a claim that is lost": (without(r"CLP\*S-2.*~\n"), 3, "count_wrong"),
    "an amount in words": (once("*180.00*142.50*", "*180.00*many*"), 3, "amount_unreadable"),
    "an amount with an exponent": (once("*180.00*142.50*", "*180.00*1e2*"), 3, "amount_unreadable"),
    "an amount with a comma": (once("*180.00*142.50*", "*180.00*142,50*"), 3, "amount_unreadable"),
    "no amount": (once("*180.00*142.50*", "*180.00**"), 3, "amount_unreadable"),
    "an amount beyond all bounds": (once("*180.00*142.50*", f"*180.00*{'9' * 15}*"), 3, "claim_unfit"),
    "an unreadable amount of the account": (once("P-S-1*-142.50", "P-S-1*-142.5O"), 3, "amount_unreadable"),
    "an unknown group": (once("CAS*CO*45", "CAS*QQ*45"), 3, "group_unknown"),
    "an amount without a reason": (once("CAS*CO*45", "CAS*CO*"), 3, "reason_missing"),
    "an adjustment outside a claim": (once("LX*1~", "LX*1~CAS*CO*45*1~"), 3, "segment_misplaced"),
    "a service outside a claim": (once("LX*1~", "LX*1~SVC*HC:90837*1*1~"), 3, "segment_misplaced"),
    "a segment nobody knows": (once("LX*1~", "LX*1~ZZZ*1~"), 3, "segment_unexpected"),
    "a separator inside a name": (once("N1*PR*EXAMPLE HEALTH", "N1*PR*EXAMPLE*HE*AL*TH*X*Y"), 3, "too_many_elements"),
    "a terminator inside a name": (once("N1*PR*EXAMPLE HEALTH", "N1*PR*EXA~MPLE"), 3, "segment_unexpected"),
    "a day that is none": (once("DTM*472*20260916", "DTM*472*20260231"), 4, "date_unreadable"),
    "a control character": (once("EXAMPLE HEALTH", "EXAMPLE\x07HEALTH"), 3, "control_character"),
    "the older guide": (lambda: GOOD.replace("005010X221A1", "004010X091A1"), 4, "older_guide"),
    "another guide": (lambda: GOOD.replace("005010X221A1", "003051"), 0, "transaction_unsupported"),
    "claims instead": (once("ST*835*0001", "ST*837*0001"), 3, "transaction_unsupported"),
    "a damaged ISA": (once("ISA*00*", "ISA*00"), 0, "isa_missing"),
    "a segment without end": (once("LX*1~", f"LX*1~NTE*{'x' * 40_000}~"), 3, "segment_too_long"),
    "a trace too long": (once("TRN*1*T-1", f"TRN*1*{'T' * 60}"), 3, "trace_long"),
    "an id too long": (once("CLP*S-1*1", f"CLP*{'S' * 90}*1"), 3, "claim_unfit"),
    "the payment off": (once("BPR*I*142.50", "BPR*I*152.50"), 4, ""),
    "a lost adjustment": (without(r"CAS\*CO\*97\*150.*~\n"), 3, "count_wrong"),
    "nothing readable at all": (lambda: bytes(range(33, 250)) * 9, 0, "isa_missing"),
}  # fmt: skip


def test_there_are_fifty_ways() -> None:
    assert len(WAYS) >= 50


@pytest.mark.parametrize("way", WAYS)
def test_read_or_refused_with_the_segment_named(way: str) -> None:
    make, kept, code = WAYS[way]
    made = make()
    batch = imported(content=made if isinstance(made, bytes) else made.encode())
    problems = list(batch.problems.all())
    assert Remittance.objects.count() == kept
    assert batch.status == ("done" if kept else "refused")
    assert batch.rows_read == batch.rows_created + batch.rows_unchanged + batch.rows_refused
    assert not code or code in {problem.code for problem in problems}
    assert all(re.match(r"Segment \d+", problem.message) and problem.row for problem in problems)
    if kept < PAYMENTS:  # what is not kept was told as an error, never passed over
        assert any(problem.severity == "error" for problem in problems)
    whole(batch)
    told_if_off()


def whole(batch: ImportBatch) -> None:
    """Every payment that is kept has all its claims, and their payments make its sum."""
    for row in Remittance.objects.filter(batch=batch):
        found = row.claims.aggregate(count=Count("pk"), paid=Sum("paid"))
        account = row.account_adjustments.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
        assert (row.claims_count, row.claims_paid) == (found["count"], found["paid"] or 0)
        assert row.adjusted == account
        assert all(each.lines.exists() and hasattr(each, "match") for each in row.claims.all())


def told_if_off() -> None:
    for row in Remittance.objects.all():
        assert row.balances == (not row.difference and not row.imbalances)


def test_what_was_spoilt_can_be_sent_again_whole() -> None:
    spoilt = GOOD.replace("CLP*S-1*1*180.00*142.50", "CLP*S-1*1*180.00*many", 1)
    imported(content=spoilt.encode())
    batch = imported(content=GOOD.encode())
    assert (batch.rows_created, batch.rows_unchanged, batch.rows_refused) == (1, 3, 0)


class TestWholeFiles:
    def test_the_demos_own_file_is_read_with_all_it_shows(self) -> None:
        network = invent(7, 400, dt.date(2026, 11, 25))
        payments = demo_payments(network)
        batch = imported(*payments)
        assert (batch.rows_created, batch.rows_refused) == (len(payments), 0)
        reasons = {row.reason for payment in Remittance.objects.all() for row in payment.account_adjustments.all()}
        assert reasons == {"WO", "FB", "72", "L6"}
        [off] = [row for row in Remittance.objects.all() if not row.balances]
        assert off.difference == -10
        assert batch.summary["counts"]["takebacks"] == sum(len(each.reversals) for each in payments)
        whole(batch)

    @pytest.mark.skipif(
        not Path(SAMPLES, "managed-care.835").is_file(), reason="CLAWGUARD_SAMPLES names no folder with sample files"
    )
    @pytest.mark.parametrize("name", ["managed-care.835", "secondary-payment.835"])
    def test_public_samples_are_kept_and_balance(self, name: str) -> None:
        batch = imported(content=Path(SAMPLES, name).read_bytes())
        row = Remittance.objects.get()
        assert (batch.rows_refused, row.balances, row.claims.count()) == (0, True, 2)
