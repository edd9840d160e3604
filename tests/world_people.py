"""The world's people: Priya, her colleague of another team, their delegates, staff near and far, and whoever left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from clawguard import sealing
from clawguard.accounts.models import Passkey, Role, User
from clawguard.ids import new_id
from notes import services as notes
from notes.models import NoteReading, NotesRequest
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


STORY = (
    "Client described a quarrel with the landlord about the heating and slept badly on three nights because of it. The "
    "quarrel keeps her from studying for the licensing exam, and she has postponed it once already this autumn."
)


def copied_note(world: World, delivered: Callable[[], NotesRequest], screened: Any, answer: Any) -> None:
    """An answer with the very words of a note that was on file before; the reader has read both."""
    priya, rows, said = world.actor("provider"), world.rows, answer(text=STORY)
    before = notes.add_note(priya, screened().pk, said, NOW - timedelta(days=1)).note
    request = rows["request of copied note"] = delivered()
    rows["copied note"] = notes.submit_answer(priya, request.pk, answer(text=STORY), NOW).note
    for note in (before, rows["copied note"]):
        notes.read_on(note.pk, NOW)


def locked_texts(world: World, delivered: Callable[[], NotesRequest], answer: Callable[[], notes.Answer]) -> None:
    """Two answers whose typed text is locked away; of one a lead has asked that it be destroyed."""
    priya, rows = world.actor("provider"), world.rows
    for name in ("locked text", "text to destroy"):
        request = rows[f"request of {name}"] = delivered()
        note = rows[name] = notes.submit_answer(priya, request.pk, answer(), NOW).note
        row_id = new_id()
        NoteReading.objects.create(
            id=row_id, note=note, reader="world", at=NOW, outcome="quarantined", reason="other_client",
            sealed=sealing.seal(b'{"results": [], "pages": []}', sealing.binding("note_reading", row_id)),
        )  # fmt: skip
    note = rows["text to destroy"]
    notes.ask_text_destruction(world.actor("second lead"), note.request_id, note.pk, "It is another client's.", "", NOW)
