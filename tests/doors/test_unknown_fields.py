"""What a body may not say is refused by name: nobody sets a column by guessing what it is called."""

from __future__ import annotations

import dataclasses
import json

import pytest
from django.apps import apps

from tests.doors.asking import address, headers_of, is_api, send, undone
from tests.doors.matrix import ROWS, Row
from tests.doors.test_matrix import by_key
from tests.doors.test_strangers import may_do, written_rows
from tests.world import World

pytestmark = pytest.mark.django_db

OURS = ("accounts", "events", "webhooks", "therapy_sessions", "notes", "disputes")
COLUMNS = {
    field.attname for app in OURS for model in apps.get_app_config(app).get_models() for field in model._meta.fields
}
TEMPTING = ("status", "due_at", "provider_id", "answered_at", "received_at", "id", "proposed_by_id", "final_at", "late")
WRITES = [
    row
    for row in ROWS
    if is_api(row) and row.method != "GET" and row.body is not None and not row.query
    if "webhook-signature" not in row.headers  # another body needs another signature: test_mail_events.py
]


def test_the_names_that_are_tried_are_names_of_columns() -> None:
    assert set(TEMPTING) <= COLUMNS


@pytest.mark.parametrize("row", WRITES, ids=by_key)
def test_a_field_that_is_not_offered_is_refused_by_name(world: World, row: Row) -> None:
    assert row.body is not None
    body = row.body(world)
    for name in TEMPTING:
        sent = {**body, name: "2026-11-18T15:00:00Z"}
        asked = dataclasses.replace(row, body=lambda _world, sent=sent: sent)
        caller = may_do(row)
        with undone():
            before = written_rows()
            answer = send(world.browser(caller), world, asked, address(world, row), headers_of(world, row, caller))
            touched = {table for table, count in written_rows().items() if count != before.get(table, 0)}
        assert answer.status_code == 400, (name, answer.content)
        assert f'"/{name}"' in json.dumps(answer.json()["errors"]), name
        assert touched <= {"accounts_signedin"}, name
