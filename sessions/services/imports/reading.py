"""Reading a file through before anything of it is stored: good rows into sealed pieces, bad rows into problems."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import asdict
from itertools import islice
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import Actor, NotAllowed
from clawguard.accounts.models import Provider
from clawguard.domain.facts import SessionFacts
from clawguard.domain.lifecycles import ImportState
from clawguard.events.services import publish
from sessions.intake import vault
from sessions.intake.parsing import KnownProviders, Parsed, Told, parse_row
from sessions.intake.readers import Place, read_rows
from sessions.intake.record import Record, pack, record_of
from sessions.intake.seen import Seen
from sessions.models import ImportBatch, ImportProblem
from sessions.services import parties, storing
from sessions.services.dry_run import screen_facts
from sessions.services.imports.receiving import author, defaults_of
from sessions.services.imports.running import end, start_running

SLICE_ROWS = 50_000  # some seconds of reading; a killed worker repeats no more than this
LOOKING_SLICE_ROWS = 20_000  # where each row is also screened
PIECE_ROWS = 2_500  # stored and screened in one transaction each: some tenths of a second
MOST_PROBLEMS = 5_000  # kept per file; all are counted


@transaction.atomic
def read_slice(batch_id: UUID, now: dt.datetime) -> bool:
    """Read on from where the last slice ended; True while there is more. The last slice decides what happens next."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    if batch.status != ImportState.RECEIVED:
        return False
    try:
        actor = author(batch)
        more = _Slice(batch, actor, now).read()
    except NotAllowed:
        end(batch, ImportState.REFUSED, now, reason="sender_not_allowed")
        return False
    except vault.Gone:
        end(batch, ImportState.REFUSED, now, reason="file_gone")
        return False
    if more:
        publish("import.reading", batch, actor, now, {"rows": batch.rows_read})
    else:
        _decide(batch, actor, now)
    return more


def _decide(batch: ImportBatch, actor: Actor, now: dt.datetime) -> None:
    """What a file that was read through comes to."""
    batch.rows_total = batch.rows_read
    batch.save(update_fields=["rows_total", "updated_at"])
    if not batch.rows_total:
        end(batch, ImportState.REFUSED, now, reason="no_rows")
    elif batch.dry_run:
        end(batch, ImportState.DONE, now)
    elif batch.hold:
        end(batch, ImportState.PREVIEWED, now)
    elif batch.rows_refused and not batch.only_good_rows:
        end(batch, ImportState.REFUSED, now, reason="bad_rows")
    elif not batch.pieces:
        end(batch, ImportState.DONE if batch.rows_good else ImportState.REFUSED, now, reason="no_good_rows")
    else:
        start_running(batch, actor, now)


class _Slice:
    """One go at the file. Everything it learns is written at its end, in one transaction."""

    def __init__(self, batch: ImportBatch, actor: Actor, now: dt.datetime) -> None:
        self.batch, self.actor, self.now = batch, actor, now
        self.looking = batch.dry_run or batch.hold
        self.counts: Counter[str] = Counter(batch.summary.get("counts", {}))
        self.found: Counter[str] = Counter(batch.summary.get("findings", {}))
        self.good: list[tuple[Parsed, Record]] = []
        self.problems: list[ImportProblem] = []
        self.facts: list[SessionFacts] = []
        self.seen = Seen(batch.id, batch.pieces)
        self.place = Place(**batch.place)
        self.providers = KnownProviders(defaults_of(batch), _known_providers())

    def read(self) -> bool:
        batch = self.batch
        size = LOOKING_SLICE_ROWS if self.looking else SLICE_ROWS
        source = vault.read(batch.id, self.place.offset if self.place.direct else 0)
        rows = read_rows(batch.kind, source, batch.mapping or None, self.place)
        count = 0
        for row in islice(rows, size):
            count += 1
            self._take(parse_row(row, self.now, self.providers))
            if len(self.good) >= PIECE_ROWS:
                self._flush()
        self._flush()
        batch.rows_read += count
        batch.place = asdict(self.place)
        self._save()
        return count == size

    def _take(self, parsed: Parsed) -> None:
        if parsed.submission is None:
            if any(told.severity == "error" for told in parsed.problems):
                self._refuse(parsed, parsed.problems)
            else:  # a remark about the file, with no session in it to refuse
                self._tell(parsed, parsed.problems)
            return
        record = record_of(parsed.submission, parsed.number)
        same = self.seen.add(record.external_id, record.digest)
        if same is not None:
            self._repeated(parsed, same)
            return
        self.good.append((parsed, record))
        self._tell(parsed, parsed.problems)

    def _repeated(self, parsed: Parsed, same: bool) -> None:
        if same:
            self.batch.rows_good += 1
            self.batch.rows_unchanged += 1
            return
        message = "external_id: another row of this file has the same id and says something else; keep one of them."
        self._refuse(parsed, [Told(parsed.number, "", "/external_id", "duplicate_id", message, label=parsed.label)])

    def _refuse(self, parsed: Parsed, problems: list[Told]) -> None:
        self.batch.rows_refused += 1
        self._tell(parsed, problems)

    def _tell(self, parsed: Parsed, problems: list[Told]) -> None:
        for told in problems:
            self.counts["problems"] += 1
            if self.counts["problems"] <= MOST_PROBLEMS:
                self.problems.append(ImportProblem(batch=self.batch, **told._asdict()))

    def _flush(self) -> None:
        """Seal what is good as the next piece."""
        self._refuse_others_providers()
        if not self.good:
            return
        records = [record for _, record in self.good]
        self.batch.rows_good += len(records)
        self.batch.pieces += 1
        vault.keep_piece(self.batch.id, self.batch.pieces, pack(records))
        self.seen.seal(self.batch.pieces)
        if self.looking:
            self._foresee(records)
        self.good = []

    def _refuse_others_providers(self) -> None:
        out = parties.out_of_reach({record.npi for _, record in self.good}, self.actor)
        if not out:
            return
        message = "provider.npi: this provider belongs to another team; ask a lead to import the row."
        for parsed, record in self.good:
            if record.npi in out:
                told = Told(parsed.number, "", "/provider/npi", "provider_out_of_reach", message, label=parsed.label)
                self._refuse(parsed, [told])
        self.good = [pair for pair in self.good if pair[1].npi not in out]

    def _foresee(self, records: list[Record]) -> None:
        """What storing these rows would do, and what the checks would say."""
        known = storing.standing([record.external_id for record in records])
        for record in records:
            old = known.get(record.external_id)
            outcome = "created" if old is None else "unchanged" if old.digest == record.digest else "corrected"
            self.counts[outcome] += 1
        facts = [parsed.submission.facts for parsed, _ in self.good if parsed.submission is not None]
        for checked in screen_facts(facts, self.now):
            self.counts["with_findings"] += any(finding.severity != "info" for finding in checked.findings)
            self.found.update(finding.check for finding in checked.findings)

    def _save(self) -> None:
        ImportProblem.objects.bulk_create(self.problems, batch_size=1000)
        self.batch.summary = {
            **self.batch.summary,
            "counts": dict(self.counts),
            "findings": dict(sorted(self.found.items())),
        }
        self.batch.save(
            update_fields=[
                "rows_read",
                "place",
                "rows_good",
                "rows_refused",
                "rows_unchanged",
                "pieces",
                "summary",
                "updated_at",
            ]
        )


def _known_providers() -> dict[str, tuple[str, str]]:
    rows = Provider.objects.values_list("npi", "time_zone", "license")
    return {npi: (zone, credential) for npi, zone, credential in rows}
