"""The cast, and a frozen now. PostgreSQL and Redis are real."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from hypothesis import settings as hypothesis_settings
from rest_framework.test import APIClient
from whitenoise.middleware import WhiteNoiseMiddleware

from clawguard.accounts import api_keys
from clawguard.accounts.actors import Actor, of_user
from clawguard.accounts.models import Role, User
from clawguard.events import nudge
from tests import builders, emptying

# How long an example takes says more of the machine than of the code.
hypothesis_settings.register_profile("clawguard", deadline=None)
hypothesis_settings.load_profile("clawguard")


@pytest.fixture(autouse=True, scope="session")
def _flush_is_quick() -> Iterator[None]:
    """Between transactional tests the database is emptied; see ``emptying``."""
    with emptying.quickly():
        yield


@pytest.fixture(autouse=True, scope="session")
def _static_files_are_listed_once() -> Iterator[None]:
    """Every test client makes its own stack of middleware, and finding the static files was most of its work."""
    find, listed = WhiteNoiseMiddleware.add_files_from_finders, {}

    def once(middleware: WhiteNoiseMiddleware) -> None:
        if not listed:
            find(middleware)
            listed.update(middleware.files)
        middleware.files.update(listed)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", once)
        yield


@pytest.fixture(autouse=True)
def _quick_hasher(settings: Any) -> None:
    """The slow hasher is right for people and wrong for a thousand tests that only need somebody to sign in."""
    quick = "django.contrib.auth.hashers.MD5PasswordHasher"
    # the real one stays known: a world shared by a module was made before this fixture ran
    settings.PASSWORD_HASHERS = [quick, *[name for name in settings.PASSWORD_HASHERS if name != quick]]


@pytest.fixture(autouse=True)
def nudged(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> list[str]:
    """Tasks that the broker would have been told of. Tests that start real workers ask for ``real_broker`` instead."""
    told: list[str] = []
    if "real_broker" not in request.fixturenames:
        monkeypatch.setattr(nudge, "_send", lambda deliveries: told.extend(row.task for row in deliveries))
    return told


@pytest.fixture
def real_broker() -> None:
    """Ask for it by name to let nudges reach Redis."""


@pytest.fixture
def now() -> dt.datetime:
    return builders.NOW


@pytest.fixture
def priya(db: None) -> User:
    """The provider whose sessions, requests and cases a story is about."""
    return builders.user(Role.PROVIDER, "Priya Test", provider=builders.provider(1, team=builders.team("East")))


@pytest.fixture
def colleague(db: None) -> User:
    """Another provider: to Priya's rows a stranger."""
    return builders.user(Role.PROVIDER, "Colleague Test", provider=builders.provider(2, team=builders.team("West")))


@pytest.fixture
def rui(db: None) -> User:
    """Billing staff of Priya's team."""
    return builders.user(Role.BILLING, "Rui Test", team=builders.team("East"))


@pytest.fixture
def faraway(db: None) -> User:
    """Billing staff of another team: to Priya's rows a stranger."""
    return builders.user(Role.BILLING, "Faraway Test", team=builders.team("West"))


@pytest.fixture
def lead(db: None) -> User:
    return builders.user(Role.LEAD, "Lead Test")


@pytest.fixture
def second_lead(db: None) -> User:
    return builders.user(Role.LEAD, "Second Test")


@pytest.fixture
def auditor(db: None) -> User:
    return builders.user(Role.AUDITOR, "Auditor Test")


@pytest.fixture
def administrator(db: None) -> User:
    return builders.user(Role.ADMIN, "Admin Test")


@pytest.fixture
def actor() -> Any:
    """Turns a user into the actor that services take."""

    def of(user: User) -> Actor:
        return of_user(user)

    return of


@pytest.fixture
def browser_of() -> Any:
    """A signed-in test client: ``browser_of(rui).get("/triage")``."""

    def of(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return of


@pytest.fixture
def api_of(db: None, now: dt.datetime) -> Any:
    """An API client with a fresh key of the scopes given: ``api_of("sessions:write").post(…)``."""

    def of(*scopes: str) -> APIClient:
        _key, secret = api_keys.create("test program", set(scopes), dt.datetime.now(dt.UTC))
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        return client

    return of
