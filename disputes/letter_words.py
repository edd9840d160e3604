"""What fills the wordings of letters, and what the provider's page says in the words of a letter."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings

from clawguard.domain.message_templates import fill_each, letter_of
from clawguard.ui import words
from disputes.models import Case, Decision, Message
from disputes.selectors.templates import known_version, wording_in_force


def name_of(decided: Decision) -> str:
    """The wording that its letter is written with."""
    return letter_of(decided.party, decided.outcome)


def always_known(case: Case) -> dict[str, str]:
    return {"provider": str(case.provider), "network": settings.NETWORK_NAME, "case": case.title}


def decided_values(case: Case, decided: Decision) -> dict[str, str]:
    """What a decision fills into its letter. A preview tells the time to appeal by its length."""
    until = f"{settings.BUSINESS_DAYS_TO_APPEAL} business days after this letter reaches you"
    if decided.final_at is not None:
        until = words.due(case.appeal_until, case.provider.time_zone) if case.appeal_until else ""
    return {"amount": words.money(decided.amount) if decided.amount is not None else "", "appeal_until": until}


class InShort(NamedTuple):
    """What the provider's page says of a decision beside its facts: the first and the last part of its letter."""

    seen: str
    follows: str


def in_short(case: Case, decided: Decision) -> InShort:
    """In the words of the letter that was sent; before it is there, in those that it will have."""
    name = name_of(decided)
    sent = Message.objects.filter(decision=decided).values_list("template_version", flat=True).first()
    wording = (known_version(name, sent) if sent else None) or wording_in_force(name).wording
    said, _unknown = fill_each(wording.parts, always_known(case) | decided_values(case, decided))
    return InShort(said["seen"], said["otherwise"])
