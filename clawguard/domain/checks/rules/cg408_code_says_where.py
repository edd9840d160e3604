"""The code itself says how or where the service took place, and the session says otherwise.

Source: AAFP on telephone and telehealth codes: 98000 to 98007 are visits by video, 98008 to 98015 and the phone codes
by audio alone. CMS on crisis work outside the office (G0017, G0018): any place at the non-facility rate but the office.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import PHONE_CODES
from clawguard.domain.checks.telehealth import IN_PERSON_PLACES
from clawguard.domain.codesets import CodeTables
from clawguard.domain.codesets.procedure_table import of_kind, where
from clawguard.domain.facts import SessionFacts

_REMOTE_VISITS = of_kind("telemedicine_em")
_VIDEO = _REMOTE_VISITS & where(lambda procedure: procedure.code < "98008")
_AUDIO = (_REMOTE_VISITS - _VIDEO) | of_kind("phone_em", "phone_nonphysician")
_OUTSIDE = frozenset({"G0017", "G0018"})
_HOW = {"none": "in person", "video": "by video", "audio": "by phone"}
_OFFICE = "11"


@check(
    id="CG408",
    version=1,
    title="Code says another way or place",
    category="telehealth",
    severity=Severity.ERROR,
    source=PHONE_CODES,
    codes=_VIDEO | _AUDIO | _OUTSIDE,
    suggested_step="Confirm how and where the session took place, and choose the code that says so.",
    provider_message=(
        "The code says how or where the session took place, and the session says otherwise. Please confirm which is "
        "right."
    ),
    request_items=("explanation",),
)
def code_says_where(session: SessionFacts, context: Context) -> Iterator[Finding]:
    for line in session.service_lines:
        problem = _problem(session, line.code, context.tables)
        if problem:
            yield code_says_where.finding(
                session,
                f"{line.code} {problem}.",
                evidence={
                    "code": line.code,
                    "telehealth": session.telehealth,
                    "place_of_service": session.place_of_service,
                },
                line=line,
            )


def _problem(session: SessionFacts, code: str, tables: CodeTables) -> str | None:
    place, how = session.place_of_service, session.telehealth
    if code in _OUTSIDE:
        if place == _OFFICE or tables.places.is_facility(place):
            return f"is crisis work outside of offices and facilities; the place is {place}"
        return None
    wanted = "video" if code in tables.codes(_VIDEO) else "audio" if code in tables.codes(_AUDIO) else None
    if wanted is None or how == wanted:
        return None
    if how is not None:
        return f"is a visit {_HOW[wanted]}; the session took place {_HOW[how]}"
    return f"is a visit {_HOW[wanted]}; place {place} says in person" if place in IN_PERSON_PLACES else None
