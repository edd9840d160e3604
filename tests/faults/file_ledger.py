"""The judge of the uploads: what senders were told beside what the application opens."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tests.faults.upload_client import Sent


class Stored(NamedTuple):
    """A file that somebody can see. ``opened`` is the SHA-256 of the bytes that the application opens, empty where it
    cannot; ``recorded`` the one in its row."""

    file: str
    request: str
    recorded: str
    opened: str


def judge_files(sent: Iterable[Sent], stored: Sequence[Stored]) -> dict[str, int]:
    """How many files suffered from what. Empty: none."""
    faults: Counter[str] = Counter()
    rows: dict[tuple[str, str], list[Stored]] = defaultdict(list)
    for row in stored:
        rows[row.request, row.recorded].append(row)
        faults["bytes changed"] += row.opened != row.recorded
    meant = set()
    for told in sent:
        meant.add((told.request, told.digest))
        found = rows[told.request, told.digest]
        faults["there twice"] += len(found) > 1
        faults["lost"] += told.outcome == "kept" and told.file not in {row.file for row in found}
        faults["refused, and there"] += told.outcome == "refused" and bool(found)
    faults["sent by nobody"] = sum(len(found) for key, found in rows.items() if key not in meant)
    return {fault: count for fault, count in faults.items() if count}
