"""A receiver of webhooks on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clawguard.webhooks import sending
from tests.webhooks import server
from tests.webhooks.server import Receiver


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Receiver]:
    """A receiver that answers for ``hooks.example.com``."""
    with server.receiver(tmp_path) as receiver:
        yield receiver


@pytest.fixture
def reachable(here: Receiver, monkeypatch: pytest.MonkeyPatch) -> Receiver:
    """The same, and every call of this process goes there."""
    monkeypatch.setattr(sending, "INTERNET", here.network())
    return here
