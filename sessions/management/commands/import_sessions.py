"""``manage.py import_sessions FILE``: the import of the page and the API, done here and now."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clawguard.access import Problem
from clawguard.accounts.actors import SYSTEM
from clawguard.clock import now as read_clock
from clawguard.domain.lifecycles import ImportState
from sessions.models import ImportBatch, IntakeChunk
from sessions.services import imports, screen_chunk
from sessions.services.later import hand_over_when_over

KINDS = {"csv": "sessions_csv", "ndjson": "sessions_ndjson", **{kind: kind for kind in imports.KINDS}}
REFUSED, UNREADABLE = 1, 2  # exit codes
PIECE = 64 * 1024
SHOWN = 50
REASONS = {
    "bad_rows": "Nothing was stored: some rows cannot be read. Correct them, or say --only-good-rows.",
    "no_rows": "The file holds no session.",
    "no_good_rows": "No row of the file can be read.",
    "file_gone": "The sealed file went missing; import it again.",
    "sender_not_allowed": "The sender may not import any more.",
}


class Command(BaseCommand):
    help = (
        "Import sessions from CSV, NDJSON or 837P. A bad row keeps the whole file out unless --only-good-rows is said."
        " Exit code 0: done; 1: refused; 2: the file cannot be taken."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--kind", choices=sorted(KINDS), help="told from the content when left out")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, store nothing")
        parser.add_argument("--only-good-rows", action="store_true", help="leave bad rows out and import the rest")
        parser.add_argument("--time-zone", default="", help="of practices that neither file nor network places")

    def handle(self, *args: Any, **options: Any) -> None:
        batch = self._receive(options)
        while imports.read_on(batch.pk, read_clock()):
            self._progress(batch.pk)
        batch.refresh_from_db()
        piece = batch.pieces_stored + 1
        while imports.store_piece(batch.pk, piece, read_clock()):
            piece += 1
            self._progress(batch.pk)
        if batch.pieces:
            self._screen(batch.pk)
        batch.refresh_from_db()
        self._report(batch)
        if batch.status != ImportState.DONE:
            raise SystemExit(REFUSED)

    def _receive(self, options: dict[str, Any]) -> ImportBatch:
        path: Path = options["file"]
        wishes = imports.Wishes(
            kind=KINDS.get(options["kind"] or "", ""),
            defaults={"time_zone": options["time_zone"]} if options["time_zone"] else {},
            dry_run=options["dry_run"],
            only_good_rows=options["only_good_rows"],
        )
        try:
            return imports.receive(SYSTEM, path.name, _pieces(path), wishes, read_clock(), read=False)
        except OSError as problem:
            raise CommandError(f"{path}: {problem.strerror}", returncode=UNREADABLE) from None
        except Problem as problem:
            said = " ".join([problem.title + ".", problem.detail, *[error.message for error in problem.errors]])
            raise CommandError(f"{path.name}: {said}", returncode=UNREADABLE) from None

    def _screen(self, batch_id: UUID) -> None:
        """Workers hear of the chunks as well; whoever is first screens them. Later sessions come last."""
        waiting = IntakeChunk.objects.filter(screened_at=None)
        for chunk in waiting.filter(batch_id=batch_id).order_by("number"):
            screen_chunk(chunk.pk, read_clock())
        hand_over_when_over(batch_id, read_clock())
        for chunk in waiting.filter(batch=None, again=True).order_by("pk"):
            screen_chunk(chunk.pk, read_clock())

    def _progress(self, batch_id: UUID) -> None:
        if sys.stderr.isatty():
            batch = ImportBatch.objects.get(pk=batch_id)
            total = f" of {batch.rows_good:,}" if batch.rows_total is not None else ""
            self.stderr.write(f"\r{batch.rows_read:,} rows read, {batch.rows_stored:,}{total} stored", ending="")

    def _report(self, batch: ImportBatch) -> None:
        for problem in batch.problems.order_by("row", "id")[:SHOWN]:
            where = f" ({problem.column})" if problem.column else ""
            self.stdout.write(
                f"{batch.file_name}:{problem.row}: {problem.severity} {problem.code}{where}: {problem.message}"
            )
        left = batch.problems.count() - SHOWN
        if left > 0:
            self.stdout.write(f"… and {left:,} more.")
        self.stdout.write(
            f"{batch.file_name}: {batch.status}; {batch.rows_read:,} rows read, {batch.rows_refused:,} refused,"
            f" {batch.rows_created:,} new, {batch.rows_corrected:,} corrected, {batch.rows_unchanged:,} unchanged"
        )
        if batch.changed is False and not batch.dry_run:
            self.stdout.write("Everything was here already; nothing changed.")
        for check, count in batch.summary.get("findings", {}).items():
            self.stdout.write(f"  would be found: {check} × {count:,}")
        if reason := REASONS.get(batch.summary.get("reason", "")):
            self.stdout.write(reason)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece
