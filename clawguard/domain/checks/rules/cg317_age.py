"""The diagnosis is one of another age than the client's.

Source: ICD-10-CM tabular list, where a few disorders have one code for children and another for adults, and CMS
Definitions of Medicare Code Edits for the ages of childbirth (9 to 64). Most disorders that begin in childhood are
valid for adults and are not read here. The client's age is not part of the finding.
"""

from collections.abc import Iterator

from clawguard.domain.checks.ages import years_on
from clawguard.domain.checks.context import Context
from clawguard.domain.checks.diagnosing import dotted
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import CODE_EDITS
from clawguard.domain.facts import SessionFacts

_YOUNGEST, _OLDEST = 9, 64  # CMS Definitions of Medicare Code Edits, maternity
_CHILDHOOD = {  # our word for it, and the code of adults where there is one
    "F642": ("gender identity of childhood", None),
    "F940": ("a disorder of childhood", None),
    "F941": ("a disorder of childhood", None),
    "F942": ("a disorder of childhood", None),
    "F948": ("a disorder of childhood", None),
    "F949": ("a disorder of childhood", None),
    "F983": ("pica of childhood", "F5083"),
    "F9821": ("rumination of infancy", "F5084"),
}
_ADULTHOOD = {
    "F985": ("a fluency disorder that begins in adulthood", "F8081"),
    "F5083": ("pica of adults", "F983"),
    "F5084": ("rumination of adults", "F9821"),
}
_CHILDBIRTH = frozenset({"F53", "F530", "F531"})
_CODES = frozenset(_CHILDHOOD) | frozenset(_ADULTHOOD) | _CHILDBIRTH


@check(
    id="CG317",
    version=1,
    title="Diagnosis of another age",
    category="diagnoses",
    severity=Severity.WARNING,
    source=CODE_EDITS,
    when=lambda session, _policy: not _CODES.isdisjoint(session.diagnoses),
    when_reads=("diagnoses",),
    suggested_step="Check the birth date, then ask for the diagnosis of the client's age.",
    provider_message="One diagnosis is meant for another age than this client's. Please choose the one that fits.",
    request_items=("explanation",),
)
def age(session: SessionFacts, context: Context) -> Iterator[Finding]:
    if _CODES.isdisjoint(session.diagnoses) or session.client_birth_date is None:
        return
    years = years_on(session.client_birth_date, session.date_of_service)
    adult = years >= context.policy(session).adult_from_age
    for code in dict.fromkeys(session.diagnoses):
        found = (_CHILDHOOD if adult else _ADULTHOOD).get(code)
        if code in _CHILDBIRTH and not _YOUNGEST <= years <= _OLDEST:
            found = ("a disorder after childbirth", None)
        if found is None:
            continue
        meaning, other = found
        yield age.finding(
            session,
            f"{dotted(code)} is {meaning}, which does not fit the client's age on that day"
            f"{f'; {dotted(other)} is the other code' if other else ''}.",
            evidence={"diagnosis": code, "adult": adult, "other_code": other},
        )
