"""What people decide about a table: that few rows are enough, that it is left, that it is put in force."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import Actor
from clawguard.domain.codesets.official import DATED_ROWS
from clawguard.domain.lifecycles import TableState
from clawguard.events.errors import NotFound, Refused
from clawguard.events.services import move
from clawguard.events.words import stated
from sessions import policies
from sessions.models import CodeTable
from sessions.services.code_tables.force import in_force_for, replaced_by
from sessions.services.code_tables.reading import clear_files


def _locked(actor: Actor, table_id: UUID) -> CodeTable:
    """The table, with all others of its kind held still: what is in force changes by one person at a time."""
    policies.require_table_change(actor)
    table = CodeTable.objects.filter(pk=table_id).first()
    if table is None:
        raise NotFound
    of_kind = CodeTable.objects.filter(kind=table.kind, variant=table.variant).order_by("pk").select_for_update()
    return next(each for each in of_kind if each.pk == table_id)


@transaction.atomic
def accept(actor: Actor, table_id: UUID, reason: str, now: dt.datetime) -> CodeTable:
    """Say why the few rows of a table are all there is; it is then kept like any other."""
    table = _locked(actor, table_id)
    said = stated(reason, "/reason", missing="Say why these rows are enough.")
    move(table, TableState.READING, actor, now, accepted_reason=said, cause="", detail="")
    return table


@transaction.atomic
def discard(actor: Actor, table_id: UUID, now: dt.datetime) -> CodeTable:
    """Leave a table that is not in force."""
    table = _locked(actor, table_id)
    move(table, TableState.DISCARDED, actor, now)
    clear_files(table)
    return table


@transaction.atomic
def activate(actor: Actor, table_id: UUID, now: dt.datetime) -> CodeTable:
    """Put a table in force and take out what it replaces, in one step: every process reads the one or the other.

    Raises Refused while nobody could see what changes by it, and for a quarter before the one in force.
    """
    table = _locked(actor, table_id)
    leaving = replaced_by(table)
    if table.status == TableState.LOADED and table.kind in DATED_ROWS:
        later = next((each for each in leaving if each.table_quarter > table.table_quarter), None)
        if later is not None:
            raise Refused("older_quarter", f"{later.quarter} is in force and holds every row of {table.quarter}.")
    base = in_force_for(table)
    if not table.comparison or table.comparison["base"] != (str(base.pk) if base else ""):
        raise Refused("not_compared", "What changes by this table is still being worked out. Try again in a moment.")
    for old in leaving:
        move(old, TableState.SUPERSEDED, actor, now, payload={"by": str(table.pk)}, superseded_at=now)
    facts = {"kind": table.kind, "variant": table.variant, "quarter": table.quarter, "version": table.version[:16]}
    return _enter(table, actor, now, facts)


def _enter(table: CodeTable, actor: Actor, now: dt.datetime, facts: dict[str, str]) -> CodeTable:
    move(
        table,
        TableState.ACTIVE,
        actor,
        now,
        payload=facts,
        activated_at=now,
        activated_by_name=actor.name,
        superseded_at=None,
    )
    return table
