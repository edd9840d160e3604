"""Decisions and adjustments by plain SQL, past every service: what the database itself makes of them."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from clawguard.accounts.models import User
from disputes.models import Case
from tests.builders import NOW

LATER = NOW + dt.timedelta(hours=5)
AFTER_DUE = NOW + dt.timedelta(days=10)


def insert_decision(case: Case, by: User, *, checked: bool = True, **fields: Any) -> uuid.UUID:
    """A decision by plain SQL, past every service. ``checked``: what is refused at commit is refused now."""
    row = {
        "id": uuid.uuid4(),
        "case_id": case.pk,
        "number": 90,
        "party": "provider",
        "clause": "provider.coding",
        "outcome": "recover",
        "amount": Decimal("40.00"),
        "explanation": "x",
        "evidence": json.dumps([{"fact": "date_of_service"}]),
        "proposed_by_id": by.pk,
        "proposed_at": LATER,
        "returned_reason": "",
        "final_at": LATER,
        **fields,
    }
    insert("disputes_decision", row, checked=checked)
    return row["id"]


def insert_adjustment(case: Case, decision_id: uuid.UUID, **fields: Any) -> None:
    row = {
        "id": uuid.uuid4(),
        "case_id": case.pk,
        "decision_id": decision_id,
        "provider_id": case.provider_id,
        "kind": "pay_contracted_rate",
        "amount": case.contracted_rate,
        "names": json.dumps([{"name": "Rui Test"}]),
        "created_at": LATER,
        **fields,
    }
    insert("disputes_proposedadjustment", row)


def insert(table: str, row: dict[str, Any], *, checked: bool = True) -> None:
    names, places = ", ".join(row), ", ".join(["%s"] * len(row))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", list(row.values()))  # noqa: S608 - names of this test
        if checked:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def refused(sql: str, *values: Any) -> str:
    with pytest.raises(DatabaseError) as said, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what the test itself wrote must not stand in the way
        cursor.execute(sql, values)
    return str(said.value)


def insert_paid(case: Case, by: User, network: dict[str, Any], **wrong: Any) -> None:
    """A network error with its adjustment, in one transaction, by plain SQL."""
    with transaction.atomic():
        decision = insert_decision(case, by, checked=False, **network)
        insert_adjustment(case, decision, **wrong)
