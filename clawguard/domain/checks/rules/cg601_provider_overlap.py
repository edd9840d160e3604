"""One provider is billed for two clients at the same time.

Source: Headway billing and documentation reviews. Times are half-open: a session may begin the minute another ends.
The rows of one group share their interval; where one lies within the other, a member may have come late or left early.
Programmes of a day are the work of several people. Two sessions of one client are told by CG112, CG202, CG203, CG603.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.neighbours import at_once
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NETWORK_REVIEWS
from clawguard.domain.checks.timing import Span, interval, overlap_minutes, whole_minutes
from clawguard.domain.codesets.procedure_table import in_setting
from clawguard.domain.facts import SessionFacts

_PROGRAMME = in_setting("program")
_SHARED = in_setting("group") | _PROGRAMME


@check(
    id="CG601",
    version=2,
    title="Provider with two clients at once",
    category="patterns",
    scope="same day",
    severity=Severity.ERROR,
    source=NETWORK_REVIEWS,
    needs=Needs.OVERLAP,
    suggested_step="Ask for the start and stop times of both sessions.",
    provider_message=(
        "The times of this session overlap with another of your sessions. Please send the start and stop times of "
        "both, or correct the one that is wrong."
    ),
    request_items=("start_stop_times", "explanation"),
)
def provider_overlap(session: SessionFacts, context: Context) -> Iterator[Finding]:
    mine = interval(session)
    if mine is None:
        return
    limit = context.policy(session).overlap_error_minutes
    shared, programme = context.tables.codes(_SHARED), context.tables.codes(_PROGRAMME)
    for other in at_once(session, context):
        if other.provider_npi != session.provider_npi or other.client_key == session.client_key:
            continue
        theirs = interval(other)
        if theirs is None:
            continue
        together = not session.codes.isdisjoint(shared) and not other.codes.isdisjoint(shared)
        if together and (mine == theirs or not programme.isdisjoint(session.codes | other.codes)):
            continue
        minutes = overlap_minutes(mine, theirs)
        firm = minutes >= limit and not (together and _within(mine, theirs))
        yield provider_overlap.finding(
            session,
            f"{whole_minutes(minutes)} shared with another client's session of the same provider.",
            evidence={"overlap_minutes": int(minutes), "other_session": other.external_id},
            severity=None if firm else Severity.WARNING,
            related=(other.external_id,),
        )


def _within(one: Span, other: Span) -> bool:
    """Whether one of the two lies within the other."""
    return (one[0] - other[0]) * (one[1] - other[1]) <= 0
