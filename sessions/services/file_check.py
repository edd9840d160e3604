"""A whole file checked without storing anything, as a linter does; memory does not grow with the file."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from clawguard.domain.checks import ALL, Context
from clawguard.domain.codesets import CodeTables
from clawguard.domain.submission import Defaults
from sessions.intake.parsing import KnownProviders, Told, parse_row
from sessions.intake.readers import read_rows
from sessions.services import neighbours
from sessions.services.dry_run import Checked
from sessions.services.file_store import FileStore
from sessions.services.screening import findings_of


class Chosen(NamedTuple):
    """Which checks are asked: ids or beginnings of ids, ``CG1`` for all of the family. Nothing selected is all."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def holds(self, check_id: str) -> bool:
        return (not self.select or check_id.startswith(self.select)) and not check_id.startswith(self.ignore or ("-",))

    def unknown(self) -> list[str]:
        """Those that no check answers to."""
        return [name for name in (*self.select, *self.ignore) if not any(check.startswith(name) for check in ALL)]


EVERY = Chosen()


class FileReport:
    """What was read of a file, and what the checks say of it, session by session in the order of the file.

    ``counts`` and ``at_risk`` are complete once ``sessions`` has been walked to its end. Close it afterwards.
    """

    def __init__(self, kind: str, code_tables: CodeTables, now: dt.datetime, chosen: Chosen = EVERY) -> None:
        self.kind, self._tables, self._now, self._chosen = kind, code_tables, now, chosen
        self._store = FileStore()
        self.rows = self.problem_count = self.unread = 0
        self.codes: Counter[str] = Counter()
        self.severities: Counter[str] = Counter()
        self.checks: Counter[str] = Counter()
        self.at_risk = Decimal("0.00")

    def __enter__(self) -> FileReport:
        return self

    def __exit__(self, *_: object) -> None:
        self._store.close()

    @property
    def session_count(self) -> int:
        return self._store.count

    @property
    def unreadable(self) -> bool:
        return bool(self.unread) or not self.rows

    def contents(self) -> tuple[dt.date, dt.date, int, int] | None:
        return self._store.contents()

    def problems(self) -> Iterator[Told]:
        return self._store.told("problem")

    def unfit(self) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """Rows that were read and are no session as they stand."""
        return self._store.told("unfit")

    def read(self, chunks: Iterable[bytes], defaults: Defaults) -> None:
        """Every row. Never raises for bad content."""
        providers = KnownProviders(defaults)
        for row in read_rows(self.kind, chunks):
            parsed = parse_row(row, self._now, providers)
            self.rows += 1
            if parsed.problems:
                self.problem_count += len(parsed.problems)
                self.unread += sum(problem.severity == "error" for problem in parsed.problems)
                self._store.tell("problem", parsed.problems)
            if parsed.submission is not None:
                self._store.add(parsed.number, parsed.submission.facts)
                self.codes.update(line.code for line in parsed.submission.facts.service_lines)
            elif isinstance(row.raw, Mapping):
                self._store.tell("unfit", [(row.number, row.raw)])
        self._store.finish()

    def sessions(self) -> Iterator[tuple[int, Checked]]:
        """Each session with its place in the file, screened beside the others of the file."""
        bare = Context(self._tables, now=self._now)
        for start in self._store.starts():
            yield from self._chunk(start, bare)

    def _chunk(self, start: int, bare: Context) -> Iterator[tuple[int, Checked]]:
        """A frame of its own, so that no chunk is still held while the next one is read."""
        numbers, targets, rows = self._store.chunk(start, neighbours.wanted_by([self._tables]))
        around = neighbours.among(rows, self._tables, targets)
        for number, (target, beside) in zip(numbers, around, strict=True):
            found = findings_of(target, beside, bare)
            checked = Checked(target.facts, tuple([each for each in found if self._chosen.holds(each.check)]))
            self._count(checked)
            yield number, checked

    def _count(self, checked: Checked) -> None:
        if checked.findings:
            self.severities.update(finding.severity for finding in checked.findings)
            self.checks.update(finding.check for finding in checked.findings)
            self.at_risk += checked.at_risk


def check_file(
    kind: str,
    chunks: Iterable[bytes],
    defaults: Defaults,
    code_tables: CodeTables,
    now: dt.datetime,
    chosen: Chosen = EVERY,
) -> FileReport:
    """Read a file; walking ``sessions()`` of the report then screens it."""
    report = FileReport(kind, code_tables, now, chosen)
    report.read(chunks, defaults)
    return report
