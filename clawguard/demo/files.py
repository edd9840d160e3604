"""The invented network as the files a real one would send: CSV, NDJSON, 837P, and the 835s that answer it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from clawguard.demo.paying import remittances
from clawguard.demo.sessions import Network, submitted_at
from clawguard.domain.x12.writers import write_835, write_837p
from sessions.intake.writers import write_csv, write_ndjson


def write(network: Network, folder: Path) -> Iterator[Path]:
    """Write every file into ``folder`` (made if absent). Yields each path once it is complete."""
    folder.mkdir(parents=True, exist_ok=True)
    created = submitted_at(network.sessions[-1])
    yield _put(folder / "sessions.csv", write_csv(network.sessions))
    yield _put(folder / "sessions.ndjson", write_ndjson(network.sessions))
    yield _put(folder / "sessions.837", write_837p(network.sessions, created=created))
    yield _put(folder / "remittances.835", write_835(remittances(network), created=created))


def _put(path: Path, texts: Iterable[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(texts)
    return path
