"""Visiting an address again and again: its median server time, and how many questions it asks the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection, transaction
from django.test import Client

from clawguard.bench.figures import Figure, timed

ROUNDS = 25


def page(browser: Client, path: str, name: str) -> Figure:
    return _measured(path, name, lambda: browser.get(path))


def deed(browser: Client, path: str, body: Mapping[str, str], name: str) -> Figure:
    """A form that is sent. Each time it is taken back, so that the next one meets the same rows."""

    def send() -> Any:
        with transaction.atomic():
            answer = browser.post(path, body)
            transaction.set_rollback(True)
        return answer

    return _measured(path, name, send)


def _measured(path: str, name: str, ask: Callable[[], Any]) -> Figure:
    def visit() -> Any:
        answer = ask()
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code}")
        return answer

    visit()  # loads templates, as the first visit after a start does
    taken = [timed(visit)[0] * 1000 for _ in range(ROUNDS)]
    return Figure(name, "ms", tuple(taken), note=_queries(visit))


def _queries(visit: Callable[[], Any]) -> str:
    count = 0

    def counting(execute: Any, *arguments: Any) -> Any:
        nonlocal count
        count += 1
        return execute(*arguments)

    with connection.execute_wrapper(counting):
        visit()
    return f"{count} queries"
