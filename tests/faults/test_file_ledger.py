"""The judge of uploads finds each fault that is planted, and nothing where there is none."""

from __future__ import annotations

import pytest

from tests.faults.file_ledger import Stored, judge_files
from tests.faults.upload_client import Sent

KEPT, REFUSED, UNSURE = Sent("r", "a", "kept", "1"), Sent("r", "b", "refused"), Sent("r", "c", "unsure")
THERE = Stored("1", "r", "a", "a")


def test_no_fault() -> None:
    assert judge_files([KEPT, REFUSED, UNSURE], [THERE]) == {}
    assert judge_files([KEPT, UNSURE], [THERE, Stored("2", "r", "c", "c")]) == {}


@pytest.mark.parametrize(
    ("fault", "stored"),
    [
        ("lost", []),
        ("lost", [THERE._replace(file="2")]),
        ("bytes changed", [THERE._replace(opened="x")]),
        ("bytes changed", [THERE._replace(opened="")]),
        ("there twice", [THERE, THERE._replace(file="2")]),
        ("refused, and there", [THERE, Stored("2", "r", "b", "b")]),
        ("sent by nobody", [THERE, Stored("2", "r", "half of it", "half of it")]),
    ],
)
def test_each_fault_is_found(fault: str, stored: list[Stored]) -> None:
    assert judge_files([KEPT, REFUSED, UNSURE], stored) == {fault: 1}
