"""Sessions that were screened, requests at each stage, and a data folder of their own for stored files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from clawguard.accounts.actors import SYSTEM, of_user
from clawguard.accounts.models import User
from notes import services
from notes.models import NotesRequest
from sessions import services as session_services
from sessions.models import TherapySession
from tests import builders

CANARY = "Canary-Zebra-417"  # in every note of these tests; nowhere else, ever
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>endobj\nxref\n0 4\n0000000000 65535 f \n"
    b"0000000009 00000 n \n0000000053 00000 n \n0000000103 00000 n \ntrailer<</Size 4/Root 1 0 R>>\n"
    b"startxref\n168\n%%EOF\n"
)


@pytest.fixture(autouse=True)
def own_data_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def make_session(priya: User, now: dt.datetime) -> Callable[..., TherapySession]:
    """A screened session of Priya's with one finding: 90837 with 47 minutes."""
    numbers = iter(range(1, 10_000))

    def make(**changes: Any) -> TherapySession:
        number = next(numbers)
        day = dt.date(2026, 9, 16) - dt.timedelta(days=number % 60)
        body = builders.session_body(
            external_id=f"S-{number}",
            client={"external_id": f"C-{number}", "birth_date": "1991-04-11", "sex": "F", "state": "NY"},
            date_of_service=f"{day}",
            start=f"{day}T10:02:00-04:00",
            end=f"{day}T10:49:00-04:00",
            confirmed_at=f"{day}T17:40:00-04:00",
            **changes,
        )
        session = session_services.submit(SYSTEM, body, now)
        session_services.screen_chunk(session.chunk_id, now)
        return session

    return make


@pytest.fixture
def session(make_session: Callable[..., TherapySession]) -> TherapySession:
    return make_session()


@pytest.fixture
def requested(session: TherapySession, now: dt.datetime) -> NotesRequest:
    """Issued by policy, not delivered."""
    services.open_for_findings([session.pk], now)
    return NotesRequest.objects.get()


@pytest.fixture
def opened(requested: NotesRequest, now: dt.datetime) -> NotesRequest:
    """Delivered on Wednesday 18 November 2026, 10:00 in New York: due when Monday the 23rd is over there."""
    services.deliver(requested.pk, SYSTEM, now)
    requested.refresh_from_db()
    return requested


@pytest.fixture
def lapsed(opened: NotesRequest) -> NotesRequest:
    services.lapse_due(opened.due_at)
    opened.refresh_from_db()
    return opened


def answer(**changes: Any) -> services.Answer:
    """A complete typed answer; ``changes`` replace its fields."""
    given = {"submission": uuid4(), "text": f"Progress note. {CANARY}", "attested": True, "no_process_notes": True}
    return services.Answer(**{**given, **changes})


@pytest.fixture
def send(priya: User) -> Callable[..., services.Outcome]:
    """Priya answers: ``send(request, now, text="…")``."""

    def send_answer(request: NotesRequest, now: dt.datetime, **changes: Any) -> services.Outcome:
        return services.submit_answer(of_user(priya), request.pk, answer(**changes), now)

    return send_answer


@pytest.fixture
def frozen(now: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> Callable[[dt.datetime], None]:
    """The doors read this moment; ``frozen(moment)`` moves it."""
    moment = [now]
    for module in (
        "clawguard.middleware",
        "clawguard.access.pages",
        "notes.views.doors",
        "notes.views.staff",
        "notes.api.files",
    ):
        monkeypatch.setattr(f"{module}.read_clock", lambda: moment[0])

    def move(to: dt.datetime) -> None:
        moment[0] = to

    return move


@pytest.fixture
def make_opened(make_session: Callable[..., TherapySession], now: dt.datetime) -> Callable[[], NotesRequest]:
    """Another delivered request, about a session of its own."""

    def make() -> NotesRequest:
        session = make_session()
        services.open_for_findings([session.pk], now)
        request = NotesRequest.objects.get(session=session)
        services.deliver(request.pk, SYSTEM, now)
        request.refresh_from_db()
        return request

    return make
