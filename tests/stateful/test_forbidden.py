"""The statements that the random steps try are whole, and refused, in a network with something of everything."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.doors.conftest import world
from tests.stateful import forbidden
from tests.world import World

__all__ = ["world"]

pytestmark = pytest.mark.django_db


def test_each_statement_is_refused_where_it_finds_its_row(world: World) -> None:
    """A statement with a fault of its own would fail here; a few find no row in this world."""
    outcomes = Counter(forbidden.attempt(statement) for statement in forbidden.STATEMENTS)
    assert set(outcomes) <= {"refused", "nothing"}
    assert outcomes["refused"] >= len(forbidden.STATEMENTS) - 5
