"""The pages of code tables: what a refused file is told, and the way back to the table that was replaced."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from clawguard.domain.codesets.lists import ListKind
from sessions.models import CodeTable
from sessions.services.code_tables import ours
from tests.builders import NOW
from tests.sessions.code_tables.test_ours import in_force, sent

pytestmark = pytest.mark.django_db


def posted(browser: Any, **said: str) -> tuple[int, str]:
    file = SimpleUploadedFile("ab.csv", b"a,b\n1,2\n")
    answer = browser.post("/code-tables", {"file": file, "variant": "medicare", **said})
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({}, "table-kind", "Choose which table the file holds."),
        ({"kind": "something"}, "table-kind", "Choose which table the file holds."),
        ({"kind": "ptp"}, "table-quarter", "Fill in the quarter, such as 2026Q3"),
        ({"kind": "ptp", "quarter": "autumn"}, "table-file", "A quarter is like 2026Q3."),
    ],
)
def test_a_refusal_leads_to_the_field_it_is_about(
    lead: User, browser_of: Any, said: dict[str, str], field: str, words: str
) -> None:
    status, text = posted(browser_of(lead), **said)
    assert status == 400
    assert f'<a href="#{field}">{words}' in text
    assert f'id="{field}"' in text
    assert not CodeTable.objects.exists()


def test_a_table_that_was_not_kept_is_no_dead_end(lead: User, browser_of: Any) -> None:
    table = sent(of_user(lead), b"a,b\n1,2\n")
    text = browser_of(lead).get(f"/code-tables/{table.pk}").content.decode()
    assert "not known: &#x27;a&#x27;, &#x27;b&#x27;; missing: code, label, kind," in text
    assert 'href="/code-tables#load"' in text
    assert "waits to be read" not in text


def test_what_replaced_a_table_leads_back_to_it(lead: User, browser_of: Any) -> None:
    ours.seed(ListKind.PROCEDURES, NOW)
    before = CodeTable.objects.get(kind="procedures")
    by = of_user(lead)
    table = in_force(by, lambda rows: rows["90880"].update(valid_to="2026-12-31"))
    browser = browser_of(lead)
    shown = browser.get(f"/code-tables/{table.pk}").content.decode()
    assert f'<a href="/code-tables/{before.pk}">Procedure codes, {before.version[:8]}</a>' in shown
    assert "can be put back in force" in shown
    assert "Put back in force" in browser.get(f"/code-tables/{before.pk}").content.decode()


def test_the_names_of_many_columns_are_not_cut_off(lead: User) -> None:
    many = ",".join(f"{number}{'x' * 40}" for number in range(60))
    table = sent(of_user(lead), f"{many}\n".encode())
    assert "and 55 more; missing: code, label" in table.detail
    assert table.detail.endswith("and 15 more.")
