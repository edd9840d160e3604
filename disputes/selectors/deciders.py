"""Who may still decide a case, or agree to a decision: nobody looks at an appeal who took part in a decision before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from clawguard.accounts.models import Role, User
from clawguard.domain.lifecycles import CaseState
from disputes import policies
from disputes.models import Case, Decision

NAMED = 5
ASK = "Ask an administrator to add"


@dataclass(frozen=True, slots=True)
class Left:
    """People within reach of the case who took part in no decision that bars them from it."""

    people: tuple[User, ...]

    def agree_to(self, proposer: UUID | None) -> list[User]:
        """The leads who may be the second person to what ``proposer`` proposed."""
        return [user for user in self.people if user.role == Role.LEAD and user.pk != proposer]

    @property
    def can_confirm(self) -> bool:
        """Whether two people are left for a provider error: one to propose it, and a lead to agree."""
        return any(self.agree_to(user.pk) for user in self.people)

    @property
    def names(self) -> str:
        named = [user.name for user in self.people[:NAMED]]
        more = len(self.people) - len(named)
        return ", ".join(named) + (f" and {more} more" if more else "")


def left(case: Case, decisions: Iterable[Decision]) -> Left:
    """``decisions``: all of the case."""
    staff = User.objects.filter(is_active=True)
    teams = Q(team__isnull=True) | Q(team=case.provider.team_id)
    staff = staff.filter(Q(role=Role.LEAD) | Q(teams, role=Role.BILLING)).order_by("name", "pk")
    barred = policies.took_part(case, decisions)
    return Left(tuple(user for user in staff if user.pk not in barred))


def who_else(found: Left) -> str:
    """Who looks at the appeal instead of somebody who may not."""
    if not found.people:
        return f"Nobody is left to look at the appeal. {ASK} somebody who took no part."
    return f"Somebody else looks at the appeal: {found.names}."


@dataclass(frozen=True, slots=True)
class Stuck:
    """What cannot be decided as things are, and what to do about it."""

    title: str
    text: str


def stuck(case: Case, found: Left, waiting: Decision | None) -> Stuck | None:
    """What to tell on the page of a case that few people, or nobody, may decide; None where it can go either way."""
    if waiting is not None:
        if found.agree_to(waiting.proposed_by_id):
            return None
        return Stuck("Nobody is left who may agree", _nobody_agrees(found, waiting))
    if case.status != CaseState.APPEALED or found.can_confirm:
        return None
    if not found.people:
        everybody = "Everybody who works this provider's cases took part in a decision of it."
        return Stuck("Nobody is left to look at the appeal", f"{everybody} {ASK} somebody who did not.")
    two = "It takes two people who took part in no decision of this case before, one of them a lead who agrees."
    return Stuck(
        "A provider error cannot be confirmed here",
        f"{two} Left: {found.names}. Any other decision needs one of them. {ASK} a lead if it has to be confirmed.",
    )


def _nobody_agrees(found: Left, waiting: Decision) -> str:
    """Whom it takes and whom to ask; who may take the proposal back, and who may decide otherwise then."""
    who = "a lead who did not propose it and took part in no decision of this case before"
    told = f"It takes {who}. {ASK} one, or to make somebody a lead."
    if any(user.pk == waiting.proposed_by_id for user in found.people):
        told += f" Or {waiting.proposed_by.name} takes the proposal back."
    if found.people:
        told += f" Who may decide what needs no second person, once it is back: {found.names}."
    return told
