"""Two transactions on connections of their own: the first is held at a step until the second is through or waits."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

SECONDS = 60


class Job(threading.Thread):
    """``work`` on a thread and connection of its own. ``end()`` waits for it and raises what it ended with."""

    def __init__(self, work: Callable[[], Any]) -> None:
        super().__init__(daemon=True)
        self.work, self.error, self.backend = work, None, 0
        self.reached, self.may_go = threading.Event(), threading.Event()

    def run(self) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                (self.backend,) = cursor.fetchone()
            self.work()
        except BaseException as error:
            self.error = error
        finally:
            self.reached.set()
            connection.close()

    def waits(self) -> bool:
        """Whether it waits for a lock that another transaction holds."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT cardinality(pg_blocking_pids(%s))", [self.backend])
            return bool(cursor.fetchone()[0])

    def end(self) -> None:
        self.join(SECONDS)
        assert not self.is_alive()
        if self.error is not None:
            raise self.error


def meanwhile(
    monkeypatch: pytest.MonkeyPatch,
    first: Callable[[], Any],
    second: Callable[[], Any],
    *,
    held: str,
    after: bool = False,
) -> None:
    """Run ``first`` until it calls the function named ``held`` (or has called it: ``after``), then ``second`` until it
    is over or waits for a lock, then both to their ends."""
    one, other = Job(first), Job(second)
    module, _, name = held.rpartition(".")
    original = getattr(importlib.import_module(module), name)

    def holding(*args: Any, **given: Any) -> Any:
        result = original(*args, **given) if after else None
        if threading.current_thread() is one:
            one.reached.set()
            assert one.may_go.wait(SECONDS)
        return result if after else original(*args, **given)

    with monkeypatch.context() as patch:
        patch.setattr(held, holding)
        one.start()
        assert one.reached.wait(SECONDS) and one.is_alive(), one.error
        other.start()
        while other.is_alive() and not other.waits():
            other.join(0.01)
        one.may_go.set()
        one.end()
        other.end()
