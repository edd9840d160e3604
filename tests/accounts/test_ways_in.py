"""A browser new to somebody needs a code from their mailbox; a link to one request opens that one and nothing else."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.test import Client

from clawguard import clock
from clawguard.accounts import codes, devices, sign_in
from clawguard.accounts.models import KnownDevice, SignInCode, SignInLink, User
from clawguard.events import outbox
from tests.builders import PASSWORD

ASK = "/sign-in/link"
CODE = "/sign-in/code"
BROWSER = "b" * 64


@pytest.fixture(autouse=True)
def _strict(settings: Any) -> None:
    settings.NEW_DEVICE_CODE = True


def link(user: User, path: str = "/account/password", opens: tuple[UUID, ...] = ()) -> str:
    return f"{ASK}/{sign_in.issue_link(user, path, clock.now(), opens)}"


def mailed_code() -> str:
    outbox.run_waiting(clock.now())
    found = re.search(r"^(\d{4} \d{4})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found, "the mail holds no code"
    return found[1]


def signed_in(client: Client) -> bool:
    return client.get("/account/password").status_code == 200


def test_a_link_in_a_new_browser_waits_for_the_mailed_code(client: Client, priya: User) -> None:
    assert client.post(link(priya))["Location"] == CODE
    assert not signed_in(client)
    assert SignInLink.objects.get().used_at is None, "a battery that dies here costs the link"
    answer = client.post(CODE, {"code": mailed_code()})
    assert answer["Location"] == "/account/password"
    assert signed_in(client)
    assert SignInLink.objects.get().used_at is not None


def test_the_browser_is_known_from_then_on_to_this_person_only(client: Client, priya: User, colleague: User) -> None:
    client.post(link(priya))
    client.post(CODE, {"code": mailed_code()})
    client.post("/sign-out")
    assert client.post(link(priya))["Location"] == "/account/password"
    assert not outbox.run_waiting(clock.now())
    client.post("/sign-out")
    assert client.post(link(colleague))["Location"] == CODE


def test_a_password_alone_does_not_do_in_a_new_browser(client: Client, priya: User) -> None:
    answer = client.post("/sign-in", {"email": priya.email, "password": PASSWORD, "next": "/account/password"})
    assert answer["Location"] == CODE
    assert not signed_in(client)
    client.post(CODE, {"code": mailed_code().replace(" ", "")})
    assert signed_in(client)


def test_a_known_browser_is_new_again_after_ninety_days_and_after_a_changed_password(priya: User) -> None:
    client = Client()
    client.post(link(priya))
    client.post(CODE, {"code": mailed_code()})
    KnownDevice.objects.update(expires_at=clock.now() - dt.timedelta(seconds=1))
    assert Client(headers={"cookie": f"known={client.cookies['known'].value}"}).post(link(priya))["Location"] == CODE
    KnownDevice.objects.update(expires_at=clock.now() + dt.timedelta(days=1))
    new = "seven purple lanterns swim"
    client.post("/account/password", {"current": PASSWORD, "new": new, "again": new})
    assert not KnownDevice.objects.exists()


def test_of_the_cookie_only_a_digest_is_stored(client: Client, priya: User) -> None:
    client.post(link(priya))
    answer = client.post(
        CODE, {"code": mailed_code()}, headers={"user-agent": "Mozilla (iPhone) Version/19 Safari/605"}
    )
    cookie = answer.cookies["known"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    row = KnownDevice.objects.get()
    assert row.digest == sign_in.digest(cookie.value)
    assert row.label == "Safari, iPhone"


def test_a_wrong_code_says_the_same_as_an_unknown_address(client: Client, priya: User) -> None:
    pages = []
    for email in (priya.email, "nobody@example.com"):
        browser = Client()
        browser.post(ASK, {"email": email, "next": "/"})
        refused = browser.post(CODE, {"code": "0000 0000"})
        assert refused.status_code == 422
        pages.append(re.sub(r'nonce="[^"]+"|[\w-]{64}', "", refused.content.decode()))
    assert pages[0] == pages[1]


def test_a_code_is_tried_five_times_and_not_once_more(priya: User) -> None:
    now = clock.now()
    code = codes.issue(priya, BROWSER, now)
    wrong = f"{(int(code) + 1) % 10**8:08d}"
    for _ in range(codes.MOST_TRIES):
        assert not codes.check(priya.pk, BROWSER, wrong, now)
    assert not codes.check(priya.pk, BROWSER, code, now)


@pytest.mark.parametrize(
    ("browser", "later", "fits"),
    [
        (BROWSER, dt.timedelta(minutes=10) - dt.timedelta(microseconds=1), True),
        (BROWSER, dt.timedelta(minutes=10), False),
        ("c" * 64, dt.timedelta(), False),
    ],
    ids=["in time", "too old", "another browser"],
)
def test_a_code_fits_its_own_browser_for_ten_minutes(
    priya: User, browser: str, later: dt.timedelta, fits: bool
) -> None:
    now = clock.now()
    code = codes.issue(priya, BROWSER, now)
    assert codes.check(priya.pk, browser, code, now + later) is fits
    assert not codes.check(priya.pk, browser, code, now + later), "a code works once"


def test_a_newer_code_ends_the_older_one(priya: User) -> None:
    now = clock.now()
    first = codes.issue(priya, BROWSER, now)
    second = codes.issue(priya, BROWSER, now)
    assert first == second or not codes.check(priya.pk, BROWSER, first, now)
    assert codes.check(priya.pk, BROWSER, second, now)
    assert all(len(row.digest) == 64 for row in SignInCode.objects.all())


def test_a_code_typed_instead_of_the_link_signs_in_where_it_was_asked_for(client: Client, priya: User) -> None:
    page = client.post(ASK, {"email": priya.email, "next": "/account/password"})
    assert b"Code from the mail" in page.content
    assert client.post(CODE, {"code": mailed_code()})["Location"] == "/account/password"
    assert signed_in(client)


def test_a_closed_account_gets_no_further_with_the_right_code(client: Client, priya: User) -> None:
    client.post(link(priya))
    code = mailed_code()
    User.objects.filter(pk=priya.pk).update(is_active=False)
    assert client.post(CODE, {"code": code}).status_code == 422
    assert not signed_in(client)


def test_a_link_to_one_request_outlives_the_quarter_of_an_hour_but_not_ten_days(priya: User) -> None:
    now = clock.now()
    token = sign_in.issue_link(priya, "/", now, [uuid4()])
    assert sign_in.peek(token, now + dt.timedelta(days=10) - dt.timedelta(microseconds=1))
    with pytest.raises(sign_in.LinkSpent):
        sign_in.peek(token, now + dt.timedelta(days=10))


def test_links_to_single_requests_do_not_end_each_other(priya: User) -> None:
    now = clock.now()
    first, second = (sign_in.issue_link(priya, "/", now, [uuid4()]) for _ in range(2))
    sign_in.consume(sign_in.peek(first, now), now)
    assert sign_in.peek(second, now)
    assert sign_in.revoke_links(priya, now) == 1
    with pytest.raises(sign_in.LinkSpent):
        sign_in.peek(second, now)


def test_a_spent_link_mails_a_fresh_one_to_its_owner_whoever_asks(client: Client, priya: User) -> None:
    path = link(priya, opens=(uuid4(),))
    SignInLink.objects.update(used_at=clock.now())
    assert b"E-mail me a new link" in client.get(path).content
    assert client.post(f"{path}/again")["Location"] == CODE
    outbox.run_waiting(clock.now())
    assert mail.outbox[-1].to == [priya.email]
    assert client.post(f"{ASK}/cut-off/again")["Location"] == CODE
    outbox.run_waiting(clock.now())
    assert len(mail.outbox) == 1


def test_ways_in_are_seen_and_ended(client: Client, priya: User) -> None:
    client.post(link(priya))
    client.post(CODE, {"code": mailed_code()})
    waiting = link(priya, opens=(uuid4(),))
    page = client.get("/account/ways-in")
    assert b"1 link would still work" in page.content
    client.post("/account/ways-in/end")
    assert Client().get(waiting).status_code == 410
    assert not devices.of(priya, clock.now()).exists()
    assert signed_in(client)
