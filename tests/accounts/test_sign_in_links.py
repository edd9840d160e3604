"""The e-mailed way in: looking changes nothing, Continue works once, and nobody learns who has an account."""

from __future__ import annotations

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core import mail
from django.db import connections
from django.test import Client

from clawguard import clock
from clawguard.accounts import sign_in
from clawguard.accounts.models import SignInLink, User
from clawguard.events import outbox
from tests.builders import PASSWORD

ASK = "/sign-in/link"


def mailed_path() -> str:
    outbox.run_waiting(clock.now())
    found = re.search(r"http\S+?(/sign-in/link/\S+)", mail.outbox[-1].body)
    assert found
    return found.group(1)


def link(user: User, path: str = "/") -> str:
    return f"{ASK}/{sign_in.issue_link(user, path, clock.now())}"


def signed_in(client: Client) -> bool:
    return client.get("/account/password").status_code == 200


def test_a_link_goes_by_mail_and_leads_to_the_page_that_was_wanted(client: Client, priya: User) -> None:
    client.post(ASK, {"email": priya.email.upper(), "next": "/account/password"})
    path = mailed_path()
    assert mail.outbox[-1].to == [priya.email]
    assert client.post(path).headers["Location"] == "/account/password"
    assert signed_in(client)


def test_the_answer_is_the_same_whether_the_address_exists_or_not(client: Client, priya: User, lead: User) -> None:
    User.objects.filter(pk=lead.pk).update(is_active=False)
    pages = [
        re.sub(r'nonce="[^"]+"|[\w-]{64}', "", client.post(ASK, {"email": email}).content.decode()).replace(email, "")
        for email in (priya.email, "nobody@example.com", lead.email)
    ]
    assert pages[0] == pages[1] == pages[2]
    assert outbox.run_waiting(clock.now()) == 3, "each takes the same work"
    assert [message.to for message in mail.outbox] == [[priya.email]]


def test_looking_at_the_link_changes_nothing_however_often(client: Client, priya: User) -> None:
    path = link(priya)
    for _ in range(3):
        scanner = Client()
        assert scanner.get(path).status_code == 200
        assert scanner.head(path).status_code == 200
        assert not signed_in(scanner)
    assert SignInLink.objects.get().used_at is None
    client.post(path)
    assert signed_in(client)


def test_a_link_works_once_and_says_so_the_second_time(client: Client, priya: User) -> None:
    path = link(priya)
    client.post(path)
    second = Client()
    for answer in (second.get(path), second.post(path)):
        assert answer.status_code == 410
        assert b"This link does not work any more" in answer.content
        assert b"E-mail me a new link" in answer.content
    assert not signed_in(second)


def test_using_one_link_ends_the_others(priya: User) -> None:
    first, second = link(priya), link(priya)
    Client().post(second)
    assert Client().get(first).status_code == 410


def test_a_link_works_for_a_quarter_of_an_hour_and_not_a_moment_longer(priya: User) -> None:
    now = clock.now()
    token = sign_in.issue_link(priya, "/", now)
    assert sign_in.peek(token, now + dt.timedelta(minutes=15) - dt.timedelta(microseconds=1)).user == priya
    row, over = SignInLink.objects.get(), now + dt.timedelta(minutes=15)
    for act in (lambda: sign_in.peek(token, over), lambda: sign_in.consume(row, over)):
        with pytest.raises(sign_in.LinkSpent) as spent:
            act()
        assert spent.value.why == "expired"


def test_a_cut_off_link_and_one_of_a_closed_account_are_unknown(client: Client, priya: User) -> None:
    path = link(priya)
    assert client.get(path[:-1]).status_code == 410
    User.objects.filter(pk=priya.pk).update(is_active=False)
    assert client.post(path).status_code == 410
    assert not signed_in(client)


def test_only_a_digest_of_the_link_is_stored(priya: User) -> None:
    token = sign_in.issue_link(priya, "/", clock.now())
    row = SignInLink.objects.values().get()
    assert token not in str(row)
    assert row["digest"] == sign_in.digest(token)


def test_signing_in_by_link_starts_a_fresh_session(client: Client, priya: User, colleague: User) -> None:
    client.force_login(colleague, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["left_behind"] = True
    session.save()
    before = session.session_key
    client.post(link(priya))
    assert client.session.session_key != before
    assert "left_behind" not in client.session
    assert client.session["_auth_user_id"] == str(priya.pk)


def test_a_link_never_leads_to_another_site(client: Client, priya: User) -> None:
    assert client.post(link(priya, "//example.org/")).headers["Location"] == "/"


def test_a_changed_password_ends_open_links(browser_of: Any, priya: User) -> None:
    path = link(priya)
    new = "seven purple lanterns swim"
    browser_of(priya).post("/account/password", {"current": PASSWORD, "new": new, "again": new})
    assert Client().get(path).status_code == 410


def test_the_mail_names_no_client_and_no_session(client: Client, priya: User) -> None:
    client.post(ASK, {"email": priya.email, "next": "/requests/S-2026-000123"})
    assert outbox.run_waiting(clock.now()) == 1
    assert "S-2026" not in mail.outbox[-1].body + mail.outbox[-1].subject


@pytest.mark.django_db(transaction=True)
def test_of_two_people_pressing_continue_at_once_one_gets_in(priya: User) -> None:
    now = clock.now()
    token = sign_in.issue_link(priya, "/", now)

    def press(_: int) -> str:
        try:
            sign_in.consume(sign_in.peek(token, now), now)
            return "in"
        except sign_in.LinkSpent as spent:
            return spent.why
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(press, range(4))) == ["in", "used", "used", "used"]
