"""What an 835 becomes: kept once, whole or not at all, with its balance told; and who may know of it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import InternalError, connection, transaction

from clawguard.accounts.actors import NotAllowed, of_user
from clawguard.accounts.models import User
from clawguard.events.errors import NotFound, Refused
from clawguard.events.models import Delivery, Event
from disputes.models import (
    AccountAdjustment,
    ClaimAdjustment,
    Remittance,
    RemittanceClaim,
    RemittanceLine,
)
from disputes.selectors import remittances as selectors
from disputes.services import remittances
from sessions.models import ImportBatch
from tests.builders import NOW, npi
from tests.disputes import makers
from tests.disputes.remit_files import claim, imported, payment, plb, written

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path / "data"


def counts() -> tuple[int, ...]:
    models = (Remittance, RemittanceClaim, RemittanceLine, ClaimAdjustment, AccountAdjustment)
    return tuple(model.objects.count() for model in models)


class TestKeeping:
    def test_everything_a_payment_says_is_kept(self) -> None:
        denied = claim("S-2", "0.00", "4", "CO:97:150.00", "PR:3:30.00", remarks=("N130",))
        batch = imported(payment("T-1", claim("S-1"), denied, plb("L6", "-1.20")))
        assert (batch.status, batch.rows_created, batch.rows_refused) == ("done", 1, 0)
        row = Remittance.objects.get()
        assert (row.payer_code, row.trace, row.paid_on, row.method) == ("60054", "T-1", dt.date(2026, 10, 1), "ACH")
        assert (row.amount, row.claims_paid, row.adjusted, row.difference) == (
            Decimal("143.70"), Decimal("142.50"), Decimal("-1.20"), 0,
        )  # fmt: skip
        first, second = row.claims.order_by("number")
        assert (first.claim_id, first.payer_claim_id, first.claim_status, first.paid) == (
            "S-1", "P-S-1", "1", Decimal("142.50"),
        )  # fmt: skip
        assert second.remarks == ["N130"]
        found = second.adjustments.order_by("number").values_list("line", "group", "carc", "amount")
        assert list(found) == [(1, "CO", "97", Decimal(150)), (1, "PR", "3", Decimal(30))]
        assert first.lines.get().code == "90837"
        assert row.account_adjustments.get().reason == "L6"

    def test_the_same_file_again_and_the_same_payment_in_another_file_change_nothing(self) -> None:
        one, two = payment("T-1", claim("S-1")), payment("T-2", claim("S-2"))
        imported(one)
        before = counts()
        again = imported(one)
        assert (again.rows_unchanged, again.rows_created, again.changed) == (1, 0, False)
        assert counts() == before
        mixed = imported(two, one)
        assert (mixed.rows_created, mixed.rows_unchanged) == (1, 1)
        assert Remittance.objects.count() == 2
        assert Event.objects.filter(name="remittance.imported").count() == 2

    def test_the_same_trace_that_says_something_else_is_refused_with_its_segment(self) -> None:
        imported(payment("T-1", claim("S-1")))
        batch = imported(payment("T-1", claim("S-1", "100.00")), payment("T-2", claim("S-2")))
        assert (batch.rows_refused, batch.rows_created) == (1, 1)
        problem = batch.problems.get()
        assert (problem.code, problem.row) == ("payment_differs", 3)
        assert "Segment 3" in problem.message

    def test_a_broken_payment_takes_no_good_one_with_it(self) -> None:
        content = written(payment("T-1", claim("S-1")), payment("T-2", claim("S-2")), payment("T-3", claim("S-3")))
        batch = imported(content=content.replace(b"CLP*S-2*1*180.00", b"CLP*S-2*1*abc"))
        assert (batch.status, batch.rows_read, batch.rows_created, batch.rows_refused) == ("done", 3, 2, 1)
        assert {row.trace for row in Remittance.objects.all()} == {"T-1", "T-3"}
        assert not RemittanceClaim.objects.filter(claim_id="S-2").exists()
        assert [problem.code for problem in batch.problems.filter(severity="error")] == ["amount_unreadable"]

    def test_a_wrong_count_is_borne_where_every_sum_agrees_and_only_there(self) -> None:
        content = written(payment("T-1", claim("S-1")))
        wrong = content.replace(b"SE*18", b"SE*19")
        assert wrong != content
        batch = imported(content=wrong)
        assert (batch.rows_created, batch.problems.get().severity) == (1, "warning")
        off = written(payment("T-2", claim("S-2"), amount="100.00")).replace(b"SE*18", b"SE*19")
        assert imported(content=off).rows_refused == 1

    def test_the_older_guide_is_read_with_a_remark_and_another_one_refused(self) -> None:
        content = written(payment("T-1", claim("S-1")))
        batch = imported(content=content.replace(b"005010X221A1", b"004010X091A1"))
        assert (batch.rows_created, batch.problems.get().code) == (1, "older_guide")
        batch = imported(content=content.replace(b"005010X221A1", b"003051"))
        assert (batch.status, batch.problems.get().code) == ("refused", "transaction_unsupported")

    def test_a_dry_run_stores_nothing_and_says_what_would_be(self) -> None:
        batch = imported(payment("T-1", claim("S-1")), dry_run=True)
        assert (batch.status, batch.summary["counts"]["created"], batch.rows_created) == ("done", 1, 0)
        assert counts() == (0, 0, 0, 0, 0)

    def test_a_file_goes_on_where_the_last_go_ended(self, monkeypatch: Any) -> None:
        monkeypatch.setattr("disputes.services.remittances.reading.MOST_CLAIMS", 1)
        content = written(*[payment(f"T-{number}", claim(f"S-{number}")) for number in range(4)])
        batch = remittances.receive(of_system(), "a.835", [content], NOW)
        assert remittances.read_piece(batch.pk, NOW)
        batch.refresh_from_db()
        assert (batch.rows_read, batch.status) == (1, "received")
        makers.work(NOW)
        batch.refresh_from_db()
        assert (batch.rows_read, batch.rows_created, batch.status) == (4, 4, "done")
        assert not Delivery.objects.filter(done_at=None, task="disputes.tasks.read_remittances").exists()

    def test_a_file_that_went_missing_ends_its_import(self) -> None:
        batch = remittances.receive(of_system(), "a.835", [written(payment("T-1", claim("S-1")))], NOW)
        from sessions.intake import vault

        vault.remove(batch.pk)
        assert not remittances.read_piece(batch.pk, NOW)
        batch.refresh_from_db()
        assert (batch.status, batch.summary["reason"]) == ("refused", "file_gone")

    def test_no_name_of_a_client_is_kept(self) -> None:
        content = written(payment("T-1", claim("S-1"))).replace(b"QC*1*CLIENT", b"QC*1*CANARYNAME")
        imported(content=content)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM disputes_remittanceclaim c WHERE c::text LIKE '%CANARYNAME%'")
            assert cursor.fetchone()[0] == 0


def of_system() -> Any:
    from clawguard.accounts.actors import SYSTEM

    return SYSTEM


class TestBalance:
    def test_a_payment_that_does_not_balance_is_kept_with_its_difference(self) -> None:
        imported(payment("T-1", claim("S-1"), plb("WO", "20.00"), amount="142.50"))
        row = Remittance.objects.get()
        assert (row.balances, row.usable, row.difference) == (False, False, Decimal(20))
        assert [wrong["scope"] for wrong in row.imbalances] == ["payment"]

    def test_a_claim_whose_parts_disagree_is_told_with_its_segment(self) -> None:
        imported(payment("T-1", claim("S-1", "142.50", "1", "CO:45:30.00")))
        row = Remittance.objects.get()
        assert {wrong["scope"] for wrong in row.imbalances} == {"line", "claim"}
        assert row.difference == 0 and not row.balances

    def test_accepting_needs_a_reason_and_is_done_once(self, rui: User, auditor: User, priya: User) -> None:
        makers.session(priya.provider, external_id="S-1")
        imported(payment("T-1", claim("S-1"), amount="100.00"))
        row = Remittance.objects.get()
        with pytest.raises(NotAllowed):
            remittances.accept_balance(of_user(auditor), row.pk, "fine", NOW)
        with pytest.raises(Refused):
            remittances.accept_balance(of_user(rui), row.pk, " ", NOW)
        remittances.accept_balance(of_user(rui), row.pk, "The payer confirmed it by phone.", NOW)
        row.refresh_from_db()
        assert (row.usable, row.accepted_by_name) == (True, "Rui Test")
        with pytest.raises(Refused):
            remittances.accept_balance(of_user(rui), row.pk, "again", NOW)


class TestKept:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE disputes_remittance SET amount = 1",
            "DELETE FROM disputes_remittance",
            "UPDATE disputes_remittanceclaim SET paid = 1",
            "DELETE FROM disputes_remittanceline",
            "UPDATE disputes_claimadjustment SET carc = '1'",
            "DELETE FROM disputes_accountadjustment",
            "DELETE FROM disputes_claimmatch",
        ],
    )
    def test_what_a_file_said_is_never_changed(self, statement: str) -> None:
        imported(payment("T-1", claim("S-1"), plb("WO", "1.00", "S-1")))
        with pytest.raises((InternalError, Exception), match=r"kept|refused"), transaction.atomic():
            connection.cursor().execute(statement)


class TestReach:
    def test_a_team_sees_payments_with_its_claims_and_only_those_claims(
        self, rui: User, faraway: User, lead: User, priya: User, colleague: User
    ) -> None:
        makers.session(priya.provider, external_id="S-1")
        makers.session(colleague.provider, external_id="S-2")
        imported(
            payment("T-1", claim("S-1"), claim("S-2", rendering_npi=npi(2)), plb("WO", "5.00", "S-2")),
            payment("T-2", claim("S-9", rendering_npi="")),
        )
        both, nobodys = Remittance.objects.order_by("number")
        assert list(selectors.visible_remittances(of_user(rui))) == [both]
        parts, _ = selectors.claims_of(of_user(rui), both)
        assert [each.claim.claim_id for each in parts] == ["S-1"]
        assert selectors.account_of(of_user(rui), both) == []
        assert len(selectors.account_of(of_user(faraway), both)) == 1
        with pytest.raises(NotFound):
            selectors.get_remittance(of_user(rui), nobodys.pk)
        assert selectors.visible_remittances(of_user(lead)).count() == 2
        assert selectors.waiting_count(of_user(rui)) == 0
        assert selectors.waiting_count(of_user(lead)) == 1

    def test_providers_and_administrators_read_none(self, priya: User, administrator: User) -> None:
        for user in (priya, administrator):
            with pytest.raises(NotAllowed):
                selectors.visible_remittances(of_user(user))
            with pytest.raises(NotAllowed):
                remittances.receive(of_user(user), "a.835", [b"ISA"], NOW)


class TestDoors:
    def test_a_program_sends_a_file_and_reads_what_came_of_it(self, api_of: Any) -> None:
        client = api_of("remittances:write")
        content = written(payment("T-1", claim("S-1"), plb("L6", "-1.20")))
        sent = client.post(
            "/api/v1/imports?kind=x12_835", content, content_type="application/octet-stream",
            headers={"Idempotency-Key": "k"},
        )  # fmt: skip
        assert sent.status_code == 202, sent.content
        makers.work(LATER)
        done = client.get(f"/api/v1/imports/{sent.json()['id']}").json()
        assert (done["status"], done["rows"]["created"]) == ("done", 1)
        [row] = client.get("/api/v1/remittances?balances=true").json()["results"]
        found = client.get(f"/api/v1/remittances/{row['id']}").json()
        assert found["amount"] == "143.70"
        assert found["claims"][0]["lines"][0]["adjustments"] == [
            {"group": "CO", "carc": "45", "label": "Above fee schedule", "amount": "37.50", "quantity": None}
        ]
        assert found["provider_adjustments"][0]["amount"] == "-1.20"

    def test_a_key_for_sessions_sends_no_remittance(self, api_of: Any) -> None:
        content = written(payment("T-1", claim("S-1")))
        sent = api_of("sessions:write").post(
            "/api/v1/imports", content, content_type="application/octet-stream", headers={"Idempotency-Key": "k"}
        )
        assert sent.status_code == 403 and not ImportBatch.objects.exists()

    def test_the_imports_page_takes_one_and_tells_of_it(self, browser_of: Any, lead: User) -> None:
        file = SimpleUploadedFile("week.835", written(payment("T-1", claim("S-1"), amount="10.00")))
        answer = browser_of(lead).post("/imports", {"file": file}, follow=True)
        makers.work(LATER)
        page = browser_of(lead).get(answer.redirect_chain[-1][0]).content.decode()
        assert "The payments are kept" in page and "Sums disagree" in page
        row = Remittance.objects.get()
        listed = browser_of(lead).get("/remittances").content.decode()
        assert "does not balance, $132.50 apart" in listed
        shown = browser_of(lead).get(f"/remittances/{row.pk}").content.decode()
        assert "CO-45" in shown and "waits for people" in shown
        accepted = browser_of(lead).post(f"/remittances/{row.pk}/accept", {"reason": "A known rounding."})
        assert accepted.status_code == 302

    def test_the_command_reports_and_says_by_its_exit_code(self, tmp_path: Any, capsys: Any) -> None:
        file = tmp_path / "a.835"
        file.write_bytes(written(payment("T-1", claim("S-1")), payment("T-2", claim("S-2"))))
        call_command("import_remittances", str(file))
        assert "2 payments read, 0 refused, 2 new" in capsys.readouterr().out
        file.write_bytes(file.read_bytes().replace(b"T-2", b"T-3").replace(b"CLP*S-2*1", b"CLP**1"))
        with pytest.raises(SystemExit) as ended:
            call_command("import_remittances", str(file))
        assert ended.value.code == 1
        assert "claim_unnamed" in capsys.readouterr().out
