"""Makers of invented rows and bodies. Everybody here is invented: reserved NPIs, example.com, no names of clients."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clawguard import signing
from clawguard.accounts.models import Delegation, Provider, Role, Team, User
from sessions.models import PatternFinding

NOW = dt.datetime(2026, 11, 18, 15, 0, tzinfo=dt.UTC)  # Wednesday, 10:00 in New York, no holiday that week
MAIL_SECRET = signing.new_secret()  # of the mail service
PASSWORD = "correct-horse-battery-staple"


def npi(number: int) -> str:
    """The ``number``-th reserved-looking NPI (1999999…) with its valid check digit."""
    stem = f"199{number:06d}"
    total = 0
    for position, digit in enumerate(reversed("80840" + stem)):
        doubled = int(digit) * (2 if position % 2 == 0 else 1)
        total += doubled // 10 + doubled % 10
    return f"{stem}{-total % 10}"


LICENSE = {"kind": "license", "provider": npi(1), "license": "LCSW", "source": "roster"}  # a stated fact


def provider(number: int = 1, **fields: Any) -> Provider:
    given = {
        "npi": npi(number),
        "name": f"Provider {number}",
        "license": "LCSW",
        "time_zone": "America/New_York",
        "email": f"provider{number}@example.com",
        "created_at": NOW,
        **fields,
    }
    return Provider.objects.create(**given)


def team(name: str = "East") -> Team:
    return Team.objects.get_or_create(name=name)[0]


def user(role: Role, name: str, **fields: Any) -> User:
    email = f"{name.lower().replace(' ', '.')}@example.com"
    return User.objects.create_user(email=email, password=PASSWORD, name=name, role=role, created_at=NOW, **fields)


def delegate(of: Provider, name: str = "Dana Test", *, everything: bool = True) -> User:
    """Somebody who accepted to answer in a provider's name: all that waits, or only what is handed over."""
    made = user(Role.DELEGATE, name)
    Delegation.objects.create(
        provider=of,
        name=name,
        email=made.email,
        delegate=made,
        everything=everything,
        invited_at=NOW,
        expires_at=NOW,
        accepted_at=NOW,
    )
    return made


def session_body(**changes: Any) -> dict[str, Any]:
    """An innocent session in the interface's shape: 55 minutes of 90837 by video. ``changes`` replace top fields."""
    body: dict[str, Any] = {
        "external_id": "S-1",
        "provider": {"npi": npi(1), "license": "LCSW", "time_zone": "America/New_York"},
        "client": {"external_id": "C-1", "birth_date": "1991-04-11", "sex": "F", "state": "NY"},
        "payer": {"id": "60054", "name": "Example Health", "kind": "commercial"},
        "date_of_service": "2026-09-16",
        "start": "2026-09-16T10:02:00-04:00",
        "end": "2026-09-16T10:57:00-04:00",
        "place_of_service": "10",
        "telehealth": "video",
        "service_lines": [
            {"code": "90837", "modifiers": ["95"], "units": 1, "charge": "180.00", "diagnosis_pointers": [1]}
        ],
        "diagnoses": ["F33.1"],
        "client_present": True,
        "client_location": "home",
        "confirmed_at": "2026-09-16T17:40:00-04:00",
        "contracted_rate": "142.50",
    }
    body.update(changes)
    return body


def short_session(**changes: Any) -> dict[str, Any]:
    """90837 with 47 minutes: one finding of CG101, answered by start and stop times."""
    return session_body(end="2026-09-16T10:49:00-04:00", **changes)


def pattern(**changes: Any) -> PatternFinding:
    """A pattern of Priya's September, as the search for patterns leaves it."""
    given: dict[str, Any] = {
        "pattern": "CG620",
        "version": 1,
        "pack": "0" * 16,
        "provider": Provider.objects.get(npi=npi(1)),
        "month": dt.date(2026, 9, 1),
        "first_day": dt.date(2026, 9, 2),
        "last_day": dt.date(2026, 9, 30),
        "severity": "warning",
        "title": "Many sessions on one day",
        "message": "1 day with more than 16 sessions; the most: 17.",
        "evidence": {"usual_maximum": 16, "most": 17, "days": [["2026-09-02", 17]]},
        "created_at": NOW,
        "updated_at": NOW,
    }
    return PatternFinding.objects.create(**{**given, **changes})
