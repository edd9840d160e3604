"""Facts that nobody stands by any more are listed in the network's evidence pack, and in no other."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from disputes import services
from disputes.models import Case
from sessions import services as sessions
from tests.builders import NOW, npi
from tests.disputes import makers

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
WHY = "It was the coverage of another client."
ENDED = {"value": "inactive", "ended_on": "2026-08-31", "source": "Payer portal"}


@pytest.fixture
def case(rui: User, priya: User) -> Case:
    return makers.answered(rui, priya)


def zipped(lead: User, case: Case, audience: str = "network") -> bytes:
    pack = services.ask_for_pack(of_user(lead), case.pk, audience, NOW + 7 * HOUR)
    services.make_pack(pack.pk, NOW + 7 * HOUR)
    return services.take_pack(of_user(lead), pack.pk, "page", NOW + 8 * HOUR)[1]


def about(lead: User, case: Case, audience: str = "network") -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(zipped(lead, case, audience))) as archive:
        found: dict[str, Any] = json.loads(archive.read("case.json"))
    return found


def add(case: Case, by: User, hours: int, **facts: Any) -> None:
    services.add_facts(of_user(by), case.pk, facts, NOW + hours * HOUR)


def take_back(case: Case, by: User, hours: int, name: str) -> None:
    services.withdraw_fact(of_user(by), case.pk, name, WHY, NOW + hours * HOUR)


def say_and_withdraw(by: User, hours: int, kind: str, **said: Any) -> None:
    (fact,) = sessions.state_body(of_user(by), {"kind": kind, "source": "roster", **said}, NOW).facts
    sessions.withdraw(of_user(by), fact.pk, WHY, NOW + hours * HOUR)


def test_what_it_said_who_took_it_back_when_and_why(case: Case, rui: User, lead: User) -> None:
    add(case, rui, 3, eligibility_actual=ENDED)
    take_back(case, lead, 4, "eligibility_actual")
    found = about(lead, case)
    assert [row["value"] for row in found["facts_added"]] == [{"value": "inactive", "ended_on": "2026-08-31"}]
    (row,) = found["facts_taken_back"]
    assert (row["name"], row["about"], row["said"]) == (
        "eligibility_actual",
        "case",
        {"value": "inactive", "ended_on": "2026-08-31"},
    )
    assert (row["source"], row["stated_by_kind"], row["stated_by_name"]) == ("Payer portal", "user", rui.name)
    moments = [dt.datetime.fromisoformat(row[name]) for name in ("stated_at", "taken_back_at")]
    assert moments == [NOW + 3 * HOUR, NOW + 4 * HOUR]
    assert (row["taken_back_by_kind"], row["taken_back_by_name"], row["reason"]) == ("user", lead.name, WHY)


def test_a_part_told_beside_a_fact_and_the_newest_of_several_statements(case: Case, rui: User, lead: User) -> None:
    add(case, rui, 1, eligibility_shown="inactive")
    add(case, rui, 2, eligibility_shown="active", eligibility_actual=ENDED)
    take_back(case, rui, 3, "ended_on")
    take_back(case, rui, 4, "eligibility_shown")
    add(case, rui, 5, eligibility_shown="inactive")
    take_back(case, rui, 6, "eligibility_shown")
    rows = about(lead, case)["facts_taken_back"]
    assert [(row["name"], row["said"]) for row in rows] == [
        ("ended_on", "2026-08-31"),
        ("eligibility_shown", "active"),
        ("eligibility_shown", "inactive"),
    ]
    assert rows[0]["source"] == "Payer portal"


def test_what_was_withdrawn_beside_the_session_stands_with_it(case: Case, rui: User, lead: User) -> None:
    assert case.session is not None
    ref = case.session.external_id
    say_and_withdraw(rui, 2, "rate", provider=npi(1), code="90837", amount="150.00", **{"from": "2026-09-01"})
    say_and_withdraw(rui, 3, "claim", session=ref, filed_on="2026-09-20")
    say_and_withdraw(rui, 4, "eligibility", client="C-1", status="inactive", to="2026-09-30")
    add(case, rui, 1, eligibility_shown="active")
    take_back(case, rui, 5, "eligibility_shown")
    rows = about(lead, case)["facts_taken_back"]
    assert [(row["name"], row["about"]) for row in rows] == [
        ("rate", "provider"),
        ("claim", "session"),
        ("eligibility", "client"),
        ("eligibility_shown", "case"),
    ]
    rate = rows[0]
    assert rate["said"] == {"code": "90837", "amount": "150.00"}
    assert (rate["from"], rate["to"], rate["source"], rate["reason"]) == ("2026-09-01", None, "roster", WHY)
    assert '"C-1"' not in json.dumps(rows)


def test_not_what_stands_nor_another_clients_payers_or_providers_nor_a_clients_papers(
    case: Case, rui: User, lead: User
) -> None:
    add(case, rui, 1, eligibility_shown="active")
    sessions.state_body(of_user(rui), {"kind": "eligibility", "source": "r", "client": "C-1", "status": "active"}, NOW)
    say_and_withdraw(lead, 2, "eligibility", client="C-2", status="inactive")
    say_and_withdraw(lead, 2, "eligibility", client="C-1", status="inactive", payer_id="another")
    say_and_withdraw(lead, 2, "part2", client="C-1", programme=True)
    say_and_withdraw(lead, 2, "consent", client="C-1", covers="treatment", status="on_file")
    say_and_withdraw(lead, 2, "claim", session="S-of-another", filed_on="2026-09-20")
    assert about(lead, case)["facts_taken_back"] == []


def test_the_provider_is_given_none_of_it(case: Case, rui: User, lead: User) -> None:
    add(case, rui, 3, eligibility_actual=ENDED)
    take_back(case, rui, 4, "eligibility_actual")
    found = about(lead, case, "provider")
    assert found["facts_taken_back"] == []
    assert WHY not in json.dumps(found)


def test_a_case_of_a_dispute_without_a_session_lists_its_own(rui: User, lead: User, priya: User) -> None:
    dispute = makers.dispute(of_user(rui), priya.provider)
    services.deliver(dispute.pk, NOW)
    case = services.open_for_dispute(dispute.pk, NOW)
    add(case, rui, 1, eligibility_shown="active")
    take_back(case, rui, 2, "eligibility_shown")
    assert [row["said"] for row in about(lead, case)["facts_taken_back"]] == ["active"]


def test_verify_pack_notices_another_reason(
    case: Case, rui: User, lead: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(case, rui, 3, eligibility_actual=ENDED)
    take_back(case, rui, 4, "eligibility_actual")
    before = zipped(lead, case)
    pack = tmp_path / "pack.zip"
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(pack, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(WHY.encode(), b"It was right."))
    with pytest.raises(SystemExit):
        call_command("verify_pack", str(pack))
    assert "Not as signed" in capsys.readouterr().err
    pack.write_bytes(before)
    call_command("verify_pack", str(pack))
    assert capsys.readouterr().out.startswith("OK:")
