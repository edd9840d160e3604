"""Who is in the invented network: providers by licence and time zone, clients by number, payers by kind."""

from __future__ import annotations

import random
from dataclasses import dataclass

GIVEN = [
    "Ada",
    "Bela",
    "Cato",
    "Dara",
    "Edda",
    "Finn",
    "Gita",
    "Hana",
    "Ivo",
    "Juno",
    "Kaia",
    "Levi",
    "Mara",
    "Nilo",
    "Orla",
    "Pia",
    "Quin",
    "Runa",
    "Sami",
    "Tova",
    "Uma",
    "Vera",
    "Wren",
    "Xeno",
    "Yara",
    "Zeno",
]
FAMILY = [
    "Ashgrove",
    "Birchwell",
    "Cedarholt",
    "Dunmere",
    "Elmstead",
    "Fernhill",
    "Glenrow",
    "Hazelby",
    "Ivymoor",
    "Juniper",
    "Kestrel",
    "Larkfield",
    "Maplewood",
    "Nettleton",
    "Oakhurst",
    "Pinecrest",
    "Quillfeather",
    "Rowanby",
    "Sorrel",
    "Thornfield",
    "Umberleigh",
    "Violetta",
    "Willowby",
    "Yewdale",
    "Zephyrine",
]
# licence, share of the roster
LICENSES = (("LCSW", 38), ("LMFT", 18), ("LPC", 14), ("LMHC", 8), ("PsyD", 7), ("PhD", 5), ("PMHNP", 7), ("MD", 3))
ZONES = (
    ("America/New_York", "NY", 40),
    ("America/Chicago", "IL", 24),
    ("America/Denver", "CO", 12),
    ("America/Los_Angeles", "CA", 18),
    ("America/Phoenix", "AZ", 4),
    ("Pacific/Honolulu", "HI", 2),
)
TEAMS = ("East", "West")
PRESCRIBERS = frozenset({"MD", "PMHNP"})


@dataclass(frozen=True, slots=True)
class DemoPayer:
    id: str
    name: str
    kind: str


PAYERS = (
    DemoPayer("90001", "Example Health", "commercial"),
    DemoPayer("90002", "Sample Mutual", "commercial"),
    DemoPayer("90003", "Placeholder Blue", "commercial"),
    DemoPayer("90004", "Invented Medicare", "medicare"),
    DemoPayer("90005", "Made-up Medicaid", "medicaid"),
)


@dataclass(frozen=True, slots=True)
class DemoClient:
    external_id: str
    birth_year: int
    sex: str
    state: str
    payer: DemoPayer
    diagnosis: str


@dataclass(frozen=True, slots=True)
class DemoProvider:
    npi: str
    name: str
    license: str
    time_zone: str
    team: str
    email: str
    clients: tuple[DemoClient, ...]

    @property
    def prescribes(self) -> bool:
        return self.license in PRESCRIBERS


def npi(number: int) -> str:
    """The ``number``-th NPI of the reserved-looking range, with its valid check digit (Luhn over 80840 and the NPI)."""
    stem = f"199{number:06d}"
    total = 0
    for position, digit in enumerate(reversed("80840" + stem)):
        doubled = int(digit) * (2 if position % 2 == 0 else 1)
        total += doubled // 10 + doubled % 10
    return f"{stem}{-total % 10}"


DIAGNOSES = [
    "F411",
    "F331",
    "F330",
    "F321",
    "F4323",
    "F4322",
    "F4312",
    "F4010",
    "F900",
    "F341",
    "F3181",
    "F603",
    "F840",
]


def roster(rng: random.Random, count: int, clients_each: int, before: int = 0) -> list[DemoProvider]:
    """``count`` providers with their clients, after ``before`` others; the very first is the one whose sign-in the demo
    prints."""
    return [_provider(rng, number, clients_each) for number in range(before + 1, before + count + 1)]


def _provider(rng: random.Random, number: int, clients_each: int) -> DemoProvider:
    time_zone, state, _ = rng.choices(ZONES, [share for *_, share in ZONES])[0]
    license_ = rng.choices([name for name, _ in LICENSES], [share for _, share in LICENSES])[0]
    if number == 1:
        time_zone, state, license_ = "America/New_York", "NY", "LCSW"
    given, family = GIVEN[number % len(GIVEN)], FAMILY[(number // len(GIVEN) + number) % len(FAMILY)]
    return DemoProvider(
        npi=npi(number),
        name=f"{given} {family}",
        license=license_,
        time_zone=time_zone,
        team=TEAMS[0] if time_zone in ("America/New_York", "America/Chicago") else TEAMS[1],
        email=f"{given}.{family}.{number}@example.com".lower(),
        clients=tuple(_client(rng, number, index, state) for index in range(clients_each)),
    )


def _client(rng: random.Random, provider: int, index: int, state: str) -> DemoClient:
    return DemoClient(
        external_id=f"C-{provider:04d}-{index:03d}",
        birth_year=rng.randint(1950, 2006),
        sex=rng.choice("FM"),
        state=state,
        payer=rng.choices(PAYERS, (40, 22, 14, 12, 12))[0],
        diagnosis=rng.choice(DIAGNOSES),
    )
