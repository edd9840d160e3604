"""Which column of a table holds what: looked at before the file is read, and remembered for the next such file."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from clawguard.access import FieldProblem, Problem
from clawguard.accounts.actors import Actor
from clawguard.events.services import WrongState, publish
from sessions import policies, selectors
from sessions.intake import vault
from sessions.intake.readers import csv_preview, suggest_mapping
from sessions.intake.readers.csv_columns import columns_of
from sessions.models import ColumnMapping, ImportBatch
from sessions.services.imports.receiving import check_defaults

SAMPLES = 4  # rows shown beside the header
LONGEST_CELL = 60


class Preview(NamedTuple):
    """The head of a table and what its columns are taken for. ``remembered``: somebody confirmed this header before."""

    headers: list[str]
    rows: list[list[str]]
    mapping: Mapping[str, str]
    defaults: Mapping[str, str]
    remembered: bool


def preview(batch: ImportBatch) -> Preview:
    """Raises vault.Gone when the file is not there any more."""
    table = list(csv_preview(vault.read(batch.id), SAMPLES + 1))
    headers = table[0] if table else []
    rows = [[cell[:LONGEST_CELL] for cell in row] for row in table[1:]]
    known = ColumnMapping.objects.filter(pk=_digest(headers)).first()
    if known is not None:
        return Preview(headers, rows, known.mapping, known.defaults, True)
    return Preview(headers, rows, suggest_mapping(headers), {}, False)


def _digest(headers: Sequence[str]) -> str:
    return hashlib.sha256("\x1f".join(headers).encode()).hexdigest()


@transaction.atomic
def confirm_mapping(
    actor: Actor, batch_id: UUID, mapping: Mapping[str, str], defaults: Mapping[str, str], now: dt.datetime
) -> ImportBatch:
    """Take ``mapping`` (field → column), remember it for this header, and have the file read.

    Raises Problem 400 naming everything wrong with it, WrongState once the file was read.
    """
    policies.require_intake(actor)
    check_defaults(defaults)
    batch = selectors.imports(actor).select_for_update().get(pk=batch_id)
    if not batch.waits_for_mapping:
        raise WrongState(batch, "read with another mapping")
    headers = next(csv_preview(vault.read(batch.id), 1), [])
    _, problems = columns_of(headers, mapping)
    if problems:
        errors = [FieldProblem("/mapping", problem.code, problem.message) for problem in problems]
        raise Problem(400, "mapping", "The columns cannot be read like this", "See errors.", errors)
    batch.mapping, batch.defaults = dict(mapping), dict(defaults)
    batch.summary = {}
    batch.save(update_fields=["mapping", "defaults", "summary", "updated_at"])
    said = {"mapping": batch.mapping, "defaults": batch.defaults, "used_at": now, "used_by_name": actor.name}
    ColumnMapping.objects.update_or_create(header_digest=_digest(headers), defaults=said)
    publish("import.received", batch, actor, now, {"kind": batch.kind, "bytes": batch.file_size})
    return batch
