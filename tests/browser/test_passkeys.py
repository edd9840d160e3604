"""A passkey is made and signs in, with Chromium's own virtual authenticator in place of a finger."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from clawguard.accounts.models import Passkey, User
from tests.browser.looking import assert_axe_clean

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("network")]
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_passkey_signs_in_without_mail_or_code_until_it_is_removed(window: Any, priya: User, settings: Any) -> None:
    settings.NEW_DEVICE_CODE = True
    opened = window(priya, "/account/ways-in", width=360)
    opened.ignore.append("422 (Unprocessable")
    page = opened.page
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    page.get_by_label("Name of this device").fill("My phone")
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_role("button", name="Remove My phone")).to_be_visible()
    assert_axe_clean(page)
    page.context.clear_cookies()
    page.goto("/sign-in?next=/account/ways-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your ways in")
    assert Passkey.objects.get().last_used_at is not None
    page.get_by_role("button", name="Remove My phone").click()
    expect(page.get_by_text("None yet. A passkey signs you in")).to_be_visible()
    page.context.clear_cookies()
    page.goto("/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("This passkey is not known here")).to_be_visible()
    assert_axe_clean(page)
