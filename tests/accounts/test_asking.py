"""A way in that is asked for is owed and mailed, whatever becomes of the broker; and no stranger asks it away."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.test import Client
from django.utils.html import escape
from kombu.exceptions import OperationalError

from clawguard import clock
from clawguard.accounts import asking, sign_in
from clawguard.accounts.models import SignInCode, SignInLink, User, WayInAsked
from clawguard.accounts.tidying import forget_expired
from clawguard.events import nudge, outbox
from clawguard.events.models import Delivery, Event
from notes.services import telling
from tests.builders import PASSWORD

ASK = "/sign-in/link"
CODE = "/sign-in/code"


@pytest.fixture(autouse=True)
def _strict(settings: Any) -> None:
    settings.NEW_DEVICE_CODE = True


def ask(email: str, address: str = "192.0.2.1") -> int:
    return Client(REMOTE_ADDR=address).post(ASK, {"email": email}).status_code


def ask_until_refused(email: str, address: str = "192.0.2.1") -> int:
    """How often it went well."""
    for times in range(asking.MOST_FROM_ONE + 2):
        if ask(email, address) == 429:
            return times
    raise AssertionError("nobody was ever refused")


def mailed_code() -> str:
    outbox.run_waiting(clock.now())
    found = re.search(r"^(\d{4} \d{4})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found, "the mail holds no code"
    return found[1]


@pytest.mark.django_db(transaction=True)
def test_with_the_broker_away_every_door_answers_and_the_sweep_mails_what_was_asked_for(
    monkeypatch: pytest.MonkeyPatch, priya: User
) -> None:
    def away(*_args: object, **_options: object) -> None:
        raise OperationalError

    monkeypatch.setattr("celery.app.base.Celery.send_task", away)
    monkeypatch.setattr("celery.app.task.Task.apply_async", away)
    monkeypatch.setattr(nudge, "_send", away)
    by_password = Client()
    given = {"email": priya.email, "password": PASSWORD, "next": "/account/password"}
    assert by_password.post("/sign-in", given)["Location"] == CODE
    code = mailed_code()
    assert by_password.post(CODE, {"code": code})["Location"] == "/account/password"
    assert ask(priya.email) == 200
    assert Client().post(f"{ASK}/{sign_in.issue_link(priya, '/', clock.now())}")["Location"] == CODE
    spent = sign_in.issue_link(priya, "/", clock.now())
    SignInLink.objects.filter(digest=sign_in.digest(spent)).update(used_at=clock.now())
    assert Client().post(f"{ASK}/{spent}/again")["Location"] == CODE
    mail.outbox.clear()
    assert outbox.run_waiting(clock.now()) == 3
    assert [message.to for message in mail.outbox] == [[priya.email]] * 3


def test_neither_code_nor_link_stands_in_what_is_kept(client: Client, priya: User) -> None:
    client.post(ASK, {"email": priya.email})
    code = mailed_code()
    token = re.search(r"/sign-in/link/(\S+)", str(mail.outbox[-1].body))
    assert token
    kept = [list(model.objects.values()) for model in (Event, Delivery, WayInAsked, SignInCode, SignInLink)]
    assert all(secret not in str(kept) for secret in (code, code.replace(" ", ""), token[1], priya.email, "192.0.2.1"))


def test_the_mail_says_the_same_as_text_and_as_a_page(client: Client, priya: User) -> None:
    client.post(ASK, {"email": priya.email})
    code = mailed_code()
    sent = mail.outbox[-1]
    assert isinstance(sent, EmailMultiAlternatives)
    [(page, kind)] = sent.alternatives
    address = re.search(r"http\S+/sign-in/link/\S+", str(sent.body))
    assert address
    assert kind == "text/html"
    assert all(said in str(page) for said in (code, f'href="{address[0]}"', escape(priya.name)))


def test_another_way_in_leads_to_the_same_place(client: Client, priya: User) -> None:
    given = {"email": priya.email, "password": PASSWORD, "next": "/account/password"}
    told = client.post("/sign-in", given, follow=True).content.decode()
    assert 'href="/sign-in?next=/account/password"' in told


def test_what_nobody_waits_for_any_more_is_not_mailed(client: Client, priya: User) -> None:
    client.post(ASK, {"email": priya.email})
    WayInAsked.objects.update(asked_at=clock.now() - sign_in.LIFETIME - dt.timedelta(seconds=1))
    assert outbox.run_waiting(clock.now()) == 1
    assert not mail.outbox
    assert not SignInCode.objects.exists()


def test_one_network_asks_for_one_address_five_times_within_the_hour(priya: User) -> None:
    assert ask_until_refused(priya.email) == asking.MOST_OF_ONE_FOR_ONE
    assert ask(priya.email, "192.0.2.2") == 200, "that stranger alone locks nobody out"
    WayInAsked.objects.update(asked_at=clock.now() - dt.timedelta(minutes=61))
    assert ask(priya.email) == 200


def test_the_limits_are_the_same_for_an_address_that_nobody_has(priya: User) -> None:
    pages = []
    for email in (priya.email, "nobody@example.com"):
        assert ask_until_refused(email) == asking.MOST_OF_ONE_FOR_ONE
        refused = Client(REMOTE_ADDR="192.0.2.1").post(ASK, {"email": email.upper()})
        assert refused.status_code == 429
        assert 3500 < int(refused["Retry-After"]) <= 3600
        assert b"the next goes out in 60 minutes" in refused.content
        pages.append(re.sub(r'nonce="[^"]+"|[\w-]{64}', "", refused.content.decode()))
    assert pages[0] == pages[1]


def test_one_network_asks_twenty_times_within_the_hour_whomever_for(priya: User) -> None:
    for number in range(asking.MOST_FROM_ONE):
        assert ask(f"nobody{number}@example.com") == 200
    assert ask(priya.email) == 429
    assert ask(priya.email, "192.0.2.2") == 200


def test_many_networks_together_ask_fifteen_times_for_one_address(priya: User) -> None:
    for network in range(3):
        assert ask_until_refused(priya.email, f"192.0.2.{network + 1}") == asking.MOST_OF_ONE_FOR_ONE
    assert ask(priya.email, "192.0.2.9") == 429


def locked_out_by_strangers(email: str) -> None:
    for network in range(3):
        ask_until_refused(email, f"192.0.2.{network + 1}")
    assert ask(email, "192.0.2.9") == 429


def test_strangers_cannot_ask_away_the_code_behind_a_mailed_link_or_a_password(client: Client, priya: User) -> None:
    locked_out_by_strangers(priya.email)
    token = sign_in.issue_link(priya, "/account/password", clock.now())
    assert client.post(f"{ASK}/{token}")["Location"] == CODE
    assert client.post(CODE, {"code": mailed_code()})["Location"] == "/account/password"
    given = {"email": priya.email, "password": PASSWORD, "next": "/account/password"}
    assert Client().post("/sign-in", given)["Location"] == CODE
    client.post("/sign-out")
    assert client.post(ASK, {"email": priya.email}).status_code == 200, "a browser of theirs is known"


def test_strangers_cannot_ask_away_the_links_in_mails_about_requests(priya: User) -> None:
    now = clock.now()
    locked_out_by_strangers(priya.email)
    outbox.run_waiting(now)
    for _ in range(telling.MOST_LINKS):
        assert ASK in telling.ways_in(priya, "/my", now)["link"]
    assert ASK not in telling.ways_in(priya, "/my", now)["link"]


@pytest.mark.parametrize(
    ("ways", "said", "unsaid"),
    [
        ({"link": "L", "page": "P", "lasts": "ten days"}, "within ten days", "asks you to sign in"),
        ({"link": "P", "page": "P"}, "asks you to sign in", "within"),
    ],
)
def test_a_mail_says_how_long_its_button_signs_in(ways: dict[str, str], said: str, unsaid: str) -> None:
    html = render_to_string("emails/layout.html", ways)
    assert said in html
    assert unsaid not in html


def test_the_words_for_how_long_links_last_are_true(priya: User) -> None:
    now = clock.now()
    assert dt.timedelta(days=10) == sign_in.LIFETIME_OF_ONE
    assert telling.ways_in(priya, "/my", now, [uuid4()])["lasts"] == "ten days"
    assert dt.timedelta(minutes=15) == sign_in.LIFETIME
    assert telling.ways_in(priya, "/my", now)["lasts"] == "a quarter of an hour"


def test_who_holds_a_link_is_told_when_the_sixth_code_of_the_hour_is_to_be_had(client: Client, priya: User) -> None:
    path = f"{ASK}/{sign_in.issue_link(priya, '/account/password', clock.now())}"
    for _ in range(asking.MOST_PROVEN):
        assert client.post(path)["Location"] == CODE
    refused = client.post(path)
    assert refused.status_code == 429
    assert b"Type a code from my mail" in refused.content
    assert client.post(CODE, {"code": mailed_code()})["Location"] == "/account/password", "the newest code still works"


def test_another_code_is_either_on_its_way_or_said_not_to_be(client: Client, priya: User) -> None:
    client.post(ASK, {"email": priya.email})
    for _ in range(asking.MOST_OF_ONE_FOR_ONE - 1):
        assert b"another code is on its way" in client.post(f"{CODE}/again", follow=True).content
    assert b"No other code was sent" in client.post(f"{CODE}/again", follow=True).content
    assert outbox.run_waiting(clock.now()) == asking.MOST_OF_ONE_FOR_ONE == len(mail.outbox)


def test_who_asked_is_forgotten_after_two_days(priya: User) -> None:
    ask(priya.email)
    forget_expired(clock.now() + dt.timedelta(hours=12))
    assert WayInAsked.objects.exists()
    forget_expired(clock.now() + dt.timedelta(days=2))
    assert not WayInAsked.objects.exists()
