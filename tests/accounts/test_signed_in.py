"""A person sees where they are signed in and ends it; what ran out is cleared away."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clawguard import clock
from clawguard.accounts import browser_sessions, devices
from clawguard.accounts.models import KnownDevice, SignedIn, SignInCode, User
from clawguard.accounts.tidying import forget_expired
from clawguard.events.models import Heartbeat
from clawguard.events.sweeps import SWEEPS
from tests.builders import PASSWORD

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 Version/19.0 Safari/604.1"
DAY = dt.timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_code(settings: Any) -> None:
    settings.NEW_DEVICE_CODE = False


def signed_in(user: User, agent: str = "") -> Client:
    client = Client(headers={"User-Agent": agent})
    client.post("/sign-in", {"email": user.email, "password": PASSWORD})
    assert is_in(client)
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("ways-in")).status_code == 200


def names_on(client: Client) -> list[str]:
    return re.findall(r"/account/sign-ins/(\w{32})/end\"", client.get(reverse("ways-in")).content.decode())


def test_every_browser_is_on_the_page_and_one_can_be_ended(rui: User, lead: User) -> None:
    here, phone, other = signed_in(rui), signed_in(rui, PHONE), signed_in(lead)
    page = here.get(reverse("ways-in")).content.decode()
    assert "Safari, iPhone" in page
    (name,) = names_on(here)
    assert here.post(reverse("sign-in-end", args=[name])).status_code == 302
    assert [is_in(client) for client in (here, phone, other)] == [True, False, True]
    assert names_on(here) == []


def test_all_others_end_and_this_one_goes_on(rui: User, lead: User) -> None:
    here, *others = [signed_in(rui) for _ in range(3)]
    stranger = signed_in(lead)
    here.post(reverse("sign-ins-end-others"))
    assert [is_in(client) for client in (here, *others, stranger)] == [True, False, False, True]


def test_nobody_ends_another_persons_sign_in(rui: User, lead: User) -> None:
    mine, _again, theirs = signed_in(rui), signed_in(rui), signed_in(lead)
    (name,) = names_on(mine)
    assert theirs.post(reverse("sign-in-end", args=[name])).status_code == 404
    assert names_on(mine) == [name]


def test_whoever_ends_this_very_browser_is_signed_out_like_anybody(rui: User) -> None:
    here, phone = signed_in(rui), signed_in(rui, PHONE)
    (own,) = names_on(phone)
    answer = here.post(reverse("sign-in-end", args=[own]))
    assert answer.status_code == 302 and answer["Location"].startswith(reverse("sign-in"))
    assert [is_in(here), is_in(phone)] == [False, True]


def test_the_page_shows_no_session_key(rui: User) -> None:
    here, _phone = signed_in(rui), signed_in(rui, PHONE)
    page = here.get(reverse("ways-in")).content.decode()
    assert SignedIn.objects.count() >= 2
    assert not [row.session_key for row in SignedIn.objects.all() if row.session_key in page]


def test_signing_out_takes_the_browser_off_the_list(rui: User) -> None:
    client = signed_in(rui)
    assert len(browser_sessions.places_of(rui, None)) == 1
    client.post(reverse("sign-out"))
    assert browser_sessions.places_of(rui, None) == []


def test_what_ran_out_is_cleared_away_once_a_day_and_what_holds_stays(rui: User, lead: User) -> None:
    now = clock.now()
    for user, ends in ((rui, now - 2 * DAY), (lead, now + DAY)):
        given = {"user": user, "digest": "d" * 64, "created_at": now - 3 * DAY, "expires_at": ends}
        KnownDevice.objects.create(label="A browser", **given)
        SignInCode.objects.create(browser="b" * 64, **given)
    signed_in(rui)
    SignedIn.objects.create(session_key="old", session_data="", expire_date=now - DAY)
    sweep = SWEEPS["accounts.forget"]
    assert sweep(now) == 2
    assert sweep(now + DAY / 2) == 0
    assert Heartbeat.objects.filter(name="accounts-tidied").exists()
    assert [row.user for row in KnownDevice.objects.all()] == [lead]
    assert [row.user for row in SignInCode.objects.all()] == [lead]
    assert not SignedIn.objects.filter(session_key="old").exists()
    assert len(browser_sessions.places_of(rui, None)) == 1
    assert devices.of(lead, now).exists()


def test_a_network_whose_clock_runs_ahead_signs_nobody_out(rui: User) -> None:
    client = signed_in(rui)
    forget_expired(clock.now() + 400 * DAY)
    assert is_in(client)
