"""CG519: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from decimal import Decimal

from tests.domain.checks.builders import line, passes, session, tables_for, trips


def rates(**said: str) -> dict[str, object]:
    return {"rates": [{"code": "90837", "payer_id": "60054", **said}]}


def charged(amount: str) -> object:
    return line("90837", charge=Decimal(amount))


ROWS = [
    passes("a charge above the rate, no contract stated", session()),
    passes("no rate stated", session(contracted_rate=None), facts=rates(amount="150.00")),
    passes("the charge equals the rate", session(line("90837", charge=Decimal("142.50")))),
    passes("a line without a charge", session(line("90837", charge=None))),
    passes("the rate of the contract", session(), facts=rates(amount="142.5")),
    passes("another payer's rate", session(), facts=rates(amount="150.00", payer_id="90001")),
    passes("a rate that begins the day after", session(), facts=rates(amount="150.00", **{"from": "2026-03-19"})),
    passes("one of two lines has no rate", session("90837", "90785"), facts=rates(amount="150.00")),
    passes(
        "two rates at once say nothing",
        session(),
        facts={"rates": [{"code": "90837", "amount": "1"}, {"code": "90837", "amount": "2"}]},
    ),
    passes("an amount nobody can read", session(), facts=rates(amount="much")),
    trips(
        "a cent below the rate",
        session(line("90837", charge=Decimal("142.49"))),
        {"what": "charge below rate", "risk": "0.01"},
    ),
    trips(
        "paid more than the contract says",
        session(),
        {"what": "rate above contract", "risk": "12.50"},
        facts=rates(amount="130.00"),
    ),
    trips(
        "paid less than the contract says",
        session(),
        {"what": "rate below contract", "risk": "0.00"},
        facts=rates(amount="142.51"),
    ),
]

test_passes, test_trips = tables_for("CG519", ROWS)
