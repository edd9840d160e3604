"""How far the loading of the demo network is, so that the first page can say so honestly.

The state is a word in a file of ``DATA_DIR``: the run that loads and the pages that tell are different processes.
"""

from __future__ import annotations

from pathlib import Path

FILE = "demo_state"
LOADING, READY, FAILED, NONE = "loading", "ready", "failed", "none"


def write(data_dir: Path, state: str) -> None:
    draft = data_dir / f".{FILE}.new"
    draft.write_text(state + "\n")
    draft.replace(data_dir / FILE)


def read(data_dir: Path) -> str:
    """``loading``, ``ready``, ``failed``, or ``none`` where no demo was ever asked for."""
    try:
        return (data_dir / FILE).read_text().strip()
    except OSError:
        return NONE
