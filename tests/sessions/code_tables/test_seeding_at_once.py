"""Two processes that start on an empty database seed our own tables once, whoever is first."""

from __future__ import annotations

import contextlib
import threading
from typing import Any

import pytest

from clawguard.domain.codesets.lists import ListKind
from clawguard.events.models import Event
from sessions.models import CodeTable
from sessions.services import code_tables
from sessions.services.code_tables import ours
from tests.builders import NOW
from tests.disputes.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("kind", list(ListKind))
def test_one_of_two_seeds_and_the_other_finds_it_done(kind: ListKind, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever found no rows waits for the other to find none, too: only a lock taken before keeps them apart."""
    both, packaged = threading.Barrier(2), ours._packaged

    def after_both(*given: Any) -> CodeTable:
        with contextlib.suppress(threading.BrokenBarrierError):
            both.wait(1)
        return packaged(*given)

    monkeypatch.setattr(ours, "_packaged", after_both)
    ended = at_once(*[lambda: code_tables.seed(kind, NOW)] * 2)
    assert [type(each) for each in ended if isinstance(each, Exception)] == []
    (table,) = CodeTable.objects.filter(kind=kind)
    assert (table.status, [each for each in ended if each is not None]) == ("active", [table])
    assert Event.objects.filter(name="table.activated", subject_id=str(table.pk)).count() == 1


def test_all_kinds_at_once_from_two_sides() -> None:
    kinds = list(ListKind)
    ended = at_once(
        *[lambda order=order: [code_tables.seed(kind, NOW) for kind in order] for order in (kinds, kinds[::-1])]
    )
    assert not [each for each in ended if isinstance(each, Exception)]
    assert sorted(CodeTable.objects.values_list("kind", "status")) == sorted((str(kind), "active") for kind in kinds)
