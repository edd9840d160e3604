"""What could be taken back: the contracted rate, or a line's share of it by charge; never guessed low."""

from __future__ import annotations

from decimal import Decimal

import pytest

from clawguard.domain.checks.finding import exposure
from tests.domain.checks.builders import line, session


@pytest.mark.parametrize(
    ("rate", "charges", "expected"),
    [
        ("142.50", ["180"], "142.50"),
        ("142.50", [None], "142.50"),
        ("100", ["150", "50"], "75.00"),
        ("100", ["50", "150"], "25.00"),
        ("100", ["1", "1", "1"], "33.33"),
        ("100", ["2", "1"], "66.67"),
        ("100", ["0", "50"], "0.00"),
        ("100", [None, "50"], "100.00"),
        ("100", ["50", None], "100.00"),
        ("100", ["0", "0"], "100.00"),
        ("100", ["0.01", "0.00"], "100.00"),
        (None, ["180"], "0.00"),
    ],
)
def test_the_share_of_the_first_line(rate: str | None, charges: list[str | None], expected: str) -> None:
    lines = [
        line("90837", number, charge=None if charge is None else Decimal(charge))
        for number, charge in enumerate(charges, start=1)
    ]
    given = session(*lines, contracted_rate=None if rate is None else Decimal(rate))
    assert str(exposure(given, lines[0])) == expected


def test_of_the_whole_session_it_is_the_whole_rate_in_cents() -> None:
    lines = [line("99214", 1, charge=Decimal(150)), line("90836", 2, charge=Decimal(50))]
    assert str(exposure(session(*lines, contracted_rate=Decimal("142.5")))) == "142.50"
