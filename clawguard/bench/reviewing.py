"""Server time of each step by which staff review an answer: the list, the request, the note beside its checklist, an
item accepted, an item returned. What a person reads and thinks in between is not measured."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.test import Client, override_settings

from clawguard.accounts.actors import SYSTEM, of_user
from clawguard.accounts.models import Role, User
from clawguard.bench.figures import Figure
from clawguard.bench.visiting import deed, page
from clawguard.ids import new_id
from notes import services
from sessions.models import TherapySession

KINDS = ("progress_note", "start_stop_times", "signature")
WORDS = (
    "Progress note. Session from 10:02 to 10:55 by video; client at home, therapist at the office. Client reported low "
    "mood and poor sleep. Mental status: alert, oriented, affect constricted, no suicidal ideation. Intervention: "
    "cognitive restructuring of two automatic thoughts. Response: client named one alternative. Goal 1 of the "
    "treatment plan: sleep of six hours; progress: five. Plan: weekly sessions. Signed by Test Person, LCSW."
)
NO_MAIL = override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend")


def measure(browser: Client, size: int, now: dt.datetime) -> list[Figure]:
    """``browser`` is signed in as somebody who reviews answers."""
    with NO_MAIL:
        request_id = _answered(now)
    at, here = f"at {size:,} sessions", f"/requests/{request_id}"
    item = f"{here}/items/1/judge"
    return [
        page(browser, "/requests?view=answered", f"answers that wait {at}"),
        page(browser, here, f"request page {at}"),
        deed(browser, f"{here}/beside", {}, f"note beside its checklist {at}"),
        deed(browser, item, {"accept": "1"}, f"item accepted {at}"),
        deed(browser, item, {"return": "1", "reason": "The times are missing."}, f"item returned {at}"),
    ]


def _answered(now: dt.datetime) -> UUID:
    """A request of three items, delivered, answered with a typed note, and read by machine."""
    session = TherapySession.objects.filter(notes_requests=None, cases=None).order_by("arrival")[0]
    person = User.objects.create_user(
        "provider@example.com", name="Provider Test", role=Role.PROVIDER, provider=session.provider, created_at=now
    )
    asked = [services.Asked(kind, "The payer looks at it.") for kind in KINDS]
    request = services.open_request(SYSTEM, session.pk, asked, "The payer looks at this session.", now)
    services.deliver(request.pk, SYSTEM, now)
    given = services.Answer(submission=new_id(), text=WORDS, attested=True, no_process_notes=True)
    note = services.submit_answer(of_user(person), request.pk, given, now).note
    if note is None:
        raise RuntimeError("the answer of the bench was locked away")
    services.read_on(note.pk, now)
    return request.pk
