"""What must hold between the fields of a session, on both sides of every bound; the way back; the printed schema."""

import copy
import datetime as dt

import jsonschema
import pytest

from clawguard.domain.submission import facts_to_dict, json_schema, parse
from clawguard.domain.submission.values import Errors
from tests.domain.test_submission import GOOD, NOW, changed


def told(raw, **options):
    _, errors = parse(raw, now=NOW, **options)
    assert all(error.message.endswith(".") and "None" not in error.message for error in errors)
    return {error.pointer: error.code for error in errors}


def on_the_day(**values):
    """The session today, without a time of its own unless told otherwise."""
    return {**GOOD, "date_of_service": "2026-04-01", "start": None, "end": None, "confirmed_at": None, **values}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, {}),
        ({"date_of_service": "2026-04-02"}, {"/date_of_service": "date_future"}),
        ({"confirmed_at": "2026-04-01T12:05:00Z"}, {}),
        ({"confirmed_at": "2026-04-01T12:05:01Z"}, {"/confirmed_at": "date_future"}),
        ({"start": "2026-04-01T12:05:00Z"}, {}),
        ({"start": "2026-04-01T12:05:01Z"}, {"/start": "date_future"}),
        ({"end": "2026-04-01T12:05:00Z"}, {}),
        ({"end": "2026-04-01T12:05:01Z"}, {"/end": "date_future"}),
        (
            {"start": "2026-04-01T12:06:00Z", "end": "2026-04-01T12:05:30Z"},
            {"/start": "date_future", "/end": "date_future"},
        ),
        ({"client": {**GOOD["client"], "birth_date": "2026-04-01"}}, {}),
        ({"client": {**GOOD["client"], "birth_date": "2026-04-02"}}, {"/client/birth_date": "date_order"}),
    ],
)
def test_clocks_may_differ_by_five_minutes_and_no_more(values, expected):
    assert told(on_the_day(**values)) == expected


def test_today_is_the_practice_s():
    """At 03:30 UTC on 2 April it is still 1 April in New York, and there the session lies ahead."""
    raw = on_the_day(date_of_service="2026-04-02")
    _, errors = parse(raw, now=dt.datetime(2026, 4, 2, 3, 30, tzinfo=dt.UTC))
    assert [error.code for error in errors] == ["date_future"]
    assert parse(raw, now=dt.datetime(2026, 4, 2, 4, 30, tzinfo=dt.UTC))[1] == []


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-03-18T10:02:00-04:00", None, {}),
        (None, "2026-03-18T10:02:00-04:00", {}),
        ("2026-03-18T10:02:00-04:00", "2026-03-18T10:02:01-04:00", {}),
        ("2026-03-18T10:02:00-04:00", "2026-03-18T10:02:00-04:00", {"end": "end_before_start"}),
        ("2026-03-18T10:02:00-04:00", "2026-03-19T10:02:00-04:00", {}),
        ("2026-03-18T10:02:00-04:00", "2026-03-19T10:02:01-04:00", {"end": "too_long_a_time"}),
        ("2026-04-01T12:06:00Z", None, {"start": "date_future"}),
        (None, "2026-04-01T12:06:00Z", {"end": "date_future"}),
    ],
)
def test_the_times_of_a_line_hold_to_the_same_as_those_of_the_session(start, end, expected):
    raw = copy.deepcopy(GOOD)
    raw["service_lines"].append({**GOOD["service_lines"][0], "start": start, "end": end})
    assert told(raw) == {f"/service_lines/1/{name}": code for name, code in expected.items()}


def test_a_pointer_at_a_diagnosis_that_is_not_listed_is_named_by_its_place():
    raw = copy.deepcopy(GOOD)
    raw["service_lines"].append({**GOOD["service_lines"][0], "diagnosis_pointers": [1, 2]})
    assert told(raw, at="/sessions/4") == {"/sessions/4/service_lines/1/diagnosis_pointers/1": "pointer_unresolved"}


