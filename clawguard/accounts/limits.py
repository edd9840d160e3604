"""Which pages a sign-in that opens single requests may reach. Everything that is not named here is out of its reach."""

from __future__ import annotations

from collections.abc import Iterable

# Coming and going; each app adds the pages that show one request and nothing else.
PAGES: set[str] = {
    "home",
    "sign-in",
    "sign-in-link",
    "sign-in-link-again",
    "sign-in-code",
    "sign-in-code-again",
    "sign-in-continue",
    "sign-in-passkey",
    "sign-in-passkey-options",
    "sign-out",
    "alive",
    "healthz",
    "readyz",
}


def allow(names: Iterable[str]) -> None:
    """Called once, when the apps are ready. Each page named must itself keep to ``Actor.opens``."""
    PAGES.update(names)
