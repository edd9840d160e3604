"""A service that is paid once a month or once a year is billed again too soon.

Source: CMS definitions of the codes: integration and collaborative care and calls after discharge are paid by calendar
month, yearly depression screening when eleven full months have passed. Only earlier sessions that are known can be
compared, so an absence proves nothing.
"""

import datetime as dt
from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NCCI_UNITS
from clawguard.domain.codesets.procedure_table import of_kind
from clawguard.domain.facts import SessionFacts

_YEARLY = frozenset({"G0444"})
_YEAR = 366  # eleven full months, and the month of the service itself
_WITH_UNITS = frozenset({"99494"})  # an add-on that has units instead
_MONTHLY = of_kind("bhi_month", "cocm_month", "follow_up_contact") - _WITH_UNITS


@check(
    id="CG210",
    version=1,
    title="Monthly or yearly service billed again",
    category="pairs",
    scope="history",
    severity=Severity.ERROR,
    source=NCCI_UNITS,
    codes=_YEARLY | _MONTHLY,
    needs=Needs.HISTORY,
    back=lambda _policy: _YEAR,
    suggested_step="Compare both sessions; one service a period is paid.",
    provider_message=(
        "This service is paid once a month or once a year, and an earlier session of the period has it already. "
        "Please tell us which of the two stands."
    ),
    request_items=("explanation",),
)
def once_a_period(session: SessionFacts, context: Context) -> Iterator[Finding]:
    day = session.date_of_service
    for line in session.service_lines:
        if line.code in _YEARLY:
            period, since = "year", _eleven_months_before(day)
        elif line.code in context.tables.codes(_MONTHLY):
            period, since = "month", day.replace(day=1)
        else:
            continue
        earlier = [
            other
            for other in context.history
            if since <= other.date_of_service < day
            and line.code in other.codes
            and (period == "year" or other.provider_npi == session.provider_npi)
        ]
        if earlier:
            last = max(earlier, key=lambda other: (other.date_of_service, other.external_id))
            yield once_a_period.finding(
                session,
                f"{line.code} is paid once a {period}; it was billed on {last.date_of_service.isoformat()} too.",
                evidence={"code": line.code, "period": period, "earlier": last.date_of_service.isoformat()},
                line=line,
                related=(last.external_id,),
            )


def _eleven_months_before(day: dt.date) -> dt.date:
    """The first day that still bars ``day``: eleven full months must lie between the months of the two services."""
    months = day.year * 12 + day.month - 1 - 11
    return dt.date(months // 12, months % 12 + 1, 1)
