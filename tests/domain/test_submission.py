"""A submitted session: accepted as described, refused field by field, never echoed."""

import copy
import datetime as dt
import json
import time
from decimal import Decimal

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clawguard.domain.submission import Defaults, facts_to_dict, json_schema, parse, to_dict

NOW = dt.datetime(2026, 4, 1, 12, tzinfo=dt.UTC)
GOOD = {
    "external_id": "S-2026-000123",
    "provider": {"npi": "1999999984", "license": "LCSW", "time_zone": "America/New_York"},
    "client": {"external_id": "C-77", "birth_date": "1991-04-11", "sex": "F", "state": "NY"},
    "payer": {"id": "60054", "name": "Example Health", "kind": "commercial"},
    "date_of_service": "2026-03-18",
    "start": "2026-03-18T10:02:00-04:00",
    "end": "2026-03-18T10:57:00-04:00",
    "minutes": None,
    "place_of_service": "10",
    "telehealth": "video",
    "service_lines": [{"code": "90837", "modifiers": ["95"], "charge": "180.00", "diagnosis_pointers": [1]}],
    "diagnoses": ["F33.1"],
    "confirmed_at": "2026-03-18T17:40:00-04:00",
    "contracted_rate": "142.50",
}


def changed(pointer: str, value: object) -> dict:
    raw = copy.deepcopy(GOOD)
    target = raw
    *way, last = pointer.split("/")[1:]
    for part in way:
        target = target[int(part)] if isinstance(target, list) else target.setdefault(part, {})
    if isinstance(target, list):
        target[int(last)] = value
    else:
        target[last] = value
    return raw


def codes(raw: object, **options) -> dict[str, str]:
    _, errors = parse(raw, now=NOW, **options)
    return {error.pointer: error.code for error in errors}


def test_the_example_becomes_facts():
    submission, errors = parse(GOOD, now=NOW)
    assert errors == []
    facts = submission.facts
    assert facts.diagnoses == ("F331",)
    assert facts.client_key == "C-77"
    assert facts.contracted_rate == Decimal("142.50")
    assert facts.service_lines[0].charge == Decimal("180.00")
    assert facts.start.utcoffset() == dt.timedelta(hours=-4)


def test_it_survives_the_way_there_and_back_and_its_schema():
    submission, _ = parse(GOOD, now=NOW)
    written = json.loads(json.dumps(to_dict(submission)))
    assert parse(written, now=NOW)[0] == submission
    jsonschema.Draft202012Validator.check_schema(json_schema())
    for body in (GOOD, written):
        jsonschema.validate(body, json_schema())


def test_facts_alone_go_back_to_the_same_body_with_what_is_said_of_the_client():
    submission, _ = parse(GOOD, now=NOW)
    names = {"payer_name": "Example Health", "provider_name": "Ada Example", "provider_email": "ada@example.com"}
    body = facts_to_dict(submission.facts, **names)
    assert body["client"] == GOOD["client"] and body["payer"] == to_dict(submission)["payer"]
    assert (body["provider"]["name"], body["provider"]["email"]) == ("Ada Example", "ada@example.com")
    bare = facts_to_dict(submission.facts)
    assert bare["payer"]["name"] is bare["provider"]["name"] is bare["provider"]["email"] is None


def test_lines_are_numbered_from_one_as_billed():
    lines = [{"code": code} for code in ("99214", "90836", "90785")]
    submission, errors = parse(changed("/service_lines", lines), now=NOW)
    assert not errors
    assert [(line.number, line.code) for line in submission.facts.service_lines] == [
        (1, "99214"),
        (2, "90836"),
        (3, "90785"),
    ]


@pytest.mark.parametrize(
    ("pointer", "value", "attribute", "expected"),
    [
        ("/service_lines/0/code", " 90837 ", lambda f: f.service_lines[0].code, "90837"),
        ("/service_lines/0/code", "9083７", lambda f: f.service_lines[0].code, "90837"),
        ("/service_lines/0/code", "g2212", lambda f: f.service_lines[0].code, "G2212"),
        ("/service_lines/0/modifiers/0", "gt", lambda f: f.service_lines[0].modifiers, ("GT",)),
        ("/service_lines/0/charge", "1,234.56", lambda f: f.service_lines[0].charge, Decimal("1234.56")),
        ("/service_lines/0/units", 2.0, lambda f: f.service_lines[0].units, 2),
        ("/service_lines/0/units", 999, lambda f: f.service_lines[0].units, 999),
        ("/service_lines/0/units", None, lambda f: f.service_lines[0].units, 1),
        ("/diagnoses/0", "f41.1", lambda f: f.diagnoses, ("F411",)),
        ("/diagnoses/0", "F411", lambda f: f.diagnoses, ("F411",)),
        ("/provider/license", "psyd", lambda f: f.provider_license, "PsyD"),
        ("/client/external_id", "' OR 1=1 {{7*7}}", lambda f: f.client_key, "' OR 1=1 {{7*7}}"),
        ("/end", "2026-03-19T10:02:00-04:00", lambda f: (f.end - f.start).total_seconds(), 86400.0),
        ("/start", None, lambda f: f.start, None),
        ("/documented", {"crisis": False}, lambda f: f.documented.crisis, False),
    ],
)
def test_accepted_spellings(pointer, value, attribute, expected):
    submission, errors = parse(changed(pointer, value), now=NOW)
    assert errors == []
    assert attribute(submission.facts) == expected


