"""What every button needs: dice, a row to press it for, and the door behind it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from django.db import connection

from tests.stateful.stage import ACTORS, Stage, Tally

API = "/api/v1"
STAFF = ("billing", "lead", "second lead")
PROVIDER = ("provider", "provider", "provider", "delegate")


class Play:
    """The dice decide who presses what for which row; seven times in ten it is somebody whose button it is."""

    def __init__(self, stage: Stage, tally: Tally, dice: random.Random) -> None:
        self.stage, self.tally, self.dice = stage, tally, dice

    def whoever(self, *likely: str) -> str:
        return self.dice.choice(likely if self.dice.random() < 0.7 else ACTORS)

    def one_of(self, *choices: Any) -> Any:
        return self.dice.choice(choices)

    def pick(self, model: Any, **wanted: Any) -> Any:
        """A row for which the button means something, where there is one; now and then any row."""
        for asked in (wanted, {}) if self.dice.random() < 0.9 else ({},):
            keys: Sequence[Any] = model.objects.filter(**asked).order_by("pk").values_list("pk", flat=True)
            if keys:
                return self.dice.choice(list(keys))
        return None

    def api(self, name: str, who: str, method: str, path: str, given: Any = None, **headers: str) -> Any:
        """The answer's JSON where something was done, else None."""
        answer = self.stage.ask(name, who, method, f"{API}{path}", given, **headers)
        return answer.json() if answer.status_code < 300 and "json" in answer.get("Content-Type", "") else None

    def missing(self, name: str) -> None:
        self.tally.note(name, "nobody", "no row")


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - names of these modules
        return int(cursor.fetchone()[0])
