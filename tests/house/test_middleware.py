"""Of every answer: a sign-in ends in time, no cache keeps a page, and an address is not believed blindly."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from clawguard import middleware
from clawguard.accounts.models import User

PAGE = "/account/password"  # any page that wants a signed-in reader


def signed_in(client: Client) -> bool:
    return client.get(PAGE).status_code == 200


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Moves the clock of the session limits to so many seconds after the test's beginning."""
    begun = time.time()

    def move(seconds: float) -> None:
        monkeypatch.setattr(middleware.time, "time", lambda: begun + seconds)

    return move


def test_a_sign_in_lasts_while_it_is_used(rui: User, browser_of: Any, later: Callable[[float], None]) -> None:
    client = browser_of(rui)
    for moment in range(0, 7200, 600):
        later(moment)
        assert signed_in(client)


@pytest.mark.parametrize(("idle", "stays"), [(899, True), (901, False)])
def test_a_sign_in_ends_after_a_quarter_of_an_hour_without_a_request(
    rui: User, browser_of: Any, later: Callable[[float], None], idle: int, stays: bool
) -> None:
    client = browser_of(rui)
    later(0)
    assert signed_in(client)
    later(idle)
    assert signed_in(client) is stays


def test_a_sign_in_ends_after_twelve_hours_however_busy(
    rui: User, browser_of: Any, later: Callable[[float], None]
) -> None:
    client = browser_of(rui)
    for moment in range(0, 43_200, 800):
        later(moment)
        assert signed_in(client)
    later(43_201)
    assert not signed_in(client)


def test_no_cache_keeps_a_page_of_a_signed_in_reader(rui: User, browser_of: Any) -> None:
    assert "no-store" in browser_of(rui).get(PAGE)["Cache-Control"]


def test_no_cache_keeps_an_answer_of_the_api(client: Client, db: None) -> None:
    assert "no-store" in client.get("/api/v1/sessions")["Cache-Control"]


@pytest.mark.parametrize(
    ("proxies", "told", "believed"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.7, 203.0.113.9, 192.0.2.55", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "<script>", "192.0.2.1"),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_only_our_own_proxy_is_believed_about_the_address(
    settings: Settings, rf: RequestFactory, proxies: int, told: str, believed: str
) -> None:
    settings.NUM_PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=told)
    assert middleware.client_address(request) == believed
