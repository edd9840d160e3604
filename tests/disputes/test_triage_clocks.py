"""Late and Breach today: two views of triage, each with its count, and the same sets for programs."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from disputes.models import Case
from disputes.selectors import triage
from tests.builders import NOW
from tests.disputes import makers

pytestmark = pytest.mark.django_db


def test_late_and_breach_today_are_two_views_with_a_count_each(rui: User, priya: User, now: dt.datetime) -> None:
    hour = dt.timedelta(hours=1)
    moments = {"late": [-72 * hour, dt.timedelta(0)], "today": [hour, 23 * hour], "": [24 * hour]}
    of: dict[str, set[str]] = {}
    for which, nearest in moments.items():
        for ahead in nearest:
            case = makers.answered(rui, priya)
            Case.objects.filter(pk=case.pk).update(breach_at=now + ahead)
            of.setdefault(which, set()).add(str(case.pk))
    over = makers.decided(rui, rui, priya, "network")
    Case.objects.filter(pk=over.pk).update(breach_at=now - hour)
    for which in ("late", "today"):
        rows = triage.BY_KEY[which].rows(of_user(rui), now)
        assert {str(row.pk) for row in rows} == of[which], which
    assert [triage.counts(of_user(rui), now)[key] for key in ("late", "today")] == [2, 2]


def test_the_day_begins_with_what_is_late_if_anything_is(browser_of: Any, rui: User, priya: User) -> None:
    heading = re.compile(r"<h1[^>]*>\s*([^<]+?)\s*</h1>")
    assert heading.findall(browser_of(rui).get("/triage").content.decode()) == ["Breach today"]
    case = makers.answered(rui, priya)
    Case.objects.filter(pk=case.pk).update(breach_at=NOW - dt.timedelta(days=400))
    page = browser_of(rui).get("/triage").content.decode()
    assert heading.findall(page) == ["Late"] and f"/cases/{case.pk}" in page
    assert f"/cases/{case.pk}" not in browser_of(rui).get("/triage?view=today").content.decode()


def test_programs_ask_for_the_same(api_of: Any, rui: User, priya: User) -> None:
    case = makers.answered(rui, priya)
    Case.objects.filter(pk=case.pk).update(breach_at=NOW - dt.timedelta(days=400))
    client = api_of("cases:read")
    found = {which: client.get(f"/api/v1/cases?clock={which}").json() for which in ("late", "today")}
    assert [[row["id"] for row in page["results"]] for page in found.values()] == [[str(case.pk)], []]
    assert client.get("/api/v1/cases?clock=soon").status_code == 400
