"""What reading a submitted session gives: the facts, the three references, or every error at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from clawguard.domain.facts import SessionFacts


@dataclass(frozen=True, slots=True)
class ProviderRef:
    """The rendering provider as submitted. ``license`` is "" where neither the session nor a default states it."""

    npi: str
    license: str
    time_zone: str  # IANA name
    name: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class ClientRef:
    external_id: str  # opaque; SessionFacts.client_key
    birth_date: dt.date | None = None
    sex: str | None = None  # "F" | "M" | "X" | "U"
    state: str | None = None  # two letters


@dataclass(frozen=True, slots=True)
class PayerRef:
    id: str
    name: str | None
    kind: str  # see interface: commercial, medicare, …
    plan: str | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """One readable session: what the checks see, and who it refers to."""

    facts: SessionFacts
    provider: ProviderRef
    client: ClientRef
    payer: PayerRef


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the network knows when a file cannot say it. ``None`` makes the field required."""

    time_zone: str | None = None
    license: str | None = ""
    payer_kind: str | None = "commercial"


@dataclass(frozen=True, slots=True)
class FieldError:
    """One refused field. ``pointer`` is RFC 6901; ``message`` names field, reason and remedy, never the value."""

    pointer: str
    code: str
    message: str


class RefusedError(Exception):
    """Raised by a scalar reader; becomes a ``FieldError`` once the parser knows where it stands."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(code)
        self.code = code
        self.why = why


class Errors:
    """Collects field errors of one session; stops growing at ``LIMIT`` so that a hostile body stays cheap."""

    LIMIT = 200

    def __init__(self, at: str = "") -> None:
        self.at = at
        self.found: list[FieldError] = []

    def add(self, pointer: str, code: str, why: str) -> None:
        if len(self.found) < self.LIMIT:
            label = pointer[len(self.at) + 1 :].replace("/", ".") or "session"
            self.found.append(FieldError(pointer, code, f"{label}: {why}"))


def safe_key(name: object) -> str:
    """A submitted key made fit for a JSON pointer and a message: short, printable, escaped per RFC 6901."""
    text = str(name)[:64].encode("ascii", "backslashreplace").decode("ascii")
    return text.replace("~", "~0").replace("/", "~1")