@pytest.mark.parametrize(
    ("pointer", "value", "expected"),
    [
        ("/service_lines/0/start", "2026-03-08T02:30", "datetime_gap"),
        ("/service_lines/0/start", "2026-11-01T01:30", "datetime_ambiguous"),
        ("/service_lines/0/start", "2026-03-18T01:30", "datetime_naive"),
        ("/start", "2026-03-08T03:00", "datetime_naive"),
        ("/start", "2026-11-01T00:59", "datetime_naive"),
        ("/start", "2026-11-01T02:00", "datetime_naive"),
    ],
)
def test_a_time_without_an_offset_is_told_what_the_clocks_did_that_day(pointer, value, expected):
    assert told(changed(pointer, value)) == {pointer: expected}
    assert told(changed(pointer, value), at="/sessions/7") == {f"/sessions/7{pointer}": expected}


def test_where_no_zone_is_known_a_time_without_an_offset_is_only_that():
    raw = changed("/start", "2026-03-08T02:30")
    raw["provider"] = {**GOOD["provider"], "time_zone": 5}
    assert told(raw) == {"/start": "datetime_naive", "/provider/time_zone": "type_string"}
    raw["provider"] = None
    assert told(raw) == {"/start": "datetime_naive", "/provider": "required"}


@pytest.mark.parametrize(("count", "fits"), [(12, True), (13, False)])
def test_a_list_is_full_at_its_maximum(count, fits):
    assert told(changed("/diagnoses", ["F33.1"] * count)) == ({} if fits else {"/diagnoses": "too_many_items"})


def test_what_the_system_sets_is_told_apart_from_what_it_does_not_know():
    assert told({**GOOD, "status": "screened", "colour": 1}) == {"/status": "read_only", "/colour": "unknown_field"}


def test_what_sessions_repeat_is_read_the_same_every_time_and_true_is_not_one():
    for _ in range(2):
        assert told(changed("/provider/license", True)) == {"/provider/license": "type_string"}
        assert told(changed("/provider/license", "LCSW")) == {}


def test_facts_alone_go_back_with_provider_client_and_payer():
    raw = {**GOOD, "payer": {**GOOD["payer"], "plan": "Gold"}}
    submission, _ = parse(raw, now=NOW)
    assert submission.facts.provider_npi == GOOD["provider"]["npi"]
    body = facts_to_dict(submission.facts)
    assert body["provider"] == {**GOOD["provider"], "name": None, "email": None}
    assert body["payer"] == {"id": "60054", "name": None, "kind": "commercial", "plan": "Gold"}
    assert body["client"] == GOOD["client"]


def test_without_a_place_of_its_own_an_error_is_of_the_session():
    errors = Errors()
    errors.add("", "type_object", "must be an object.")
    errors.add("/start", "required", "is missing.")
    assert [error.message for error in errors.found] == ["session: must be an object.", "start: is missing."]


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/colour", "red"),
        ("/external_id", ""),
        ("/external_id", "x" * 65),
        ("/service_lines", []),
        ("/service_lines", [{"code": "90837"}] * 51),
        ("/service_lines", [{"charge": "180.00"}]),
        ("/service_lines/0/modifiers", ["95"] * 5),
        ("/provider", {"license": "LCSW"}),
        ("/client/sex", "female"),
        ("/diagnoses", "F33.1"),
        ("/provider/name", ""),
        ("/provider/name", 5),
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(pointer, value):
    raw = changed(pointer, value)
    assert parse(raw, now=NOW)[0] is None
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(raw, json_schema())


@pytest.mark.parametrize(
    ("pointer", "value"), [("/external_id", "x"), ("/external_id", "x" * 64), ("/client/sex", None)]
)
def test_the_schema_takes_what_the_reader_takes(pointer, value):
    raw = changed(pointer, value)
    assert told(raw) == {}
    jsonschema.validate(raw, json_schema())


def test_the_schema_is_titled_and_every_field_says_what_it_is():
    schema = json_schema()
    assert schema["title"] == "Session"
    line = schema["properties"]["service_lines"]["items"]
    fields = {**schema["properties"], **line["properties"], **schema["properties"]["provider"]["properties"]}
    assert [name for name, field in fields.items() if not field["description"].strip()] == []
