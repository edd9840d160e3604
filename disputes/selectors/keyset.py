"""Pages of a list ordered by clock and money: the next one starts after the last row seen, whatever changed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

PAGE = 50


def page_of(rows: QuerySet[Any], after: str, *, by: str, amount: str) -> tuple[list[Any], str]:
    """One page ordered by ``by`` ascending, ``amount`` descending, id; and the mark of the next page, or ''.

    A mark that cannot be read starts from the beginning: it comes from an address people may have cut.
    """
    place = _read(after)
    if place is not None:
        moment, money, row_id = place
        beyond = Q(**{f"{by}__gt": moment}) | Q(**{f"{amount}__lt": money}) | Q(**{amount: money, "pk__gt": row_id})
        rows = rows.filter(beyond, **{f"{by}__gte": moment})
    found = list(rows.order_by(by, f"-{amount}", "pk")[: PAGE + 1])
    if len(found) <= PAGE:
        return found, ""
    last = found[PAGE - 1]
    return found[:PAGE], f"{getattr(last, by).isoformat()}~{getattr(last, amount)}~{last.pk}"


def page_by_money(rows: QuerySet[Any], after: str, amount: str) -> tuple[list[Any], str]:
    """One page ordered by ``amount`` descending and id, for rows that no clock orders."""
    money, _, row_id = after.partition("~")
    try:
        place = Decimal(money), UUID(row_id)
    except (ValueError, InvalidOperation):
        place = None
    if place is not None and place[0].is_finite():
        rows = rows.filter(Q(**{f"{amount}__lt": place[0]}) | Q(**{amount: place[0], "pk__gt": place[1]}))
    found = list(rows.order_by(f"-{amount}", "pk")[: PAGE + 1])
    if len(found) <= PAGE:
        return found, ""
    last = found[PAGE - 1]
    return found[:PAGE], f"{getattr(last, amount)}~{last.pk}"


def _read(mark: str) -> tuple[dt.datetime, Decimal, UUID] | None:
    parts = mark.replace(" ", "+").split("~")  # a plus in an address arrives as a space
    try:
        moment, money, row_id = dt.datetime.fromisoformat(parts[0]), Decimal(parts[1]), UUID(parts[2])
    except (ValueError, IndexError, InvalidOperation):
        return None
    return (moment, money, row_id) if moment.tzinfo and money.is_finite() else None
