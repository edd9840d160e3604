"""Take an 835 in from the command line: by the same door as the page and the API, read here and now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clawguard.access import Problem
from clawguard.accounts.actors import SYSTEM
from clawguard.clock import now as read_clock
from clawguard.domain.lifecycles import ImportState
from disputes.services import remittances
from sessions.models import ImportBatch

REFUSED, UNREADABLE = 1, 2  # exit codes
PIECE = 64 * 1024
SHOWN = 50


class Command(BaseCommand):
    help = (
        "Import remittances from an X12 835. Payments that cannot be read are refused one by one, the others are kept;"
        " nothing is posted. Exit code 0: every payment was taken; 1: some were not; 2: the file cannot be taken."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, store nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            batch = remittances.receive(
                SYSTEM, path.name, _pieces(path), read_clock(), dry_run=options["dry_run"], read=False
            )
        except OSError as problem:
            raise CommandError(f"{path}: {problem.strerror}", returncode=UNREADABLE) from None
        except Problem as problem:
            raise CommandError(f"{path.name}: {problem.title}. {problem.detail}", returncode=UNREADABLE) from None
        while remittances.read_piece(batch.pk, read_clock()):
            continue
        batch.refresh_from_db()
        self._report(batch)
        if batch.status != ImportState.DONE or batch.rows_refused:
            raise SystemExit(REFUSED)

    def _report(self, batch: ImportBatch) -> None:
        for problem in batch.problems.order_by("row", "id")[:SHOWN]:
            self.stdout.write(f"{batch.file_name}: {problem.severity} {problem.code}: {problem.message}")
        left = batch.problems.count() - SHOWN
        if left > 0:
            self.stdout.write(f"… and {left:,} more.")
        counts = batch.summary.get("counts", {})
        known = {name: counts.get(name, 0) for name in ("created", "claims", "takebacks", "off_balance", "unmatched")}
        self.stdout.write(
            f"{batch.file_name}: {batch.status}; {batch.rows_read:,} payments read, {batch.rows_refused:,} refused,"
            f" {known['created']:,} new, {batch.rows_unchanged:,} here already"
        )
        self.stdout.write(
            f"  {known['claims']:,} claims, {known['takebacks']:,} taken back, {known['unmatched']:,} without a"
            f" session, {known['off_balance']:,} payments whose sums disagree"
        )


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece
