"""The claim was, or can only be, filed after the payer's limit.

Source: X12 claim adjustment reason 29; for Medicare 42 CFR 424.44, one calendar year. The limit is a dated value of the
payer's policy, or of the client's state; while nobody stated one, nothing is said of payers other than Medicare. Days
count from the date of service on the practice's calendar. A session confirmed too late is the provider's starting
point, a claim filed late after a timely confirmation the network's.
"""

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from zoneinfo import ZoneInfo

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.filing import MEDICARE, filing_days, last_day_to_file
from clawguard.domain.checks.finding import Finding, Party, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import FILING
from clawguard.domain.checks.stated import day, group
from clawguard.domain.facts import SessionFacts


@check(
    id="CG514",
    version=2,
    title="Filed after the payer's limit",
    category="who may bill",
    severity=Severity.ERROR,
    source=FILING,
    party=Party.OPEN,
    when=lambda session, policy: (
        policy.filing_days is not None
        or bool(policy.filing_days_in_states)
        or (session.payer_kind == MEDICARE and policy.medicare_filing_year_from is not None)
    ),
    when_reads=("payer_kind", "policy"),
    suggested_step="Compare when the session was confirmed with when the claim went out; the later of the two decides.",
    provider_message=(
        "The payer's time to file this session has passed or was passed. Please tell us what delayed it; a problem on "
        "our side counts."
    ),
    request_items=("explanation",),
)
def timely_filing(session: SessionFacts, context: Context) -> Iterator[Finding]:
    policy = context.policy(session)
    limit, last = filing_days(policy, session), last_day_to_file(policy, session)
    if limit is None or last is None:
        return
    filed = day(group(context, "claim").get("filed_on"))
    confirmed = _local_day(session.confirmed_at, session)
    late_confirmed = confirmed is not None and confirmed > last
    waiting = confirmed is None and filed is None and context.now is not None
    if filed is not None and filed > last:
        said = f"The claim was filed on {filed.isoformat()}"
    elif filed is None and late_confirmed:
        said = "The session was confirmed"
    elif waiting and (_local_day(context.now, session) or last) > last:
        said = "The session is still not confirmed"
    else:
        return
    yield timely_filing.finding(
        session,
        f"{said}, after the {limit} days of this payer; the last day was {last.isoformat()}.",
        evidence={
            "limit_days": limit,
            "last_day": last.isoformat(),
            "filed_on": filed.isoformat() if filed else None,
            "confirmed_on": confirmed.isoformat() if confirmed else None,
        },
        party=Party.PROVIDER if late_confirmed or waiting else Party.NETWORK,
    )


def _local_day(at: dt.datetime | None, session: SessionFacts) -> dt.date | None:
    return None if at is None else at.astimezone(_zone(session.provider_time_zone)).date()


@lru_cache(maxsize=512)
def _zone(name: str) -> dt.tzinfo:
    return ZoneInfo(name)
