"""Who a program is: its key, in one header, alive, with the scope; and how often it may ask."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from clawguard import clock
from clawguard.accounts import api_keys
from clawguard.accounts.models import ApiKey, User
from tests.builders import NOW

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/sessions"


@pytest.fixture(autouse=True)
def frozen(settings: Any) -> Any:
    settings.MOVABLE_CLOCK = True
    with clock.pretend(NOW):
        yield


@pytest.fixture
def key(db: None) -> tuple[ApiKey, str]:
    return api_keys.create("test program", {"sessions:read"}, NOW)


def asked(secret: str, path: str = ADDRESS, client: Client | None = None) -> Any:
    return (client or Client()).get(path, headers={"Authorization": f"Bearer {secret}"})


def test_a_living_key_is_let_in_and_its_use_is_noted(key: tuple[ApiKey, str]) -> None:
    assert asked(key[1]).status_code == 200
    assert ApiKey.objects.get().last_used_at == NOW


def test_a_key_is_kept_as_a_digest(key: tuple[ApiKey, str]) -> None:
    stored = str(ApiKey.objects.values().get())
    assert key[1].rpartition("_")[2] not in stored
    assert key[0].prefix in key[1]


def test_a_key_ends_with_its_last_day_and_lives_no_longer_than_ninety(key: tuple[ApiKey, str]) -> None:
    with clock.pretend(NOW + dt.timedelta(days=90) - dt.timedelta(seconds=1)):
        assert asked(key[1]).status_code == 200
    with clock.pretend(NOW + dt.timedelta(days=90)):
        assert asked(key[1]).status_code == 401
    long = api_keys.create("long", {"sessions:read"}, NOW, lifetime=dt.timedelta(days=400))[0]
    assert long.expires_at == NOW + dt.timedelta(days=90)


def test_a_revoked_key_is_dead_at_once(key: tuple[ApiKey, str]) -> None:
    api_keys.revoke(key[0], NOW)
    assert asked(key[1]).status_code == 401


@pytest.mark.parametrize(
    "presented",
    [
        "",
        "cg",
        "cg_",
        "cg__",
        "cg_000000000000_{secret}",
        "xx_{prefix}_{secret}",
        "cg_{prefix}_",
        "cg_{prefix}_{secret}0",
        "cg_{prefix}_0{secret}",
        "cg_{prefix}_" + "0" * 64,
        "cg_{prefix}_" + "x" * 5000,
        "cg_{prefix}_{secret} extra",
    ],
)
def test_what_is_not_the_key_is_nobody(key: tuple[ApiKey, str], presented: str) -> None:
    _, prefix, secret = key[1].split("_")
    answer = asked(presented.format(prefix=prefix, secret=secret))
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer["Content-Type"] == "application/problem+json"
    assert secret not in answer.content.decode()


@pytest.mark.parametrize("scheme", ["Basic", "Token", "", "Bearer:"])
def test_another_scheme_is_nobody(key: tuple[ApiKey, str], scheme: str) -> None:
    assert Client().get(ADDRESS, headers={"Authorization": f"{scheme} {key[1]}".strip()}).status_code == 401


@pytest.mark.parametrize("name", ["token", "access_token", "api_key", "key"])
def test_a_key_in_an_address_lets_nobody_in(key: tuple[ApiKey, str], name: str) -> None:
    assert Client().get(f"{ADDRESS}?{name}={key[1]}").status_code == 401


def test_the_wrong_scope_is_refused_and_the_administrators_is_enough(key: tuple[ApiKey, str]) -> None:
    refused = asked(key[1], "/api/v1/cases")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    assert refused.json()["title"] == "This key does not open this"  # no lead can give a program a role
    everything = api_keys.create("administration", {"admin"}, NOW)[1]
    assert asked(everything, "/api/v1/cases").status_code == 200


def test_a_browser_and_a_key_at_once_are_too_much(key: tuple[ApiKey, str], lead: User, browser_of: Any) -> None:
    answer = asked(key[1], client=browser_of(lead))
    assert (answer.status_code, answer.json()["code"]) == (400, "two_identities")


def test_a_key_is_no_way_into_the_pages(key: tuple[ApiKey, str]) -> None:
    assert asked(key[1], "/triage").status_code == 302


def test_unknown_scopes_make_no_key(db: None) -> None:
    for scopes in (set(), {"sessions:everything"}, {"sessions:read", ""}):
        with pytest.raises(api_keys.UnknownScope):
            api_keys.create("test program", scopes, NOW)


class TestAKeyThatAsksTooOften:
    @pytest.fixture(autouse=True)
    def few(self, settings: Any) -> None:
        settings.API_REQUESTS_PER_MINUTE = 3

    def test_is_told_when_to_come_back(self, key: tuple[ApiKey, str]) -> None:
        with clock.pretend(NOW + dt.timedelta(seconds=20)):
            assert [asked(key[1]).status_code for _ in range(4)] == [200, 200, 200, 429]
            answer = asked(key[1])
        assert answer["Retry-After"] == "40"
        assert answer.json()["code"] == "too_many_requests"
        with clock.pretend(NOW + dt.timedelta(seconds=60)):
            assert asked(key[1]).status_code == 200

    def test_others_are_not_touched(self, key: tuple[ApiKey, str]) -> None:
        other = api_keys.create("another program", {"sessions:read"}, NOW)[1]
        for _ in range(4):
            asked(key[1])
        assert asked(other).status_code == 200
