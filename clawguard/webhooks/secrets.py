"""Secrets of endpoints: sealed at rest and bound to their row and number, opened only to sign."""

from __future__ import annotations

import datetime as dt

from clawguard import sealing, signing
from clawguard.webhooks.models import Endpoint

KIND = "webhook secret"
OVERLAP = dt.timedelta(hours=24)  # how long a former secret goes on signing beside the new one


def put_new(endpoint: Endpoint) -> str:
    """Give an endpoint that is about to be saved a secret of its present number. The secret, to be shown once."""
    secret = signing.new_secret()
    endpoint.secret = sealing.seal(secret.encode(), bound(endpoint))
    return secret


def live(endpoint: Endpoint, now: dt.datetime) -> list[str]:
    """The secrets that sign at ``now``, the newest first. Raises SealBroken."""
    found = [sealing.unseal(bytes(endpoint.secret), bound(endpoint))]
    if endpoint.former_secret is not None and endpoint.former_until is not None and now < endpoint.former_until:
        found.append(sealing.unseal(bytes(endpoint.former_secret), bound_former(endpoint)))
    return [secret.decode() for secret in found]


def bound(endpoint: Endpoint) -> bytes:
    return sealing.binding(KIND, endpoint.pk, endpoint.secret_number)


def bound_former(endpoint: Endpoint) -> bytes:
    return sealing.binding(KIND, endpoint.pk, endpoint.secret_number - 1)
