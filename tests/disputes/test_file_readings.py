"""Who opened a file of a conversation is an access record, as with notes; without one nothing is given out."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from clawguard.events.errors import NotFound
from clawguard.events.models import AccessLog, Event
from disputes.models import Case
from tests.disputes import makers
from tests.disputes.test_sent_files import opens, sent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def case(rui: User, priya: User) -> Case:
    return makers.in_conversation(rui, priya)


def test_each_opening_is_one_by_every_door(rui: User, priya: User, api_of: Any, browser_of: Any, case: Case) -> None:
    file = sent(priya, case)
    opens(of_user(rui), file)
    assert browser_of(priya).post(reverse("case-file-view", args=[file.pk])).status_code == 200
    assert browser_of(rui).post(reverse("case-file", args=[file.pk])).status_code == 200
    assert api_of("cases:read").get(f"/api/v1/case-files/{file.pk}").status_code == 200
    rows = AccessLog.objects.order_by("pk")
    assert [(row.actor_kind, row.door, row.reason) for row in rows] == [
        ("user", "page", "part of a case"),
        ("user", "page", "own case"),
        ("user", "page", "part of a case"),
        ("api", "api", "part of a case"),
    ]
    assert {(row.file_id, row.about, row.about_id) for row in rows} == {(file.pk, "disputes.case", case.pk)}
    assert {(row.session_id, row.note_id) for row in rows} == {(case.session_id, None)}


def test_what_is_not_given_out_is_no_reading(colleague: User, priya: User, case: Case) -> None:
    file = sent(priya, case)
    with pytest.raises(NotFound):
        opens(of_user(colleague), file)
    assert not AccessLog.objects.exists()


def test_without_a_record_nothing_is_given_out(
    rui: User, priya: User, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: Any, **_fields: Any) -> None:
        raise OSError

    file = sent(priya, case)
    monkeypatch.setattr(AccessLog.objects, "create", fail)
    with pytest.raises(OSError):
        opens(of_user(rui), file)
    assert not Event.objects.filter(name="case.file_opened").exists()
