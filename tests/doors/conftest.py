"""One world for all tests of a module; each test's own transaction rolls back to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.world import World, standing


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with django_db_blocker.unblock(), standing(tmp_path_factory.mktemp("doors")) as made:
        yield made
