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

from tests.stateful import buttons_around, buttons_cases, buttons_notes, buttons_strangers
from tests.stateful.play import Play
from tests.stateful.promises import Watch
from tests.stateful.stage import Overheard, Stage, Tally

BUTTONS = (*buttons_notes.BUTTONS, *buttons_cases.BUTTONS, *buttons_strangers.BUTTONS, *buttons_around.BUTTONS)
PRESSED, WEIGHTS, RULES = zip(*BUTTONS, strict=True)
EVERY_RULE = frozenset(name for names in RULES for name in names)
CAUGHT_UP = 0.6  # how often workers have caught up before the next step
IN_EARNEST = 0.4  # how often somebody at work presses what was not yet carried out, if there is anything left


class Network(RuleBasedStateMachine):
    """One example: a small network from its first session on, undone at the end."""

    tally: Tally  # set by whoever runs it
    round = 0  # other dice each: the first example of every round is the simplest, whatever its seed
    known: frozenset[str] = frozenset()  # rules carried out in earlier rounds: those at work need not see to them

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.overheard = Overheard()
        logging.getLogger().addHandler(self.overheard)
        self.stage, self.pressed = Stage(self.tally), 0
        self.stage.carried_out |= self.known
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
        dice = random.Random(f"{self.round} {number} {self.pressed}")
        self._press(Play(self.stage, dice))
        if dice.random() < CAUGHT_UP:
            self.stage.work()

    def _press(self, play: Play) -> None:
        if play.dice.random() < IN_EARNEST and self._press_what_is_new(play):
            return
        [button] = play.dice.choices(PRESSED, WEIGHTS)
        button(play)

    def _press_what_is_new(self, play: Play) -> bool:
        """Whether something was there to press it for."""
        fresh = [button for button, _, names in BUTTONS if not self.stage.carried_out.issuperset(names)]
        for button in play.dice.sample(fresh, len(fresh)):
            at_work = play.at_work()
            button(at_work)
            if at_work.found:
                return True
        return False

    @invariant()
    def the_promises_hold(self) -> None:
        self.watch.check()
