"""Our own pages are watched: an outage is recorded by itself, and nothing lapses while it lasts."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from clawguard.events.models import Event
from notes import page_watch, services
from notes.models import DueChange, NotesRequest, Outage
from notes.services import watching
from tests.notes.test_lapse import _many
from tests.notes.test_pauses import DUE

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch, settings: Any) -> dict[str, bool]:
    settings.WATCH_URL = "https://answers.example.com/healthz"
    state = {"answer": True}
    monkeypatch.setattr(watching, "pages_answer", lambda url: state["answer"])
    return state


def looks(first: dt.datetime, minutes: int, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A round of the loop every minute: the watch, then the lapses."""
    lapsed = []
    for minute in range(minutes):
        now = first + minute * MINUTE
        monkeypatch.setattr("notes.clock_guard.clock.now", lambda now=now: now)
        services.watch(now)
        lapsed.append(services.sweep(now))
    return lapsed


@pytest.mark.django_db
def test_an_outage_over_the_due_moment_extends_every_request_and_none_lapses(
    make_session: Any, now: dt.datetime, pages: dict[str, bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = _many(make_session, 500, now)
    services.watch(DUE - 40 * MINUTE)
    pages["answer"] = False
    assert sum(looks(DUE - 18 * MINUTE, 20, monkeypatch)) == 0  # to a minute after they were due
    pages["answer"] = True
    assert sum(looks(DUE + 2 * MINUTE, 5, monkeypatch)) == 0
    assert Outage.objects.values_list("started_at", "ended_at", "by_kind").get() == (
        DUE - 18 * MINUTE,
        DUE + 2 * MINUTE,
        "system",
    )
    later = {row.due_at for row in NotesRequest.objects.filter(pk__in=[row.pk for row in rows])}
    assert later == {DUE + dt.timedelta(days=2)}  # Monday and Tuesday were touched
    assert DueChange.objects.filter(kind="outage").count() == 500
    assert Event.objects.filter(name="notes.outage_counted").count() == 500


@pytest.mark.django_db
def test_a_restart_is_no_outage(opened: NotesRequest, pages: dict[str, bool], monkeypatch: pytest.MonkeyPatch) -> None:
    services.watch(DUE - 40 * MINUTE)
    pages["answer"] = False
    looks(DUE - 20 * MINUTE, 14, monkeypatch)
    pages["answer"] = True
    assert sum(looks(DUE - 6 * MINUTE, 9, monkeypatch)) == 1
    assert not Outage.objects.exists()


@pytest.mark.django_db
def test_a_watch_that_fell_silent_knows_nothing_and_holds_nothing_up(
    opened: NotesRequest, pages: dict[str, bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    services.watch(DUE - 60 * MINUTE)
    pages["answer"] = False
    looks(DUE - 59 * MINUTE, 20, monkeypatch)
    silent = DUE - 40 * MINUTE
    assert page_watch.away_since(silent + 9 * MINUTE) is not None
    assert "have not answered since 2026-11-24 04:01 UTC" in page_watch.warning(silent + 9 * MINUTE)
    assert page_watch.away_since(silent + 11 * MINUTE) is None
    pages["answer"] = True
    services.watch(DUE + MINUTE)
    assert not Outage.objects.exists()


@pytest.mark.django_db
def test_without_an_address_nothing_is_watched(settings: Any, now: dt.datetime) -> None:
    assert settings.WATCH_URL == ""
    assert services.watch(now) == 0
    assert page_watch.warning(now) == ""


class Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/healthz" else 503)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Silence."""


@pytest.fixture
def somewhere() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_look_over_the_wire(somewhere: str) -> None:
    assert watching.pages_answer(f"{somewhere}/healthz")
    assert not watching.pages_answer(f"{somewhere}/down")
    assert not watching.pages_answer("http://127.0.0.1:9/healthz")  # nobody listens on the discard port
