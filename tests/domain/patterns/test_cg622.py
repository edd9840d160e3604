"""CG622: innocent rows first, then rows that trip. Of 30 sessions 21 are at least 52 percent."""

from __future__ import annotations

from clawguard.domain.patterns import Peers, Period
from tests.domain.patterns.builders import day, passes, period, tables_for, trips

FIVE = Peers({"commercial": (200, 500)}, ((40, 100),) * 5)
HIGH = Peers({"commercial": (480, 500)}, ((96, 100),) * 5)
FOUR = Peers({"commercial": (160, 400)}, ((40, 100),) * 4)
MIXED = Peers({"commercial": (200, 500), "medicare": (50, 500)}, ((40, 100),) * 5)


def year(long: int, whole: int, peers: Peers = FIVE, on: str = "2026-03-02", kind: str = "commercial") -> Period:
    tiers = {kind: (0, whole - long, long)}
    return period(day(on, tiers=tiers), day("2026-03-03"), peers=peers)


ROWS = [
    passes("29 sessions are too few", year(29, 29)),
    passes("20 of 30 may be half", year(20, 30)),
    passes("half of very many", year(5000, 10000)),
    passes("before the twelve months", year(30, 30, on="2025-03-31")),
    trips("21 of 30", year(21, 30), {"at_least_percent": 52, "peers_percent": 40, "severity": "info"}),
    trips(
        "on the first day of the twelve months",
        year(30, 30, on="2025-04-01"),
        {"first": "2025-04-01", "severity": "warning"},
    ),
    trips(
        "too few peers is said",
        year(30, 30, FOUR),
        {"says": "too few peers", "peers_percent": None, "severity": "info"},
    ),
    trips("high, and peers are as high", year(95, 100, HIGH), {"severity": "info"}),
    trips("high, and peers are not", year(95, 100), {"severity": "warning", "at_least_percent": 88}),
    trips(
        "peers without this payer say nothing of the mix",
        year(30, 30, kind="tricare"),
        {"peers_percent": None, "severity": "warning"},
    ),
    trips(
        "peers are weighed by the provider's payers",
        period(day("2026-03-02", tiers={"commercial": (0, 2, 28), "medicare": (0, 2, 8)}), peers=MIXED),
        {"long": 36, "sessions": 40, "peers_percent": 32, "severity": "info"},
    ),
]

test_passes, test_trips = tables_for("CG622", ROWS)
