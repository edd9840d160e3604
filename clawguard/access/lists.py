"""Lists of the API: strict query parameters and cursor pages that never count rows unless asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

from clawguard.access.problems import FieldProblem, Problem

MOST = 100
Kind = type | tuple[str, ...]
LIST_PARAMETERS: dict[str, Kind] = {"cursor": str, "limit": int, "count": bool}


def query(request: Request, allowed: Mapping[str, Kind], *, page: bool = True) -> dict[str, Any]:
    """The query parameters, each of its kind: a type of READERS, or a tuple of choices.

    Raises Problem 400 that names every unknown, repeated or unreadable one at once.
    """
    kinds = {**(LIST_PARAMETERS if page else {}), **allowed}
    found, errors = {}, []
    for name, values in request.query_params.lists():
        if name not in kinds:
            known = f"Known are: {', '.join(sorted(kinds))}." if kinds else "This address takes none."
            errors.append(FieldProblem(name[:40], "unknown", f"There is no such parameter. {known}"))
        elif len(values) > 1:
            errors.append(FieldProblem(name, "repeated", "Give it once."))
        else:
            try:
                found[name] = _value(values[0], kinds[name])
            except (ValueError, ArithmeticError):
                errors.append(FieldProblem(name, "unreadable", f"Give {_describe(kinds[name])}."))
    if errors:
        raise Problem(400, "query_invalid", "The query cannot be used", "See errors.", errors)
    return found


def _value(text: str, kind: Kind) -> Any:
    if "\0" in text or len(text) > 500:
        raise ValueError
    if isinstance(kind, tuple):
        if text not in kind:
            raise ValueError
        return text
    return READERS[kind](text)


def _boolean(text: str) -> bool:
    return {"true": True, "1": True, "false": False, "0": False}[text.lower()] if text.lower() in TRUTHS else _refuse()


def _refuse() -> bool:
    raise ValueError


def _instant(text: str) -> dt.datetime:
    value = dt.datetime.fromisoformat(text.replace(" ", "+"))  # an unescaped + arrives as a space
    if value.tzinfo is None:
        raise ValueError
    return value


def _integer(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 10_000:
        raise ValueError
    return value


TRUTHS = frozenset({"true", "false", "1", "0"})
READERS: dict[type, Callable[[str], Any]] = {
    str: str,
    int: _integer,
    bool: _boolean,
    dt.date: dt.date.fromisoformat,
    dt.datetime: _instant,
    UUID: UUID,
    Decimal: Decimal,
}
NAMES: dict[type, str] = {
    str: "a text of at most 500 characters",
    int: "a whole number from 1 to 10,000",
    bool: "true or false",
    dt.date: "a date such as 2026-03-18",
    dt.datetime: "an instant with offset, such as 2026-03-18T10:00:00Z",
    UUID: "an id as this API gave it",
    Decimal: "an amount such as 142.50",
}


def _describe(kind: Kind) -> str:
    return "one of " + ", ".join(kind) if isinstance(kind, tuple) else NAMES[kind]


class _Pages(CursorPagination):
    page_size = 50
    max_page_size = MOST
    page_size_query_param = "limit"


def then_by_id(ordering: str) -> tuple[str, str]:
    """An order that ends in something unique: rows of equal values by their id, in the same direction."""
    return ordering, "-id" if ordering.startswith("-") else "id"


def cursor_page(
    request: Request, rows: QuerySet[Any], to_dict: Callable[[Any], dict[str, Any]], order: str | tuple[str, ...]
) -> Response:
    """One page of ``rows`` as ``{"results", "next", "previous"}``, and ``count`` when ``?count=true``.

    ``order`` must end the rows' order in something unique, or rows with equal values could be skipped.
    """
    pages = _Pages()
    pages.ordering = (order,) if isinstance(order, str) else order
    if request.query_params.get("limit", "").isdecimal() and int(request.query_params["limit"]) > MOST:
        raise Problem(400, "query_invalid", "The query cannot be used", f"limit is at most {MOST}.")
    found = pages.paginate_queryset(rows, request) or []
    body: dict[str, Any] = {
        "results": [to_dict(row) for row in found],
        "next": pages.get_next_link(),
        "previous": pages.get_previous_link(),
    }
    if request.query_params.get("count", "").lower() in ("true", "1"):
        body["count"] = rows.count()
    return Response(body)
