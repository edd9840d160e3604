"""Mistakes in the set-up are told in one line, before anything is started."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from clawguard import embedded
from clawguard import settings_env as env
from clawguard.runner import options as run_options
from clawguard.runner.leftovers import lock

ROOT = Path(__file__).resolve().parents[2]


def run(**variables: str) -> subprocess.CompletedProcess[str]:
    surroundings = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    command = [sys.executable, "-m", "clawguard.runner", "run"]
    return subprocess.run(
        command, env={**surroundings, **variables}, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )


def one_line(answer: subprocess.CompletedProcess[str]) -> str:
    assert answer.returncode == 2
    assert "Traceback" not in answer.stdout + answer.stderr
    assert answer.stderr.startswith("Clawguard: ")
    assert answer.stderr.count("\n") == 1
    return answer.stderr


def test_a_port_in_use(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = one_line(run(PORT=str(port), DATA_DIR=str(tmp_path / "data")))
    assert f"cannot listen on 127.0.0.1:{port}: Address already in use" in said


def test_a_host_that_is_not_ours(tmp_path: Path) -> None:
    assert "cannot listen on 192.0.2.1:" in one_line(run(HOST="192.0.2.1", DATA_DIR=str(tmp_path / "data")))


def test_a_folder_that_cannot_be_made() -> None:
    assert "DATA_DIR /dev/null/x cannot be used: Not a directory" in one_line(run(DATA_DIR="/dev/null/x"))


def test_a_folder_that_is_not_writable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere, so the answer is given here
    with pytest.raises(ImproperlyConfigured, match=f"DATA_DIR {tmp_path} cannot be used: it is not writable"):
        env.folder(tmp_path)


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("DATABASE_URL", "sqlite:///x", "DATABASE_URL must start with postgresql://"),
        ("DATABASE_URL", "postgresql://u:hunter2@127.0.0.1:9/x", "DATABASE_URL does not answer: connection to server"),
        ("DATABASE_URL", "postgresql://u@127.0.0.1:abc/x", "DATABASE_URL does not answer: invalid"),
        ("PORT", "http", "PORT must be a whole number"),
        ("DEMO", "perhaps", "DEMO must be 1 or 0"),
    ],
)
def test_a_wrong_value(tmp_path: Path, variable: str, value: str, said: str) -> None:
    port = str(embedded.free_port())
    line = one_line(run(**{"DATA_DIR": str(tmp_path / "data"), "PORT": port, variable: value}))
    assert said in line
    assert "hunter2" not in line


def test_a_second_run_on_the_same_folder_is_refused(tmp_path: Path) -> None:
    held = lock(tmp_path)
    with pytest.raises(ImproperlyConfigured, match="already runs"):
        lock(tmp_path)
    held.close()
    lock(tmp_path).close()


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::1", "http://[::1]:8000"),
    ],
)
def test_the_printed_address_can_be_opened(monkeypatch: pytest.MonkeyPatch, host: str, address: str) -> None:
    monkeypatch.setenv("HOST", host)
    monkeypatch.setenv("PORT", "8000")
    assert run_options.read().address == address
