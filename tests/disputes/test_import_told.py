"""What the page of an import says of an 835: what follows from it, what waits for people, and what was not kept."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from clawguard.accounts.models import User
from clawguard.domain.x12.remittance import Remittance as Payment
from disputes.models import AccountMatch, Remittance
from tests.builders import NOW
from tests.disputes import makers
from tests.disputes.remit_files import claim, payment, plb, written

pytestmark = pytest.mark.django_db


def page_after(client: Any, content: bytes, name: str = "week.835") -> str:
    answer = client.post("/imports", {"file": SimpleUploadedFile(name, content)}, follow=True)
    makers.work(NOW)
    page: str = client.get(answer.redirect_chain[-1][0]).content.decode()
    return page


def sent(client: Any, *payments: Payment) -> str:
    return page_after(client, written(*payments))


def test_sums_that_disagree_are_told_with_what_follows_until_they_are_accepted(browser_of: Any, lead: User) -> None:
    client = browser_of(lead)
    page = sent(client, payment("T-1", claim("S-1"), amount="10.00"), payment("T-2", claim("S-2")))
    assert "Nothing that this payment took back opens a case or counts as taken until somebody accepts" in page
    row = Remittance.objects.get(trace="T-1")
    link = f"/remittances?import={row.batch_id}&amp;show=off"
    assert link in page
    listed = client.get(link.replace("&amp;", "&")).content.decode()
    assert "T-1" in listed and "T-2" not in listed
    client.post(f"/remittances/{row.pk}/accept", {"reason": "A known rounding."})
    assert "accepts the difference" not in client.get(f"/imports/{row.batch_id}").content.decode()


def test_two_such_payments_are_counted(browser_of: Any, lead: User) -> None:
    page = sent(browser_of(lead), *(payment(f"T-{n}", claim(f"S-{n}"), amount="10.00") for n in (1, 2)))
    assert "Nothing that these 2 payments took back" in page


def test_a_payment_that_only_pays_takes_nothing_back(browser_of: Any, lead: User) -> None:
    page = sent(browser_of(lead), payment("T-1", claim("S-1")))
    assert "The payments are kept" in page and "What they take back" not in page
    assert "Takebacks without a session" not in page


def test_a_takeback_that_names_no_claim_is_led_to(browser_of: Any, lead: User) -> None:
    taken = plb("WO", "50.00", "UNKNOWN99")
    page = sent(browser_of(lead), payment("T-1", claim("S-1"), taken))
    assert '<a class="button" href="/remittances/takebacks">Takebacks without a session</a>' in page
    assert Remittance.objects.get().adjusted == Decimal("50.00")


def test_of_a_file_that_was_cut_nothing_is_said_to_be_kept(browser_of: Any, lead: User) -> None:
    whole = written(payment("T-1", claim("S-1")))
    page = page_after(browser_of(lead), whole[: len(whole) * 2 // 3])
    assert "Nothing of this file was stored" in page and "Nothing more" not in page
    assert not Remittance.objects.exists()


def test_a_table_that_waits_for_its_columns_is_said_to_wait_in_the_list_too(browser_of: Any, lead: User) -> None:
    client = browser_of(lead)
    assert "waiting for you" in page_after(client, b"external_id,npi\nW-1,1999999984\n", "rows.csv")
    listed = client.get("/imports").content.decode()
    assert "waiting for you" in listed and "being read" not in listed


def test_what_is_neither_is_refused_in_words_for_people(browser_of: Any, lead: User) -> None:
    file = SimpleUploadedFile("page.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    answer = browser_of(lead).post("/imports", {"file": file})
    page = answer.content.decode()
    assert answer.status_code == 415 and "payments as 835. Nothing was stored." in page and "sessions_csv" not in page


def test_a_payment_leads_from_what_it_withholds_to_where_people_say_whose_it_is(browser_of: Any, lead: User) -> None:
    client = browser_of(lead)
    sent(client, payment("T-1", claim("S-1"), plb("WO", "50.00", "UNKNOWN99"), plb("L6", "-1.20")))
    row, match = Remittance.objects.get(), AccountMatch.objects.get()
    link = f'<a href="/remittances/takebacks/{match.pk}">Say whose money it is</a>'
    page = client.get(f"/remittances/{row.pk}").content.decode()
    assert page.count(link) == page.count("whose money it is") == 1, "interest is nobody's to divide"
    client.post(f"/remittances/takebacks/{match.pk}/aside", {"reason": "Of another network."})
    page = client.get(f"/remittances/{row.pk}").content.decode()
    assert f'<a href="/remittances/takebacks/{match.pk}">Whose money it is</a>' in page
