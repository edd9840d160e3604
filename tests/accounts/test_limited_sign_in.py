"""Whoever came by a link to one request reaches that request: no other row, no other page, no other door."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from clawguard import clock
from clawguard.accounts import limits, sign_in
from clawguard.accounts.actors import SYSTEM, of_user
from clawguard.accounts.models import User
from clawguard.events.errors import NotFound
from notes import selectors, services
from notes.models import NotesRequest
from sessions.models import TherapySession
from tests.notes.conftest import answer, make_session, own_data_folder  # noqa: F401 - fixtures


@pytest.fixture
def two(make_session: Callable[..., TherapySession], now: dt.datetime) -> list[NotesRequest]:  # noqa: F811
    """Two delivered requests of Priya's; the link will be to the first."""
    services.open_for_findings([make_session().pk, make_session().pk], now)
    for row in NotesRequest.objects.all():
        services.deliver(row.pk, SYSTEM, now)
    return list(NotesRequest.objects.order_by("pk"))


@pytest.fixture
def came(priya: User, two: list[NotesRequest]) -> Client:
    client = Client()
    token = sign_in.issue_link(priya, reverse("my-request", args=[two[0].pk]), clock.now(), [two[0].pk])
    client.post(f"/sign-in/link/{token}")
    return client


def test_it_shows_its_own_request_and_not_the_other(came: Client, two: list[NotesRequest]) -> None:
    assert came.get(reverse("my-request", args=[two[0].pk])).status_code == 200
    assert came.get(reverse("my-request", args=[two[1].pk])).status_code == 404
    home = came.get("/my").content.decode()
    assert str(two[0].pk) in home
    assert str(two[1].pk) not in home


@pytest.mark.parametrize(
    "path", ["/account/password", "/account/ways-in", "/adjustments", "/sessions/check", "/checks"]
)
def test_everything_else_asks_to_sign_in(came: Client, path: str) -> None:
    refused = came.get(path)
    assert refused.status_code == 403
    assert b"Your link opened one thing only" in refused.content


def test_the_api_is_closed_to_it(came: Client, two: list[NotesRequest]) -> None:
    for path in ("/api/v1/notes-requests", f"/api/v1/notes-requests/{two[0].pk}", "/api/v1/sessions"):
        assert came.get(path).json()["code"] == "limited_sign_in"


def come_again(client: Client, user: User, row: NotesRequest) -> str:
    token = sign_in.issue_link(user, reverse("my-request", args=[row.pk]), clock.now(), [row.pk])
    return str(client.post(f"/sign-in/link/{token}")["Location"])


def test_who_is_signed_in_fully_stays_so_behind_a_link(priya: User, two: list[NotesRequest], browser_of: Any) -> None:
    client = browser_of(priya)
    client.get("/account/password")
    before, open_before = client.session.session_key, sign_in.open_links(priya, clock.now())
    assert come_again(client, priya, two[0]) == reverse("my-request", args=[two[0].pk])
    assert client.session.session_key == before, "what other tabs send is still taken"
    assert client.get(reverse("my-request", args=[two[1].pk])).status_code == 200
    assert sign_in.open_links(priya, clock.now()) == open_before, "it works once all the same"


def test_a_second_link_opens_its_request_beside_the_first(came: Client, priya: User, two: list[NotesRequest]) -> None:
    come_again(came, priya, two[1])
    assert [came.get(reverse("my-request", args=[row.pk])).status_code for row in two] == [200, 200]
    assert came.get("/account/password").status_code == 403


def test_a_link_of_somebody_else_carries_nothing_over(
    priya: User, colleague: User, two: list[NotesRequest], browser_of: Any
) -> None:
    client = browser_of(colleague)
    come_again(client, priya, two[0])
    assert [client.get(reverse("my-request", args=[row.pk])).status_code for row in two] == [200, 404]
    assert client.get("/account/password").status_code == 403


def test_an_actor_of_a_link_reads_no_note_of_another_session(
    priya: User, two: list[NotesRequest], now: dt.datetime
) -> None:
    notes = [services.submit_answer(of_user(priya), row.pk, answer(), now).note for row in two]
    limited = of_user(priya, [str(two[0].pk)])
    assert notes[0] and notes[1]
    assert selectors.read_note(limited, notes[0].pk, door="page", reason="", now=now).text
    with pytest.raises(NotFound):
        selectors.read_note(limited, notes[1].pk, door="page", reason="", now=now)


def test_only_pages_of_one_request_are_within_its_reach() -> None:
    """A new page is out of reach until somebody decides otherwise; a name that leads nowhere is a mistake."""
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert names >= limits.PAGES
    assert not any(name.startswith("api-") for name in limits.PAGES)


def test_a_fresh_sign_in_lifts_the_limit(came: Client, two: list[NotesRequest], priya: User, settings: Any) -> None:
    token = sign_in.issue_link(priya, "/my", clock.now())
    came.post(f"/sign-in/link/{token}")
    assert came.get(reverse("my-request", args=[two[1].pk])).status_code == 200
