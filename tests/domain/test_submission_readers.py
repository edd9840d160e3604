"""The readers of single values: every code of refusal, the sentence with it, and both sides of every bound."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from clawguard.domain.submission import numbers, texts
from clawguard.domain.submission.values import RefusedError

NAME, ID, WORD = texts.text(5), texts.identifier(20), texts.choice("week", "month")
COUNT = numbers.integer(1, 31)


def refused(read: Callable[[Any], Any], raw: object) -> str:
    with pytest.raises(RefusedError) as error:
        read(raw)
    assert error.value.why.endswith(".")
    assert "None" not in error.value.why
    return error.value.code


REFUSED: list[tuple[Callable[[Any], Any], object, str]] = [
    (texts.string, 5, "type_string"),
    (texts.string, "a\ud800", "text_invalid"),
    (texts.string, "a\nb", "text_control"),
    (NAME, "abcdef", "too_long"),
    (NAME, " " * 5, "blank"),
    (NAME, "", "blank"),
    (texts.text(2), "\u0958b", "too_long"),  # one character that is two when composed
    (ID, "1.23E+11", "spreadsheet_damage"),
    (WORD, 3, "type_string"),
    (WORD, "Week", "choice"),
    (texts.procedure, 90837, "type_string"),
    (texts.procedure, "9" * 41, "too_long"),
    (texts.procedure, "90837-95", "code_format"),
    (texts.procedure, "9083", "code_format"),
    (texts.diagnosis, "296.32", "diagnosis_format"),
    (texts.diagnosis, "F3", "diagnosis_format"),
    (texts.modifier, "9", "modifier_format"),
    (texts.place, "2", "place_format"),
    (texts.place, "x", "place_format"),
    (texts.place, "123", "place_format"),
    (texts.npi, "1.99 E+09", "spreadsheet_damage"),
    (texts.npi, "19999999x4", "npi_format"),
    (texts.npi, "199999998", "npi_format"),
    (texts.npi, "19999999840", "npi_format"),
    (texts.npi, "1999999985", "npi_check_digit"),
    (texts.state, "ZZ", "choice"),
    (texts.credential, "  ", "blank"),
    (texts.time_zone, "Mars/Base", "time_zone_unknown"),
    (texts.email, "a@b", "email_format"),
    (COUNT, "7", "type_integer"),
    (COUNT, True, "type_integer"),
    (COUNT, 7.5, "type_integer"),
    (COUNT, 0, "out_of_range"),
    (COUNT, 32, "out_of_range"),
    (numbers.boolean, "true", "type_boolean"),
    (numbers.boolean, 0, "type_boolean"),
    (numbers.money, 180, "type_string"),
    (numbers.money, "0" * 41, "money_format"),
    (numbers.money, "1.005", "money_format"),
    (numbers.money, "12345678", "money_format"),
    (numbers.money, "X1X", "money_format"),
    (numbers.money, "1\n", "money_format"),
    (numbers.date, 20260318, "type_string"),
    (numbers.date, "2026-3-18", "date_format"),
    (numbers.date, "2026-02-29", "date_format"),
    (numbers.date, "1899-12-31", "date_out_of_range"),
    (numbers.date, "2200-01-01", "date_out_of_range"),
    (numbers.instant, 5, "type_string"),
    (numbers.instant, "2026-03-18", "datetime_format"),
    (numbers.instant, "2026-02-30T10:02:00Z", "datetime_format"),
    (numbers.instant, "2026-03-18T10:02", "datetime_naive"),
    (numbers.instant, "2026-03-18T10:02:00+14:01", "datetime_format"),
    (numbers.instant, "2026-03-18T10:02:00-14:01", "datetime_format"),
    (numbers.instant, "1900-12-31T23:59:59Z", "date_out_of_range"),
    (numbers.instant, "2200-01-01T00:00:00Z", "date_out_of_range"),
]


@pytest.mark.parametrize(("read", "raw", "code"), REFUSED, ids=[f"{row[2]}-{row[1]!r:.20}" for row in REFUSED])
def test_what_is_refused_is_told_by_a_code_and_a_sentence(read: Callable[[Any], Any], raw: object, code: str) -> None:
    assert refused(read, raw) == code


READ: list[tuple[Callable[[Any], Any], object, object]] = [
    (texts.string, "  Ada  ", "Ada"),
    (texts.string, " Zoe\u0308 ", "Zoë"),
    (texts.string, "XX", "XX"),
    (NAME, "abcde", "abcde"),
    (WORD, "month", "month"),
    (texts.procedure, "\uff19\uff10\uff18\uff13\uff17", "90837"),  # full-width digits
    (texts.procedure, "g2212" + " " * 35, "G2212"),
    (texts.diagnosis, "f33.1", "F331"),
    (texts.diagnosis, "F33", "F33"),
    (texts.place, "02", "02"),
    (texts.npi, "1999999984", "1999999984"),
    (texts.npi, "1999999992", "1999999992"),
    (texts.npi, "1995005000", "1995005000"),  # a doubled five is ten, and counts as one
    (texts.state, "ny", "NY"),
    (texts.credential, "phd", "PhD"),
    (texts.credential, "xyz", "XYZ"),
    (COUNT, 1, 1),
    (COUNT, 31, 31),
    (COUNT, 7.0, 7),
    (numbers.boolean, False, False),
    (numbers.money, " 180 ", Decimal("180.00")),
    (numbers.money, "1,234,567.5", Decimal("1234567.50")),
    (numbers.money, "9999999.99", Decimal("9999999.99")),
    (numbers.money, " " * 39 + "1", Decimal("1.00")),
    (numbers.date, "1900-01-01", dt.date(1900, 1, 1)),
    (numbers.date, "2199-12-31", dt.date(2199, 12, 31)),
    (numbers.instant, "2199-12-31T23:59:59Z", dt.datetime(2199, 12, 31, 23, 59, 59, tzinfo=dt.UTC)),
    (numbers.instant, "1901-01-01 00:00+00:00", dt.datetime(1901, 1, 1, tzinfo=dt.UTC)),
    (numbers.instant, "2026-03-18T10:02:00+14:00", dt.datetime(2026, 3, 17, 20, 2, tzinfo=dt.UTC)),
]


@pytest.mark.parametrize(("read", "raw", "value"), READ, ids=[f"{row[1]!r:.20}" for row in READ])
def test_what_is_read_is_clean(read: Callable[[Any], Any], raw: object, value: object) -> None:
    assert read(raw) == value
    assert type(read(raw)) is type(value)


def test_a_choice_that_is_refused_is_told_all_there_are() -> None:
    for raw in (3, "day"):
        with pytest.raises(RefusedError) as error:
            WORD(raw)
        assert "one of: week, month." in error.value.why


def test_money_has_two_decimals_however_it_was_written() -> None:
    assert str(numbers.money("180")) == str(numbers.money("180.0")) == "180.00"


def test_zones_are_places_and_not_what_a_machine_says() -> None:
    assert not {"localtime", "Factory", "posixrules"} & texts.known_time_zones()
    assert {"America/New_York", "UTC"} <= texts.known_time_zones()
