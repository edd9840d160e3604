"""Sessions that nobody confirmed: when the payer's time to file them has passed, they are screened again.

Screening sees only the day on which it happens, and nothing else happens to such a session. Once a day the days that
passed since the last look are gone through, set-wise; a look that was missed is made up for by the next one.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clawguard.accounts.actors import SYSTEM
from clawguard.domain.checks.filing import MEDICARE, MEDICARE_FEWEST, MEDICARE_MOST, filing_days, filing_limits
from clawguard.events import outbox
from clawguard.events.models import Heartbeat
from sessions import facts
from sessions.services import restating, tables

LOOKED = "sessions.unconfirmed"  # the heartbeat that remembers the last look
DAY = dt.timedelta(days=1)  # no time zone is further from UTC
OF_DAYS = """
unnest(%(firsts)s::date[], %(lasts)s::date[], %(kinds)s::text[]) AS t(first, last, kind) CROSS JOIN LATERAL (
    SELECT * FROM therapy_sessions_therapysession n
    WHERE n.date_of_service BETWEEN t.first AND t.last AND n.confirmed_at IS NULL AND t.kind IN ('', n.payer_kind)
    OFFSET 0
)
"""


@transaction.atomic
def sweep(now: dt.datetime) -> int:
    """Returns how many sessions are handed to screening. The first look only begins to watch: what had passed by then
    is told where a session arrives, or when stored sessions are screened again."""
    last = Heartbeat.objects.select_for_update().filter(name=LOOKED).first()
    if last is not None and now - last.at < DAY:
        return 0
    ids = [] if last is None else _passed(last.at, now)
    restating.hand_over(ids, SYSTEM, now)
    outbox.beat(LOOKED, now)
    return len(ids)


def _passed(since: dt.datetime, now: dt.datetime) -> list[str]:
    """Those whose last day to file may have passed since then, in whatever time zone: a day more on either side."""
    code_tables = tables.current()
    first, last = since.date() - DAY, now.date()  # on which the last day may have been
    spans = [("", limit, limit) for limit in filing_limits(code_tables)]  # of any payer, and Medicare's calendar year
    spans.append((MEDICARE, MEDICARE_FEWEST, MEDICARE_MOST))
    days = {
        "firsts": [first - dt.timedelta(days=most) for _, _, most in spans],
        "lasts": [last - dt.timedelta(days=fewest) for _, fewest, _ in spans],
        "kinds": [kind for kind, _, _ in spans],
    }
    found = set()
    for row in facts.load("", days, OF_DAYS):
        limit = filing_days(code_tables.policies.of(row.facts), row.facts)
        if limit is not None and first <= row.facts.date_of_service + dt.timedelta(days=limit) <= last:
            found.add(row.id)
    return sorted(found)
