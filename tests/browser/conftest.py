"""Real Chromium against a live server. Every page a test opens is watched: policy reports and script errors fail it."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from clawguard import clock
from clawguard.accounts.actors import SYSTEM
from clawguard.accounts.models import User
from clawguard.events.models import Delivery, NetworkClock
from clawguard.events.outbox import run_waiting
from notes.models import NotesRequest
from sessions import services as sessions
from tests import builders

# Playwright's own loop runs in this thread; Django would refuse the tests' plain queries beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 30_000  # milliseconds; a busy machine is slow, not wrong
REPORT = (
    "document.addEventListener('securitypolicyviolation', e => console.error('CSP', e.violatedDirective, e.blockedURI))"
)


@dataclass
class Watched:
    """A page and what its console complained about. ``ignore`` holds parts of messages a test provokes on purpose."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    ignore: list[str] = field(default_factory=list)

    def unexpected(self) -> list[str]:
        return [said for said in self.complaints if not any(part in said for part in self.ignore)]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    found = os.environ.get("CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)
    assert found, "The browser tests need Chromium: install it, or name its program in CHROMIUM"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGS)
        expect.set_options(timeout=PATIENCE)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(django_db_setup: None) -> Iterator[LiveServer]:
    """The web process of the tests. Unlike ``live_server`` it leaves the database to the test that uses it."""
    running = LiveServer("localhost")
    yield running
    running.stop()


@pytest.fixture
def window(chromium: Browser, server: LiveServer) -> Iterator[Any]:
    """``window(user, width=360, scheme="dark", path="/")`` opens a page, signed in as ``user`` unless that is None.

    ``session`` is the key of a sign-in that was made before. Further keywords go to Playwright's ``new_context``. At
    the end of the test the page must not have complained.
    """
    opened: list[tuple[BrowserContext, Watched]] = []

    def open_window(
        user: User | None,
        path: str = "/",
        *,
        session: str = "",
        width: int = 1280,
        scheme: str = "light",
        **options: Any,
    ) -> Watched:
        given = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme, **options}
        context = context_of(chromium, server, session or (session_of(user) if user else ""), **given)
        watched = watch(context.new_page())
        opened.append((context, watched))
        watched.page.goto(path)
        return watched

    yield open_window
    for context, _ in opened:
        context.close()
    assert [watched.unexpected() for _, watched in opened] == [[] for _ in opened]


def context_of(chromium: Browser, server: LiveServer, session: str, **options: Any) -> BrowserContext:
    """A browser of its own, signed in where ``session`` is the key of a sign-in."""
    context = chromium.new_context(base_url=server.url, locale="en-US", **options)
    context.set_default_timeout(PATIENCE)
    if session:
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": server.url}])
    return context


def watch(page: Page) -> Watched:
    """Listen to what the page's console complains about."""
    watched = Watched(page)
    page.add_init_script(REPORT)
    page.on("console", lambda said: watched.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: watched.complaints.append(str(error)))
    return watched


def session_of(user: User) -> str:
    """The key of a fresh sign-in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def move_clock(moment: dt.datetime) -> None:
    """Let it be ``moment`` for the whole network: for the pages as well as for what runs behind them."""
    ahead = moment - dt.datetime.now(dt.UTC)
    NetworkClock.objects.update_or_create(pk=1, defaults={"ahead_by": ahead})


@pytest.fixture
def network(server: LiveServer, settings: Any, tmp_path: Path, transactional_db: None, now: dt.datetime) -> None:
    """An empty network on Wednesday 18 November 2026, 10:00 in New York, whose mails lead to the live server."""
    settings.DATA_DIR = tmp_path
    settings.PUBLIC_URL = server.url
    move_clock(now)


@pytest.fixture
def work() -> Callable[[], None]:
    """Run what waits in the background, as workers would, until nothing is left; none of it may have gone wrong."""

    def run() -> None:
        while run_waiting(clock.now()):
            pass
        assert list(Delivery.objects.exclude(last_error="").values_list("task", "last_error")) == []

    return run


@pytest.fixture
def asked(priya: User, now: dt.datetime, work: Callable[[], None]) -> NotesRequest:
    """A short session came in and was screened; its notes request was delivered, and Priya has a mail about it."""
    sessions.submit(SYSTEM, builders.short_session(), now)
    work()
    return NotesRequest.objects.get(status="open")
