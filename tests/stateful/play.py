"""What every button needs: dice, a row to press it for, and the door behind it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from django.db import connection

from tests.stateful.stage import ACTORS, Stage

API = "/api/v1"
STAFF = ("billing", "lead", "second lead")
PROVIDER = ("provider", "provider", "provider", "delegate")


class Play:
    """The dice decide who presses what for which row; seven times in ten it is somebody whose button it is.

    ``in_earnest``: somebody at work. It is their button, pressed for a row that waits for it, and what was never
    carried out before goes first.
    """

    def __init__(self, stage: Stage, dice: random.Random, *, in_earnest: bool = False) -> None:
        self.stage, self.dice, self.in_earnest, self.found = stage, dice, in_earnest, True

    def at_work(self) -> Play:
        return Play(self.stage, self.dice, in_earnest=True)

    def whoever(self, *likely: str) -> str:
        return self.dice.choice(likely if self.in_earnest or self.dice.random() < 0.7 else ACTORS)

    def one_of(self, *choices: Any) -> Any:
        return self.dice.choice(choices)

    def rule(self, *names: str) -> str:
        """One of the rules."""
        fresh = [name for name in names if self.still_owes(name)]
        return self.dice.choice(fresh or names)

    def still_owes(self, *names: str) -> bool:
        """Whether one of these rules was never carried out, and this is somebody at work."""
        return self.in_earnest and not self.stage.carried_out.issuperset(names)

    def pick(self, model: Any, **wanted: Any) -> Any:
        """A row for which the button means something, where there is one; now and then any row."""
        tries = (wanted,) if self.in_earnest else (wanted, {}) if self.dice.random() < 0.9 else ({},)
        for asked in tries:
            keys: Sequence[Any] = model.objects.filter(**asked).order_by("pk").values_list("pk", flat=True)
            if keys:
                return self.dice.choice(list(keys))
        return None

    def api(self, name: str, who: str, method: str, path: str, given: Any = None, **headers: str) -> Any:
        """The answer's JSON where something was done, else None."""
        answer = self.stage.ask(name, who, method, f"{API}{path}", given, **headers)
        return answer.json() if answer.status_code < 300 and "json" in answer.get("Content-Type", "") else None

    def missing(self, name: str) -> None:
        self.found = False
        self.stage.note(name, "nobody", "no row")


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - names of these modules
        return int(cursor.fetchone()[0])
