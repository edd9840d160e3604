"""Scanning files for viruses: when they arrive, and again later where the scanner did not answer then."""

from __future__ import annotations

import datetime as dt
import logging

from django.db import transaction

from notes import files, quarantine, scanner
from notes.models import FileScan, StoredFile
from notes.models.reading import ScanVerdict
from notes.scanner import Scanned, ScannerDown
from notes.services.locking_away import lock_away_file

log = logging.getLogger(__name__)

BATCH = 20
LOCKS = {ScanVerdict.INFECTED: quarantine.INFECTED, ScanVerdict.UNSCANNABLE: quarantine.UNSCANNABLE}


def scanned(content: bytes) -> Scanned | None:
    """What the scanner says; None: there is none, or it does not answer and the file waits for it."""
    if not scanner.is_configured():
        return None
    try:
        return scanner.scan(content)
    except ScannerDown as down:
        log.warning("scanner.down", extra={"error": str(down)})
        return None


def record(row: StoredFile, found: Scanned | None, now: dt.datetime) -> None:
    if found is not None:
        FileScan.objects.create(file=row, at=now, verdict=found.verdict, signature=found.signature)


def scan_waiting(now: dt.datetime) -> int:
    """Scan what waits for the scanner, the oldest first; stops when it does not answer. Returns how many it scanned.

    A file that is missing or broken, or that the scanner alone has no answer for (it takes too long, or is more than
    it takes), is passed over, so that it cannot stop the others, and tried at each sweep again.
    """
    if not scanner.is_configured():
        return 0
    done = 0
    for row in StoredFile.objects.filter(scans=None, removed_at=None, quarantined_at=None).iterator(BATCH):
        try:
            found = scanned(files.read(row.pk, row.stored_as))
            if found is None and scanner.is_there():
                log.error("scan.no_answer", extra={"file": str(row.pk)})
                continue
            if found is None:
                break
            _keep(row, found, now)
        except Exception as error:
            log.error("scan.file_failed", extra={"file": str(row.pk), "error": type(error).__name__})
            continue
        done += 1
        if done == BATCH:
            break
    return done


@transaction.atomic
def _keep(row: StoredFile, found: Scanned, now: dt.datetime) -> None:
    StoredFile.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if FileScan.objects.filter(file=row).exists():
        return
    record(row, found, now)
    if found.verdict in LOCKS:
        lock_away_file(row, LOCKS[ScanVerdict(found.verdict)], now)
