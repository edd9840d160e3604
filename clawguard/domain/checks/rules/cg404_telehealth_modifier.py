"""A telehealth modifier is missing, or says something else than the session.

Source: AAFP on telehealth modifiers: 95 is live video, 93 is audio only. Medicare needs no 95 since 2024 but does need
93; most commercial payers still ask for 95. Without a known rule of the payer, a missing 95 is only mentioned, and
neither is missed before it existed. A claim does not state how a session took place: there the modifier itself says it.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import ZERO, Finding, Party, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import TELEHEALTH
from clawguard.domain.checks.telehealth import (
    IN_PERSON_PLACES,
    REMOTE,
    claimed_remote,
    medicare_audio,
    medicare_place,
    office_place_accepted,
    way_of,
)
from clawguard.domain.codesets import Policy, Procedure
from clawguard.domain.codesets.modifiers import ModifierTable
from clawguard.domain.facts import ServiceLineFacts, SessionFacts

# These say by themselves that nobody met in person.
_REMOTE_KINDS = frozenset({"phone_em", "phone_nonphysician", "telemedicine_em", "virtual_check_in"})
_DIRECT = frozenset({"face", "day", "visit"})
_UNTIMED_MEETINGS = frozenset({"diagnostic_eval", "group", "multi_family_group", "psychoanalysis"})
_NOT_INSURED = ("self_pay", "eap")
# What is asked for where nobody has said what this payer asks; unknown ways count as the usual one, video.
_USUAL = {"audio": "93", "video": "95", None: "95"}

Verdict = tuple[str, Severity]


@check(
    id="CG404",
    version=4,
    title="Telehealth modifier missing or wrong",
    category="telehealth",
    severity=Severity.ERROR,
    source=TELEHEALTH,
    party=Party.NETWORK,
    reads=("date_of_service", "payer_kind", "place_of_service", "policy", "telehealth"),
    suggested_step="Confirm whether it was video, phone or in person, and correct the modifier.",
    provider_message="Please confirm whether this session was by video, by phone or in person.",
    request_items=("explanation",),
)
def telehealth_modifier(session: SessionFacts, context: Context) -> Iterator[Finding]:
    in_person = session.telehealth == "none" or session.place_of_service in IN_PERSON_PLACES
    if in_person and session.telehealth not in REMOTE and not any(line.modifiers for line in session.service_lines):
        return  # the common case: nothing remote is claimed
    for line in session.service_lines:
        procedure = context.tables.procedure(line.code)
        if procedure is None or procedure.kind in _REMOTE_KINDS:
            continue
        verdict = _contradiction(session, line, context) or _missing(session, line, procedure, context)
        if verdict:
            message, severity = verdict
            yield telehealth_modifier.finding(
                session,
                message,
                evidence={
                    "code": line.code,
                    "modifiers": list(line.modifiers),
                    "place_of_service": session.place_of_service,
                    "telehealth": session.telehealth,
                    "payer_rule_known": context.policy(session).telehealth_known,
                },
                line=line,
                severity=severity,
                at_risk=ZERO if severity is Severity.INFO else None,
            )


def _contradiction(session: SessionFacts, line: ServiceLineFacts, context: Context) -> Verdict | None:
    modifiers = context.tables.modifiers
    stated = modifiers.telehealth.intersection(line.modifiers)
    if not stated:
        return None
    shown = " and ".join(sorted(stated))
    if session.telehealth == "none":
        return f"{line.code} carries {shown}; the session took place in person.", Severity.ERROR
    if session.telehealth == "audio" and stated & modifiers.video:
        return f"{line.code} carries {shown}, which says video; the session was by phone.", Severity.ERROR
    if session.telehealth == "video" and stated & modifiers.audio:
        return f"{line.code} carries {shown}, which says audio only; the session was by video.", Severity.ERROR
    if session.telehealth is None and session.place_of_service in IN_PERSON_PLACES:
        if office_place_accepted(session, context.policy(session)):
            return None
        severity = Severity.ERROR if medicare_place(session, context.policy(session)) else Severity.WARNING
        return f"{line.code} carries {shown} at place {session.place_of_service}, which says in person.", severity
    return None


def _missing(session: SessionFacts, line: ServiceLineFacts, procedure: Procedure, context: Context) -> Verdict | None:
    """A modifier the payer asks for is not there; firm only where the payer's rule is known."""
    policy = context.policy(session)
    if (
        session.payer_kind in _NOT_INSURED
        or session.telehealth == "none"
        or not claimed_remote(session, policy, context.tables.places)
    ):
        return None
    if procedure.basis not in _DIRECT and procedure.kind not in _UNTIMED_MEETINGS:
        return None
    modifiers, day = context.tables.modifiers, session.date_of_service
    way = way_of(session, line, modifiers)
    wanted = _asked(way, policy)
    if wanted is not None:
        return _against_known(line, wanted, modifiers)
    if not modifiers.telehealth.isdisjoint(line.modifiers) or not modifiers.valid_on(_USUAL[way], day):
        return None
    if way == "audio":
        severity = Severity.ERROR if medicare_audio(session, policy) else Severity.WARNING
        return f"{line.code} was by phone and carries no modifier {_USUAL[way]}.", severity
    if session.payer_kind == "medicare":
        return None
    return (
        f"{line.code} carries no modifier {_USUAL[way]}; many payers ask for it, this payer's rule is not known.",
        Severity.INFO,
    )


def _asked(way: str | None, policy: Policy) -> frozenset[str] | None:
    """The modifiers of which the payer asks for one; ``None``: nobody has said."""
    video, audio = policy.video_modifiers, policy.audio_modifiers
    if way is not None:
        return audio if way == "audio" else video
    if video is None or not video or audio is None:
        return video
    return video | audio if audio else audio  # it may have been by phone


def _against_known(line: ServiceLineFacts, wanted: frozenset[str], modifiers: ModifierTable) -> Verdict | None:
    if not wanted or not wanted.isdisjoint(line.modifiers):
        return None
    names = " or ".join(sorted(wanted))
    stated = sorted(modifiers.telehealth.intersection(line.modifiers))
    carried = f"carries {stated[0]}" if stated else "carries no telehealth modifier"
    return f"{line.code} {carried}; this payer asks for {names}.", Severity.ERROR
