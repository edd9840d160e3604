"""Documents behind evidence: from staff, from the provider's answer, from the library; counted, shown and packed."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.urls import reverse

from clawguard import packing
from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from clawguard.domain.disputes import REASONS, completeness
from clawguard.events.errors import NotFound, Refused
from disputes import services
from disputes.models import Case, Dispute, DisputeEvidence, LibraryItem
from disputes.selectors import files as sent_files
from disputes.selectors.evidence import completeness_of, pieces_of
from disputes.services import NewItem, Said, Upload
from notes.models import StoredFile
from tests.builders import NOW
from tests.disputes import makers
from tests.world import PDF

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(hours=3)
POLICY = {"version": "2026", "notice_hours": 24, "fee": "75.00"}
WORDS = b"Cancellation policy of 2026: 24 hours."
PROCESS = b"Psychotherapy notes\nKept apart from the record."


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def dispute(rui: User, priya: User) -> Dispute:
    row = makers.dispute(of_user(rui), priya.provider, reason="late_notice")  # type: ignore[arg-type]
    services.deliver(row.pk, NOW)
    row.refresh_from_db()
    return row


def upload(content: bytes = WORDS, name: str = "policy.txt") -> Upload:
    return Upload(name, [content])


def added(user: User, dispute: Dispute, **more: Any) -> DisputeEvidence:
    return services.add_evidence(of_user(user), dispute.pk, "policy", POLICY, LATER, **more)


def opens(user: User, file: StoredFile) -> bytes:
    return sent_files.read_file(of_user(user), file.pk, "page", LATER)[1]


def test_where_evidence_comes_from_is_kept_whole_or_refused(rui: User, dispute: Dispute) -> None:
    assert added(rui, dispute, source="x" * 200).source == "x" * 200
    with pytest.raises(Refused) as refused:
        added(rui, dispute, source="x" * 201)
    assert (refused.value.code, refused.value.pointer) == ("too_long", "/source")
    assert dispute.evidence.count() == 1


class TestFromStaff:
    def test_a_piece_comes_with_its_document_and_both_sides_open_it(
        self, rui: User, priya: User, colleague: User, faraway: User, dispute: Dispute
    ) -> None:
        row = added(rui, dispute, upload=upload())
        assert row.file is not None
        for reader in (rui, priya):
            assert opens(reader, row.file) == WORDS
        for stranger in (colleague, faraway):
            with pytest.raises(NotFound):
                opens(stranger, row.file)

    @pytest.mark.parametrize(
        ("content", "code"), [(PROCESS, "file_locked"), (b"", "file_empty"), (b"MZ\0", "file_type")]
    )
    def test_what_cannot_be_taken_adds_nothing(self, rui: User, dispute: Dispute, content: bytes, code: str) -> None:
        with pytest.raises(Refused) as refused, transaction.atomic():
            added(rui, dispute, upload=upload(content))
        assert refused.value.code == code
        assert not DisputeEvidence.objects.exists() and not StoredFile.objects.exists()

    def test_the_database_keeps_a_document_with_its_piece(self, rui: User, dispute: Dispute) -> None:
        row, bare = added(rui, dispute, upload=upload()), added(rui, dispute)
        for piece, file in ((row, None), (bare, row.file)):
            with pytest.raises(DatabaseError), transaction.atomic():
                DisputeEvidence.objects.filter(pk=piece.pk).update(file=file)

    def test_the_page_takes_it_and_shows_it(self, browser_of: Any, rui: User, priya: User, dispute: Dispute) -> None:
        client = browser_of(rui)
        form = {"kind": "policy", "policy.version": "2026", "policy.notice_hours": "24", "source": "Our records"}
        given = {**form, "side": "network", "file": SimpleUploadedFile("policy.txt", WORDS)}
        assert client.post(reverse("dispute-evidence", args=[dispute.pk]), given).status_code == 302
        file = StoredFile.objects.get()
        assert (
            reverse("case-file", args=[file.pk]) in client.get(reverse("dispute", args=[dispute.pk])).content.decode()
        )
        theirs = browser_of(priya)
        assert (
            reverse("case-file", args=[file.pk])
            in theirs.get(reverse("my-dispute", args=[dispute.pk])).content.decode()
        )
        assert theirs.post(reverse("case-file", args=[file.pk])).content == WORDS

    def test_a_program_sends_the_file_first(self, api_of: Any, dispute: Dispute) -> None:
        client = api_of("cases:read", "cases:write")
        address = f"/api/v1/disputes/{dispute.pk}"
        sent = {"file": SimpleUploadedFile("policy.txt", WORDS)}
        file = client.post(f"{address}/files", sent, format="multipart", HTTP_IDEMPOTENCY_KEY="f").json()
        body = {"kind": "policy", "value": POLICY, "file": file["id"]}
        made = client.post(f"{address}/evidence", body, format="json", HTTP_IDEMPOTENCY_KEY="e1")
        assert (made.status_code, made.json()["file"]["sha256"]) == (201, hashlib.sha256(WORDS).hexdigest())
        again = client.post(f"{address}/evidence", body, format="json", HTTP_IDEMPOTENCY_KEY="e2")
        assert (again.status_code, again.json()["code"]) == (422, "unknown_file")


class TestFromTheProvider:
    def choose(self, user: User, dispute: Dispute, kind: str = "policy", content: bytes = WORDS) -> StoredFile:
        return services.attach_to_dispute(of_user(user), dispute.pk, kind, "policy.txt", [content], LATER)

    def test_it_goes_with_the_answer(self, rui: User, priya: User, dispute: Dispute) -> None:
        file = self.choose(priya, dispute)
        with pytest.raises(NotFound):
            opens(rui, file)
        said = Said("contest", "It was agreed.", {"policy": POLICY})
        services.answer(of_user(priya), dispute.pk, said, LATER)
        piece = pieces_of(dispute)[0]
        assert (piece.row.file, piece.row.side) == (file, "provider")
        assert opens(rui, file) == WORDS

    def test_another_one_for_the_same_kind_takes_its_place(self, priya: User, dispute: Dispute) -> None:
        first, second = self.choose(priya, dispute), self.choose(priya, dispute, content=b"The newer text.")
        other = self.choose(priya, dispute, "policy_acceptance", b"The signed form.")
        first.refresh_from_db()
        assert first.removed_at == LATER
        standing = {row.file_id for row in sent_files.chosen_in_dispute(of_user(priya), dispute)}
        assert standing == {second.pk, other.pk}

    def test_a_document_alone_is_not_enough_its_fields_are_asked_for(self, priya: User, dispute: Dispute) -> None:
        self.choose(priya, dispute)
        with pytest.raises(Refused, match="Version"):
            services.answer(of_user(priya), dispute.pk, Said("contest", "It was agreed."), LATER)

    def test_one_chosen_for_what_is_not_asked_for_any_more_holds_nothing_up(
        self, rui: User, priya: User, dispute: Dispute
    ) -> None:
        file = self.choose(priya, dispute)
        services.set_reason(of_user(rui), dispute.pk, "joined_alone", LATER)
        services.answer(of_user(priya), dispute.pk, Said("contest", "I was there."), LATER)
        assert not DisputeEvidence.objects.exists()
        with pytest.raises(NotFound):
            opens(rui, file)

    def test_the_kind_is_one_there_is_and_the_dispute_still_waits(self, priya: User, dispute: Dispute) -> None:
        with pytest.raises(Refused):
            self.choose(priya, dispute, "diary")
        services.answer(of_user(priya), dispute.pk, Said("contest", "It was agreed."), LATER)
        with pytest.raises(Refused):
            self.choose(priya, dispute)

    def test_the_page_shows_it_before_it_is_sent(self, browser_of: Any, priya: User, dispute: Dispute) -> None:
        client = browser_of(priya)
        address = reverse("my-dispute-file-add", args=[dispute.pk, "policy"])
        assert client.post(address, {"file": SimpleUploadedFile("policy.pdf", PDF)}).status_code == 201
        here = reverse("my-dispute", args=[dispute.pk])
        assert "policy.pdf" in client.get(here).content.decode()
        form = {"answer": "contest", "text": "Agreed.", "policy.version": "2026", "policy.notice_hours": "24"}
        review = client.post(reverse("my-dispute-review", args=[dispute.pk]), form)
        assert review.status_code == 200 and "policy.pdf" in review.content.decode()
        client.post(reverse("my-dispute-answer", args=[dispute.pk]), form)
        assert DisputeEvidence.objects.get().file.display_name == "policy.pdf"


class TestFromTheLibrary:
    def test_an_item_lends_its_document_to_disputes(self, rui: User, priya: User, dispute: Dispute) -> None:
        new = NewItem("policy", "Policy of 2026", POLICY, dt.date(2026, 1, 1))
        item = services.keep_item(of_user(rui), new, NOW, upload())
        row = services.use_library_item(of_user(rui), dispute.pk, item.pk, LATER)
        assert row.file == item.file
        assert opens(priya, item.file) == WORDS
        with pytest.raises(DatabaseError), transaction.atomic():
            StoredFile.objects.filter(pk=item.file_id).update(removed_at=LATER)

    def test_a_providers_own_is_theirs(self, priya: User, rui: User, colleague: User) -> None:
        new = NewItem("policy", "My policy", POLICY, dt.date(2026, 1, 1))
        item = services.keep_item(of_user(priya), new, NOW, upload())
        assert opens(rui, item.file) == WORDS
        with pytest.raises(NotFound):
            opens(colleague, item.file)

    def test_the_page_takes_it(self, browser_of: Any, rui: User) -> None:
        client = browser_of(rui)
        form = {"title": "P", "policy.version": "2026", "policy.notice_hours": "24", "effective_from": "2026-01-01"}
        given = {**form, "file": SimpleUploadedFile("policy.pdf", PDF)}
        assert client.post(reverse("library"), given).status_code == 302
        item = LibraryItem.objects.get()
        assert reverse("case-file", args=[item.file_id]) in client.get(reverse("library")).content.decode()


class TestMeter:
    def test_a_document_is_asked_for_where_its_kind_is_there(self) -> None:
        reason = REASONS.find("cancellation_fee", "late_notice", dt.date(2026, 11, 18))
        assert reason is not None
        bare, carried = (completeness(reason, ["policy", "cancellation"], documents) for documents in ([], ["policy"]))
        assert (bare.documents, bare.documents_open, bare.words) == ((), ("policy",), "2 of 7, 2 needed to decide")
        assert (carried.documents, carried.documents_open, carried.words) == (
            ("policy",),
            (),
            "3 of 7, 2 needed to decide",
        )
        assert completeness(reason, [], ["policy"]).documents == ()

    def test_a_missing_document_never_holds_a_decision_up(self) -> None:
        reason = REASONS.find("cancellation_fee", "late_notice", dt.date(2026, 11, 18))
        assert reason is not None
        assert completeness(reason, reason.needed).enough

    def test_what_is_locked_away_does_not_count(self, rui: User, dispute: Dispute) -> None:
        from notes.services.locking_away import lock_away_file

        row = added(rui, dispute, upload=upload())
        assert _documents(dispute) == ("policy",)
        with transaction.atomic():
            lock_away_file(StoredFile.objects.get(pk=row.file_id), "infected", LATER)
        assert _documents(dispute) == ()


def _documents(dispute: Dispute) -> tuple[str, ...]:
    found = completeness_of(dispute, pieces_of(dispute))
    assert found is not None
    return found.documents


class TestPack:
    @pytest.fixture
    def case(self, rui: User, priya: User, dispute: Dispute) -> Case:
        added(rui, dispute, upload=upload())
        services.answer(of_user(priya), dispute.pk, Said("contest", "It was agreed."), LATER)
        case = services.open_for_dispute(dispute.pk, LATER)
        services.attribute(case.pk, LATER)
        services.open_conversation(case.pk, LATER)
        for internal, content in ((False, b"The log."), (True, b"Among us.")):
            services.attach_to_case(of_user(rui), case.pk, "Jane Roe.txt", [content], LATER, internal=internal)
            services.post_message(of_user(rui), case.pk, "See it.", LATER, internal=internal, chosen=None)
        return case

    def made(self, lead: User, case: Case, audience: str) -> bytes:
        pack = services.make_pack(services.ask_for_pack(of_user(lead), case.pk, audience, LATER).pk, LATER)
        return services.take_pack(of_user(lead), pack.pk, "page", LATER)[1]

    def test_it_holds_the_files_of_conversation_and_evidence(self, lead: User, case: Case) -> None:
        found = packing.files_of(self.made(lead, case, "network"))
        contents = {content for name, content in found.items() if name.startswith("files/")}
        assert contents == {b"The log.", b"Among us.", WORDS}
        listed = json.loads(found["files.json"])
        for row in [*listed["messages"], *(piece["file"] for piece in listed["evidence"] if piece["file"])]:
            assert hashlib.sha256(found[row["path"]]).hexdigest() == row["sha256"]
        assert "Jane" not in str(found.keys()) + found["files.json"].decode()

    def test_the_providers_holds_no_internal_one(self, lead: User, case: Case) -> None:
        found = packing.files_of(self.made(lead, case, "provider"))
        assert b"Among us." not in found.values()
        assert {b"The log.", WORDS} <= set(found.values())

    def test_what_is_locked_away_is_told_of_and_left_out(self, lead: User, case: Case) -> None:
        from notes.services.locking_away import lock_away_file

        row = DisputeEvidence.objects.exclude(file=None).get()
        with transaction.atomic():
            lock_away_file(StoredFile.objects.get(pk=row.file_id), "infected", LATER)
        found = packing.files_of(self.made(lead, case, "network"))
        piece = next(piece for piece in json.loads(found["files.json"])["evidence"] if piece["file"])
        assert (piece["file"]["path"], piece["file"]["locked_away"]) == (None, True)
        assert WORDS not in found.values()

    def test_one_changed_byte_of_a_file_is_found(
        self, lead: User, case: Case, tmp_path: Any, capsys: pytest.CaptureFixture[str]
    ) -> None:
        content = self.made(lead, case, "network")
        whole, changed = tmp_path / "whole.zip", tmp_path / "changed.zip"
        whole.write_bytes(content)
        changed.write_bytes(content.replace(b"The log.", b"The Log."))
        call_command("verify_pack", str(whole))
        with pytest.raises(SystemExit):
            call_command("verify_pack", str(changed))
        assert capsys.readouterr().err.startswith("Not as signed: files/")
