"""What the checks of notes share: they speak of elements that were read in a note, and never repeat its words.

A gap that was read for certain has the severity of its check, one that was read with little confidence is for
information. What a person has to read (unsure, unreadable) is never more than information, and costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import JSON, ZERO, Finding, Severity
from clawguard.domain.checks.registry import CheckInfo
from clawguard.domain.facts import ElementVerdict, SessionFacts
from clawguard.domain.notes.values import Confidence, Verdict
from clawguard.domain.notes.words import sentences_for

GAPS = (Verdict.MISSING, Verdict.CONTRADICTED)
# Open for want of facts beside the note, or said once for the whole note by the check of legibility: nothing to add.
_SAID_ELSEWHERE = frozenset({"no_facts", "no_sign_date", "language", "hard_to_read"})


def verdicts(context: Context, elements: tuple[str, ...]) -> list[ElementVerdict]:
    """What was read about these elements, in their order; nothing without a note that was read."""
    if context.note is None:
        return []
    read = {each.element: each for each in context.note.verdicts}
    return [read[element] for element in elements if element in read]


def of_note(info: CheckInfo, session: SessionFacts, context: Context, elements: tuple[str, ...]) -> Iterator[Finding]:
    """One finding about all gaps among ``elements``; else one for information where a person has to read them.

    Of a note that is locked away nothing is said: it is not this session's, or nobody may read it.
    """
    if context.note is not None and context.note.quarantined:
        return
    read = verdicts(context, elements)
    gaps = [each for each in read if each.verdict in GAPS]
    if gaps:
        sure = any(each.confidence != Confidence.LOW for each in gaps)
        yield finding_about(info, session, gaps, None if sure else Severity.INFO)
        return
    left = [each for each in read if each.verdict != Verdict.MET and each.reason not in _SAID_ELSEWHERE]
    if left:
        yield finding_about(info, session, left, Severity.INFO)


def finding_about(
    info: CheckInfo,
    session: SessionFacts,
    said: list[ElementVerdict],
    severity: Severity | None = None,
    at_risk: Decimal | None = None,
) -> Finding:
    """What these verdicts say together; ``severity`` and ``at_risk`` as in ``CheckInfo.finding``."""
    told = [sentences_for(each.element, Verdict(each.verdict), each.reason, dict(each.numbers)) for each in said]
    asked = " ".join(dict.fromkeys(provider for _, provider in told if provider))
    return info.finding(
        session,
        " ".join(staff for staff, _ in told),
        evidence=_evidence(said),
        severity=severity,
        at_risk=ZERO if severity is Severity.INFO else at_risk,
        tell_provider=asked or None,
    )


def _evidence(said: list[ElementVerdict]) -> dict[str, JSON]:
    """Verdicts by element, with reasons and numbers; no words of the note."""
    facts: dict[str, JSON] = {}
    for each in said:
        facts[each.element.lower()] = each.verdict
        if each.reason:
            facts[f"{each.element.lower()}_reason"] = each.reason
        facts |= dict(each.numbers)
    return facts