@pytest.mark.parametrize(
    ("pointer", "value", "code"),
    [
        ("/colour", "red", "unknown_field"),
        ("/status", "screened", "read_only"),
        ("/service_lines/0/price", "1", "unknown_field"),
        ("/external_id", None, "required"),
        ("/external_id", "  ", "blank"),
        ("/external_id", "x" * 65, "too_long"),
        ("/external_id", "a\x00b", "text_control"),
        ("/external_id", "a\ud800", "text_invalid"),
        ("/external_id", "1.23E+11", "spreadsheet_damage"),
        ("/external_id", 12, "type_string"),
        ("/provider", [], "type_object"),
        ("/provider/npi", "1999999985", "npi_check_digit"),
        ("/provider/npi", "199999998", "npi_format"),
        ("/provider/npi", "1.99E+09", "spreadsheet_damage"),
        ("/provider/npi", "١٩٩٩٩٩٩٩٨٤x", "npi_format"),
        ("/provider/time_zone", "Mars/Base", "time_zone_unknown"),
        ("/provider/time_zone", "../../etc/passwd", "time_zone_unknown"),
        ("/provider/time_zone", "", "time_zone_unknown"),
        ("/provider/email", "a@b", "email_format"),
        ("/client/sex", "female", "choice"),
        ("/client/state", "ZZ", "choice"),
        ("/client/birth_date", "2026-03-19", "date_order"),
        ("/payer/kind", "other", "choice"),
        ("/date_of_service", "2026-04-02", "date_future"),
        ("/date_of_service", "1899-12-31", "date_out_of_range"),
        ("/date_of_service", "2026-02-29", "date_format"),
        ("/date_of_service", "20260318", "date_format"),
        ("/date_of_service", "2026-W12-3", "date_format"),
        ("/date_of_service", "2026-03-17", "date_mismatch"),
        ("/start", "2026-03-18T10:02:00", "datetime_naive"),
        ("/start", "2026-03-08T02:30", "datetime_gap"),
        ("/start", "2026-11-01T01:30", "datetime_ambiguous"),
        ("/start", "2026-03-18T10:02:00+25:00", "datetime_format"),
        ("/start", "2026-03-18T10:02:00+14:30", "datetime_format"),
        ("/start", "2026-03-18T10:02:00-0400", "datetime_format"),
        ("/start", "0001-01-01T00:00:00+14:00", "date_out_of_range"),
        ("/start", "9999-12-31T23:59:59-14:00", "date_out_of_range"),
        ("/end", "2026-03-18T10:02:00-04:00", "end_before_start"),
        ("/end", "2026-03-19T10:02:01-04:00", "too_long_a_time"),
        ("/end", "2026-04-01T12:06:00Z", "date_future"),
        ("/confirmed_at", "2026-04-01T12:06:00Z", "date_future"),
        ("/minutes", True, "type_integer"),
        ("/minutes", "55", "type_integer"),
        ("/minutes", 55.5, "type_integer"),
        ("/minutes", float("nan"), "type_integer"),
        ("/minutes", 10**400, "out_of_range"),
        ("/client_present", 1, "type_boolean"),
        ("/place_of_service", "2", "place_format"),
        ("/place_of_service", "home", "place_format"),
        ("/service_lines", [], "too_few_items"),
        ("/service_lines", [{"code": "90837"}] * 51, "too_many_items"),
        ("/service_lines", {"code": "90837"}, "type_array"),
        ("/service_lines/0/code", "90837-95", "code_format"),
        ("/service_lines/0/code", "9083", "code_format"),
        ("/service_lines/0/units", 0, "out_of_range"),
        ("/service_lines/0/units", 1000, "out_of_range"),
        ("/service_lines/0/modifiers", ["95"] * 5, "too_many_items"),
        ("/service_lines/0/modifiers/0", "9", "modifier_format"),
        ("/service_lines/0/charge", 180.0, "type_string"),
        ("/service_lines/0/charge", "1.234,56", "money_format"),
        ("/service_lines/0/charge", "(12.00)", "money_format"),
        ("/service_lines/0/charge", "$12", "money_format"),
        ("/service_lines/0/charge", "1e3", "money_format"),
        ("/service_lines/0/charge", "12,34.00", "money_format"),
        ("/service_lines/0/charge", "1.005", "money_format"),
        ("/service_lines/0/charge", "-5.00", "money_format"),
        ("/service_lines/0/charge", "NaN", "money_format"),
        ("/service_lines/0/diagnosis_pointers", [1, 1, 1, 1, 1], "too_many_items"),
        ("/service_lines/0/diagnosis_pointers/0", 2, "pointer_unresolved"),
        ("/service_lines/0/diagnosis_pointers/0", 0, "out_of_range"),
        ("/service_lines/0/em_basis", "guess", "choice"),
        ("/diagnoses", ["F331"] * 13, "too_many_items"),
        ("/diagnoses/0", "000", "diagnosis_format"),
        ("/diagnoses/0", "F3.31", "diagnosis_format"),
        ("/diagnoses/0", "296.32", "diagnosis_format"),
    ],
)
def test_refused_with_pointer_and_code(pointer, value, code):
    raw = changed(pointer, value)
    _, errors = parse(raw, now=NOW)
    found = {error.pointer: error for error in errors}
    assert found[pointer].code == code
    label = pointer[1:].replace("/", ".")
    assert found[pointer].message.startswith(f"{label}: ")
    if isinstance(value, str) and len(value) > 4 and value not in ("guess", "other"):
        assert value not in found[pointer].message


