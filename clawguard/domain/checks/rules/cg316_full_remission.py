"""Therapy goes on week by week for a disorder that is listed as in full remission.

Source: ICD-10-CM tabular list (codes whose title says full remission, or remission of a substance use disorder) and the
guidelines' demand for medical necessity. Maintenance is a good reason; the record should state it.
"""

import datetime as dt
from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.diagnosing import dotted
from clawguard.domain.checks.finding import ZERO, Finding, Severity
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import ICD10
from clawguard.domain.codesets.groups import FAMILY, GROUP, TIERS
from clawguard.domain.facts import SessionFacts

_FOUR_WEEKS = dt.timedelta(days=28)
_MOOD = frozenset({"F304", "F3172", "F3174", "F3176", "F3178", "F325", "F3342"})
_IN_REMISSION = _MOOD | {f"F1{use}{kind}1" for use in "012345689" for kind in "129"}  # tobacco is CG315's


@check(
    id="CG316",
    version=1,
    title="Weekly therapy in full remission",
    category="diagnoses",
    scope="history",
    severity=Severity.INFO,
    source=ICD10,
    codes=TIERS | FAMILY | GROUP,
    needs=Needs.HISTORY,
    back=lambda _policy: _FOUR_WEEKS.days,
    first_diagnoses=_IN_REMISSION,
    suggested_step="Ask whether this is maintenance, and whether the diagnosis is still the right one.",
    provider_message=(
        "The diagnosis says full remission, and sessions go on weekly. A word in the plan on maintenance is enough; if "
        "symptoms are back, another code fits."
    ),
    request_items=("treatment_plan",),
)
def full_remission(session: SessionFacts, context: Context) -> Iterator[Finding]:
    code = session.diagnoses[0] if session.diagnoses else ""
    if code not in _IN_REMISSION:
        return
    since = session.date_of_service - _FOUR_WEEKS
    same = [
        earlier
        for earlier in context.history
        if earlier.date_of_service > since
        and earlier.diagnoses[:1] == (code,)
        and earlier.provider_npi == session.provider_npi
    ]
    count = len(same) + 1
    if count >= context.policy(session).remission_sessions:
        yield full_remission.finding(
            session,
            f"{dotted(code)} says full remission; this is session {count} within four weeks.",
            evidence={"diagnosis": code, "sessions": count, "days": _FOUR_WEEKS.days},
            at_risk=ZERO,
        )
