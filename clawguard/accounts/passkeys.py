"""Passkeys (WebAuthn): the person's device signs a challenge after it has recognised them; we hold the public key only.

One proves a device and a person at once, so it needs no mailed code. A challenge is used once and lasts five minutes.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from clawguard.accounts.models import Passkey, User

MOST = 10
LONGEST_NAME = 60
CHALLENGE_LASTS = dt.timedelta(minutes=5)
VERIFIED = UserVerificationRequirement.REQUIRED  # a finger, a face or a PIN: holding the device is not enough


class PasskeyRefused(Exception):
    """What the browser sent does not prove anything, or there are too many. The message is for the person."""


def _site() -> str:
    return urlsplit(settings.PUBLIC_URL).hostname or "localhost"


def _origin() -> str:
    parts = urlsplit(settings.PUBLIC_URL)
    return f"{parts.scheme}://{parts.netloc}"


def options_to_add(user: User) -> tuple[dict[str, Any], str]:
    """What the browser needs to make a passkey, and the challenge to keep until it answers. Raises PasskeyRefused."""
    known = [PublicKeyCredentialDescriptor(id=base64url_to_bytes(row.credential_id)) for row in user.passkeys.all()]
    if len(known) >= MOST:
        raise PasskeyRefused(f"You have {MOST} passkeys, which is as many as one may have. Remove one first.")
    options = generate_registration_options(
        rp_id=_site(),
        rp_name=settings.NETWORK_NAME,
        user_id=user.pk.bytes,
        user_name=user.email,
        user_display_name=user.name,
        exclude_credentials=known,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=VERIFIED
        ),
    )
    return json.loads(options_to_json(options)), bytes_to_base64url(options.challenge)


@transaction.atomic
def add(user: User, credential: dict[str, Any], challenge: str, name: str, now: dt.datetime) -> Passkey:
    """Keep the public half of a passkey that was just made. Raises PasskeyRefused."""
    try:
        made = verify_registration_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=_site(),
            expected_origin=_origin(),
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise PasskeyRefused("The passkey could not be checked. Please try again.") from None
    held = bytes_to_base64url(made.credential_id)
    if Passkey.objects.filter(credential_id=held).exists() or user.passkeys.count() >= MOST:
        raise PasskeyRefused("This passkey is known already, or there are too many.")
    kept = " ".join(name.replace("\0", "").split())[:LONGEST_NAME] or "Passkey"
    return Passkey.objects.create(
        user=user,
        credential_id=held,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        name=kept,
        created_at=now,
    )


def options_to_enter() -> tuple[dict[str, Any], str]:
    """What the browser needs to sign in with whatever passkey it holds for us, and the challenge to keep."""
    options = generate_authentication_options(rp_id=_site(), user_verification=VERIFIED)
    return json.loads(options_to_json(options)), bytes_to_base64url(options.challenge)


@transaction.atomic
def owner(credential: dict[str, Any], challenge: str, now: dt.datetime) -> User:
    """Whose passkey signed the challenge. Raises PasskeyRefused, in the same words for every reason."""
    said = credential.get("id")
    rows = Passkey.objects.select_for_update(of=("self",)).select_related("user")
    row = rows.filter(credential_id=said, user__is_active=True).first() if isinstance(said, str) else None
    try:
        if row is None:
            raise ValueError
        proof = verify_authentication_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=_site(),
            expected_origin=_origin(),
            credential_public_key=bytes(row.public_key),
            credential_current_sign_count=row.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise PasskeyRefused("This passkey is not known here, or it could not be checked.") from None
    row.sign_count, row.last_used_at = proof.new_sign_count, now
    row.save(update_fields=["sign_count", "last_used_at"])
    return row.user


def remove(user: User, passkey_id: int) -> bool:
    """Whether there was one of this person's to remove."""
    return bool(Passkey.objects.filter(user=user, pk=passkey_id).delete()[0])
