"""What a browser sends as a passkey proves nothing until its signature does; see tests/browser/test_passkeys.py too."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client

from clawguard import clock
from clawguard.accounts import passkeys
from clawguard.accounts.models import Passkey, User
from clawguard.accounts.views_passkeys import CHALLENGE

ENTER, OPTIONS = "/sign-in/passkey", "/sign-in/passkey/options"
FORGED = {
    "id": "AAAA",
    "rawId": "AAAA",
    "type": "public-key",
    "response": {"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA"},
}


def made(user: User, number: int = 0) -> Passkey:
    return Passkey.objects.create(
        user=user, credential_id=f"AAA{number}", public_key=b"x", sign_count=0, name="Phone", created_at=clock.now()
    )


def post(client: Client, path: str, body: Any) -> Any:
    return client.post(path, json.dumps(body), content_type="application/json")


@pytest.mark.django_db
def test_a_forged_passkey_signs_nobody_in_whether_it_names_a_real_one_or_not(client: Client, priya: User) -> None:
    made(priya)
    said = set()
    for credential in (FORGED, FORGED | {"id": "AAA0", "rawId": "AAA0"}, {"id": 7}, {}):
        client.post(OPTIONS)
        answer = post(client, ENTER, {"credential": credential})
        assert answer.status_code == 422
        said.add(answer.json()["detail"])
    assert len(said) == 1
    assert client.get("/account/password").status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("body", [None, [], {"credential": "no"}], ids=str)
def test_a_body_that_is_none_is_refused_in_words(client: Client, body: Any) -> None:
    client.post(OPTIONS)
    assert "came incomplete" in post(client, ENTER, body).json()["detail"]


@pytest.mark.django_db
def test_a_challenge_is_used_once_and_not_after_five_minutes(client: Client) -> None:
    client.post(OPTIONS)
    post(client, ENTER, {"credential": FORGED})
    assert "took too long" in post(client, ENTER, {"credential": FORGED}).json()["detail"]
    client.post(OPTIONS)
    session = client.session
    session[CHALLENGE] = [session[CHALLENGE][0], (clock.now() - dt.timedelta(minutes=6)).isoformat()]
    session.save()
    assert "took too long" in post(client, ENTER, {"credential": FORGED}).json()["detail"]


@pytest.mark.django_db
def test_nobody_removes_the_passkey_of_somebody_else(browser_of: Any, priya: User, colleague: User) -> None:
    row = made(priya)
    browser_of(colleague).post(f"/account/passkeys/{row.pk}/remove")
    assert Passkey.objects.filter(pk=row.pk).exists()
    browser_of(priya).post(f"/account/passkeys/{row.pk}/remove")
    assert not Passkey.objects.exists()


@pytest.mark.django_db
def test_ten_are_as_many_as_one_may_have(priya: User) -> None:
    for number in range(10):
        made(priya, number)
    with pytest.raises(passkeys.PasskeyRefused):
        passkeys.options_to_add(priya)
