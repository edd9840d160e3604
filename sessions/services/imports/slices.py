"""One slice of a file: its good rows into a sealed piece, its bad rows into problems. No slice waits for another.

What a slice cannot know, the ids of the rows before it, is compared when all have been read (see ``reading``).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from clawguard.accounts.actors import Actor
from clawguard.accounts.models import Provider
from clawguard.domain.facts import SessionFacts
from sessions.intake import vault
from sessions.intake.parsing import KnownProviders, Parsed, Told, npi_of, parse_row
from sessions.intake.readers import Row
from sessions.intake.record import Order, Record, order_of_record, pack, record_of
from sessions.intake.seen import Seen
from sessions.models import ImportBatch, ImportProblem, ImportSlice
from sessions.services import parties, storing
from sessions.services.dry_run import screen_facts
from sessions.services.imports.receiving import defaults_of

MOST_PROBLEMS = 5_000  # kept per file; all are counted


class Reading:
    """One go at a slice. What it learns is written at its end, in the transaction of whoever asked for it."""

    def __init__(self, batch: ImportBatch, part: ImportSlice, actor: Actor, now: dt.datetime) -> None:
        self.batch, self.part, self.actor, self.now = batch, part, actor, now
        self.counts: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.good: list[tuple[Parsed, Record]] = []
        self.problems: list[Told] = []
        self.seen = Seen(batch.id, vault.read_known(batch.id, part.number) if part.again else b"")

    def read(self, rows: Iterator[Row]) -> None:
        """Read ``rows``, which are those of the slice, and seal what is good."""
        given = list(rows)
        providers = KnownProviders(defaults_of(self.batch), _known_providers(given))
        self.part.rows, self.part.good, self.part.refused, self.part.unchanged = len(given), 0, 0, 0
        for row in given:
            self._take(parse_row(row, self.now, providers))
        self._refuse_others_providers()
        self.good.sort(key=_order)
        records = [record for _, record in self.good]
        self.part.good += len(records)
        vault.keep_piece(self.batch.id, self.part.number, pack(records))
        vault.keep_ids(self.batch.id, self.part.number, self.seen.added())
        if self.batch.dry_run or self.batch.hold:
            self._foresee(records)

    def _take(self, parsed: Parsed) -> None:
        if parsed.submission is None:
            if any(told.severity == "error" for told in parsed.problems):
                self._refuse(parsed.problems)
            else:  # a remark about the file, with no session in it to refuse
                self.problems += parsed.problems
            return
        record = record_of(parsed.submission, parsed.number)
        same = self.seen.add(record.external_id, record.digest)
        if same is not None:
            self._repeated(parsed, same)
            return
        self.good.append((parsed, record))
        self.problems += parsed.problems

    def _repeated(self, parsed: Parsed, same: bool) -> None:
        if same:
            self.part.good += 1
            self.part.unchanged += 1
            return
        message = "external_id: another row of this file has the same id and says something else; keep one of them."
        self._refuse([Told(parsed.number, "", "/external_id", "duplicate_id", message, label=parsed.label)])

    def _refuse(self, problems: list[Told]) -> None:
        self.part.refused += 1
        self.problems += problems

    def _refuse_others_providers(self) -> None:
        out = parties.out_of_reach({record.npi for _, record in self.good}, self.actor)
        if not out:
            return
        message = "provider.npi: this provider belongs to another team; ask a lead to import the row."
        for parsed, record in self.good:
            if record.npi in out:
                told = Told(parsed.number, "", "/provider/npi", "provider_out_of_reach", message, label=parsed.label)
                self._refuse([told])
        self.good = [pair for pair in self.good if pair[1].npi not in out]

    def _foresee(self, records: list[Record]) -> None:
        """What storing these rows would do, and what the checks would say."""
        known = storing.standing([record.external_id for record in records])
        for record in records:
            old = known.get(record.external_id)
            outcome = "created" if old is None else "unchanged" if old.digest == record.digest else "corrected"
            self.counts[outcome] += 1
        facts: list[SessionFacts] = [parsed.submission.facts for parsed, _ in self.good if parsed.submission]
        for checked in screen_facts(facts, self.now):
            self.counts["with_findings"] += any(finding.severity != "info" for finding in checked.findings)
            self.found.update(finding.check for finding in checked.findings)

    def keep(self) -> None:
        """Write what was learnt. The batch is locked, so that no more problems are kept of it than may be."""
        part = self.part
        ImportProblem.objects.filter(batch=self.batch, slice=part.number).delete()
        if self.problems:
            self.counts["problems"] = len(self.problems)
            room = max(0, MOST_PROBLEMS - ImportProblem.objects.filter(batch=self.batch).count())
            kept = [ImportProblem(batch=self.batch, slice=part.number, **t._asdict()) for t in self.problems[:room]]
            ImportProblem.objects.bulk_create(kept, batch_size=1000)
        part.counts, part.findings, part.read_at = dict(self.counts), dict(self.found), self.now
        part.save()


def _order(good: tuple[Parsed, Record]) -> Order:
    return order_of_record(good[1])


def _known_providers(rows: list[Row]) -> dict[str, tuple[str, str]]:
    named = {npi for row in rows if (npi := npi_of(row.raw)) is not None}
    known = Provider.objects.filter(npi__in=named).values_list("npi", "time_zone", "license")
    return {npi: (zone, credential) for npi, zone, credential in known}
