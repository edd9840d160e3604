"""Evidence packs: who may have one, what is in it and what is not, made once, sealed, recorded, gone after a while."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.urls import reverse

from clawguard import packing
from clawguard.accounts.actors import Actor, NotAllowed, of_user
from clawguard.accounts.models import User
from clawguard.events import chain
from clawguard.events.errors import NotFound, Refused
from clawguard.events.models import AccessLog, Delivery, Event
from disputes import services
from disputes.models import Case, EvidencePack
from disputes.selectors.files import read_file
from tests.builders import NOW
from tests.disputes import makers
from tests.disputes.test_evidence_files import POLICY

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
INTERNAL, ASKED, SAID = "Compare with the other sessions.", "Which page has the times?", "The times are in my note."
STAFF_ONLY = {"timeline-staff.json", "access-log.json"}


@pytest.fixture
def case(rui: User, lead: User, priya: User) -> Case:
    """A decided case with a conversation, an internal note, an added fact, and a note that was read."""
    row = makers.answered(rui, priya)
    services.post_message(of_user(rui), row.pk, ASKED, NOW + 3 * HOUR)
    services.post_message(of_user(rui), row.pk, INTERNAL, NOW + 3 * HOUR, internal=True)
    services.add_facts(of_user(rui), row.pk, {"eligibility_shown": {"value": "active", "source": "A call"}}, NOW)
    services.decide(of_user(rui), row.pk, makers.verdict(), NOW + 4 * HOUR)
    services.approve(of_user(lead), row.pk, NOW + 5 * HOUR)
    AccessLog.objects.create(
        at=NOW, actor_kind="user", actor_role="billing", actor_id=rui.pk, actor_name=rui.name, note_id=row.pk,
        session_id=row.session_id, door="page", reason="Answer to a request",
    )  # fmt: skip
    makers.work(NOW + 6 * HOUR)
    row.refresh_from_db()
    return row


def made(user: User, case: Case, audience: str = "network") -> EvidencePack:
    pack = services.ask_for_pack(of_user(user), case.pk, audience, NOW + 7 * HOUR)
    return services.make_pack(pack.pk, NOW + 7 * HOUR)


def files(user: User, case: Case, audience: str = "network") -> dict[str, bytes]:
    _, content = services.take_pack(of_user(user), made(user, case, audience).pk, "page", NOW + 8 * HOUR)
    assert packing.altered(content, packing.own_key().public_key()) is None
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_for_the_network_it_holds_the_case_whole(lead: User, case: Case) -> None:
    found = files(lead, case)
    assert {"README.txt", "case.json", "messages.json", "timeline-provider.json", "audit-chain.json"} <= set(found)
    assert set(found) >= STAFF_ONLY | {"letters/01-notice.pdf", "letters/02-decision.pdf"}
    about = json.loads(found["case.json"])
    assert about["case"]["number"] == str(case.pk)
    assert [row["name"] for row in about["facts_added"]] == ["eligibility_shown"]
    assert about["facts_added"][0]["source"] == "A call"
    assert about["decisions"][0]["second_person"]
    assert about["proposed_adjustments"][0]["amount"] == "40.00"
    assert [row["number"] for row in about["proposals"]] == sorted(row["number"] for row in about["proposals"])
    assert about["in_force"]["clauses"][0]["id"] == "provider.coding"
    assert about["in_force"]["calendar"]["version"]
    assert about["clocks"]["deadline"]["days"]
    texts = [row["text"] for row in json.loads(found["messages.json"])]
    assert {INTERNAL, ASKED, SAID} <= set(texts)
    assert json.loads(found["access-log.json"])[0]["reason"] == "Answer to a request"


def test_its_access_log_lists_who_opened_files_of_the_case_and_of_its_dispute_and_no_others(
    rui: User, lead: User, priya: User
) -> None:
    of_case, elsewhere = makers.answered(rui, priya), makers.answered(rui, priya, client="C-2")
    sent = [with_file(rui, case) for case in (of_case, elsewhere)]
    for file in sent:
        read_file(of_user(lead), file, "page", NOW + 4 * HOUR)
        read_file(of_user(priya), file, "page", NOW + 5 * HOUR)
    log = json.loads(files(lead, of_case)["access-log.json"])
    assert [(row["actor_name"], row["file_id"], row["note_id"]) for row in log] == [
        (lead.name, str(sent[0]), None),
        (priya.name, str(sent[0]), None),
    ]


def test_its_access_log_lists_who_opened_a_document_behind_evidence(rui: User, lead: User, priya: User) -> None:
    about = makers.dispute(of_user(rui), priya.provider)
    services.deliver(about.pk, NOW)
    file = services.attach_to_dispute(of_user(rui), about.pk, "", "policy.txt", [b"The policy we signed."], NOW)
    services.add_evidence(of_user(rui), about.pk, "policy", POLICY, NOW, file=file.pk)
    case = services.open_for_dispute(about.pk, NOW)
    read_file(of_user(lead), file.pk, "page", NOW + HOUR)
    log = json.loads(files(lead, case)["access-log.json"])
    assert [(row["about"], row["about_id"], row["file_id"]) for row in log] == [
        ("disputes.dispute", str(about.pk), str(file.pk))
    ]


def with_file(user: User, case: Case) -> UUID:
    """A file that went with a message of the case."""
    file = services.attach_to_case(of_user(user), case.pk, "page.txt", [b"An invented page."], NOW + 3 * HOUR)
    services.post_message(of_user(user), case.pk, "Here.", NOW + 3 * HOUR, chosen=[file.pk])
    return file.pk


def test_for_the_provider_it_holds_what_they_may_see_and_no_more(lead: User, case: Case) -> None:
    found = files(lead, case, "provider")
    assert not STAFF_ONLY & set(found)
    everything = b"".join(found.values()).decode(errors="ignore")
    assert INTERNAL not in everything
    assert {ASKED, SAID} <= {row["text"] for row in json.loads(found["messages.json"])}
    about = json.loads(found["case.json"])
    assert about["facts"] == about["facts_added"] == []
    assert "amount_at_risk" not in json.dumps(about)
    assert "confidence" not in json.dumps(about["proposals"])
    names = {row["sealed"][1] for row in json.loads(found["audit-chain.json"])["links"]}
    assert "case.decided" in names
    assert not names & {"case.fact_added", "case.decision_proposed", "case.pack_asked", "case.attributed"}


def test_no_client_is_named(lead: User, case: Case) -> None:
    for audience in ("network", "provider"):
        for name, content in files(lead, case, audience).items():
            assert b'"C-1"' not in content, name


def test_each_link_of_the_chain_can_be_computed_again(lead: User, case: Case) -> None:
    found = json.loads(files(lead, case)["audit-chain.json"])
    assert found["waiting"] == []
    assert len(found["links"]) == Event.objects.filter(subject_id__in=[case.pk, case.session_id], id__in=[
        row["sealed"][0] for row in found["links"]]).count()  # fmt: skip
    for link in found["links"]:
        assert chain.link_digest(link["previous"], link["sealed"]) == link["digest"]


def test_leads_and_auditors_and_nobody_else(
    rui: User, faraway: User, priya: User, colleague: User, lead: User, auditor: User, case: Case
) -> None:
    key = Actor(kind="api", role="api", id=lead.pk, name="program", scopes=frozenset({"admin"}))
    for actor, error in (
        (of_user(rui), NotAllowed), (of_user(priya), NotAllowed), (key, NotAllowed),
        (of_user(faraway), NotFound), (of_user(colleague), NotFound),
    ):  # fmt: skip
        with pytest.raises(error):
            services.ask_for_pack(actor, case.pk, "provider", NOW)
        with pytest.raises(error):
            services.take_pack(actor, made(auditor, case).pk, "page", NOW + 8 * HOUR)


def test_asked_twice_it_is_made_once_and_made_twice_it_is_the_same(lead: User, auditor: User, case: Case) -> None:
    first = services.ask_for_pack(of_user(lead), case.pk, "network", NOW)
    assert services.ask_for_pack(of_user(auditor), case.pk, "network", NOW) == first
    assert services.ask_for_pack(of_user(auditor), case.pk, "provider", NOW) != first
    once = services.make_pack(first.pk, NOW)
    again = services.make_pack(first.pk, NOW + HOUR)
    assert (again.made_at, again.sha256) == (once.made_at, once.sha256)
    assert Event.objects.filter(name="case.pack_made").count() == 1


def test_a_worker_that_dies_halfway_leaves_nothing_and_another_makes_it(
    lead: User, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = services.ask_for_pack(of_user(lead), case.pk, "network", NOW)
    from disputes.services import packs

    def dies(*_given: Any) -> bytes:
        raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr(packs.sealing, "seal", dies)
        makers.work(NOW)
    pack.refresh_from_db()
    assert (pack.made_at, pack.sealed, pack.sha256) == (None, None, "")
    assert not Event.objects.filter(name="case.pack_made").exists()
    Delivery.objects.filter(task="disputes.tasks.make_pack").update(parked_at=None, attempts=0, run_after=NOW)
    makers.work(NOW + HOUR)
    pack.refresh_from_db()
    assert pack.ready


def test_it_is_sealed_and_each_taking_is_recorded(lead: User, case: Case) -> None:
    pack = made(lead, case)
    assert b"SHA256SUMS" not in bytes(pack.sealed or b"")
    services.take_pack(of_user(lead), pack.pk, "api", NOW + 8 * HOUR)
    taken = Event.objects.get(name="case.pack_taken")
    assert (taken.actor_id, taken.payload["door"], taken.payload["sha256"]) == (lead.pk, "api", pack.sha256)


def test_it_expires_and_can_be_made_again(lead: User, case: Case) -> None:
    pack = made(lead, case)
    assert pack.expires_at is not None
    assert services.expire_packs(pack.expires_at - HOUR) == 0
    assert services.expire_packs(pack.expires_at) == 1
    with pytest.raises(Refused):
        services.take_pack(of_user(lead), pack.pk, "page", pack.expires_at)
    pack.refresh_from_db()
    assert (pack.sealed, pack.ready) == (None, False)
    assert made(lead, case) != pack


@pytest.mark.parametrize(
    "change", [{"sha256": "a" * 64}, {"asked_by_name": "Nobody"}, {"sealed": b"x" * 200}, {"made_at": NOW}]
)
def test_the_database_keeps_a_pack_as_it_was_made(lead: User, case: Case, change: dict[str, Any]) -> None:
    pack = made(lead, case)
    with pytest.raises(DatabaseError), transaction.atomic():
        EvidencePack.objects.filter(pk=pack.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        pack.delete()


def test_the_page_asks_waits_and_hands_it_out(lead: User, rui: User, case: Case, browser_of: Any) -> None:
    browser, page = browser_of(lead), reverse("case", args=[case.pk])
    browser.post(reverse("case-pack", args=[case.pk]), {"audience": "network"})
    waiting = browser.get(page).content.decode()
    assert "Being made" in waiting
    assert 'hx-select="#packs"' in waiting
    makers.work(NOW + 400 * dt.timedelta(days=1))
    address = reverse("evidence-pack", args=[EvidencePack.objects.get().pk])
    ready = browser.get(page).content.decode()
    assert address in ready
    assert 'hx-select="#packs"' not in ready
    answer = browser.get(address)
    assert answer["Content-Type"] == "application/zip"
    assert packing.altered(answer.content, packing.own_key().public_key()) is None
    assert "Evidence packs" not in browser_of(rui).get(page).content.decode()


class TestCommand:
    def test_it_says_ok_or_what_was_altered(
        self, lead: User, case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        _, content = services.take_pack(of_user(lead), made(lead, case).pk, "page", NOW + 8 * HOUR)
        path, key = tmp_path / "pack.zip", tmp_path / "key.pem"
        path.write_bytes(content)
        call_command("verify_pack", "--print-key")
        key.write_text(capsys.readouterr().out)
        call_command("verify_pack", str(path), "--key", str(key))
        assert capsys.readouterr().out.startswith("OK:")
        at = content.index(b'"number"')
        path.write_bytes(content[:at] + b"'" + content[at + 1 :])
        with pytest.raises(SystemExit) as left:
            call_command("verify_pack", str(path))
        assert left.value.code == 1
        assert capsys.readouterr().err == "Not as signed: case.json was altered.\n"

    def test_what_cannot_be_read_is_said(self, tmp_path: Path) -> None:
        for given in ([], [str(tmp_path / "none.zip")], [str(__file__), "--key", str(__file__)]):
            with pytest.raises(CommandError):
                call_command("verify_pack", *given)


def test_a_case_of_a_dispute_alone_has_its_pack_too(rui: User, lead: User, priya: User) -> None:
    dispute = makers.dispute(of_user(rui), priya.provider)
    services.deliver(dispute.pk, NOW)
    services.lapse_disputes(NOW + dt.timedelta(days=9))
    makers.work(NOW + dt.timedelta(days=9))
    case = Case.objects.get(dispute=dispute)
    found = json.loads(files(lead, case)["case.json"])
    assert found["session"] is None
