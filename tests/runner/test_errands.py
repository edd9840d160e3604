"""What a first start does in the background: one thing after the other, each once, told honestly."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from clawguard import demo_state
from clawguard.runner import plan
from clawguard.runner.errands import Errands
from clawguard.runner.options import Options
from clawguard.runner.process import Child, Program

OWN = plan.own_tables().name
GOOD, BAD = "raise SystemExit(0)", "import sys; print('it is full', flush=True); sys.exit(1)"


class Scene:
    """A data folder in which errands are done by programs of the test's choice."""

    def __init__(self, folder: Path) -> None:
        self.options = Options("127.0.0.1", 8000, folder, demo=True, database_url="", redis_url="")
        self.said: list[str] = []
        self.started: list[str] = []
        self.code = {"load_icd10": GOOD, OWN: GOOD, plan.DEMO: GOOD}
        (folder / "run").mkdir()

    @property
    def folder(self) -> Path:
        return self.options.data_dir

    def begin(self) -> Errands:
        return Errands(self.options, self.folder / "run", self._launch, self.said.append)

    def finish(self, errands: Errands) -> None:
        errands.step()
        while errands.children:
            errands.children[0].wait(time.monotonic() + 10)
            errands.step()
            errands.step()

    def _launch(self, program: Program) -> Child:
        self.started.append(program.name)
        command = [sys.executable, "-c", self.code[program.name]]
        child = Child(replace(program, command=command), self.folder, dict(os.environ))
        child.start()
        return child

    @property
    def state(self) -> str:
        return demo_state.read(self.folder)


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


def test_a_first_start_loads_codes_then_the_demo_and_shows_its_card(
    scene: Scene, capsys: pytest.CaptureFixture[str]
) -> None:
    assert scene.state == demo_state.NONE
    errands = scene.begin()
    assert scene.state == demo_state.LOADING
    (scene.folder / "demo_sign_ins.txt").write_text("sign in as rui@example.com\n")
    scene.finish(errands)
    assert scene.started == ["load_icd10", OWN, plan.DEMO]
    assert scene.state == demo_state.READY
    assert "rui@example.com" in capsys.readouterr().out


def test_a_later_start_does_neither_again_and_shows_the_card(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    scene.finish(scene.begin())
    (scene.folder / "demo_sign_ins.txt").write_text("sign in as rui@example.com\n")
    scene.finish(scene.begin())
    assert scene.started == ["load_icd10", OWN, plan.DEMO]
    assert scene.state == demo_state.READY
    assert "rui@example.com" in capsys.readouterr().out


def test_without_a_demo_only_the_codes_are_loaded(scene: Scene) -> None:
    scene.options = replace(scene.options, demo=False)
    scene.finish(scene.begin())
    assert scene.started == ["load_icd10", OWN]
    assert scene.state == demo_state.NONE


@pytest.mark.parametrize("broken", ["load_icd10", OWN, plan.DEMO])
def test_a_failure_is_told_with_its_reason_and_tried_again(scene: Scene, broken: str) -> None:
    scene.code[broken] = BAD
    scene.finish(scene.begin())
    assert scene.state == demo_state.FAILED
    assert "it is full" in scene.said[-2]
    scene.code[broken] = GOOD
    scene.finish(scene.begin())
    assert scene.state == demo_state.READY
    assert scene.started.count(broken) == 2


def test_a_demo_that_a_kill_interrupted_does_not_count_as_loaded(scene: Scene) -> None:
    scene.code[plan.DEMO] = "import time; time.sleep(600)"
    errands = scene.begin()
    errands.step()
    errands.children[0].wait(time.monotonic() + 10)
    errands.step(), errands.step()
    for child in errands.children:
        child.kill()
    assert scene.state == demo_state.LOADING
    scene.code[plan.DEMO] = GOOD
    scene.finish(scene.begin())
    assert scene.started[-1] == plan.DEMO
    assert scene.state == demo_state.READY
