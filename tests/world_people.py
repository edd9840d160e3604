"""The world's people: Priya, her colleague of another team, their delegates, staff near and far, and whoever left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clawguard.accounts.models import Passkey, Role, User
from notes import services as notes
from tests import builders
from tests.builders import NOW

if TYPE_CHECKING:
    from tests.world import World


def people() -> dict[str, User]:
    east, west = builders.team("East"), builders.team("West")
    make = builders.user
    people = {
        "provider": make(Role.PROVIDER, "Priya Test", provider=builders.provider(1, team=east)),
        "other provider": make(Role.PROVIDER, "Colleague Test", provider=builders.provider(2, team=west)),
        "billing": make(Role.BILLING, "Rui Test", team=east),
        "other billing": make(Role.BILLING, "Faraway Test", team=west),
        "lead": make(Role.LEAD, "Lead Test"),
        "second lead": make(Role.LEAD, "Second Test"),
        "auditor": make(Role.AUDITOR, "Auditor Test"),
        "admin": make(Role.ADMIN, "Admin Test"),
        "inactive": make(Role.LEAD, "Former Test", is_active=False),
    }
    for name in ("provider", "other provider"):
        who = name.replace("provider", "delegate")
        people[who] = builders.delegate(people[name].provider, f"{who.capitalize()} Test")
    return people


def passkey(user: User) -> Passkey:
    """As it is stored; nothing can be signed with it."""
    return Passkey.objects.create(
        user=user,
        credential_id=f"credential-of-{user.pk}",
        public_key=b"\xa0",
        sign_count=0,
        name="Phone",
        created_at=NOW,
    )


def locked_files(world: World) -> None:
    """Three files locked away unread; of one a lead has asked that it go on, of one that it be destroyed."""
    rows, priya = world.rows, world.actor("provider")
    for name, number in (("locked file", 1), ("file asked to be released", 2), ("file to destroy", 3)):
        named = f"Psychotherapy notes\nPage {number}.".encode()
        rows[name] = notes.add_file(priya, rows["open request"].pk, "locked.txt", [named], NOW)
    lead, asked_for, unwanted = world.actor("second lead"), rows["file asked to be released"], rows["file to destroy"]
    notes.ask_release(lead, asked_for.request_id, asked_for.pk, "It is misnamed.", NOW)
    notes.ask_destruction(lead, unwanted.request_id, unwanted.pk, "It is another client's.", "", NOW)
