"""What is stated of authorizations, as far as it is about a session and a code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.stated import group, of_payer, statements
from clawguard.domain.facts import SessionFacts


def of_session(session: SessionFacts, context: Context) -> Mapping[str, Any]:
    """What is stated of the session as a whole, by its payer."""
    stated = group(context, "authorization")
    return stated if of_payer(stated, session.payer_id) else {}


def of_code(session: SessionFacts, context: Context, code: str) -> list[Mapping[str, Any]]:
    """Every statement of the session's payer that covers the code on the day."""
    listed = [of_session(session, context), *statements(context, "authorizations", session.date_of_service)]
    return [each for each in listed if of_payer(each, session.payer_id) and _covers(each, code)]


def obtained(session: SessionFacts, context: Context, code: str) -> bool:
    """Whether an authorization for the code is on record."""
    return any(each.get("obtained") is True for each in of_code(session, context, code))


def _covers(statement: Mapping[str, Any], code: str) -> bool:
    codes = statement.get("codes")
    return code in codes if isinstance(codes, list | tuple) and codes else True
