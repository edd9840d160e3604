"""Random people press random buttons. After every step the promises are asked of the rows.

Hypothesis decides how many steps and throws the dice of each; the dice choose button, actor and row by weight, because
rules of a machine are chosen too evenly to lead a case from its opening to its appeal within a hundred steps.
"""

from __future__ import annotations

import logging
import random

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.stateful import buttons_around, buttons_cases, buttons_notes
from tests.stateful.play import Play
from tests.stateful.promises import Watch
from tests.stateful.stage import Overheard, Stage, Tally

BUTTONS = (*buttons_notes.BUTTONS, *buttons_cases.BUTTONS, *buttons_around.BUTTONS)
PRESSED, WEIGHTS = zip(*BUTTONS, strict=True)
AT_WORK = 0.6  # how often workers have caught up before the next step


class Network(RuleBasedStateMachine):
    """One example: a small network from its first session on, undone at the end."""

    tally: Tally  # set by whoever runs it

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.overheard = Overheard()
        logging.getLogger().addHandler(self.overheard)
        self.stage, self.pressed = Stage(self.tally), 0
        self.watch = Watch(self.stage, self.overheard)

    def teardown(self) -> None:
        try:
            self.watch.at_the_end()
        finally:
            logging.getLogger().removeHandler(self.overheard)
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    @rule(number=st.integers(0, 2**63))
    def somebody_does_something(self, number: int) -> None:
        self.tally.steps += 1
        self.pressed += 1
        dice = random.Random(f"{number} {self.pressed}")
        [button] = dice.choices(PRESSED, WEIGHTS)
        button(Play(self.stage, self.tally, dice))
        if dice.random() < AT_WORK:
            self.stage.work()

    @invariant()
    def the_promises_hold(self) -> None:
        self.watch.check()
