"""``manage.py screen FILE``: check a file as a linter would. Writes nothing; works without a database too.

Exit code 0: nothing at or above ``--fail-on``; 1: findings; 2: something could not be read, or the command itself.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from clawguard.clock import now as read_clock
from clawguard.domain.codesets import CodeTables
from clawguard.domain.submission import Defaults
from clawguard.domain.submission.table import PAYER_KINDS
from clawguard.domain.submission.texts import known_time_zones
from clawguard.domain.x12.remit835 import read_remittances
from clawguard.events.errors import NotFound
from sessions import catalogue
from sessions.intake.readers import detect_kind
from sessions.reports import remittance_files, session_files
from sessions.reports.explain import explain
from sessions.reports.sarif import as_sarif
from sessions.services import tables
from sessions.services.file_check import Chosen, FileReport, check_file

KINDS = {
    "csv": "sessions_csv",
    "ndjson": "sessions_ndjson",
    "x12_837p": "x12_837p",
    "x12_835": "x12_835",
    "sessions_csv": "sessions_csv",
    "sessions_ndjson": "sessions_ndjson",
}
WRITERS = {"text": session_files.as_text, "json": session_files.as_json, "sarif": as_sarif}
FORMATS = tuple(WRITERS)
FAIL_ON = {"error": ("error",), "warning": ("error", "warning"), "never": ()}
CLEAN, FOUND, UNREADABLE = 0, 1, 2  # exit codes
PIECE = 64 * 1024


class Command(BaseCommand):
    help = (
        "Check a file of sessions (CSV, NDJSON, 837P) or read a remittance (835) without storing anything, or explain a"
        " check."
        " Exit code 0: nothing at or above --fail-on; 1: findings; 2: something could not be read."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?")
        parser.add_argument("--kind", choices=sorted(KINDS), help="told from the content when left out")
        parser.add_argument("--format", choices=FORMATS, default="text")
        parser.add_argument("--explain", metavar="CG101", help="print the page of a check instead of checking a file")
        parser.add_argument("--select", default="", help="only these checks, by id or the beginning of one: CG1,CG305")
        parser.add_argument("--ignore", default="", help="all checks but these, named in the same way")
        parser.add_argument("--fail-on", choices=sorted(FAIL_ON), default="error")
        parser.add_argument("--time-zone", default="America/New_York", help="of practices the file does not place")
        parser.add_argument("--license", default="", help="of providers whose credential the file does not state")
        parser.add_argument("--payer-kind", choices=PAYER_KINDS, default="commercial")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["explain"]:
            return self._explain(options["explain"])
        path: Path | None = options["file"]
        chosen = Chosen(_names(options["select"]), _names(options["ignore"]))
        self._require_usable(path, options, chosen)
        assert path is not None  # noqa: S101 — refused above
        kind = _kind_of(path, options["kind"])
        code = self._remittance(path, options) if kind == "x12_835" else self._sessions(path, kind, options, chosen)
        if code:
            raise SystemExit(code)
        return None

    def _require_usable(self, path: Path | None, options: dict[str, Any], chosen: Chosen) -> None:
        if path is None:
            raise CommandError("Name a file, or a check with --explain.", returncode=UNREADABLE)
        if options["time_zone"] not in known_time_zones():
            raise CommandError("--time-zone must be an IANA name such as America/Chicago.", returncode=UNREADABLE)
        if chosen.unknown():
            raise CommandError(f"No check is called {', '.join(chosen.unknown())}.", returncode=UNREADABLE)

    def _explain(self, check_id: str) -> None:
        try:
            info = catalogue.get_entry(check_id)
        except NotFound:
            raise CommandError(f"No check is called {check_id}.", returncode=UNREADABLE) from None
        self._print(explain(info, _surroundings()[0]))

    def _sessions(self, path: Path, kind: str, options: dict[str, Any], chosen: Chosen) -> int:
        code_tables, now = _surroundings()
        defaults = Defaults(options["time_zone"], options["license"], options["payer_kind"])
        with check_file(kind, _pieces(path), defaults, code_tables, now, chosen) as report:
            self._print(WRITERS[options["format"]](report, path.name))
            return _code(report, FAIL_ON[options["fail_on"]])

    def _remittance(self, path: Path, options: dict[str, Any]) -> int:
        if options["format"] == "sarif":
            raise CommandError("SARIF tells findings about sessions; a remittance has none.", returncode=UNREADABLE)
        items = list(read_remittances(_pieces(path)))
        if options["format"] == "json":
            shown = json.dumps(remittance_files.as_json(items, path.name), indent=2, ensure_ascii=False)
            self._print(iter([shown]))
        else:
            self._print(remittance_files.as_text(items, path.name))
        if remittance_files.unreadable(items):
            return UNREADABLE
        return FOUND if remittance_files.off_balance(items) and options["fail_on"] == "warning" else CLEAN

    def _print(self, lines: Iterator[str]) -> None:
        try:
            for line in lines:
                self.stdout.write(line)
        except BrokenPipeError:  # the reader (head, less) has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip().upper() for name in text.split(",") if name.strip())


def _kind_of(path: Path, said: str | None) -> str:
    """The kind of a file, told from its first bytes unless it was said. Raises CommandError."""
    try:
        with path.open("rb") as file:
            head = file.read(8192)
    except OSError as problem:
        raise CommandError(f"{path}: {problem.strerror}", returncode=UNREADABLE) from None
    kind = KINDS[said] if said else detect_kind(head, path.name)
    if not head or kind is None:
        why = "the file is empty" if not head else "its kind cannot be told; say --kind"
        raise CommandError(f"{path}: {why}.", returncode=UNREADABLE)
    return kind


def _code(report: FileReport, failing: tuple[str, ...]) -> int:
    if report.unreadable:
        return UNREADABLE
    return FOUND if any(report.severities[severity] for severity in failing) else CLEAN


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _surroundings() -> tuple[CodeTables, dt.datetime]:
    """The loaded code tables and the network's clock; without a database the built-in tables and the host's clock."""
    try:
        return tables.current(), read_clock()
    except DatabaseError:
        return CodeTables(), timezone.now()
