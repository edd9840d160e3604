"""The place of service says in person and the session was remote, or the other way round.

Source: AAFP on telehealth places: a client at home by video or phone is place 10, elsewhere place 02. Medicare asks
for a telehealth place since 2017 (CMS MLN Matters MM9726), but for the public health emergency from March 2020 to the
end of 2023; some commercial payers still want the office place with a modifier. Where a payer's places for telehealth
are on record, they decide.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Party, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import TELEHEALTH
from clawguard.domain.checks.telehealth import OWN_RULES, REMOTE, medicare_place, office_place_accepted
from clawguard.domain.facts import SessionFacts


@check(
    id="CG401",
    version=3,
    title="Place of service contradicts how it took place",
    category="telehealth",
    severity=Severity.ERROR,
    source=TELEHEALTH,
    party=Party.NETWORK,  # the network fills the place from the location the provider states
    reads=("date_of_service", "payer_kind", "place_of_service", "policy", "telehealth"),
    suggested_step="Confirm how the session took place, and correct the place of service.",
    provider_message="The place on this session and the way it took place do not match. Please confirm which is right.",
    request_items=("explanation",),
)
def place_and_modality(session: SessionFacts, context: Context) -> Iterator[Finding]:
    place, modality = session.place_of_service, session.telehealth
    if modality is None or not place or place in OWN_RULES:
        return
    policy, by_telehealth = context.policy(session), context.tables.places.is_telehealth(place)
    evidence = {"place_of_service": place, "telehealth": modality}
    if modality == "none" and by_telehealth:
        yield place_and_modality.finding(
            session, f"Place {place} says telehealth; the session took place in person.", evidence=evidence
        )
    elif modality in REMOTE and policy.telehealth_places is not None:
        if place not in policy.telehealth_places:
            asked = " or ".join(sorted(policy.telehealth_places)) or "none"
            yield place_and_modality.finding(
                session,
                f"Place {place} is not one this payer takes for telehealth; it asks for {asked}.",
                evidence={**evidence, "asked": sorted(policy.telehealth_places)},
            )
    elif modality in REMOTE and not by_telehealth:
        says_remote = context.tables.modifiers.telehealth
        marked = any(not says_remote.isdisjoint(line.modifiers) for line in session.service_lines)
        if marked and office_place_accepted(session, policy):
            return
        unknown_policy = marked and not policy.telehealth_known and not medicare_place(session, policy)
        how = "video" if modality == "video" else "phone"
        yield place_and_modality.finding(
            session,
            f"Place {place} says in person; the session took place by {how}"
            f"{', and some payers want it billed this way' if unknown_policy else ''}.",
            evidence=evidence,
            severity=Severity.WARNING if unknown_policy else None,
        )
