"""What programs send is read strictly, and every refusal says what to do without repeating what was sent."""

from __future__ import annotations

import datetime as dt
import json
import time
from typing import Any

import pytest
from django.db import OperationalError
from django.http import Http404
from django.test import RequestFactory
from rest_framework.request import Request

from clawguard.access import bodies
from clawguard.access.body import DEEPEST, parse, raw_body, read_body
from clawguard.access.lists import query
from clawguard.access.problems import Problem, of_exception
from clawguard.accounts.actors import NotAllowed
from clawguard.events.errors import NotFound, Refused


def post(body: bytes, content_type: str = "application/json", **headers: str) -> Request:
    return Request(RequestFactory().post("/x", body, content_type=content_type, **headers))


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "json_invalid"),
        (b'{"a": 1} trailing', "json_invalid"),
        (b"", "json_invalid"),
        (b'{"a": "\xff"}', "json_invalid"),
        (b'{"a": 1, "a": 2}', "json_duplicate_key"),
        (b'{"a": {"b": 1, "b": 1}}', "json_duplicate_key"),
        (b'{"a": NaN}', "json_not_a_number"),
        (b'{"a": -Infinity}', "json_not_a_number"),
        (b'{"a": 1e400}', "json_number_too_long"),
        (b'{"a": ' + b"9" * 400 + b"}", "json_number_too_long"),
        (b'{"\\ud800": 1}', "json_half_character"),
        (b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1), "json_too_deep"),
    ],
)
def test_json_that_is_not_strict_is_refused_by_its_fault(body: bytes, code: str) -> None:
    with pytest.raises(Problem) as refused:
        parse(body)
    assert (refused.value.status, refused.value.code) == (400, code)


def test_nesting_up_to_the_limit_and_brackets_in_text_are_fine() -> None:
    parse(b"[" * DEEPEST + b"]" * DEEPEST)
    assert parse(b'{"a": "[[[[[[[[[[[[[[[[[[[[[[[[[[[[\\"{{{{{{"}')


def test_a_hundred_thousand_brackets_cost_nothing() -> None:
    begun = time.process_time()
    with pytest.raises(Problem):
        parse(b"[" * 100_000)
    assert time.process_time() - begun < 0.1


def test_only_an_object_sent_as_json_is_a_body() -> None:
    for request, status in [
        (post(b"[]"), 400),
        (post(b"{}", "text/plain"), 415),
        (post(b"{}", ""), 415),
    ]:
        with pytest.raises(Problem) as refused:
            read_body(request)
        assert refused.value.status == status
    assert read_body(post(b"{}", "application/json; charset=utf-8")) == {}


def test_a_body_is_refused_by_its_declared_size_before_it_is_read() -> None:
    assert raw_body(post(b"12345"), most=5) == b"12345"
    for request in (post(b"123456"), post(b"1", CONTENT_LENGTH="6"), post(b"1", CONTENT_LENGTH="-6")):
        with pytest.raises(Problem) as refused:
            raw_body(request, most=5)
        assert refused.value.status == 413


ALLOWED: dict[str, Any] = {"status": ("open", "closed"), "since": dt.datetime, "on": dt.date, "mine": bool}


def get(text: str) -> Request:
    return Request(RequestFactory().get(f"/x?{text}"))


def test_query_parameters_come_in_their_kinds() -> None:
    found = query(get("status=open&since=2026-03-18T10:00:00%2B01:00&on=2026-03-18&mine=TRUE&limit=5"), ALLOWED)
    assert found == {
        "status": "open",
        "since": dt.datetime(2026, 3, 18, 9, tzinfo=dt.UTC),
        "on": dt.date(2026, 3, 18),
        "mine": True,
        "limit": 5,
    }


@pytest.mark.parametrize(
    "text",
    [
        "order=password",
        "status=gone",
        "status=open&status=closed",
        "since=2026-03-18T10:00:00",
        "since=yesterday",
        "on=2026-02-29",
        "mine=maybe",
        "limit=0",
        "limit=-1",
        "limit=10000000000",
        "cursor=%00",
    ],
)
def test_a_query_that_cannot_be_used_is_refused_by_name(text: str) -> None:
    with pytest.raises(Problem) as refused:
        query(get(text), ALLOWED)
    assert refused.value.status == 400
    assert [error.pointer for error in refused.value.errors] == [text.split("=")[0]]


def test_all_faults_of_a_query_are_named_at_once() -> None:
    with pytest.raises(Problem) as refused:
        query(get("status=gone&on=never&who=me"), ALLOWED)
    assert {error.pointer for error in refused.value.errors} == {"status", "on", "who"}


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (NotFound(), 404, "not_found"),
        (Http404(), 404, "not_found"),
        (NotAllowed(), 403, "not_allowed"),
        (OperationalError("lock timeout"), 503, "busy"),
        (Refused("order", "Send the notice first."), 409, "order"),
        (Refused("too_long", "At most 80 characters.", "/name"), 422, "too_long"),
    ],
)
def test_what_services_raise_becomes_one_shape(error: Exception, status: int, code: str) -> None:
    problem = of_exception(error)
    assert problem is not None
    said = problem.as_dict()
    assert (said["status"], said["code"]) == (status, code)
    assert set(said) == {"type", "title", "status", "code", "detail", "errors"}


def test_a_fault_of_our_own_is_not_dressed_up_as_a_refusal() -> None:
    assert of_exception(ZeroDivisionError()) is None


@pytest.mark.parametrize("value", ["a \ud800", ["\ud800"], {"a": {"b": "\udfff"}}, {"\ud800": 1}])
def test_half_a_character_is_named_and_not_a_fault_of_ours(value: Any) -> None:
    body = json.dumps({"whole": "a", "half": value}).encode()
    with pytest.raises(Problem) as caught:
        bodies.read(post(body), {"whole": bodies.text, "half": lambda given: given})
    in_a_name = isinstance(value, dict) and "\ud800" in value
    assert (caught.value.code, [error.pointer for error in caught.value.errors]) == (
        ("json_half_character", []) if in_a_name else ("invalid", ["/half"])
    )


def test_a_file_that_is_too_large_is_told_by_one_status_everywhere() -> None:
    problem = of_exception(Refused("file_too_large", "The file is larger than 25 MB.", "/file"))
    assert problem is not None
    assert (problem.status, [error.pointer for error in problem.errors]) == (413, ["/file"])
