"""The API answers in JSON whatever is asked, and describes every one of its addresses."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import get_resolver
from jsonschema import Draft202012Validator

from clawguard.access.docs import document
from clawguard.accounts import api_keys
from clawguard.accounts.models import User
from clawguard.clock import now as read_clock
from tests.doors.matrix import ROWS
from tests.doors.test_matrix import NAMES

pytestmark = pytest.mark.django_db
API_NAMES = [name for name in NAMES if name.startswith("api-") and name != "api-docs"]


def problem(answer: Any) -> dict[str, Any]:
    """The body, once it is sure to be a problem document."""
    assert answer["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert body.keys() == {"type", "title", "status", "code", "detail", "errors"}
    assert body["status"] == answer.status_code
    return body


@pytest.mark.parametrize(
    "path", ["/api/", "/api/v1/", "/api/v1/nothing", "/api/v1/sessions/", "/api/v1/sessions/x", "/api/v2"]
)
def test_an_unknown_address_is_answered_in_json(path: str) -> None:
    assert problem(Client().get(path))["code"] == "not_found"


@pytest.mark.parametrize("method", ["put", "delete", "trace"])
def test_a_method_that_is_not_offered_says_so(method: str, lead: User, browser_of: Any) -> None:
    answer = getattr(browser_of(lead), method)("/api/v1/sessions")
    assert problem(answer)["code"] == "method_not_allowed"
    assert answer.status_code == 405


def test_a_method_override_is_ignored(lead: User, browser_of: Any) -> None:
    answer = browser_of(lead).get("/api/v1/sessions", headers={"X-HTTP-Method-Override": "POST"})
    assert answer.status_code == 200


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "*/*", "nonsense"])
def test_the_accept_header_changes_nothing(accept: str, lead: User, browser_of: Any) -> None:
    assert browser_of(lead).get("/api/v1/sessions", headers={"Accept": accept})["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    "query", ["limit=101", "limit=0", "limit=x", "limit=²", "page=2", "order=password", "limit=1&limit=2", "cursor=x"]
)
@pytest.mark.parametrize(
    "path",
    [
        "sessions",
        "findings",
        "imports",
        "code-tables",
        "notes-requests",
        "notes",
        "cases",
        "disputes",
        "library",
        "proposed-adjustments",
    ],
)
def test_lists_refuse_what_they_do_not_know(path: str, query: str, lead: User, browser_of: Any) -> None:
    answer = browser_of(lead).get(f"/api/v1/{path}?{query}")
    assert answer.status_code == (404 if query == "cursor=x" else 400)
    problem(answer)


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("absences", "Known are: count, cursor, limit, on_or_after, provider."),
        (f"notes-requests/{UUID(int=1)}", "This address takes none."),
    ],
)
def test_an_unknown_parameter_is_told_which_there_are(path: str, known: str, lead: User, browser_of: Any) -> None:
    answer = browser_of(lead).get(f"/api/v1/{path}?page=2")
    assert problem(answer)["errors"][0]["message"] == f"There is no such parameter. {known}"


def test_nothing_is_kept_in_a_cache(lead: User, browser_of: Any) -> None:
    assert "no-store" in browser_of(lead).get("/api/v1/sessions")["Cache-Control"]


class TestTheDescription:
    def test_is_openapi_3_1_in_shape(self) -> None:
        served = Client().get("/api/v1/openapi.json").json()
        assert served["openapi"].startswith("3.1")
        assert served["info"]["title"] == "Clawguard API"
        operations = [
            (path, method, described)
            for path, methods in served["paths"].items()
            for method, described in methods.items()
        ]
        assert operations
        for path, method, described in operations:
            assert described["responses"], (path, method)
            assert described.get("summary"), (path, method)
            assert "413" in described["responses"]["default"]["description"], (path, method)
        assert len({described["operationId"] for *_, described in operations}) == len(operations)

    def test_its_schemas_are_schemas(self) -> None:
        def schemas(part: Any) -> Any:
            if isinstance(part, dict):
                if isinstance(part.get("schema"), dict):
                    yield part["schema"]
                for value in part.values():
                    yield from schemas(value)
            elif isinstance(part, list):
                for value in part:
                    yield from schemas(value)

        found = [*schemas(document()["paths"]), *document().get("components", {}).get("schemas", {}).values()]
        assert found
        for schema in found:
            Draft202012Validator.check_schema(schema)

    def test_every_address_and_method_of_the_api_is_in_it(self) -> None:
        described = {
            (method.upper(), re.sub(r"\{[^}]+\}", "{}", path))
            for path, methods in document()["paths"].items()
            for method in methods
        }
        asked = {
            (row.method, re.sub(r"%\([^)]+\)s", "{}", f"/{get_resolver().reverse_dict.getlist(row.name)[0][0][0][0]}"))
            for row in ROWS
            if row.name in API_NAMES
        }
        assert asked == described

    def test_it_says_how_a_program_signs_in(self) -> None:
        schemes = document()["components"]["securitySchemes"].values()
        assert {"type": "http", "scheme": "bearer"}.items() <= next(iter(schemes)).items()

    def test_the_page_reads_it_to_people(self) -> None:
        page = Client().get("/api/docs")
        assert page.status_code == 200
        for path in ("/api/v1/sessions", "/api/v1/notes-requests/{request_id}", "/api/v1/cases/{case_id}/decision"):
            assert path in page.content.decode()


def test_a_fault_of_ours_is_a_problem_without_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    from sessions import selectors

    def broken(*_given: object, **_more: object) -> None:
        raise RuntimeError("the words of a row")

    monkeypatch.setattr(selectors, "search", broken)
    secret = api_keys.create("test program", {"sessions:read"}, read_clock())[1]
    answer = Client().get("/api/v1/sessions", headers={"Authorization": f"Bearer {secret}"})
    assert problem(answer)["code"] == "fault"
    assert "words of a row" not in answer.content.decode()
