"""Nobody opens a file before the virus scanner, where there is one, has looked at it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from clawguard.events.errors import Refused
from notes import scanner
from notes.models import FileScan, StoredFile


def waiting_for_scan(rows: Iterable[StoredFile]) -> set[UUID]:
    """Which of these files the scanner has still to look at. Set-wise."""
    ids = {row.pk for row in rows} if scanner.is_configured() else set()
    return ids - set(FileScan.objects.filter(file__in=ids).values_list("file", flat=True)) if ids else ids


def waits_for_scan(row: StoredFile) -> bool:
    return bool(waiting_for_scan([row]))


def refuse_unscanned(row: StoredFile) -> None:
    """Raises Refused."""
    if waits_for_scan(row):
        raise Refused("scan_waiting", "The virus scanner has not looked at this file yet; nobody opens it before.")
