"""``manage.py load_own_table``: the rows that come with the product, or with KIND and FILE an operator's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from clawguard.clock import now as read_clock
from clawguard.domain.codesets.lists import ListKind
from sessions.management.loading import UNREADABLE, LoadTable
from sessions.services import code_tables
from sessions.services.code_tables import Wanted


class Command(LoadTable):
    help = (
        "Without arguments: puts the rows that come with Clawguard in force where no others are; safe to run again. "
        "With KIND and FILE: loads a table of ours from CSV, in the columns that export_own_table writes. "
        "Exit code 0: done; 1: not kept; 2: cannot be taken."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", nargs="?", choices=[*ListKind], metavar="KIND", help=", ".join(ListKind))
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="CSV, the whole table")
        super().add_arguments(parser)

    def wanted(self, options: dict[str, Any]) -> Wanted:
        return Wanted(ListKind(options["kind"]))

    def handle(self, *args: Any, **options: Any) -> None:
        if options["kind"] is None:
            for kind in ListKind:
                table = code_tables.seed(kind, read_clock())
                self.stdout.write(f"{kind}: {table.status if table else 'already there, nothing changed'}")
            return
        if options["file"] is None:
            raise CommandError("Say which FILE holds the table.", returncode=UNREADABLE)
        super().handle(*args, **options | {"files": [options["file"]]})
