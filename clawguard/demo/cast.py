"""The people of the invented network who sign in: staff, the demo provider, and every provider's own account."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from clawguard.accounts.actors import Actor, of_user
from clawguard.accounts.demo import PASSWORD
from clawguard.accounts.models import Delegation, Provider, Role, Team, User
from clawguard.demo.people import TEAMS, DemoProvider

STAFF = (
    ("rui@example.com", "Rui Kestrel", Role.BILLING, None),
    ("lena@example.com", "Lena Oakhurst", Role.LEAD, None),
    ("sol@example.com", "Sol Larkfield", Role.LEAD, None),
    ("east@example.com", "Esme Rowanby", Role.BILLING, "East"),
    ("audra@example.com", "Audra Pinecrest", Role.AUDITOR, None),
    ("adam@example.com", "Adam Sorrel", Role.ADMIN, None),
    ("dana@example.com", "Dana Fernhill", Role.DELEGATE, None),  # of the demo provider
)
SILENT_EVERY = 23  # one provider in so many has no address yet, so that staff see what cannot be delivered


@dataclass(frozen=True, slots=True)
class Cast:
    staff: dict[str, Actor]  # by first name in lower case
    providers: dict[str, Actor]  # by NPI


def engage(people: tuple[DemoProvider, ...], now: dt.datetime) -> Cast:
    """Create teams, providers and users. All share the demo's published password, hashed once."""
    teams = {name: Team.objects.get_or_create(name=name)[0] for name in TEAMS}
    secret = make_password(PASSWORD)
    rows = [_provider(person, number, teams, now) for number, person in enumerate(people)]
    Provider.objects.bulk_create(rows, batch_size=1000)
    users = [
        User(
            email=row.email, name=row.name, role=Role.PROVIDER, provider=row, password=secret, created_at=row.created_at
        )
        for row in rows
        if row.email
    ]
    staff = [
        User(
            email=email,
            name=name,
            role=role,
            team=teams[team] if team else None,
            password=secret,
            created_at=now + dt.timedelta(seconds=order),
        )
        for order, (email, name, role, team) in enumerate(STAFF)
    ]
    User.objects.bulk_create([*users, *staff], batch_size=1000)
    _delegate(rows[0], staff[-1], now)
    npis = {row.pk: row.npi for row in rows}
    return Cast(
        staff={user.email.split("@")[0]: of_user(user) for user in staff},
        providers={npis[user.provider_id]: of_user(user) for user in users if user.provider_id},
    )


def _delegate(provider: Provider, user: User, now: dt.datetime) -> None:
    given = {"name": user.name, "email": user.email, "delegate": user, "everything": True}
    Delegation.objects.create(provider=provider, invited_at=now, expires_at=now, accepted_at=now, **given)


def _provider(person: DemoProvider, number: int, teams: dict[str, Team], now: dt.datetime) -> Provider:
    return Provider(
        npi=person.npi,
        name=person.name,
        license=person.license,
        time_zone=person.time_zone,
        email="" if number and number % SILENT_EVERY == 0 else person.email,
        team=teams[person.team],
        created_at=now + dt.timedelta(seconds=number),
    )


def sign_in_card() -> str:
    """The demo's sign-ins, as the starting command prints them."""
    first = User.objects.filter(role=Role.PROVIDER).order_by("created_at", "email").first()
    lines = [f"  {'provider':14} {first.email}"] if first else []
    lines += [f"  {Role(role).label.lower():14} {email}" for email, _, role, _ in STAFF]
    return "\n".join([f"sign in with the password {PASSWORD} as", *lines]) + "\n"
