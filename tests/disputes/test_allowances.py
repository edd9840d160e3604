"""Allowed amounts beside the contracted rate of the day: told where they differ, and only where both are known."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clawguard.accounts.actors import SYSTEM
from clawguard.accounts.models import User
from clawguard.domain.x12.remittance import RemitClaim
from disputes.models import Remittance, RemittanceClaim, RemittanceLine
from disputes.selectors import allowances
from disputes.selectors.remittances import parts_of
from sessions.models import TherapySession
from sessions.services import stating
from tests.builders import NOW, npi
from tests.disputes import makers
from tests.disputes.remit_files import DAY, claim, imported, payment, written
from tests.disputes.test_claims_of_several_days import line, several

pytestmark = pytest.mark.django_db
BELOW = "The payer allowed $130.00, $12.50 below the contracted rate of $142.50 on Wed 16 Sep 2026"
RATE = {"kind": "rate", "provider": npi(1), "code": "90837", "source": "Contract"}


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path / "data"


@pytest.fixture
def about(priya: User) -> TherapySession:
    return makers.session(priya.provider, external_id="S-1")


def stating_amount(allowed: str, given: RemitClaim) -> RemitClaim:
    (only,) = given.lines
    return replace(given, lines=(replace(only, allowed=Decimal(allowed)),))


def told(session: TherapySession) -> list[tuple[str, str, str]]:
    found = allowances.of_session(session.pk)
    return [(f"{each.allowed:.2f}", f"{each.rate:.2f}", f"{each.difference:.2f}") for each in found]


@pytest.mark.parametrize(
    ("given", "difference"),
    [
        (claim("S-1", "142.50"), "0.00"),
        (claim("S-1", "142.49"), "-0.01"),
        (claim("S-1", "142.51"), "0.01"),
        (claim("S-1", "142.504"), "0.00"),
        (claim("S-1", "110.00", "1", "CO:45:37.50", "PR:3:32.50"), "0.00"),
        (claim("S-1", "110.00", "19", "CO:45:40.00", "PR:3:30.00"), "-2.50"),
        (stating_amount("130.00", claim("S-1", "142.50")), "-12.50"),
        (stating_amount("142.50", claim("S-1", "0.00", "1", "CO:45:37.50", "CO:97:142.50")), "0.00"),
    ],
)
def test_both_sides_of_the_rate(about: TherapySession, given: RemitClaim, difference: str) -> None:
    imported(payment("T-1", given))
    assert [each[2] for each in told(about)] == [difference]


@pytest.mark.parametrize(
    "given",
    [
        claim("S-1", "0.00", "4", "CO:29:180.00"),
        stating_amount("100.00", claim("S-1", "0.00", "4", "CO:29:180.00")),
        claim("S-1", "-142.50", "22", "CO:45:-37.50"),
        claim("S-1", "100.00", "2", "OA:23:80.00"),
        claim("S-1", "100.00", "1", "CO:45:30.00", "CO:97:50.00"),
    ],
    ids=["denied", "denied and stated", "a reversal", "the second payer", "reduced for another reason"],
)
def test_what_is_no_word_on_the_rate_is_not_compared(about: TherapySession, given: RemitClaim) -> None:
    imported(payment("T-1", given))
    assert told(about) == []


def test_without_a_rate_nothing_is_compared(about: TherapySession) -> None:
    TherapySession.objects.update(contracted_rate=None)
    imported(payment("T-1", claim("S-1", "130.00")))
    assert told(about) == []


def test_the_stated_rate_of_the_day_comes_before_the_sessions_own(about: TherapySession) -> None:
    before = {"amount": "99.00", "to": str(DAY - dt.timedelta(days=1))}
    for each in (before, {"amount": "130.00", "from": str(DAY)}, {"amount": "120.00", "payer_id": "other"}):
        stating.state_body(SYSTEM, RATE | each, NOW)
    imported(payment("T-1", claim("S-1", "130.00")))
    assert told(about) == [("130.00", "130.00", "0.00")]


def test_each_day_of_a_claim_is_compared_with_its_own_session(priya: User) -> None:
    later = DAY + dt.timedelta(days=7)
    first = makers.session(priya.provider, external_id=f"S-9-{DAY:%Y%m%d}")
    second = makers.session(priya.provider, external_id=f"S-9-{later:%Y%m%d}", date_of_service=later)
    imported(payment("T-1", several("S-9", line(DAY), line(later, Decimal("150.00")))))
    assert told(first) == [("142.50", "142.50", "0.00")]
    assert told(second) == [("150.00", "142.50", "7.50")]


def test_what_the_payer_states_is_kept_and_known_again_without_it(about: TherapySession) -> None:
    plain = payment("T-1", claim("S-1"))
    stated = payment("T-1", stating_amount("130.00", claim("S-1")))
    imported(stated)
    assert RemittanceLine.objects.get().allowed == Decimal(130)
    again = imported(plain)  # as one that was kept before allowed amounts were read
    assert (again.rows_refused, again.rows_unchanged, RemittanceLine.objects.count()) == (0, 1, 1)


def test_an_allowed_amount_that_cannot_be_read_is_not_stated(about: TherapySession) -> None:
    content = written(payment("T-1", stating_amount("130.00", claim("S-1"))))
    imported(content=content.replace(b"AMT*B6*130.00", b"AMT*B6*13O.00"))
    assert RemittanceLine.objects.get().allowed is None


def test_the_pages_and_the_api_say_it(about: TherapySession, rui: User, browser_of: Any, api_of: Any) -> None:
    imported(payment("T-1", claim("S-1", "130.00")), payment("T-2", claim("S-1", payer_claim_id="P-2")))
    differs, agrees = Remittance.objects.order_by("number")
    case = makers.opened(rui, about)
    staff = browser_of(rui)
    for path in (f"/remittances/{differs.pk}", f"/remittances/claims/{differs.claims.get().pk}", f"/cases/{case.pk}"):
        shown = staff.get(path).content.decode()
        assert BELOW in shown and shown.count("The payer allowed") == 1, path
    assert (
        "1 claim shown here was allowed at another amount" in staff.get(f"/remittances/{differs.pk}").content.decode()
    )
    assert "The payer allowed" not in staff.get(f"/remittances/{agrees.pk}").content.decode()
    answer = api_of("remittances:write").get(f"/api/v1/remittances/{differs.pk}").json()
    expected = {"session": str(about.pk), "allowed": "130.00", "contracted_rate": "142.50", "difference": "-12.50"}
    assert answer["claims"][0]["allowed"] == [expected]


def test_as_many_statements_for_many_claims(priya: User) -> None:
    for number in range(12):
        makers.session(priya.provider, external_id=f"S-{number}", client=f"C-{number}")
    imported(payment("T-1", *(claim(f"S-{number}", member_id=f"C-{number}") for number in range(12))))
    rows = list(RemittanceClaim.objects.select_related("match__session").order_by("number"))
    asked = []
    for some in (rows[:1], rows):
        parts = parts_of(some)
        with CaptureQueriesContext(connection) as queries:
            assert len(allowances.of_claims(parts)) == len(some)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 3
