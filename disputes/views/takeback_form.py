"""The form that divides a takeback: any number of sessions, some at a time, and nothing typed is lost on the way.

Without scripts: its buttons send the whole form, what was typed beside sessions that are not shown goes along, and
nothing is stored before somebody says that this is whose money it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.http import QueryDict

from clawguard.events.errors import Refused
from disputes.selectors.takebacks import MOST, Share
from disputes.services import remittances as services

# Sessions at a time, empty rows, and rows of others: together they stay under DATA_UPLOAD_MAX_NUMBER_FIELDS, and what
# is not shown is sent in one field.
SHOWN, SPARE, MOST_SPARE, OTHERS = 20, 2, 20, 30


@dataclass(frozen=True, slots=True)
class Row:
    session: str
    amount: str
    about: Share | None = None


@dataclass(frozen=True, slots=True)
class DivideForm:
    """``kept``: typed beside sessions that are not shown. ``together``: what was typed so far, where it is money."""

    rows: list[Row]
    kept: list[Row]
    find: str
    page: int
    pages: int
    found: int  # sessions that fit what was looked for
    offered: int
    together: Decimal
    stepped: bool  # somebody is at work on it

    @property
    def kept_text(self) -> str:
        """``kept`` as it goes along with the form."""
        return json.dumps([[row.session, row.amount] for row in self.kept])

    @property
    def many(self) -> bool:
        return self.offered > SHOWN


def divide_form(typed: QueryDict, offered: Sequence[Share], whole: Decimal) -> DivideForm:
    """``offered``: sessions that may be meant, with an amount where one was said. ``whole``: what the parts make."""
    about = {share.session.external_id: share for share in offered}
    amounts, others = _typed(typed, about)
    find = typed.get("find", "").strip()[:80]
    fitting = [share for share in offered if _fits(share, find.casefold())]
    pages = max(1, -(-len(fitting) // SHOWN))
    page = min(max(1, _page(typed, find)), pages)
    shown = [share.session.external_id for share in fitting[(page - 1) * SHOWN : page * SHOWN]]
    rows = [Row(name, amounts.get(name, ""), about[name]) for name in shown] + others[:OTHERS]
    if not rows and not offered and "session" not in typed:
        rows = [Row("", cents(whole))]
    kept = [Row(name, amount) for name, amount in amounts.items() if amount and name not in set(shown)] + others[
        OTHERS:
    ]
    return DivideForm(
        rows=[*rows, *(Row("", "") for _ in range(_spare(typed)))],
        kept=kept,
        find=find,
        page=page,
        pages=pages,
        found=len(fitting),
        offered=len(offered),
        together=sum((_money(row.amount) for row in (*rows, *kept) if row.session), Decimal(0)),
        stepped="step" in typed,
    )


def _typed(typed: QueryDict, about: Mapping[str, Share]) -> tuple[dict[str, str], list[Row]]:
    """Amounts by offered session; and the rows of others, and of what is named twice, as they were typed."""
    if "session" not in typed:
        return {name: cents(share.amount) for name, share in about.items()}, []
    amounts: dict[str, str] = {}
    others = []
    for name, amount in pairs(typed):
        if name in about and name not in amounts:
            amounts[name] = amount
        else:
            others.append(Row(name, amount))
    return amounts, others


def _page(typed: QueryDict, find: str) -> int:
    """The page to show: the first one of what was looked for just now."""
    number = typed.get("page", "1")
    page = int(number) if number.isdecimal() and len(number) < 5 else 1
    if find != typed.get("found_by", "").strip():
        return 1
    return page + {"next": 1, "before": -1}.get(typed.get("step", ""), 0)


def _spare(typed: QueryDict) -> int:
    """Empty rows: the usual two, and two more than there are for whoever asks for more."""
    empty = sum(not name.strip() for name in typed.getlist("session"))
    return min(MOST_SPARE, SPARE + (empty if typed.get("step") == "rows" else 0))


def _fits(share: Share, find: str) -> bool:
    """By a part of the session id, or of the day as 2026-09-16."""
    return find in share.session.external_id.casefold() or find in share.session.date_of_service.isoformat()


def cents(amount: Decimal | None) -> str:
    """As it stands in the form."""
    return "" if amount is None else f"{abs(amount):.2f}"


def pairs(typed: QueryDict) -> list[tuple[str, str]]:
    """Rows with a session, those shown first; an amount beside no session is nothing."""
    found = [*zip(typed.getlist("session"), typed.getlist("amount"), strict=False), *_kept(typed.get("kept", ""))]
    return [(name.strip()[:80], amount.strip()[:20]) for name, amount in found if name.strip()]


def _kept(text: str) -> list[tuple[str, str]]:
    """What this form sent of sessions that were not shown; anything else is nothing."""
    try:
        rows = json.loads(text or "[]")
    except ValueError:
        return []
    whole = isinstance(rows, list) and all(isinstance(row, list) and list(map(type, row)) == [str, str] for row in rows)
    return [(name, amount) for name, amount in rows] if whole else []


def said(typed: QueryDict) -> list[services.Said]:
    """Without the offered sessions that were given no amount. Raises Refused for an amount that is none."""
    given = [(name, amount) for name, amount in pairs(typed) if amount]
    if len(given) > MOST:
        raise Refused("too_many", f"One takeback is divided among at most {MOST} sessions.", "/shares")
    return [services.Said(name, _amount(name, amount)) for name, amount in given]


def _amount(name: str, text: str) -> Decimal:
    try:
        amount = _read(text)
    except InvalidOperation:
        raise Refused("amount", f"Give session {name} an amount in dollars, such as 75.00.", "/shares") from None
    if not amount.is_finite() or amount >= 10**8 or amount != round(amount, 2):
        raise Refused("amount", f"Give session {name} an amount in dollars and cents, such as 75.00.", "/shares")
    return amount


def _read(text: str) -> Decimal:
    return Decimal(text.replace(",", "").removeprefix("$"))


def _money(text: str) -> Decimal:
    try:
        amount = _read(text)
    except InvalidOperation:
        return Decimal(0)
    return amount if amount.is_finite() and abs(amount) < 10**8 else Decimal(0)