def test_a_diagnosis_with_letter_o_in_place_of_a_digit_is_read_as_what_it_is():
    """O00 is a real ICD-10-CM category while 000 is none; neither is turned into the other."""
    submission, _ = parse(changed("/diagnoses/0", "O00"), now=NOW)
    assert submission.facts.diagnoses == ("O00",)


def test_every_error_at_once_with_the_pointer_of_the_body_around_it():
    raw = changed("/service_lines/0/code", "?")
    raw["place_of_service"] = None
    raw["provider"]["npi"] = "1"
    assert codes(raw, at="/sessions/3") == {
        "/sessions/3/service_lines/0/code": "code_format",
        "/sessions/3/place_of_service": "required",
        "/sessions/3/provider/npi": "npi_format",
    }


def test_defaults_fill_what_a_file_cannot_say():
    raw = changed("/provider", {"npi": "1999999984"})
    raw["payer"] = {"id": "60054"}
    assert codes(raw) == {"/provider/time_zone": "required"}
    submission, errors = parse(raw, now=NOW, defaults=Defaults(time_zone="America/Chicago", license="LPC"))
    assert errors == []
    assert submission.facts.provider_time_zone == "America/Chicago"
    assert submission.facts.provider_license == "LPC"
    assert submission.facts.payer_kind == "commercial"


def test_the_day_is_the_provider_s_even_when_the_instant_is_written_in_utc():
    raw = changed("/start", "2026-03-19T01:00:00Z")
    raw["end"] = "2026-03-19T01:55:00Z"
    raw["confirmed_at"] = None
    assert codes(raw) == {}


def test_a_hostile_body_gives_a_bounded_answer():
    raw = {f"k{n}" * 200: n for n in range(5000)}
    _, errors = parse(raw, now=NOW)
    assert len(errors) == 200
    assert all(len(error.pointer) < 100 for error in errors)


def test_pointers_escape_the_names_they_hold():
    pointers = codes({**GOOD, "a/b~c": 1})
    assert pointers == {"/a~1b~0c": "unknown_field"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
POINTERS = [
    "/external_id", "/provider", "/provider/npi", "/provider/time_zone", "/client", "/payer/id", "/date_of_service",
    "/start", "/end", "/minutes", "/service_lines", "/service_lines/0", "/service_lines/0/code", "/diagnoses",
    "/service_lines/0/diagnosis_pointers", "/service_lines/0/charge", "/documented", "/confirmed_at",
]  # fmt: skip


@given(st.sampled_from(POINTERS), JSON)
def test_no_value_anywhere_makes_it_raise(pointer, value):
    submission, errors = parse(changed(pointer, value), now=NOW)
    assert (submission is None) == bool(errors)
    json.dumps([[e.pointer, e.code, e.message] for e in errors]).encode()


@given(JSON)
def test_no_body_makes_it_raise(raw):
    submission, errors = parse(raw, now=NOW)
    assert submission is None
    assert errors


def test_a_long_hopeless_text_costs_nothing_in_any_field():
    bomb = "a" * 50_000 + "!"
    began = time.perf_counter()
    for pointer in POINTERS:
        for value in (bomb, "1" * 50_000 + "!", "1," * 25_000):
            submission, errors = parse(changed(pointer, value), now=NOW)
            assert submission is None
            assert all(len(error.message) < 400 for error in errors)
    assert time.perf_counter() - began < 0.1 * len(POINTERS) * 3
