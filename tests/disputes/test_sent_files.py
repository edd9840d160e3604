"""Files of conversations: chosen, sent with a message, seen by who may see the message, and by nobody else."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from clawguard import note_keys
from clawguard.accounts.actors import Actor, NotAllowed, of_user
from clawguard.accounts.models import User
from clawguard.events.errors import NotFound, Refused
from clawguard.events.models import Event
from disputes import services
from disputes.models import Attachment, Case, Message
from disputes.selectors import files as sent_files
from disputes.selectors.thread import thread
from notes import files
from notes import services as notes
from notes.models import FileReading, StoredFile
from notes.models.reading import FileOutcome
from notes.scanner import Scanned
from notes.services.locking_away import lock_away_file
from tests.builders import NOW
from tests.disputes import makers
from tests.world import PDF

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(hours=3)
TEXT = b"The join log of that day: joined 10:02, left 10:55."
PROCESS = b"Psychotherapy notes\nKept apart from the record."


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def case(rui: User, priya: User) -> Case:
    return makers.in_conversation(rui, priya)


def chosen(user: User, case: Case, content: bytes = TEXT, name: str = "log.txt", **marks: Any) -> StoredFile:
    return services.attach_to_case(of_user(user), case.pk, name, [content], LATER, **marks)


def sent(user: User, case: Case, content: bytes = TEXT, **marks: Any) -> StoredFile:
    file = chosen(user, case, content, **marks)
    services.post_message(of_user(user), case.pk, "See the file.", LATER, chosen=None, **marks)
    return file


def opens(actor: Actor, file: StoredFile) -> bytes:
    return sent_files.read_file(actor, file.pk, "page", LATER)[1]


class TestSending:
    def test_both_sides_send_files_and_both_read_them(self, rui: User, priya: User, case: Case) -> None:
        ours, theirs = sent(rui, case), sent(priya, case, b"My own calendar of that day.")
        for reader in (rui, priya):
            assert opens(of_user(reader), ours) == TEXT
            assert opens(of_user(reader), theirs) == b"My own calendar of that day."
            shown = [file["name"] for entry in thread(of_user(reader), case) for file in entry["files"]]
            assert shown == ["log.txt", "log.txt"]

    def test_what_is_chosen_is_seen_by_nobody_until_it_is_sent(self, rui: User, priya: User, case: Case) -> None:
        file = chosen(priya, case)
        for reader in (rui, priya):
            with pytest.raises(NotFound):
                opens(of_user(reader), file)
        services.post_message(of_user(rui), case.pk, "Hello.", LATER, chosen=None)  # another's files stay
        assert Attachment.objects.get(file=file).sent_at is None

    def test_one_message_takes_several_and_only_those_named(self, rui: User, case: Case) -> None:
        one, two = chosen(rui, case), chosen(rui, case, PDF, "policy.pdf")
        message = services.post_message(of_user(rui), case.pk, "One.", LATER, chosen=[one.pk])
        assert list(message.attachments.values_list("file", flat=True)) == [one.pk]
        with pytest.raises(Refused, match="sent already or taken out"):
            services.post_message(of_user(rui), case.pk, "Again.", LATER, chosen=[one.pk])
        rest = services.post_message(of_user(rui), case.pk, "The rest.", LATER, chosen=None)
        assert list(rest.attachments.values_list("file", flat=True)) == [two.pk]

    def test_the_same_bytes_are_there_once_and_eleven_are_too_many(self, rui: User, case: Case) -> None:
        assert chosen(rui, case) == chosen(rui, case)
        for number in range(9):
            chosen(rui, case, TEXT + str(number).encode())
        with pytest.raises(Refused, match="At most 10"):
            chosen(rui, case, b"one more")

    def test_a_refused_message_sends_nothing(self, rui: User, case: Case) -> None:
        file = chosen(rui, case)
        with pytest.raises(Refused), transaction.atomic():
            services.post_message(of_user(rui), case.pk, "  ", LATER, chosen=None)
        assert Attachment.objects.get(file=file).sent_at is None

    def test_taken_out_again_it_is_gone_and_once_sent_it_stays(self, rui: User, priya: User, case: Case) -> None:
        file = chosen(rui, case)
        with pytest.raises(NotFound):
            services.remove_attachment(of_user(priya), file.pk, LATER)
        services.remove_attachment(of_user(rui), file.pk, LATER)
        assert services.post_message(of_user(rui), case.pk, "Without.", LATER, chosen=None).attachments.count() == 0
        kept = sent(rui, case, b"Another one.")
        with pytest.raises(Refused, match="stays"):
            services.remove_attachment(of_user(rui), kept.pk, LATER)

    @pytest.mark.parametrize(
        ("name", "content", "code"),
        [
            ("empty.txt", b"", "file_empty"),
            ("program.exe", b"MZ\x90\x00", "file_type"),
            ("picture.png", PDF, "file_type_differs"),
        ],
    )
    def test_what_cannot_be_taken_is_refused_with_its_reason(
        self, rui: User, case: Case, name: str, content: bytes, code: str
    ) -> None:
        with pytest.raises(Refused) as refused:
            chosen(rui, case, content, name)
        assert refused.value.code == code
        assert not Attachment.objects.exists()

    def test_no_file_goes_where_no_word_goes(self, rui: User, priya: User, lead: User, auditor: User) -> None:
        decided = makers.decided(rui, lead, priya)
        for user in (rui, priya):
            with pytest.raises(Refused):
                chosen(user, decided)
        with pytest.raises(NotAllowed):
            chosen(auditor, decided, internal=True)

    def test_the_database_keeps_what_was_sent(self, rui: User, case: Case) -> None:
        file = sent(rui, case)
        other = services.post_message(of_user(rui), case.pk, "Other.", LATER)
        for change in ({"message": other}, {"internal": True}, {"sent_at": None}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Attachment.objects.filter(file=file).update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            StoredFile.objects.filter(pk=file.pk).update(removed_at=LATER)
        with pytest.raises(DatabaseError), transaction.atomic():
            Attachment.objects.get(file=file).delete()


class TestWhoSees:
    def test_strangers_find_nothing(
        self, rui: User, priya: User, colleague: User, faraway: User, administrator: User, case: Case
    ) -> None:
        file = sent(priya, case)
        for stranger in (colleague, faraway, administrator):
            with pytest.raises(NotFound):
                opens(of_user(stranger), file)

    def test_a_file_of_an_internal_note_never_reaches_the_provider(
        self, rui: User, priya: User, auditor: User, api_of: Any, case: Case
    ) -> None:
        file = sent(rui, case, internal=True)
        assert opens(of_user(auditor), file) == TEXT
        with pytest.raises(NotFound):
            opens(of_user(priya), file)
        assert [entry["files"] for entry in thread(of_user(priya), case) if entry["files"]] == []
        client = api_of("cases:read")
        assert client.get(f"/api/v1/case-files/{file.pk}").status_code == 404

    def test_a_file_chosen_for_an_internal_note_does_not_slip_into_a_message(self, rui: User, case: Case) -> None:
        file = chosen(rui, case, internal=True)
        message = services.post_message(of_user(rui), case.pk, "To the provider.", LATER, chosen=None)
        assert message.attachments.count() == 0
        with pytest.raises(Refused):
            services.post_message(of_user(rui), case.pk, "Again.", LATER, chosen=[file.pk])

    def test_each_opening_is_on_record(self, rui: User, priya: User, case: Case) -> None:
        file = sent(priya, case)
        opens(of_user(rui), file)
        last = Event.objects.filter(name="case.file_opened").get()
        assert (last.subject_id, last.actor_name, last.payload["file"]) == (str(case.pk), rui.name, str(file.pk))

    def test_names_of_files_reach_no_event(self, rui: User, priya: User, case: Case) -> None:
        file = services.attach_to_case(of_user(priya), case.pk, "Jane Roe.txt", [TEXT], LATER)
        services.post_message(of_user(priya), case.pk, "Here.", LATER, chosen=None)
        opens(of_user(rui), file)
        assert not [event for event in Event.objects.all() if "Jane" in str(event.payload)]


class TestLockedAway:
    def test_what_calls_itself_process_notes_is_locked_away_at_once_and_never_sent(
        self, priya: User, case: Case
    ) -> None:
        file = chosen(priya, case, PROCESS)
        assert file.quarantined_at == LATER
        message = services.post_message(of_user(priya), case.pk, "Here.", LATER, chosen=None)
        assert message.attachments.count() == 0

    def test_found_later_it_is_closed_and_both_sides_are_told(self, rui: User, priya: User, case: Case) -> None:
        file = sent(priya, case)
        with transaction.atomic():
            lock_away_file(StoredFile.objects.get(pk=file.pk), "infected", LATER)
        with pytest.raises(NotFound):
            opens(of_user(rui), file)
        told = thread(of_user(priya), case)[-1]
        assert "locked away" in told["text"] and told["author"] != priya.name
        listed = next(entry for entry in thread(of_user(rui), case) if entry["files"])["files"][0]
        assert not listed["opens"]

    def test_of_an_internal_one_staff_alone_are_told(self, rui: User, priya: User, case: Case) -> None:
        file = sent(rui, case, internal=True)
        before = len(thread(of_user(priya), case))
        with transaction.atomic():
            lock_away_file(StoredFile.objects.get(pk=file.pk), "infected", LATER)
        assert len(thread(of_user(priya), case)) == before
        assert Message.objects.filter(case=case, internal=True).count() == 2

    def test_before_the_scanner_looked_nobody_opens_it(
        self, rui: User, priya: User, case: Case, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = sent(priya, case)
        settings.CLAMAV_URL = "tcp://127.0.0.1:3310"
        with pytest.raises(Refused, match="scanner"):
            opens(of_user(rui), file)
        monkeypatch.setattr("notes.scanner.scan", lambda content: Scanned("clean", ""))
        assert notes.scan_waiting(LATER) == 1
        assert opens(of_user(rui), file) == TEXT


class TestReading:
    def test_a_sent_file_is_read_in_the_sandbox_and_shown_page_by_page(
        self, rui: User, priya: User, case: Case
    ) -> None:
        file = sent(priya, case)
        assert not FileReading.objects.exists()
        makers.work(LATER)
        assert FileReading.objects.get(file=file).outcome == FileOutcome.READ
        _, about, state, pages = sent_files.open_pages(of_user(rui), file.pk, LATER)
        assert (about, state.pages, len(pages)) == (case, 1, 1)
        assert "joined 10:02" in pages[0].text

    def test_keys_rotate_under_it(self, rui: User, priya: User, case: Case, settings: Any) -> None:
        file = chosen(priya, case)
        settings.NOTE_KEYS = [note_keys.make(), *settings.NOTE_KEYS]
        notes.rotate()
        settings.NOTE_KEYS = settings.NOTE_KEYS[:1]
        assert files.read(file.pk, file.stored_as) == TEXT
