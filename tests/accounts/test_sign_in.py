"""Signing in with a password, staying signed in, signing out, changing the password."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from clawguard import demo_state
from clawguard.accounts.demo import hints
from clawguard.accounts.models import Role, SignedIn, User
from clawguard.middleware import SEEN_AT, SIGNED_IN_AT
from tests import builders
from tests.builders import PASSWORD

SIGN_IN = "/sign-in"


def sign_in(client: Client, user: User, password: str = PASSWORD, **more: str) -> Any:
    return client.post(SIGN_IN, {"email": user.email, "password": password, **more})


def signed_in(client: Client) -> bool:
    return client.get("/account/password").status_code == 200


def age(client: Client, key: str, seconds: float) -> None:
    session = client.session
    session[key] = time.time() - seconds
    session.save()


def test_the_right_password_leads_to_the_page_that_was_wanted(client: Client, rui: User) -> None:
    assert sign_in(client, rui, next="/account/password").headers["Location"] == "/account/password"
    assert signed_in(client)


def test_the_address_may_be_typed_in_capitals(client: Client, rui: User) -> None:
    client.post(SIGN_IN, {"email": rui.email.upper(), "password": PASSWORD})
    assert signed_in(client)


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)", "x"]
)
def test_signing_in_never_leads_to_another_site(client: Client, rui: User, elsewhere: str) -> None:
    assert sign_in(client, rui, next=elsewhere).headers["Location"] == "/"


def test_unknown_address_wrong_password_and_closed_account_answer_alike(client: Client, rui: User, lead: User) -> None:
    User.objects.filter(pk=lead.pk).update(is_active=False)
    answers = [
        client.post(SIGN_IN, {"email": email, "password": password})
        for email, password in [
            ("nobody@example.com", PASSWORD),
            (rui.email, "wrong horse battery staple"),
            (lead.email, PASSWORD),
        ]
    ]
    said = {answer.content.decode().split("error-summary")[1].split("</ul>")[0] for answer in answers}
    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert len(said) == 1
    assert not signed_in(client)


def test_neither_field_is_given_back_when_it_was_a_password(client: Client, rui: User) -> None:
    answer = sign_in(client, rui, "wrong horse battery staple")
    assert rui.email in answer.content.decode()
    assert "wrong horse" not in answer.content.decode()


def test_many_wrong_passwords_close_the_door_for_a_while_even_to_the_right_one(client: Client, rui: User) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT):
        answer = sign_in(client, rui, "wrong horse battery staple")
    assert answer.status_code == 429
    assert b"A link by e-mail still works" in answer.content
    assert sign_in(client, rui).status_code == 429
    assert not signed_in(client)


def test_the_session_key_changes_when_somebody_signs_in(client: Client, rui: User) -> None:
    client.get(SIGN_IN)
    before = client.session.session_key
    sign_in(client, rui)
    assert client.session.session_key != before
    assert not SignedIn.objects.filter(session_key=before).exists()


def test_whoever_is_signed_in_is_not_asked_again(client: Client, rui: User) -> None:
    client.force_login(rui, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(SIGN_IN, {"next": "/account/password"}).headers["Location"] == "/account/password"


def test_a_deactivated_user_is_out_with_the_next_request(client: Client, rui: User) -> None:
    sign_in(client, rui)
    User.objects.filter(pk=rui.pk).update(is_active=False)
    assert not signed_in(client)


def test_fifteen_minutes_without_a_request_end_the_sign_in(client: Client, rui: User) -> None:
    sign_in(client, rui)
    age(client, SEEN_AT, 14 * 60)
    assert signed_in(client)
    age(client, SEEN_AT, 15 * 60 + 5)
    assert not signed_in(client)


def test_twelve_hours_end_the_sign_in_however_busy_it_was(client: Client, rui: User) -> None:
    sign_in(client, rui)
    assert signed_in(client)
    age(client, SIGNED_IN_AT, 12 * 3600 - 60)
    assert signed_in(client)
    age(client, SIGNED_IN_AT, 12 * 3600 + 5)
    assert not signed_in(client)


def test_signing_out_takes_a_post_and_empties_the_browser(client: Client, rui: User) -> None:
    sign_in(client, rui)
    assert client.get("/sign-out").status_code == 405
    assert signed_in(client)
    answer = client.post("/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not signed_in(client)


def test_no_page_of_a_signed_in_user_is_kept_by_any_cache(client: Client, rui: User) -> None:
    sign_in(client, rui)
    assert "no-store" in client.get("/account/password").headers["Cache-Control"]
    assert "no-store" in client.get("/").headers["Cache-Control"]


def test_the_sign_in_page_itself_is_not_kept_either(client: Client, db: None) -> None:
    assert "no-store" in client.get(SIGN_IN).headers["Cache-Control"]


def test_home_asks_strangers_to_sign_in(client: Client, db: None) -> None:
    assert client.get("/").headers["Location"] == f"{SIGN_IN}?next=/"


def test_home_is_the_first_place_of_the_role(browser_of: Any, rui: User, priya: User, administrator: User) -> None:
    for user in (rui, priya, administrator):
        browser = browser_of(user)
        places = browser.get("/style").context["nav"]()
        assert browser.get("/").headers["Location"] == (places[0]["url"] if places else reverse("password"))


def test_changing_the_password_keeps_this_browser_and_signs_out_the_others(client: Client, rui: User) -> None:
    other = Client()
    sign_in(client, rui)
    sign_in(other, rui)
    before = client.session.session_key
    new = "seven purple lanterns swim"
    answer = client.post("/account/password", {"current": PASSWORD, "new": new, "again": new})
    assert answer.status_code == 302
    assert signed_in(client)
    assert client.session.session_key != before
    assert not signed_in(other)
    assert not signed_in_with(rui, PASSWORD)
    assert signed_in_with(rui, new)


def signed_in_with(user: User, password: str) -> bool:
    fresh = Client()
    sign_in(fresh, user, password)
    return signed_in(fresh)


@pytest.mark.parametrize(
    ("current", "new", "again", "says"),
    [
        ("not it at all", "seven purple lanterns swim", "seven purple lanterns swim", "not your current password"),
        (PASSWORD, "seven purple lanterns swim", "seven purple lanterns sink", "differ"),
        (PASSWORD, "short", "short", "too short"),
        (PASSWORD, "rui.test@example.com", "rui.test@example.com", "too similar"),
    ],
)
def test_a_password_is_not_changed_when(
    client: Client, rui: User, current: str, new: str, again: str, says: str
) -> None:
    sign_in(client, rui)
    answer = client.post("/account/password", {"current": current, "new": new, "again": again})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert signed_in_with(rui, PASSWORD)


def test_somebody_who_never_had_a_password_chooses_one_without_giving_an_old_one(client: Client, rui: User) -> None:
    rui.set_unusable_password()
    rui.save()
    client.force_login(rui, backend="django.contrib.auth.backends.ModelBackend")
    new = "seven purple lanterns swim"
    assert client.post("/account/password", {"new": new, "again": new}).status_code == 302
    assert signed_in_with(rui, new)


def test_the_hints_of_a_demonstration_stand_nowhere_else(client: Client, rui: User, settings: Any) -> None:
    settings.DEMO = True
    assert rui.email in client.get(SIGN_IN).content.decode()
    settings.DEMO = False
    page = client.get(SIGN_IN).content.decode()
    assert rui.email not in page
    assert "Try it as" not in page
    assert hints() == {}


def test_a_form_sent_after_the_sign_in_ended_gives_the_typed_text_back(rui: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    typed = {"text": "The session ran from 10:02 to 10:57, as the addendum says.", "password": "not to be shown"}
    answer = browser.post("/style", typed, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 403
    assert "The session ran from 10:02 to 10:57" in answer.content.decode()
    assert "not to be shown" not in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_form_sent_from_another_site_gets_no_ready_made_button(rui: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {}):
        answer = browser.post("/style", {"text": "x" * 60}, headers=headers)
        assert answer.status_code == 403
        assert b"<form" not in answer.content


def test_a_program_is_told_in_json_that_its_form_token_ended(rui: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post("/style", {"text": "x"}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["title"]) == (403, "You were signed out")


def test_a_provider_reads_moments_in_the_practice_zone_and_staff_in_the_office_zone(
    browser_of: Any, priya: User, rui: User, settings: Any
) -> None:
    settings.STAFF_TIME_ZONE = "Pacific/Honolulu"
    priya.provider.time_zone = "America/Denver"
    priya.provider.save()
    zones = {user.name: browser_of(user).get("/style").context["zone"] for user in (priya, rui)}
    assert zones == {"Priya Test": "America/Denver", "Rui Test": "Pacific/Honolulu"}


def test_while_a_demonstration_is_told_its_progress_is_shown_and_looked_at_again(
    db: None, client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.DEMO, settings.DATA_DIR = True, tmp_path
    again = 'hx-select="#demo-people"'
    assert "is not loaded" in client.get(SIGN_IN).content.decode()
    demo_state.write(tmp_path, demo_state.LOADING)
    page = client.get(SIGN_IN).content.decode()
    assert again in page and "<progress" in page and " value=" not in page.partition("<progress")[2].partition(">")[0]
    demo_state.write_progress(tmp_path, demo_state.Told(1319, 5275))
    page = client.get(SIGN_IN).content.decode()
    assert 'value="25"' in page and "1,319 of 5,275" in page
    builders.user(Role.BILLING, "Ada Test")
    page = client.get(SIGN_IN).content.decode()
    assert again not in page and "<progress" not in page
    demo_state.write(tmp_path, demo_state.READY)
    assert demo_state.progress(tmp_path) == (1319, 5275)
