"""Nobody opens a file before the virus scanner, where there is one, has looked at it."""

from __future__ import annotations

from clawguard.events.errors import Refused
from notes import scanner
from notes.models import FileScan, StoredFile


def waits_for_scan(row: StoredFile) -> bool:
    return scanner.is_configured() and not FileScan.objects.filter(file=row).exists()


def refuse_unscanned(row: StoredFile) -> None:
    """Raises Refused."""
    if waits_for_scan(row):
        raise Refused("scan_waiting", "The virus scanner has not looked at this file yet; nobody opens it before.")
