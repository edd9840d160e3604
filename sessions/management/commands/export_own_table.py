"""``manage.py export_own_table KIND``: the rows that answer now, as the CSV file that load_own_table takes."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from clawguard.domain.codesets.lists import ListKind
from sessions.codesets.own_rows import text_in_force


class Command(BaseCommand):
    help = "Writes the rows of a table of ours that answer now as CSV, to change and load again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=[*ListKind], metavar="KIND", help=", ".join(ListKind))

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(text_in_force(ListKind(options["kind"])), ending="")
