"""``manage.py import_facts FILE``: facts beside sessions from a table (CSV) or NDJSON, in thousands, all or none."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from clawguard.accounts.actors import SYSTEM
from clawguard.clock import now as read_clock
from clawguard.domain.stated_facts import Statement, read_statement
from clawguard.domain.submission.strict_json import StrictJsonError, loads
from clawguard.events.errors import Refused
from sessions import services

PIECE = 1000
SHOWN = 50
TRUTHS = {"yes": True, "true": True, "no": False, "false": False}
FLAGS = ("required", "obtained", "known_at_booking", "retroactive", "offered", "used", "programme")


class Command(BaseCommand):
    help = (
        "State facts from a CSV or NDJSON file; the columns are the fields of docs/stated-facts.md. Nothing is stored"
        " while a row cannot be read. Exit code 0: done; 1: refused. The same file again changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", default="", help="where the facts come from, for rows that do not say it")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        statements, problems = [], 0
        try:
            for number, raw in _rows(path):
                statement, errors = read_statement({"source": options["source"], **raw} if raw is not None else raw)
                problems += len(errors)
                for error in errors if problems <= SHOWN else []:
                    self.stdout.write(f"{path.name}:{number}: {error.code}: {error.message}")
                if statement is not None:
                    statements.append(statement)
        except (OSError, UnicodeDecodeError, csv.Error) as problem:
            raise CommandError(f"{path.name}: cannot be read as UTF-8 text ({type(problem).__name__}).") from None
        if problems:
            raise CommandError(f"{path.name}: nothing was stored; {problems:,} fields cannot be read.")
        self.stdout.write(f"{path.name}: {len(statements):,} facts read, {_store(statements):,} of them new")


@transaction.atomic
def _store(statements: list[Statement]) -> int:
    try:
        return sum(
            services.state(SYSTEM, statements[first : first + PIECE], read_clock()).new
            for first in range(0, len(statements), PIECE)
        )
    except Refused as refused:
        raise CommandError(f"Nothing was stored: {refused.message}") from None


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any] | None]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        if path.suffix.lower() in (".ndjson", ".jsonl"):
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, _object(line)
        else:
            for number, row in enumerate(csv.DictReader(file), 2):
                yield number, {name: _cell(name, value) for name, value in row.items() if name and value}


def _object(line: str) -> dict[str, Any] | None:
    try:
        raw = loads(line)
    except (StrictJsonError, json.JSONDecodeError):
        return None
    return raw if isinstance(raw, dict) else None


def _cell(name: str, value: str) -> Any:
    """A cell of a table as JSON would have it."""
    if name in FLAGS:
        return TRUTHS.get(value.strip().lower(), value)
    return int(value) if name == "sessions" and value.strip().isdecimal() else value.strip()
