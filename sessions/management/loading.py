"""What the commands that load code tables have in common."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clawguard.access import Problem
from clawguard.accounts.actors import SYSTEM, Actor, NotAllowed, of_user
from clawguard.accounts.models import User
from clawguard.clock import now as read_clock
from clawguard.domain.codesets import Quarter, TableKind, Variant
from clawguard.domain.lifecycles import TableState
from clawguard.events.errors import Refused
from sessions.models import CodeTable
from sessions.services import code_tables
from sessions.services.code_tables import Sent, Wanted

REFUSED, UNREADABLE = 1, 2  # exit codes
PIECE = 1024 * 1024
SHOWN = 50


class LoadTable(BaseCommand):
    """Takes the files in, reads them through here and now, shows what would change, and may put the table in force."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--enough", default="", metavar="REASON", help="why so few rows are the whole table")
        parser.add_argument("--activate", action="store_true", help="put the table in force; needs --as")
        parser.add_argument("--as", dest="lead", default="", metavar="EMAIL", help="the compliance lead who decides")

    def wanted(self, options: dict[str, Any]) -> Wanted:
        """Which table the files are said to be."""
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:
        if options["activate"] and not options["lead"]:
            raise CommandError("A table is put in force by a person: say who with --as EMAIL.", returncode=UNREADABLE)
        actor = _lead(options["lead"]) if options["lead"] else SYSTEM
        table = self._receive(actor, options)
        while code_tables.read_slice(table.pk, read_clock()):
            table.refresh_from_db()
            self.stderr.write(f"{table.rows_read:,} rows read …")
        table.refresh_from_db()
        self._report(table)
        if table.status == TableState.LOADED:
            table = code_tables.compare_with_force(table.pk, read_clock())
            self._show_changes(table)
        if options["activate"] and table.status in (TableState.LOADED, TableState.SUPERSEDED):
            self._activate(actor, table)
        if table.status in (TableState.INCOMPLETE, TableState.REFUSED) and table.cause != "already_here":
            raise SystemExit(REFUSED)

    def _receive(self, actor: Actor, options: dict[str, Any]) -> CodeTable:
        try:
            files = [Sent(path.name, _pieces(path)) for path in options["files"]]
            return code_tables.receive(
                actor, self.wanted(options), files, read_clock(), enough=options["enough"], read=False
            )
        except OSError as problem:
            raise CommandError(f"{problem.filename}: {problem.strerror}", returncode=UNREADABLE) from None
        except NotAllowed:
            raise CommandError("Only a compliance lead loads code tables.", returncode=UNREADABLE) from None
        except Problem as problem:
            raise CommandError(f"{problem.title}. {problem.detail}", returncode=UNREADABLE) from None

    def _report(self, table: CodeTable) -> None:
        for problem in table.problems.order_by("id")[:SHOWN]:
            self.stdout.write(f"{problem.file_name}:{problem.line}: {problem.code}: {problem.message}")
        if table.problems_count > SHOWN:
            self.stdout.write(f"… and {table.problems_count - SHOWN:,} more.")
        self.stdout.write(f"{table}: {table.status}; {table.rows_read:,} rows read, {table.rows_count:,} kept")
        if table.detail:
            self.stdout.write(table.detail)

    def _show_changes(self, table: CodeTable) -> None:
        seen = table.comparison
        none = "the rows that come with Clawguard" if table.is_ours else "nothing official is in force yet"
        self.stdout.write(f"Changes ({'against ' + seen['base_name'] if seen['base'] else none}):")
        for kind, count in seen["all"].items():
            billed = "" if table.is_ours else f", for codes the network bills: {seen['billed'].get(kind, 0):,}"
            self.stdout.write(f"  {kind}: {count:,}{billed}")

    def _activate(self, actor: Actor, table: CodeTable) -> None:
        try:
            code_tables.activate(actor, table.pk, read_clock())
        except NotAllowed:
            raise CommandError("Only a compliance lead puts a table in force.", returncode=REFUSED) from None
        except Refused as refusal:
            raise CommandError(refusal.message, returncode=REFUSED) from None
        until = "" if table.is_ours else f" for dates of service up to {table.last_day}"
        self.stdout.write(f"{table}: in force{until}.")


class LoadOfficialTable(LoadTable):
    """The quarterly files of CMS."""

    kind: TableKind

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="text, spreadsheet or zip, all parts")
        parser.add_argument("--variant", choices=[*Variant], default=Variant.MEDICARE)
        parser.add_argument("--quarter", type=_quarter, help="such as 2026Q3; told from the file's name when left out")
        super().add_arguments(parser)

    def wanted(self, options: dict[str, Any]) -> Wanted:
        return Wanted(self.kind, Variant(options["variant"]), options["quarter"])


def _quarter(text: str) -> Quarter:
    return Quarter.read(text)


def _lead(email: str) -> Actor:
    user = User.objects.filter(email=email.lower(), is_active=True).first()
    if user is None:
        raise CommandError(f"Nobody signs in as {email}.", returncode=UNREADABLE)
    return of_user(user)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece
