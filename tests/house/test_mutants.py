"""The mutation runner itself: what it changes, where it looks, and how it counts."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.mutants import outcomes
from tests.mutants.__main__ import main
from tests.mutants.forks import in_fork
from tests.mutants.making import Mutant, mutants, sources

SOURCE = """\
from functools import lru_cache

LIMIT = 3


@lru_cache(maxsize=8)
def is_long(minutes: int, limit: int = 53) -> bool:
    return (
        minutes > limit
        and minutes != 0
    )


class Told:
    @property
    def text(self) -> str:
        return "a sentence for people" if is_long(60) else "code"
"""


@pytest.fixture
def made(tmp_path: Path) -> list[Mutant]:
    file = tmp_path / "source.py"
    file.write_text(SOURCE, encoding="utf-8")
    return mutants(file)


def changed(mutant: Mutant) -> tuple[str, str]:
    """The first line that differs, before and after."""
    lines = zip(SOURCE.splitlines(), mutant.applied().splitlines(), strict=True)
    return next((before.strip(), after.strip()) for before, after in lines if before != after)


def test_decorated_functions_and_properties_are_changed(made: list[Mutant]) -> None:
    changes = {changed(mutant) for mutant in made}
    assert ("minutes > limit", "minutes >= limit") in changes
    assert any("minutes > limit or minutes != 0" in " ".join(mutant.applied().split()) for mutant in made)
    assert {mutant.function for mutant in made} == {"is_long", "Told.text"}
    assert all(compile(mutant.applied(), "source.py", "exec") for mutant in made)


def test_sentences_tables_and_module_constants_are_left_alone(made: list[Mutant]) -> None:
    assert not any("sentence" not in mutant.applied() or "LIMIT = 3" not in mutant.applied() for mutant in made)
    assert not any("A SENTENCE" in mutant.applied() for mutant in made)
    assert any("CODE" in mutant.applied() for mutant in made)
    names = {file.name for file in sources([Path("clawguard/domain")])}
    assert "calendar.py" in names
    assert not any(name.startswith("_table_") or name == "procedure_rows.py" for name in names)


def test_a_mutant_knows_its_function_its_lines_and_whether_only_an_import_sees_it(made: list[Mutant]) -> None:
    comparison = next(mutant for mutant in made if changed(mutant) == ("minutes > limit", "minutes >= limit"))
    assert (comparison.first_line, comparison.lines, comparison.at_definition) == (6, {8, 9}, False)
    assert comparison.difference() == "    -        minutes > limit\n    +        minutes >= limit\n"
    assert [changed(mutant)[1] for mutant in made if mutant.at_definition] == [
        "def is_long(minutes: int, limit: int = 54) -> bool:"
    ]


def test_a_fork_tells_what_became_of_the_work() -> None:
    def raises() -> bool:
        raise SystemExit

    def endless() -> bool:
        while True:
            pass

    assert [in_fork(lambda: True, 5), in_fork(lambda: False, 5), in_fork(lambda: 7, 5)] == [0, 1, 7]
    assert in_fork(raises, 5) == 1
    assert in_fork(endless, 0.05) == -1


def test_noticed_means_killed_or_out_of_time() -> None:
    counted = Counter({outcomes.KILLED: 80, outcomes.TIMED_OUT: 5, outcomes.SURVIVED: 10, outcomes.NO_TESTS: 5})
    assert outcomes.share(counted) == 85
    low, high = outcomes.interval(counted)
    assert (round(low, 1), round(high, 1)) == (76.7, 90.7)
    header, *lines = [line.split() for line in outcomes.table({"a.py": counted})]
    assert header == ["killed", "timed", "out", "survived", "no", "tests", "noticed"]
    assert lines == [["a.py", "80", "5", "10", "5", "85.0%"], ["in", "all", "80", "5", "10", "5", "85.0%"]]


@pytest.mark.soak
def test_a_small_run_from_end_to_end(capfd: pytest.CaptureFixture[str]) -> None:
    """One module with a default value (a fresh import) and plain functions (a fork), by a threshold it cannot reach."""
    assert main(["clawguard/domain/deadline_text.py", "--threshold", "100.1"]) == 1
    told = capfd.readouterr()
    assert "in all" in told.out
