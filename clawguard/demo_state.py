"""How far the loading of the demo network is, so that the first page can say so honestly.

The state is a word in a file of ``DATA_DIR``: the run that loads and the pages that tell are different processes.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

FILE, PROGRESS = "demo_state", "demo_progress"
LOADING, READY, FAILED, NONE = "loading", "ready", "failed", "none"


class Told(NamedTuple):
    """How many of the invented sessions are told."""

    sessions: int
    of: int


def write(data_dir: Path, state: str) -> None:
    _keep(data_dir, FILE, state)


def read(data_dir: Path) -> str:
    """``loading``, ``ready``, ``failed``, or ``none`` where no demo was ever asked for."""
    try:
        return (data_dir / FILE).read_text().strip()
    except OSError:
        return NONE


def write_progress(data_dir: Path, told: Told) -> None:
    _keep(data_dir, PROGRESS, f"{told.sessions} {told.of}")


def progress(data_dir: Path) -> Told | None:
    """How far the telling is; None where none has begun, or what stands there cannot be read."""
    try:
        sessions, of = map(int, (data_dir / PROGRESS).read_text().split())
    except (OSError, ValueError):
        return None
    return Told(sessions, of)


def _keep(data_dir: Path, name: str, words: str) -> None:
    draft = data_dir / f".{name}.new"
    draft.write_text(words + "\n")
    draft.replace(data_dir / name)
