"""Keys rotate under every seal of cases and disputes; no sealed column is forgotten."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import models

from clawguard import note_keys
from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from disputes import services
from disputes.models import Dispute, Message
from disputes.resealing import KINDS
from disputes.sealed import open_words
from disputes.selectors.evidence import pieces_of
from disputes.services import Said
from notes.hooks import SEALED
from notes.services import rotate
from notes.services.rotating import OWN
from tests.builders import NOW
from tests.disputes import makers

POLICY = {"version": "2026", "notice_hours": 24, "fee": "75.00"}
NOT_SEALED = {("Passkey", "public_key"), ("CodeTableBlock", "content")}


@pytest.mark.django_db
def test_keys_rotate_under_what_cases_and_disputes_seal(rui: User, priya: User, settings: Any) -> None:
    settings.NOTE_KEYS = [old := note_keys.make()]
    case = makers.answered(rui, priya)
    row = makers.dispute(of_user(rui), priya.provider, reason="late_notice", evidence={"policy": POLICY})
    services.deliver(row.pk, NOW)
    services.answer(of_user(priya), row.pk, Said("contest", "We agreed on the fee."), NOW)
    said = {message.pk: open_words("case message", message.pk, message.body) for message in case.messages.all()}
    settings.NOTE_KEYS = [note_keys.make(), old]
    first, again = rotate(), rotate()
    assert first >= len(said) + 3 and again == 0
    settings.NOTE_KEYS = settings.NOTE_KEYS[:1]
    kept = Message.objects.filter(case=case)
    assert {message.pk: open_words("case message", message.pk, message.body) for message in kept} == said
    row = Dispute.objects.get(pk=row.pk)
    assert open_words("dispute response", row.pk, row.response) == "We agreed on the fee."
    assert open_words("dispute statement", row.pk, row.statement)
    assert [piece.value for piece in pieces_of(row)] == [POLICY]


def test_every_column_of_bytes_is_rotated_or_known_not_to_be_sealed() -> None:
    columns = {
        (model.__name__, field.name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.BinaryField)
    }
    rotated = {(column.model.__name__, column.column) for column in (*OWN, *SEALED)}
    assert len(SEALED) == len(KINDS)
    assert columns - NOT_SEALED == rotated
