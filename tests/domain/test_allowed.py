"""What a payer allowed for a line: stated, or charge less CARC 45 where nothing else was taken off."""

from __future__ import annotations

from decimal import Decimal

import pytest

from clawguard.domain.allowed import allowed_of_line
from clawguard.domain.takebacks import Reason

ROWS: list[tuple[str, str, str | None, list[str], str | None]] = [
    ("the contract's cut", "180.00", None, ["CO:45:37.50"], "142.50"),
    ("a cut and the client's copay", "180.00", None, ["CO:45:37.50", "PR:3:20.00"], "142.50"),
    ("sequestration comes off the payment", "180.00", None, ["CO:45:37.50", "CO:253:2.28"], "142.50"),
    ("all of it is the client's deductible", "180.00", None, ["CO:45:37.50", "PR:1:142.50"], "142.50"),
    ("nothing was cut", "180.00", None, [], "180.00"),
    ("two cuts", "180.00", None, ["CO:45:30.00", "PR:45:7.50"], "142.50"),
    ("what the payer states comes first", "180.00", "120.00", ["CO:45:37.50", "CO:97:10.00"], "120.00"),
    ("another reason took a part", "180.00", None, ["CO:45:37.50", "CO:97:10.00"], None),
    ("left to the client as not covered", "180.00", None, ["PR:96:180.00"], None),
    ("denied as a whole", "180.00", None, ["CO:29:180.00"], None),
    ("a denial that states nothing allowed", "180.00", "0", ["CO:29:180.00"], None),
    ("cut to nothing", "180.00", None, ["CO:45:180.00"], None),
    ("a reversal", "-180.00", None, ["CO:45:-37.50"], None),
    ("a reversal that states its amount", "-180.00", "-142.50", [], None),
]


@pytest.mark.parametrize(("story", "charge", "stated", "reasons", "allowed"), ROWS, ids=lambda each: str(each)[:40])
def test_what_was_allowed(story: str, charge: str, stated: str | None, reasons: list[str], allowed: str | None) -> None:
    given = [Reason(group, carc, Decimal(amount)) for group, carc, amount in (reason.split(":") for reason in reasons)]
    found = allowed_of_line(Decimal(charge), None if stated is None else Decimal(stated), given)
    assert found == (None if allowed is None else Decimal(allowed)), story
