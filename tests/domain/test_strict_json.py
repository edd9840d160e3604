"""JSON that two readers might understand differently is refused, by code and without a word of its text."""

from __future__ import annotations

import pytest

from clawguard.domain.submission.strict_json import StrictJsonError, loads


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": [1, "x", null, true]}', {"a": [1, "x", None, True]}),
        (b'{"a": "\xc3\xa9"}', {"a": "é"}),
        ("{}", {}),
        ("9" * 18, int("9" * 18)),
        ("1." + "5" * 62, float("1." + "5" * 62)),
        ("1e308", 1e308),
    ],
)
def test_what_is_plain_is_read(text: str | bytes, value: object) -> None:
    assert loads(text) == value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b'{"a": "\xe9"}', "encoding"),
        ('{"a": 1', "json_invalid"),
        ("{} {}", "json_invalid"),
        ("[" * 100_000, "json_too_deep"),
        ('{"a": 1, "b": {"c": 1, "c": 1}}', "json_duplicate_key"),
        ("9" * 19, "json_number"),
        ("1." + "5" * 63, "json_number"),
        ("1e309", "json_number"),
        ("NaN", "json_number"),
        ("-Infinity", "json_number"),
    ],
)
def test_what_is_doubtful_is_refused(text: str | bytes, code: str) -> None:
    with pytest.raises(StrictJsonError) as caught:
        loads(text)
    assert caught.value.code == code
    assert str(caught.value).endswith(".")
    assert "5555" not in str(caught.value)


def test_the_place_of_a_mistake_is_counted_from_one() -> None:
    with pytest.raises(StrictJsonError, match=r"at character 2\)"):
        loads("[x]")
