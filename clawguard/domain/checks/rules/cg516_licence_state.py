"""The client was in a state for which no licence of the provider is stated.

Source: Headway billing for telehealth: care is given where the client is. Compacts and other agreements between states
are values of the policy, because they differ by profession and date.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Party, Severity
from clawguard.domain.checks.registry import Needs, check
from clawguard.domain.checks.sources import NETWORK_TELEHEALTH
from clawguard.domain.checks.stated import statements
from clawguard.domain.facts import SessionFacts


@check(
    id="CG516",
    version=1,
    title="Client in a state without a license",
    category="who may bill",
    scope="facts",
    severity=Severity.ERROR,
    source=NETWORK_TELEHEALTH,
    party=Party.OPEN,
    needs=Needs.FACTS,
    suggested_step="Confirm the client's state on the date, and whether a compact covers the provider there.",
    provider_message=(
        "We have no license on file for you in the client's state. If you hold one, or practice under a compact, "
        "please tell us."
    ),
    request_items=("explanation",),
)
def licence_state(session: SessionFacts, context: Context) -> Iterator[Finding]:
    state, policy = session.client_state, context.policy(session)
    if not state or not policy.licence_in_client_state or state in policy.states_without_own_licence:
        return
    valid = statements(context, "licenses", session.date_of_service)
    states = sorted({str(each["state"]).upper() for each in valid if isinstance(each.get("state"), str)})
    if states and state not in states:
        yield licence_state.finding(
            session,
            f"The client's state is {state}; licenses on file that day: {', '.join(states)}.",
            evidence={"client_state": state, "licence_states": states},
        )
