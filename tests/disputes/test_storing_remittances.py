"""Payments that are stored together: each by itself whole, known again or refused, and matched as if it came alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from clawguard.accounts.actors import SYSTEM
from clawguard.accounts.models import User
from clawguard.domain.x12.remittance import RemitParty
from disputes.models import ClaimMatch, Remittance, RemittanceClaim
from disputes.services import remittances
from disputes.services.remittances.rows import ACCOUNT, ADJUSTMENTS, CLAIMS, LINES, rows_of
from sessions.models import ImportBatch
from tests.builders import NOW, npi
from tests.disputes import makers
from tests.disputes.remit_files import claim, imported, payment, plb, written
from tests.domain.test_x12_writers import PAID, PAYMENT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path / "data"


class TestKnownAgain:
    def test_identity_and_digest_stay_what_they_were_when_the_first_payments_were_stored(self) -> None:
        full = replace(PAYMENT, claims=(replace(PAID, lines=PAID.lines[:1]),))
        plain = payment(
            "T-1",
            claim("S-1"),
            claim("S-2", "0.00", "4", "CO:97:150.00", "PR:3:30.00", remarks=("N130",)),
            plb("WO", "5.10", "S-1 20260916"),
        )
        found = [(rows.identity[:16], rows.digest) for rows in (rows_of(full).payment, rows_of(plain).payment)]
        assert found == [
            ("7d47e32c22423368", "81b4701ba4bedff0e440870d866bd0a5bbe2265c23ff30a6bf947bc5999949cb"),
            ("643d66208814a7d9", "c183097243b915732bc0bce08ae378d087c3343e703f8dace75a8bd04350721a"),
        ]

    def test_every_column_has_its_value(self) -> None:
        rows = rows_of(payment("T-1", claim("S-1"), plb("WO", "5.10", "S-1")))
        for columns, found in (
            (CLAIMS, rows.claims),
            (LINES, rows.lines),
            (ADJUSTMENTS, rows.adjustments),
            (ACCOUNT, rows.account),
        ):
            assert {len(row.head) + len(row.said) for row in found} == {len(columns)}

    def test_the_same_payment_twice_in_one_file_is_stored_once(self) -> None:
        one = payment("T-1", claim("S-1"))
        for dry_run in (True, False):
            batch = imported(one, payment("T-2", claim("S-2")), one, dry_run=dry_run)
            assert batch.summary["counts"]["created"] == 2
            assert (batch.rows_read, batch.rows_unchanged, batch.rows_refused) == (3, 1, 0)
        assert [row.number for row in Remittance.objects.order_by("number")] == [1, 2]

    def test_a_trace_that_says_two_things_in_one_file_is_taken_once(self) -> None:
        batch = imported(
            payment("T-1", claim("S-1")), payment("T-1", claim("S-1", "9.00")), payment("T-2", claim("S-2"))
        )
        assert (batch.rows_created, batch.rows_refused) == (2, 1)
        assert [problem.code for problem in batch.problems.all()] == ["payment_differs"]
        assert RemittanceClaim.objects.get(remittance__trace="T-1").paid == Decimal("142.50")


class TestTogether:
    def test_texts_that_the_database_might_read_otherwise_come_back_as_they_were(self) -> None:
        odd = claim("S\\1 x", payer_claim_id='\\N"{}', member_id="a,b", remarks=('N"1', "N,2"))
        imported(payment("T-1", odd))
        row = RemittanceClaim.objects.get()
        assert (row.claim_id, row.payer_claim_id, row.client_ref, row.remarks) == (
            "S\\1 x", '\\N"{}', "a,b", ['N"1', "N,2"],
        )  # fmt: skip

    def test_a_payers_number_found_in_one_payment_holds_for_the_next_of_the_file(self, priya: User) -> None:
        about = makers.session(priya.provider, external_id="S-1")
        strange = {"member_id": "C-else", "rendering_npi": npi(5), "payer_claim_id": "ICN-1"}
        later = claim("other", "-142.50", "22", **strange)
        imported(payment("T-1", claim("ours", payer_claim_id="ICN-1")), payment("T-2", later))
        found = {match.claim.claim_id: match for match in ClaimMatch.objects.select_related("claim")}
        assert (found["ours"].how, found["other"].how) == ("likeness", "payer_claim_id")
        assert found["other"].session == about

    def test_payers_do_not_share_numbers_within_a_file(self, priya: User) -> None:
        makers.session(priya.provider, external_id="S-1")
        strange = claim("other", member_id="C-else", rendering_npi=npi(5), payer_claim_id="ICN-1")
        another = payment("T-2", strange, payer=RemitParty("ANOTHER", "XV", "11111"))
        imported(payment("T-1", claim("ours", payer_claim_id="ICN-1")), another)
        assert ClaimMatch.objects.get(claim__claim_id="other").session is None

    def test_many_payments_take_as_many_statements_as_one(self, django_assert_max_num_queries: Any) -> None:
        with django_assert_max_num_queries(45):
            imported(*[payment(f"T-{number}", claim(f"S-{number}")) for number in range(30)])
        assert Remittance.objects.count() == ClaimMatch.objects.count() == 30


class TestGoes:
    @pytest.fixture(autouse=True)
    def _one_payment_a_go(self, monkeypatch: Any) -> None:
        monkeypatch.setattr("disputes.services.remittances.reading.MOST_CLAIMS", 1)

    def test_a_go_begins_at_the_payment_where_the_last_one_ended(self, monkeypatch: Any) -> None:
        content = written(*[payment(f"T-{number}", claim(f"S-{number}")) for number in range(6)])
        batch = remittances.receive(SYSTEM, "a.835", [content], NOW, read=False)
        begun: list[int] = []
        from disputes.services.remittances import reading

        real = reading.vault.read
        monkeypatch.setattr(reading.vault, "read", lambda key, start=0: begun.append(start) or real(key, start))
        while remittances.read_piece(batch.pk, NOW):
            continue
        starts = [content.index(f"ST*835*{number:04}".encode()) for number in range(1, 7)]
        assert begun == [0, *starts]
        assert Remittance.objects.count() == 6

    def test_a_file_that_was_left_off_before_marks_were_kept_goes_on_all_the_same(self) -> None:
        content = written(*[payment(f"T-{number}", claim(f"S-{number}")) for number in range(3)])
        batch = remittances.receive(SYSTEM, "a.835", [content], NOW, read=False)
        remittances.read_piece(batch.pk, NOW)
        ImportBatch.objects.filter(pk=batch.pk).update(place={"items": 1})
        while remittances.read_piece(batch.pk, NOW + dt.timedelta(seconds=1)):
            continue
        batch.refresh_from_db()
        assert (batch.rows_read, batch.rows_created, batch.status) == (3, 3, "done")
