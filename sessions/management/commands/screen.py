"""``manage.py screen FILE``: check a file as a linter would. Writes nothing; works without a database too."""

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
from sessions.intake.readers import detect_kind
from sessions.reports import remittance_files, session_files
from sessions.services import tables
from sessions.services.file_check import FileReport, check_file

KINDS = {
    "csv": "sessions_csv",
    "ndjson": "sessions_ndjson",
    "x12_837p": "x12_837p",
    "x12_835": "x12_835",
    "sessions_csv": "sessions_csv",
    "sessions_ndjson": "sessions_ndjson",
}
FAIL_ON = {"error": ("error",), "warning": ("error", "warning"), "never": ()}
CLEAN, FOUND, UNREADABLE = 0, 1, 2  # exit codes
PIECE = 64 * 1024


class Command(BaseCommand):
    help = (
        "Check a file of sessions (CSV, NDJSON, 837P) or read a remittance (835) without storing anything."
        " Exit code 0: nothing at or above --fail-on; 1: findings; 2: something could not be read."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--kind", choices=sorted(KINDS), help="told from the content when left out")
        parser.add_argument("--format", choices=("text", "json"), default="text")
        parser.add_argument("--fail-on", choices=sorted(FAIL_ON), default="error")
        parser.add_argument("--time-zone", default="America/New_York", help="of practices the file does not place")
        parser.add_argument("--license", default="", help="of providers whose credential the file does not state")
        parser.add_argument("--payer-kind", choices=PAYER_KINDS, default="commercial")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if options["time_zone"] not in known_time_zones():
            raise CommandError("--time-zone must be an IANA name such as America/Chicago.", returncode=UNREADABLE)
        try:
            with path.open("rb") as file:
                head = file.read(8192)
        except OSError as problem:
            raise CommandError(f"{path}: {problem.strerror}", returncode=UNREADABLE) from None
        kind = KINDS[options["kind"]] if options["kind"] else detect_kind(head, path.name)
        if not head or kind is None:
            why = "the file is empty" if not head else "its kind cannot be told; say --kind"
            raise CommandError(f"{path}: {why}.", returncode=UNREADABLE)
        code = self._remittance(path, options) if kind == "x12_835" else self._sessions(path, kind, options)
        if code:
            raise SystemExit(code)

    def _sessions(self, path: Path, kind: str, options: dict[str, Any]) -> int:
        code_tables, now = _surroundings()
        defaults = Defaults(options["time_zone"], options["license"], options["payer_kind"])
        report = check_file(kind, _pieces(path), defaults, code_tables, now)
        made = session_files.as_json if options["format"] == "json" else session_files.as_text
        self._print(made(report, path.name))
        return _code(report, FAIL_ON[options["fail_on"]])

    def _remittance(self, path: Path, options: dict[str, Any]) -> int:
        items = list(read_remittances(_pieces(path)))
        made = remittance_files.as_json if options["format"] == "json" else remittance_files.as_text
        self._print(made(items, path.name))
        if remittance_files.unreadable(items):
            return UNREADABLE
        return FOUND if remittance_files.off_balance(items) and options["fail_on"] == "warning" else CLEAN

    def _print(self, made: dict[str, Any] | Iterator[str]) -> None:
        if isinstance(made, dict):
            self.stdout.write(json.dumps(made, indent=2, ensure_ascii=False))
            return
        try:
            for line in made:
                self.stdout.write(line)
        except BrokenPipeError:  # the reader (head, less) has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _code(report: FileReport, failing: tuple[str, ...]) -> int:
    if report.unreadable:
        return UNREADABLE
    return FOUND if any(report.count(severity) for severity in failing) else CLEAN


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
