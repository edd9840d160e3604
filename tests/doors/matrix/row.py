"""One row of the matrix: an address and a method, and what each kind of caller gets there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from clawguard.accounts import browser_sessions
from tests.world import World

# In this order in every row. "other": the same role, but a stranger to the row that is asked for.
CALLERS = (
    "provider",
    "other provider",
    "delegate",
    "other delegate",
    "billing",
    "other billing",
    "lead",
    "auditor",
    "admin",
    "key",
    "key without scope",
    "anonymous",
)
# Y: done. 404: an object out of reach, in the very words of one that does not exist. 403: a function not theirs.
# 401: not signed in, for programs and scripts. in: not signed in, led to the sign-in page.
WORDS = frozenset({"Y", "403", "404", "401", "in"})
Wanted = Callable[[World], Any]


@dataclass(frozen=True)
class Row:
    """``cells``: what each caller gets but the delegates, who come in ``delegates``, since for most addresses they are
    people without any right. ``args`` names the rows of the world that the address speaks of; ``body`` is valid, so
    that only authorisation can be in the way; ``scope`` is what a key needs (the first of several of which each will
    do), empty where no key will do; ``also`` are statuses beside 2xx and 3xx by which this door says that it did its
    work; ``whose`` tells a second row of one address, about another thing, from the first."""

    name: str
    method: str
    cells: str
    args: Mapping[str, str | int] = field(default_factory=dict)
    body: Wanted | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    scope: str = ""
    query: str = ""
    also: tuple[int, ...] = ()
    delegates: str = ""
    whose: str = ""

    @property
    def expected(self) -> dict[str, str]:
        own, other, *rest = self.cells.split()
        return dict(zip(CALLERS, (own, other, *self._delegates.split(), *rest), strict=True))

    @property
    def _delegates(self) -> str:
        """Where nothing else is said: let in where everybody who signs in is, and as any stranger elsewhere."""
        people = self.cells.split()[:7]
        return self.delegates or ("Y Y" if set(people) == {"Y"} else "404 404" if people[1] == "404" else "403 403")

    @property
    def key(self) -> str:
        return f"{self.method} {self.name} {self.whose}".rstrip()

    def kwargs(self, world: World) -> dict[str, Any]:
        """The address's own arguments: ids of rows, and numbers and words as they are."""
        return {name: _meant(world, value) for name, value in self.args.items()}


def _meant(world: World, value: str | int) -> Any:
    if value == "client link":
        return world.client_token
    if value == "provider's browser":
        return browser_sessions.places_of(world.users["provider"], None)[0].name
    if not isinstance(value, str) or value not in world.rows:
        return value
    row = world.rows[value]
    return getattr(row, "message_id", row.pk)  # what a webhook's message is called outside


def fixed(given: Any) -> Wanted:
    return lambda world: given
