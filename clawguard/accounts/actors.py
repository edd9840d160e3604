"""Who asks. Every service and selector takes an Actor; no code below a door looks at a request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.db.models import Q, QuerySet

from clawguard.accounts.models import ApiKey, Delegation, Provider, Role, User

STAFF_ROLES = frozenset({Role.BILLING, Role.LEAD})
READER_ROLES = STAFF_ROLES | {Role.AUDITOR}


class NotAllowed(Exception):
    """The actor may not do this at all (a function, not an object: objects out of reach are simply not found)."""


@dataclass(frozen=True, slots=True)
class Actor:
    """``kind`` is ``user``, ``api`` or ``system``; ``role`` is a Role for users and ``api``/``system`` otherwise."""

    kind: str
    role: str
    id: UUID | None = None
    name: str = ""
    provider_id: UUID | None = None
    team_id: int | None = None
    scopes: frozenset[str] = field(default_factory=frozenset)
    opens: frozenset[UUID] = field(
        default_factory=frozenset
    )  # signed in by a link to these requests only; empty: no limit
    stands_for: frozenset[UUID] = field(default_factory=frozenset)  # of a delegate: the providers who named them

    @property
    def is_provider(self) -> bool:
        return self.role == Role.PROVIDER

    @property
    def is_delegate(self) -> bool:
        return self.role == Role.DELEGATE

    @property
    def answers(self) -> bool:
        """The provider, or somebody the provider lets answer: everybody on the provider's side of the table."""
        return self.is_provider or self.is_delegate

    def answers_for(self, provider_id: UUID) -> bool:
        """Whether this is the provider, or somebody who stands for them now."""
        own = self.is_provider and self.provider_id == provider_id
        return own or (self.is_delegate and provider_id in self.stands_for)

    @property
    def is_staff(self) -> bool:
        """Billing staff or lead: those who work cases."""
        return self.role in STAFF_ROLES

    @property
    def is_reader(self) -> bool:
        """Those who may look at everything in their reach: staff, lead, auditor."""
        return self.role in READER_ROLES

    @property
    def is_system(self) -> bool:
        return self.kind == "system"

    def has_scope(self, scope: str) -> bool:
        return self.kind == "api" and (scope in self.scopes or "admin" in self.scopes)

    def require(
        self,
        *,
        roles: frozenset[str] | set[str] = frozenset(),
        scope: str | None = None,
    ) -> None:
        """Raise NotAllowed unless the actor is the system, holds one of ``roles``, or is a program with ``scope``."""
        if self.is_system or (self.kind == "user" and self.role in roles):
            return
        if scope is not None and self.has_scope(scope):
            return
        raise NotAllowed

    def person(self) -> UUID:
        """Which user it is. Raises NotAllowed for programs and the system: what people stand for carries their name."""
        if self.kind != "user" or self.id is None:
            raise NotAllowed
        return self.id


SYSTEM = Actor(kind="system", role="system", name="Clawguard")


def of_user(user: User, opens: Iterable[str] = ()) -> Actor:
    """The actor of a signed-in person; ``opens`` as the sign-in's session holds it. Whom a delegate stands for is read
    anew at every door, so that what a provider ended is over with the next click."""
    return Actor(
        kind="user",
        role=user.role,
        id=user.id,
        name=user.name,
        provider_id=user.provider_id,
        team_id=user.team_id,
        opens=frozenset(map(UUID, opens)),
        stands_for=frozenset(standing_delegations(user.id).values_list("provider_id", flat=True))
        if user.role == Role.DELEGATE
        else frozenset(),
    )


def standing_delegations(user_id: UUID | None) -> QuerySet[Delegation]:
    """Accepted and not ended."""
    return Delegation.objects.filter(delegate_id=user_id, accepted_at__isnull=False, ended_at=None)


def speaking_for(actor: Actor, provider: Provider) -> Actor:
    """A delegate signs with both names: ``Dana Test for Priya Test``. Everybody else signs with their own.

    Every column and event that keeps a name has 120 characters: both names find room.
    """
    if not actor.is_delegate:
        return actor
    return replace(actor, name=f"{_short(actor.name, 56)} for {_short(str(provider), 59)}")


def _short(name: str, most: int) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"


def of_api_key(key: ApiKey) -> Actor:
    return Actor(kind="api", role="api", id=key.id, name=key.name, scopes=frozenset(key.scopes))


def within_reach(actor: Actor, *, provider: str = "provider", scope: str | None = None) -> Q:
    """The rows an actor may know of, by the provider they belong to. ``provider`` is the lookup path to the Provider.

    Providers reach their own, billing staff their team's (all, without a team), leads and auditors everything, programs
    everything their ``scope`` opens, administrators nothing: they run the system and see no client data. Delegates
    reach what was handed to them, row by row (``accounts.delegates.reach``), and by this rule nothing.
    """
    if actor.is_system or actor.role in {Role.LEAD, Role.AUDITOR}:
        return Q()
    if actor.is_provider:
        return Q(**{f"{provider}_id": actor.provider_id})
    if actor.role == Role.BILLING:
        return Q() if actor.team_id is None else Q(**{f"{provider}__team_id": actor.team_id})
    if scope is not None and actor.has_scope(scope):
        return Q()
    return Q(pk__in=[])
