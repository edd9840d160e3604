"""The further blocks of crisis work do not match the minutes of the day.

Source: BCBS Illinois psychotherapy policy. The first block reaches to 74 minutes; each further block of 30 begins at
75, 105, 135 minutes, so the blocks are the minutes beyond 74, divided by 30 and rounded up. The minutes are those of
the day, in one piece or several, on one session or several.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.crisis import crisis_day, family_of
from clawguard.domain.checks.finding import ZERO, Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import BCBSIL
from clawguard.domain.codesets.groups import CRISIS, CRISIS_ADD_ON
from clawguard.domain.facts import SessionFacts

_CODES = CRISIS | CRISIS_ADD_ON
_FIRST_BLOCK = 74
_BLOCK = 30


@check(
    id="CG106",
    version=2,
    title="Crisis blocks do not match the time",
    category="time",
    scope="same day",
    severity=Severity.ERROR,
    source=BCBSIL,
    codes=_CODES,
    reads=("minutes", "same_visit"),
    suggested_step="Ask for all start and stop times of the crisis work that day, or correct the number of blocks.",
    provider_message=(
        "The number of further crisis blocks does not match the time we have. Send the note with all times of that "
        "day, or correct the number of blocks."
    ),
    request_items=("progress_note", "start_stop_times"),
)
def crisis_blocks(session: SessionFacts, context: Context) -> Iterator[Finding]:
    told: set[str] = set()
    for line in session.service_lines:
        family = family_of(line.code, context.tables.procedures)
        if line.code not in context.tables.codes(_CODES) or family.first in told:
            continue
        told.add(family.first)
        add_on = family.add_on
        day = crisis_day(session, line.code, context)
        if day.minutes is None or add_on is None:
            continue
        supported = max(0, -((_FIRST_BLOCK - day.minutes) // _BLOCK))
        under = day.further_blocks < supported
        if day.further_blocks == supported or (under and (not day.own or day.related)):
            continue  # too few is only said where nothing else can explain the minutes
        yield crisis_blocks.finding(
            session,
            f"{day.minutes} minutes of crisis work support {supported} further blocks; "
            f"{day.further_blocks} {'is' if day.further_blocks == 1 else 'are'} billed.",
            evidence={
                "code": add_on,
                "minutes": day.minutes,
                "units": day.further_blocks,
                "supported_units": supported,
            },
            line=next((each for each in session.service_lines if each.code == add_on), line),
            severity=Severity.INFO if under else None,
            at_risk=ZERO if under else None,
            related=day.related,
        )
