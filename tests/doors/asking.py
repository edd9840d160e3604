"""How each kind of caller of the matrix asks: a browser with a session, a program with a key, or nobody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from clawguard import clock
from tests.builders import NOW
from tests.doors.matrix import Row
from tests.world import World


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is rolled back, so that each row of the matrix meets the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _key_of(world: World, row: Row, caller: str) -> str:
    """Where no key will do, one with every scope is tried."""
    if caller == "key without scope":
        return world.secret(all_but=row.scope or "notes:read")
    return world.secret(only=row.scope.partition(" ")[0])


def headers_of(world: World, row: Row, caller: str) -> dict[str, str]:
    if not caller.startswith("key"):
        return dict(row.headers)
    return {**row.headers, "Authorization": f"Bearer {_key_of(world, row, caller)}", "Idempotency-Key": row.key}


def is_api(row: Row) -> bool:
    return row.name.startswith("api-") and row.name != "api-docs"


def address(world: World, row: Row, **kwargs: Any) -> str:
    path = reverse(row.name, kwargs={**row.kwargs(world), **kwargs})
    return f"{path}?{row.query}" if row.query else path


def send(client: Client, world: World, row: Row, path: str, headers: dict[str, str] | None = None) -> HttpResponse:
    """One request, at the world's own moment."""
    data = row.body(world) if row.body else None
    given: dict[str, Any] = {"headers": headers or dict(row.headers)}
    if row.method != "GET" and isinstance(data, bytes):
        given |= {"data": data, "content_type": "application/x-ndjson"}
    elif row.method != "GET" and is_api(row) and "file" not in (data or {}):  # a file goes as a form, as on a page
        given |= {"data": {} if data is None else data, "content_type": "application/json"}
    elif row.method != "GET":
        given |= {"data": {} if data is None else data}
    with clock.pretend(NOW):
        return getattr(client, row.method.lower())(path, **given)


def ask(world: World, row: Row, caller: str, path: str = "") -> HttpResponse:
    headers = headers_of(world, row, caller)
    client = world.browser(caller if caller in world.users else "")
    return send(client, world, row, path or address(world, row), headers)


def outcome(row: Row, response: HttpResponse) -> str:
    """The response in the matrix's words."""
    status = response.status_code
    if status == 302 and response["Location"].startswith("/sign-in?next="):
        return "in"
    if 200 <= status < 400 or status in row.also:
        return "Y"
    return str(status)
