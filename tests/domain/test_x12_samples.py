"""Real public sample files, where a folder with them is named: read whole, with their known oddities told."""

import datetime as dt
import os
from decimal import Decimal
from pathlib import Path

import pytest

from clawguard.domain.submission import Defaults, parse
from clawguard.domain.x12.claim837 import read_claims
from clawguard.domain.x12.remit835 import read_remittances
from clawguard.domain.x12.segments import SegmentProblem

FOLDER = os.environ.get("CLAWGUARD_SAMPLES", "")
pytestmark = pytest.mark.skipif(
    not Path(FOLDER, "demo.example1.837").is_file(), reason="CLAWGUARD_SAMPLES names no folder with the sample files"
)
NOW = dt.datetime(2026, 4, 1, tzinfo=dt.UTC)


def chunks(name):
    data = Path(FOLDER, name).read_bytes()
    return [b"\xef\xbb\xbf", *(data[i : i + 100] for i in range(0, len(data), 100))]


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("demo.cob.example4.837", ["101KEN6055"]),
        ("demo.example1.837", ["26463774-20061003", "26463774-20061010"]),
        ("demo.example2.837", ["26462967-20061003", "26462967-20061010"]),
    ],
)
def test_claims_are_read_and_their_icd_9_codes_told(name, ids):
    found = list(read_claims(chunks(name)))
    assert not [item for item in found if isinstance(item, SegmentProblem)]
    assert [session.raw["external_id"] for session in found] == ids
    for session in found:
        assert [problem.code for problem in session.problems] == ["diagnosis_icd9"]
        _, errors = parse(session.raw, now=NOW, defaults=Defaults(time_zone="America/New_York"))
        pointers = {error.pointer for error in errors}
        assert "/diagnoses/0" in pointers
        assert pointers <= {"/provider/npi", "/diagnoses/0", "/diagnoses/1"}


@pytest.mark.parametrize(
    ("name", "paid", "remarks"),
    [
        ("managed-care.835", ["450.00", "495.00"], ["date_unreadable"]),
        ("secondary-payment.835", ["912.00", "310.00"], ["component_separator", "component_separator"]),
    ],
)
def test_remittances_balance(name, paid, remarks):
    (found,) = read_remittances(chunks(name))
    assert [claim.paid for claim in found.claims] == [Decimal(amount) for amount in paid]
    assert found.imbalances == ()
    assert [problem.code for problem in found.problems] == remarks
    assert found.readable
