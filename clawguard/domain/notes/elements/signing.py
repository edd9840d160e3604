"""Signature, when it was made, who stands behind it, and what was added later: N31 to N33, N48, N51 to N53.

Sources: CMS Program Integrity Manual chapter 3 section 3.3.2.4 for what a signature is; Headway for the 72 hours.
"""

from __future__ import annotations

import datetime as dt
import re

from clawguard.domain.codesets.licenses import SUPERVISED, kinds_of
from clawguard.domain.notes import calendar_days, printed_names, signatures
from clawguard.domain.notes.case import Case
from clawguard.domain.notes.elements.registry import (
    Found,
    always,
    contradicted,
    element,
    met,
    missing,
    not_here,
    unsure,
)
from clawguard.domain.notes.folding import folded
from clawguard.domain.notes.values import AddendumText, Span

_SLACK = dt.timedelta(minutes=5)  # a signature in the last minutes is not "before the end"


@element("N31", "signature with credentials", always)
def signature(case: Case) -> Found:
    own = case.own_signature
    if own is None:
        if any(each.stamp for each in case.signatures):
            stamp = next(each for each in case.signatures if each.stamp)
            return missing("stamp", (case.note.span(stamp.start, stamp.end),), sure=True)
        by_record = case.typed and (case.ask.signed_at or case.ask.attested_at)
        return met(reason="record", sure=True) if by_record else _unsigned(case)
    span = (case.note.span(own.start, own.end),)
    if not own.credentials:
        return missing("no_credentials", span)
    expected = kinds_of(case.session.provider_license) - {SUPERVISED}
    if expected and own.kinds.isdisjoint(expected) and not case.ask.supervised:
        return contradicted("other_credentials", span)
    return met(span, sure=True)


def _unsigned(case: Case) -> Found:
    """A printed name is no signature, but whoever put it there may think that it is one."""
    printed = printed_names.of_provider(case.note.text, case.ask.provider_name)
    return missing("printed", (case.note.span(*printed),)) if printed else missing()


def signed(case: Case) -> tuple[dt.datetime, dt.datetime, tuple[Span, ...]] | None:
    """The earliest and the latest moment of signing that the record or the note allows."""
    if case.ask.signed_at is not None:
        return case.ask.signed_at, case.ask.signed_at, ()
    own = case.own_signature
    if own is None or own.day is None:
        return _attested(case)
    span = (case.note.span(own.start, own.end),)
    midnight = dt.datetime.combine(own.day, dt.time(), case.zone)
    if own.minutes is not None:
        moment = midnight + dt.timedelta(minutes=own.minutes)
        return moment, moment, span
    return midnight, midnight + dt.timedelta(hours=23, minutes=59), span


def _attested(case: Case) -> tuple[dt.datetime, dt.datetime, tuple[Span, ...]] | None:
    """What is typed and attested in time was signed in time. Attested later, it may be the copy of an older note."""
    at, limit = case.ask.attested_at, dt.timedelta(hours=case.ask.policy.sign_within_hours)
    return (at, at, ()) if case.typed and at is not None and at < _session_end(case) + limit else None


def _session_end(case: Case) -> dt.datetime:
    end = case.session.end or case.session.start
    return end or dt.datetime.combine(case.session.date_of_service, dt.time(23, 59), case.zone)


def late_hours(case: Case) -> int | None:
    """Whole hours from the end of the session to the signature where that is beyond the limit for certain."""
    when = signed(case)
    if when is None:
        return None
    hours = int((when[0] - _session_end(case)).total_seconds() // 3600)
    return hours if hours >= case.ask.policy.sign_within_hours else None


@element("N32", "signed within 72 hours", always)
def signed_in_time(case: Case) -> Found:
    when = signed(case)
    if when is None:
        return unsure("no_sign_date")
    hours = late_hours(case)
    if hours is None:
        return met(when[2], sure=True)
    if _labelled_late(case) and _reason_given(case):
        return met(when[2], reason="late_with_reason", hours=hours)
    return contradicted("signed_late", when[2], hours=hours)


@element("N33", "not signed before the session ended", always)
def signed_after(case: Case) -> Found:
    when = signed(case)
    if when is None:
        return unsure("no_sign_date")
    if when[1] < _session_end(case) - _SLACK:
        return contradicted("signed_before", when[2])
    return met(when[2], sure=True)


@element("N48", "supervisor's signature", lambda case: bool(case.ask.supervised))
def cosignature(case: Case) -> Found:
    for each in case.signatures:
        if each.cosign:
            span = (case.note.span(each.start, each.end),)
            return met(span, sure=True) if each.credentials else missing("no_credentials", span)
    return missing()


def _labelled_late(case: Case) -> bool:
    return bool(case.note.hits.get("late_label"))


def _reason_given(case: Case) -> bool:
    labels = case.note.numbers_of("late_label")
    near = {number + offset for number in labels for offset in (0, 1, 2)}
    return bool(near & case.note.numbers_of("late_reason"))


@element("N51", "late entry labeled with its reason", lambda case: late_hours(case) is not None or _labelled_late(case))
def late_entry(case: Case) -> Found:
    labels = case.note.hits.get("late_label", [])
    spans = case.note.spans([hit.sentence for hit in labels])
    if not labels:
        return missing("no_late_label")
    return met(spans, sure=True) if _reason_given(case) else missing("no_late_reason", spans)


_HEADED = re.compile(r"\baddend(?:um|a)\b")


@element("N52", "addendum headed, dated and signed", lambda case: bool(case.ask.addenda), text=False)
def addendum(case: Case) -> Found:
    lacking = [what for each in case.ask.addenda for what in _addendum_lacks(each)]
    certain = [what for what in lacking if what != _BY_DELEGATE]
    if certain:
        return missing(certain[0], sure=True)
    return unsure(_BY_DELEGATE) if lacking else met(sure=True)


_BY_DELEGATE = "signed_by_delegate"


def _addendum_lacks(given: AddendumText) -> list[str]:
    low = folded(given.text)
    lacks = []
    if not given.headed and not _HEADED.search(low[:200]):
        lacks.append("not_headed")
    if given.received_at is None and not calendar_days.find(low):
        lacks.append("not_dated")
    if not given.signed and not any(each.credentials for each in signatures.find(given.text, low)):
        lacks.append("not_signed" if given.signed is False else _BY_DELEGATE)
    return lacks


_CODE_CHANGE = re.compile(
    r"\b(?:bill(?:ed|ing)?|code|cpt)\b[^.;\n]{0,40}"
    r"\b(?:change[sd]?|should (?:be|have been)|corrected|instead|replace[sd]?)\b"
    r"|\b(?:change[sd]?|correct(?:ed|ing)?|replace[sd]?)\b[^.;\n]{0,30}"
    r"\b(?:cpt|billing code|billed code|code to|9\d{4})\b"
)


@element(
    "N53",
    "addendum leaves note and code alone",
    lambda case: bool(case.ask.addenda) or case.ask.original_changed is not None,
    text=False,
)
def addendum_scope(case: Case) -> Found:
    if case.ask.original_changed:
        return contradicted("original_changed")
    if any(_CODE_CHANGE.search(folded(each.text)) for each in case.ask.addenda):
        return contradicted("code_changed")
    if case.ask.original_changed is None and case.ask.addenda:
        return unsure("original_not_compared")
    return not_here() if not case.ask.addenda else met(sure=True)
