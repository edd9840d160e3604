"""Asking for a mailed way in: counted, written down in the same breath, and made and mailed by a task.

Whoever shows nothing is counted by the e-mail address they name and by the network they come from, whether anybody has
that address or not, so that the answer tells a stranger nothing. Who holds a link of ours, the right password or a
known browser is counted apart: nobody else's asking uses that up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import connection, transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from clawguard.accounts.models import User, WayInAsked
from clawguard.middleware import client_address

HOUR = dt.timedelta(hours=1)
MOST_FOR_ONE = 15  # within the hour for one e-mail address, by all who show nothing together
MOST_OF_ONE_FOR_ONE = 5  # of these from one network: one stranger alone locks nobody out
MOST_FROM_ONE = 20  # from one network, whomever for
MOST_PROVEN = 5  # for one person, by those who show that it is them
ASK_LOCK = 0x57415953  # any fixed number, different from the other locks: two at once count one after the other
# The event log stands above this app, and hands what is asked for to a task.
TAKERS: list[Callable[[WayInAsked, dt.datetime], None]] = []


class TooManyAsked(Exception):
    """Nothing is mailed before ``until``."""

    def __init__(self, until: dt.datetime) -> None:
        super().__init__(until)
        self.until = until

    def minutes(self, now: dt.datetime) -> int:
        return max(1, -int((now - self.until).total_seconds() // 60))


@transaction.atomic
def ask(
    request: HttpRequest,
    user: User | None,
    wanted: str,
    browser: str,
    now: dt.datetime,
    *,
    link_to: str = "",
    proven: bool = False,
) -> None:
    """Have a code for ``browser`` mailed to ``user``, and a link that leads to ``link_to`` where one is wanted.

    ``wanted`` is a digest of the address that was named (nobody may have it: no ``user``). Raises TooManyAsked.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ASK_LOCK])
    row = WayInAsked(
        user=user,
        wanted=wanted,
        came_from=digest(client_address(request)),
        proven=proven,
        browser=browser,
        link_to=link_to,
        asked_at=now,
    )
    waits = [until for counted, most in _counted(row) if (until := _full_until(counted, most, now))]
    if waits:
        raise TooManyAsked(max(waits))
    row.save(force_insert=True)
    for take in TAKERS:
        take(row, now)


def _counted(row: WayInAsked) -> list[tuple[QuerySet[WayInAsked], int]]:
    """What counts against ``row``, and how many of it are enough."""
    alike = WayInAsked.objects.filter(proven=row.proven)
    for_one, from_one = alike.filter(wanted=row.wanted), alike.filter(came_from=row.came_from)
    if row.proven:
        return [(for_one, MOST_PROVEN)]
    return [
        (for_one, MOST_FOR_ONE),
        (from_one, MOST_FROM_ONE),
        (for_one.filter(came_from=row.came_from), MOST_OF_ONE_FOR_ONE),
    ]


def _full_until(counted: QuerySet[WayInAsked], most: int, now: dt.datetime) -> dt.datetime | None:
    """When one more may be asked for; None: now."""
    newest = counted.filter(asked_at__gt=now - HOUR).order_by("-asked_at").values_list("asked_at", flat=True)
    moments = list(newest[:most])
    return moments[-1] + HOUR if len(moments) == most else None


def digest(text: str) -> str:
    """Keyed: addresses could be guessed from a plain one."""
    return salted_hmac("clawguard.way-in", text, algorithm="sha256").hexdigest()
