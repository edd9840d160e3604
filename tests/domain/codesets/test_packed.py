"""The packed rows say what a plain dict of the same rows would say."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clawguard.domain.codesets.comparing import ChangeKind, compare
from clawguard.domain.codesets.packed import (
    OPEN,
    ROW_BYTES,
    PackedRows,
    Row,
    RowBuilder,
    build_rows,
    code_of,
    codes_of,
    day_number,
    day_of,
    key_of,
    number_of,
    told_twice,
)

CODES = ("90785", "90832", "90837", "G0396", "0001A", "ZZZZ9")
codes = st.sampled_from(CODES)
keys = st.builds(key_of, codes, codes | st.just(""))
day_numbers = st.integers(0, 40)
rows = st.builds(
    lambda key, first, length, amount, mark: Row(key, first, OPEN if length is None else first + length, amount, mark),
    keys,
    day_numbers,
    st.none() | st.integers(0, 20),
    st.integers(0, 65_535),
    st.integers(0, 9),
)
tables = st.lists(rows, max_size=60)


def plain(given_rows: list[Row]) -> dict[int, list[Row]]:
    table: dict[int, list[Row]] = {}
    for row in sorted(set(given_rows)):
        table.setdefault(row.key, []).append(row)
    return table


@given(tables, keys)
def test_all_rows_of_a_key_are_found_in_order(given_rows: list[Row], key: int) -> None:
    packed, table = build_rows(given_rows), plain(given_rows)
    assert list(packed.rows(key)) == table.get(key, [])
    for known, expected in table.items():
        assert list(packed.rows(known)) == expected
    assert len(packed) == sum(map(len, table.values()))


@given(tables, codes)
def test_all_rows_of_a_first_code_are_found(given_rows: list[Row], code: str) -> None:
    least = key_of(code)
    found = list(build_rows(given_rows).rows_between(least, least + 36**5 - 1))
    assert found == sorted({row for row in given_rows if codes_of(row.key)[0] == code})


@given(tables, st.integers(1, 7), st.randoms())
def test_order_and_cuts_of_the_input_do_not_matter(given_rows: list[Row], size: int, chance: object) -> None:
    packed = build_rows(given_rows)
    shuffled = list(given_rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    builder = RowBuilder()
    for block in build_rows(shuffled).blocks(size):
        builder.add_block(block)
    again = builder.build()
    assert list(again) == list(packed)
    assert again.digest() == packed.digest()


@given(tables)
def test_a_row_takes_fifteen_bytes(given_rows: list[Row]) -> None:
    packed = build_rows(given_rows)
    assert sum(map(len, packed.blocks(5))) == ROW_BYTES * len(packed)


@given(tables, tables)
def test_changes_lead_from_the_old_table_to_the_new(old_rows: list[Row], new_rows: list[Row]) -> None:
    old = {row[:2]: row for row in sorted(old_rows)}
    new = {row[:2]: row for row in sorted(new_rows)}
    result = dict(old)
    for change in compare(build_rows(old.values()), build_rows(new.values()), amounts=True):
        if change.after is None:
            assert change.kind is ChangeKind.WITHDRAWN
            del result[change.row[:2]]
        else:
            result[change.after[:2]] = change.after
    assert result == new


def test_the_kinds_of_change() -> None:
    key = key_of("90837", "90834")
    base = Row(key, 10, OPEN, 1, 1)
    for new, kind in (
        (base._replace(mark=0), ChangeKind.CHANGED),
        (base._replace(last_day=20), ChangeKind.ENDED),
        (base._replace(amount=2), None),
        (base, None),
    ):
        assert [each.kind for each in compare([base], [new], amounts=False)] == ([kind] if kind else [])
    assert [each.kind for each in compare([base], [base._replace(amount=2)], amounts=True)] == [ChangeKind.CHANGED]
    ended = base._replace(last_day=20)
    assert [each.kind for each in compare([ended], [base], amounts=False)] == [ChangeKind.DATES]
    assert [each.kind for each in compare([], [base], amounts=False)] == [ChangeKind.ADDED]
    assert [each.kind for each in compare([base], [], amounts=False)] == [ChangeKind.WITHDRAWN]


def test_the_digest_tells_any_difference() -> None:
    row = Row(key_of("90837"), 1, 2, 3, 4)
    digests = {build_rows([row]).digest(), build_rows([]).digest()}
    digests |= {
        build_rows([row._replace(**{name: value})]).digest()
        for name, value in zip(Row._fields, (9, 0, 7, 8, 9), strict=True)
    }
    assert len(digests) == 7


def test_rows_that_begin_on_the_same_day_are_counted() -> None:
    row = Row(key_of("90837"), 1, 2, 3, 4)
    assert told_twice(build_rows([row, row, row._replace(mark=5), row._replace(first_day=2)])) == 1


def test_a_cut_block_is_refused() -> None:
    with pytest.raises(ValueError, match="cut"):
        RowBuilder().add_block(b"1234567")


@pytest.mark.parametrize("code", [*CODES, "00001", "CCCCC"])
def test_codes_and_numbers(code: str) -> None:
    assert code_of(number_of(code)) == code
    assert codes_of(key_of(code)) == (code, "")
    assert codes_of(key_of("90837", code)) == ("90837", code)


@pytest.mark.parametrize("text", ["", "9083", "908377", "9083a", "9083 ", "９0837", "-9083"])
def test_what_is_no_code(text: str) -> None:
    with pytest.raises(ValueError, match="code"):
        number_of(text)


def test_days() -> None:
    assert day_of(day_number(dt.date(2026, 7, 1))) == dt.date(2026, 7, 1)
    assert day_number(dt.date(1985, 1, 1)) == 0
    assert day_of(OPEN) is None
    assert day_number(dt.date(9999, 12, 31)) < OPEN


def test_an_empty_table_has_no_rows() -> None:
    assert list(RowBuilder().build()) == []
    assert isinstance(build_rows([]), PackedRows)
