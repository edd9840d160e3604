"""What is done once, in the background, while the pages already answer: code tables, then the demo network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from clawguard import demo_state
from clawguard.runner import plan
from clawguard.runner.options import Options
from clawguard.runner.process import Child, Program

Launch = Callable[[Program], Child]
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Errand:
    program: Program
    doing: str  # what is said when it starts


class Errands:
    """One at a time, in order. A failed one is told of and tried again at the next start; what follows is left out."""

    def __init__(self, options: Options, run_folder: Path, launch: Launch, say: Say) -> None:
        self._data_dir, self._folder, self._launch, self._say = options.data_dir, run_folder, launch, say
        self._waiting = [errand for errand in _all(options) if not self._mark(errand).exists()]
        self._now: tuple[Errand, Child] | None = None
        if any(errand.program.name == plan.DEMO for errand in self._waiting):
            demo_state.write(self._data_dir, demo_state.LOADING)
        elif options.demo:
            self._show_sign_ins()

    @property
    def children(self) -> list[Child]:
        return [self._now[1]] if self._now else []

    def step(self) -> None:
        """Looks at the running one, starts the next. Called again and again; never waits."""
        if self._now is None:
            if self._waiting:
                errand = self._waiting.pop(0)
                self._say(errand.doing)
                self._now = errand, self._launch(errand.program)
        elif not self._now[1].running:
            errand, child = self._now
            self._now = None
            self._end(errand, child)

    def _end(self, errand: Errand, child: Child) -> None:
        good = child.exit_code == 0
        if errand.program.name == plan.DEMO:
            demo_state.write(self._data_dir, demo_state.READY if good else demo_state.FAILED)
        if good:
            self._mark(errand).touch()
            self._say(f"{errand.doing}: done")
            if errand.program.name == plan.DEMO:
                self._show_sign_ins()
        else:
            self._say(f"{errand.doing} did not work: {child.last_words()} (see {child.log})")
            self._say("it is tried again at the next start")
            if any(left.program.name == plan.DEMO for left in self._waiting):
                demo_state.write(self._data_dir, demo_state.FAILED)
            self._waiting.clear()

    def _show_sign_ins(self) -> None:
        """The card that the demo network left: its people and their password."""
        card = self._data_dir / "demo_sign_ins.txt"
        if card.exists():
            print("\n" + card.read_text().rstrip() + "\n", flush=True)

    def _mark(self, errand: Errand) -> Path:
        return self._folder / f"done-{errand.program.name}"


def _all(options: Options) -> Iterator[Errand]:
    yield Errand(plan.code_tables(), "loading the diagnosis codes")
    yield Errand(plan.own_tables(), "loading our own code tables")
    if options.demo:
        yield Errand(plan.demo(), "loading the demo network, a few minutes; until then nobody can sign in")
