"""One watched process: restarted with growing pauses, ended with all its helpers."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from clawguard.runner import process
from clawguard.runner.leftovers import Register
from clawguard.runner.process import Child, Program
from clawguard.runner.supervise import stop_all

STAY = "import time; print('here', flush=True); time.sleep(600)"
WITH_HELPER = (
    "import subprocess, sys, time;"
    "helper = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']);"
    "print(helper.pid, flush=True); time.sleep(600)"
)
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('here', flush=True); time.sleep(600)"


def program(code: str, name: str = "thing") -> Program:
    return Program(name, [sys.executable, "-c", code])


@pytest.fixture
def children() -> Iterator[list[Child]]:
    """Whatever a test starts and adds here is ended after it."""
    started: list[Child] = []
    yield started
    for child in started:
        child.kill()


def start(code: str, folder: Path, children: list[Child], name: str = "thing") -> Child:
    child = Child(program(code, name), folder, dict(os.environ))
    children.append(child)
    child.start()
    return child


def first_line(child: Child, seconds: float = 10) -> str:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if child.log.exists() and "\n" in child.log.read_text():
            return child.log.read_text().splitlines()[0]
        time.sleep(0.02)
    raise AssertionError(f"nothing was written: {child.exit_code}")


def gone(pid: int, seconds: float = 5) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.02)
    return False


def test_a_child_leads_its_own_session_so_that_ctrl_c_does_not_reach_it(tmp_path: Path, children: list[Child]) -> None:
    child = start(STAY, tmp_path, children)
    assert os.getsid(child.pid) == child.pid != os.getsid(0)


def test_a_killed_child_takes_its_helpers_along(tmp_path: Path, children: list[Child]) -> None:
    child = start(WITH_HELPER, tmp_path, children)
    helper = int(first_line(child))
    os.kill(child.pid, signal.SIGKILL)
    child.wait(time.monotonic() + 5)
    assert psutil.pid_exists(helper)
    child.note_loss()
    assert gone(helper)


def test_the_pause_before_a_restart_grows_and_ends_growing(tmp_path: Path, children: list[Child]) -> None:
    child = start("raise SystemExit(3)", tmp_path, children)
    child.wait(time.monotonic() + 5)
    pauses = [child.note_loss() for _ in range(8)]
    assert pauses == [0.5, 1, 2, 4, 8, 15, 15, 15]
    assert child.exit_code == 3
    assert not child.may_start()


def test_a_child_that_lived_long_starts_again_soon(
    tmp_path: Path, children: list[Child], monkeypatch: pytest.MonkeyPatch
) -> None:
    child = start("raise SystemExit(3)", tmp_path, children)
    child.wait(time.monotonic() + 5)
    for _ in range(4):
        child.note_loss()
    monkeypatch.setattr(process, "SETTLED", -1.0)
    assert child.note_loss() == 0.5


def test_stopping_asks_first_and_then_insists(tmp_path: Path, children: list[Child]) -> None:
    polite, deaf = start(STAY, tmp_path, children, "polite"), start(DEAF, tmp_path, children, "deaf")
    first_line(polite), first_line(deaf)
    begun = time.monotonic()
    stop_all([polite, deaf], grace=1.0)
    assert polite.exit_code == -signal.SIGTERM
    assert deaf.exit_code == -signal.SIGKILL
    assert time.monotonic() - begun < 3


def test_a_log_that_grew_too_long_is_put_aside(
    tmp_path: Path, children: list[Child], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "LOG_KEPT", 10)
    (tmp_path / "thing.log").write_text("an old line\n")
    child = start(STAY, tmp_path, children)
    assert first_line(child) == "here"
    assert (tmp_path / "thing.log.1").read_text() == "an old line\n"


def test_what_a_killed_run_left_is_found_by_its_session_and_ended(tmp_path: Path, children: list[Child]) -> None:
    child = start(WITH_HELPER, tmp_path, children)
    helper = int(first_line(child))
    Register(tmp_path).add(child.pid)
    os.kill(child.pid, signal.SIGKILL)
    child.wait(time.monotonic() + 5)
    assert Register(tmp_path).end_leftovers() == 1
    assert gone(helper)


def test_a_number_that_now_belongs_to_somebody_else_is_left_alone(tmp_path: Path, children: list[Child]) -> None:
    child = start(STAY, tmp_path, children)
    first_line(child)
    (tmp_path / "processes.json").write_text(f'{{"{child.pid}": 1000.0}}')
    assert Register(tmp_path).end_leftovers() == 0
    assert child.running


@pytest.mark.parametrize("content", ["", "not json", "[1]", '{"x": "y"}'])
def test_a_broken_register_of_processes_means_nothing_is_known(tmp_path: Path, content: str) -> None:
    (tmp_path / "processes.json").write_text(content)
    assert Register(tmp_path).end_leftovers() == 0
