"""One client is billed by two providers at the same time.

Source: Headway billing and documentation reviews. Family, group and behaviour-analysis sessions may rightly have two
professionals in the room, so they do not count.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Party, Severity
from clawguard.domain.checks.neighbours import at_once
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NETWORK_REVIEWS
from clawguard.domain.checks.timing import interval, overlap_minutes, whole_minutes
from clawguard.domain.codesets.groups import ABA
from clawguard.domain.codesets.procedure_table import in_setting
from clawguard.domain.facts import SessionFacts

_SHARED = in_setting("group", "program", "family") | ABA


@check(
    id="CG602",
    version=2,
    title="Client with two providers at once",
    category="patterns",
    scope="same day",
    severity=Severity.ERROR,
    source=NETWORK_REVIEWS,
    party=Party.OPEN,
    needs=Needs.OVERLAP,
    suggested_step="Ask both providers for their start and stop times.",
    provider_message=(
        "Another provider states a session with this client at the same time. Please confirm your start and stop times."
    ),
    request_items=("start_stop_times", "progress_note"),
)
def client_overlap(session: SessionFacts, context: Context) -> Iterator[Finding]:
    shared = context.tables.codes(_SHARED)
    if not session.codes.isdisjoint(shared):
        return
    mine = interval(session)
    if mine is None:
        return
    limit = context.policy(session).overlap_error_minutes
    for other in at_once(session, context):
        if other.client_key != session.client_key or other.provider_npi == session.provider_npi:
            continue
        theirs = interval(other)
        if theirs is None or not other.codes.isdisjoint(shared):
            continue
        minutes = overlap_minutes(mine, theirs)
        yield client_overlap.finding(
            session,
            f"{whole_minutes(minutes)} shared with a session of the same client with another provider.",
            evidence={"overlap_minutes": int(minutes), "other_session": other.external_id},
            severity=None if minutes >= limit else Severity.WARNING,
            related=(other.external_id,),
        )
