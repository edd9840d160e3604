"""The demo's conversations hold what somebody who tries it looks for: a wording, a file, a document, a link."""

from __future__ import annotations

from typing import Any

import pytest

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from clawguard.demo.cast import Cast
from clawguard.demo.talking import set_the_table
from disputes import services
from disputes.models import ClientLink, DisputeEvidence, LibraryItem, Message
from tests.builders import NOW
from tests.disputes import makers


@pytest.mark.django_db
def test_the_table_is_set(rui: User, priya: User, settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path
    assert priya.provider is not None
    case = makers.in_conversation(rui, priya)
    row = makers.dispute(of_user(rui), priya.provider, reason="late_notice")
    services.deliver(row.pk, NOW)
    cast = Cast({"rui": of_user(rui)}, {priya.provider.npi: of_user(priya)})
    set_the_table(cast, NOW)
    assert LibraryItem.objects.get().file is not None
    assert DisputeEvidence.objects.get(dispute=row).file is not None
    assert ClientLink.objects.filter(dispute=row).count() == 1
    assert Message.objects.get(case=case, template="answer_waits").reworded is False
    assert Message.objects.get(case=case, attachments__isnull=False).from_provider


@pytest.mark.django_db
def test_without_a_case_or_dispute_only_the_policy_is_kept(rui: User, settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path
    set_the_table(Cast({"rui": of_user(rui)}, {"1999999984": of_user(rui)}), NOW)
    assert LibraryItem.objects.count() == 1
