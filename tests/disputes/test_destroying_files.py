"""Two leads have a locked-away file of a case or a dispute destroyed unread, and those who knew of it are told."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from clawguard.accounts.actors import NotAllowed, of_user
from clawguard.accounts.models import User
from clawguard.events.errors import NotFound, Refused
from clawguard.events.models import AccessLog, Event
from disputes import services
from disputes.models import Case, Dispute
from disputes.selectors.thread import thread
from notes import files
from notes import services as notes
from notes.models import StoredFile
from notes.services.locking_away import lock_away_file
from tests.disputes import makers
from tests.disputes.test_evidence_files import POLICY
from tests.disputes.test_sent_files import LATER, chosen, sent

pytestmark = pytest.mark.django_db
WHY, INSTEAD = "It is another client's.", "The join log of that session alone."


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def case(rui: User, priya: User) -> Case:
    return makers.in_conversation(rui, priya)


@pytest.fixture
def dispute(rui: User, priya: User) -> Dispute:
    row = makers.dispute(of_user(rui), priya.provider)
    services.deliver(row.pk, LATER)
    return row


def locked(row: StoredFile) -> StoredFile:
    lock_away_file(row, "infected", LATER)
    return row


def documented(user: User, dispute: Dispute) -> StoredFile:
    file = services.attach_to_dispute(of_user(user), dispute.pk, "", "policy.txt", [b"What we signed."], LATER)
    services.add_evidence(of_user(user), dispute.pk, "policy", POLICY, LATER, file=file.pk)
    return file


def destroy(row: StoredFile, asking: User, agreeing: User, instead: str = "") -> None:
    services.ask_file_destruction(of_user(asking), row.pk, WHY, instead, LATER)
    services.agree_file_destruction(of_user(agreeing), row.pk, LATER)
    for event in Event.objects.filter(name__endswith=".destruction_agreed"):
        for _ in range(2):  # whatever runs twice changes nothing the second time
            services.destroy_file(event, LATER)


def said(user: User, case: Case) -> list[str]:
    return [entry["text"] for entry in thread(of_user(user), case)]


def test_of_a_conversation_its_bytes_are_gone_and_the_provider_is_told_what_to_send(
    case: Case, lead: User, second_lead: User, priya: User
) -> None:
    row = locked(sent(priya, case))
    path = files.folder() / row.stored_as
    destroy(row, lead, second_lead, INSTEAD)
    assert not path.exists()
    digest = row.sha256
    row.refresh_from_db()
    assert (row.destroyed_at, row.sha256) == (LATER, digest)
    assert said(priya, case)[-1].endswith(f"Please send instead: {INSTEAD}")
    assert Event.objects.filter(name="case.file_destroyed").count() == 1
    assert all(INSTEAD not in str(event.payload) and WHY not in str(event.payload) for event in Event.objects.all())
    assert not AccessLog.objects.exists()
    assert notes.rotate() >= 0  # and a later change of keys does not stumble over it


def test_one_that_was_locked_on_arrival_and_never_sent_can_go_too(
    case: Case, lead: User, second_lead: User, priya: User
) -> None:
    row = chosen(priya, case, b"Psychotherapy notes\nNot for anybody.")
    assert row.quarantined_at is not None
    destroy(row, lead, second_lead)
    row.refresh_from_db()
    assert row.destroyed_at == LATER
    assert "has been destroyed" in said(priya, case)[-1]


def test_of_an_internal_note_staff_alone_are_told(
    case: Case, rui: User, lead: User, second_lead: User, priya: User
) -> None:
    row = locked(sent(rui, case, internal=True))
    with pytest.raises(Refused, match="Nobody is asked"):
        services.ask_file_destruction(of_user(lead), row.pk, WHY, INSTEAD, LATER)
    destroy(row, lead, second_lead)
    assert "has been destroyed" in said(rui, case)[-1]
    assert not [words for words in said(priya, case) if "destroyed" in words]


def test_of_a_dispute_its_history_says_so(dispute: Dispute, rui: User, lead: User, second_lead: User) -> None:
    row = locked(documented(rui, dispute))
    with pytest.raises(Refused, match="Nobody is asked"):
        services.ask_file_destruction(of_user(lead), row.pk, WHY, INSTEAD, LATER)
    destroy(row, lead, second_lead)
    row.refresh_from_db()
    assert row.destroyed_at == LATER
    assert Event.objects.get(name="dispute.file_destroyed").subject_id == str(dispute.pk)


def test_a_crash_on_the_way_is_gone_on_from(
    case: Case, lead: User, second_lead: User, priya: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = locked(sent(priya, case))
    services.ask_file_destruction(of_user(lead), row.pk, WHY, "", LATER)
    services.agree_file_destruction(of_user(second_lead), row.pk, LATER)
    event = Event.objects.get(name="case.destruction_agreed")

    def crash(*_: Any, **__: Any) -> None:
        raise OSError

    with monkeypatch.context() as broken, pytest.raises(OSError):
        broken.setattr("disputes.services.destroying.post_as_system", crash)
        services.destroy_file(event, LATER)
    row.refresh_from_db()
    assert row.destroyed_at is None
    services.destroy_file(event, LATER)
    row.refresh_from_db()
    assert row.destroyed_at == LATER
    assert Event.objects.filter(name="case.file_destroyed").count() == 1


def test_it_takes_two_leads_a_reason_and_a_lock(
    case: Case, priya: User, rui: User, auditor: User, lead: User, second_lead: User
) -> None:
    free = sent(priya, case)
    with pytest.raises(NotFound):
        services.ask_file_destruction(of_user(lead), free.pk, WHY, "", LATER)
    row = locked(free)
    for other in (priya, rui, auditor):
        with pytest.raises(NotAllowed):
            services.ask_file_destruction(of_user(other), row.pk, WHY, "", LATER)
    with pytest.raises(Refused):
        services.ask_file_destruction(of_user(lead), row.pk, " ", "", LATER)
    with pytest.raises(NotFound):
        services.agree_file_destruction(of_user(second_lead), row.pk, LATER)
    services.ask_file_destruction(of_user(lead), row.pk, WHY, "", LATER)
    with pytest.raises(NotAllowed):
        services.agree_file_destruction(of_user(lead), row.pk, LATER)
    services.agree_file_destruction(of_user(second_lead), row.pk, LATER)
    with pytest.raises(NotFound):
        services.agree_file_destruction(of_user(second_lead), row.pk, LATER)


@pytest.mark.parametrize("where", ["case", "dispute"])
def test_leads_are_offered_it_in_words_and_staff_are_not(
    where: str, case: Case, dispute: Dispute, rui: User, lead: User, second_lead: User, priya: User, browser_of: Any
) -> None:
    row = locked(sent(priya, case) if where == "case" else documented(rui, dispute))
    page = reverse(where, args=[case.pk if where == "case" else dispute.pk])
    shown = browser_of(rui).get(page).content.decode()
    assert "Locked away" in shown
    assert "Ask to destroy" not in shown
    asking, agreeing = browser_of(lead), browser_of(second_lead)
    shown = asking.get(page).content.decode()
    assert "Ask to destroy this file?" in shown
    assert ('name="instead"' in shown) == (where == "case")
    assert asking.post(reverse("case-file-destroy", args=[row.pk]), {"reason": WHY}).url == page
    assert "Another lead has to agree." in asking.get(page).content.decode()
    assert "This cannot be taken back by anybody." in agreeing.get(page).content.decode()
    assert agreeing.post(reverse("case-file-destroy-agree", args=[row.pk])).url == page
    services.destroy_file(Event.objects.get(name=f"{where}.destruction_agreed"), LATER)
    shown = agreeing.get(page).content.decode()
    assert "Destroyed unread" in shown
    assert "Agree to" not in shown
