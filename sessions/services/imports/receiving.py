"""Taking a file in: sealed on disk and recorded, before anything of it is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any
from zoneinfo import available_timezones

from django.conf import settings
from django.db import transaction

from clawguard.access import FieldProblem, Problem
from clawguard.accounts.actors import SYSTEM, Actor, NotAllowed, of_api_key, of_user
from clawguard.accounts.models import ApiKey, Provider, User
from clawguard.domain.submission import Defaults
from clawguard.events.services import publish
from clawguard.ids import new_id
from sessions import hooks, policies
from sessions.intake import file_names, vault
from sessions.intake.readers import detect_kind
from sessions.models import ImportBatch

KINDS = ("sessions_csv", "sessions_ndjson", "x12_837p")
OTHER_KIND = "Send sessions as CSV, NDJSON or 837P, or payments as 835. Nothing was stored."
HEAD = 8192  # bytes by which a kind is told
MOST_X12 = 50 * 1024 * 1024
ZONE = Provider._meta.get_field("time_zone").default
DEFAULT_FIELDS = frozenset({"time_zone", "license", "payer_kind"})


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a file is to be read and what is to happen with it. An empty ``kind`` is told from the content."""

    kind: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    dry_run: bool = False
    hold: bool = False
    only_good_rows: bool = False
    ask_mapping: bool = False  # a table waits for its columns to be confirmed


def take(actor: Actor, file_name: str, chunks: Iterable[bytes], wishes: Wishes, now: dt.datetime) -> ImportBatch:
    """``receive``, except that a file of a kind another app reads is handed to that app."""
    head, source = _peek(chunks)
    kind = wishes.kind or detect_kind(head, file_name) or ""
    other = hooks.file_kind(kind)
    if other is not None:
        return other.take(actor, file_name, source, wishes.dry_run, now)
    return receive(actor, file_name, source, wishes, now)


@transaction.atomic
def receive(
    actor: Actor, file_name: str, chunks: Iterable[bytes], wishes: Wishes, now: dt.datetime, *, read: bool = True
) -> ImportBatch:
    """Seal and record a file; with ``read`` its reading begins as soon as a worker is free.

    With ``ask_mapping`` a table waits for its columns to be confirmed.

    Raises NotAllowed; Problem 400 for an empty file or unusable defaults, 413 for one too large, 415 for another kind.
    """
    policies.require_intake(actor)
    check_defaults(wishes.defaults)
    head, source = _peek(chunks)
    kind = wishes.kind or detect_kind(head, file_name) or ""
    if head and kind not in KINDS:
        raise Problem(415, "kind_unknown", "This is no file of sessions", OTHER_KIND)
    batch = seal(actor, kind, file_name, source, wishes, now)
    if read and not batch.waits_for_mapping:
        publish("import.received", batch, actor, now, {"kind": kind, "bytes": batch.file_size})
    return batch


def seal(
    actor: Actor, kind: str, file_name: str, chunks: Iterable[bytes], wishes: Wishes, now: dt.datetime
) -> ImportBatch:
    """Seal and record a file of any kind; whoever may send it was asked before, and who reads it hears of it apart.

    Raises Problem 400 for an empty file, 413 for one too large.
    """
    head, source = _peek(chunks)
    if not head:
        raise Problem(400, "file_empty", "The file is empty", "Choose the file again; nothing was stored.")
    batch = ImportBatch(id=new_id(), kind=kind, file_name=file_names.clean(file_name), created_at=now)
    most = min(settings.IMPORT_MAX_BYTES, MOST_X12) if kind.startswith("x12") else settings.IMPORT_MAX_BYTES
    try:
        batch.file_size, batch.file_sha256 = vault.keep(batch.id, source, most)
    except vault.TooLarge:
        message = f"At most {most:,} bytes at once; split the file."
        raise Problem(413, "too_large", "The file is too large", message) from None
    _record(batch, actor, wishes)
    return batch


def _peek(chunks: Iterable[bytes]) -> tuple[bytes, Iterator[bytes]]:
    source, head = iter(chunks), b""
    for chunk in source:
        head += chunk
        if len(head) >= HEAD:
            break
    return head[:HEAD], chain([head], source)


def _record(batch: ImportBatch, actor: Actor, wishes: Wishes) -> None:
    batch.stored_as = str(batch.id)
    batch.mapping, batch.defaults = dict(wishes.mapping), dict(wishes.defaults)
    batch.dry_run, batch.hold, batch.only_good_rows = wishes.dry_run, wishes.hold, wishes.only_good_rows
    if wishes.ask_mapping and batch.kind == "sessions_csv":
        batch.summary = {"waits_for": "mapping"}
    batch.created_by_kind, batch.created_by_id, batch.created_by_name = actor.kind, actor.id, actor.name
    batch.save(force_insert=True)


def check_defaults(given: Mapping[str, Any]) -> None:
    """Raises Problem 400 for defaults that cannot be used."""
    errors = [
        FieldProblem(f"/defaults/{name[:40]}", "unknown", "Leave it out.") for name in given.keys() - DEFAULT_FIELDS
    ]
    if given.get("time_zone") and given["time_zone"] not in available_timezones():
        errors.append(FieldProblem("/defaults/time_zone", "time_zone", "Give an IANA name such as America/Chicago."))
    if errors:
        raise Problem(400, "invalid", "The import cannot be prepared", "See errors.", errors)


def defaults_of(batch: ImportBatch) -> Defaults:
    said = {name: value for name, value in batch.defaults.items() if value}
    return Defaults(**{"time_zone": ZONE, **said})


def author(batch: ImportBatch) -> Actor:
    """Who sent the file, with the rights they have now. Raises NotAllowed when they may not act any more."""
    if batch.created_by_kind == "system" or batch.created_by_id is None:
        return SYSTEM
    if batch.created_by_kind == "api":
        key = ApiKey.objects.filter(pk=batch.created_by_id, revoked_at=None).first()
        if key is not None:
            return of_api_key(key)
    user = User.objects.filter(pk=batch.created_by_id, is_active=True).first()
    if user is None:
        raise NotAllowed
    return of_user(user)
