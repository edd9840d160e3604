"""A new-client visit is billed for a client whom the provider or the practice has already seen.

Source: CMS on new and established patients: someone seen by the same professional, or one of the same specialty in the
practice, within three years (a value of the policy) is established. Earlier sessions on record prove it; their absence
proves nothing.
"""

import datetime as dt
from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import NEW_PATIENTS
from clawguard.domain.checks.stated import day, group
from clawguard.domain.codesets.groups import NEW_CLIENT_VISIT
from clawguard.domain.facts import SessionFacts


@check(
    id="CG510",
    version=3,
    title="Known client billed as new",
    category="who may bill",
    scope="history",
    severity=Severity.ERROR,
    source=NEW_PATIENTS,
    codes=NEW_CLIENT_VISIT,
    back=lambda policy: 366 * policy.new_client_years,
    suggested_step="Correct the visit to the matching code for a known client.",
    provider_message=(
        "This visit is billed as a first one, and we have earlier sessions with the client. Please choose the "
        "matching code for a known client."
    ),
)
def known_client_as_new(session: SessionFacts, context: Context) -> Iterator[Finding]:
    last = _last_seen(session, context)
    if last is None:
        return
    on, earlier, by_practice = last
    who = "another provider of the practice" if by_practice else "the same provider"
    for line in session.service_lines:
        if line.code in context.tables.codes(NEW_CLIENT_VISIT):
            yield known_client_as_new.finding(
                session,
                f"{line.code} is for a new client; {who} saw the client on {on.isoformat()}.",
                evidence={"code": line.code, "seen_on": on.isoformat(), "by_practice": by_practice},
                line=line,
                severity=Severity.WARNING if by_practice else None,  # the specialty is not known
                related=(earlier,) if earlier else (),
            )


def _last_seen(session: SessionFacts, context: Context) -> tuple[dt.date, str, bool] | None:
    """Day, session and whether another of the practice: the provider's own sessions before those of the practice."""
    found = [
        (each.date_of_service, each.external_id, False)
        for each in context.history
        if each.provider_npi == session.provider_npi and each.date_of_service < session.date_of_service
    ]
    stated = group(context, "seen")
    on = day(stated.get("on"))
    if not found and on is not None and on < session.date_of_service:
        found.append((on, str(stated.get("session") or ""), stated.get("by") == "practice"))
    since = _years_before(session.date_of_service, context.policy(session).new_client_years)
    return max((each for each in found if each[0] > since), default=None)


def _years_before(on: dt.date, years: int) -> dt.date:
    try:
        return on.replace(year=on.year - years)
    except ValueError:  # the 29th of February
        return on.replace(year=on.year - years, day=28)
