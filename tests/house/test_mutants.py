"""The mutation runner itself: what it changes, where it looks, and how it counts."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.mutants import outcomes
from tests.mutants.forks import in_fork
from tests.mutants.judging import Queue
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


def test_every_mutant_is_handed_out_once_in_random_order_until_the_queue_is_stopped() -> None:
    queue = Queue(50, seed=3, minutes=None)
    one, other = iter(queue), iter(queue)
    given = [next(one), next(other), next(one), *other]
    assert sorted(given) == list(range(50)) != given
    assert [*one] == [] == [*Queue(50, seed=3, minutes=0)]
    assert [*Queue(50, seed=3, minutes=None)] == given != [*Queue(50, seed=4, minutes=None)]
    stopped = Queue(50, seed=3, minutes=1)
    places = iter(stopped)
    next(places)
    in_fork(lambda: stopped.stop() or True)  # another process
    assert [*places] == []


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """In a process that has imported nothing of ours."""
    command = [sys.executable, "-m", "tests.mutants", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


FILE, TESTS = "clawguard/domain/x12/segments.py", "tests/domain/test_x12_envelope.py"


@pytest.mark.soak
def test_a_small_run_from_end_to_end() -> None:
    """One module with default values (a fresh import) and plain functions (a fork), by a threshold it cannot reach."""
    ended = run(FILE, "--tests", TESTS, "--threshold", "100.1", "--jobs", "2")
    assert ended.returncode == 1, ended.stderr
    counts = ended.stdout.splitlines()[-1].split()
    assert counts[:2] == ["in", "all"]
    assert sum(map(int, counts[2:6])) == len(mutants(Path(FILE)))
    assert int(counts[2]) > int(counts[4]) > 0
    assert any(mutant.at_definition for mutant in mutants(Path(FILE)))


def test_a_run_without_time_judges_nothing_and_says_so() -> None:
    ended = run(FILE, "--tests", TESTS, "--minutes", "0")
    assert (ended.returncode, ended.stdout.splitlines()[-1]) == (2, "Stopped before a mutant was judged.")


@pytest.mark.soak
def test_a_run_that_is_interrupted_gives_the_figure_of_what_was_judged() -> None:
    command = [sys.executable, "-m", "tests.mutants", FILE, "--tests", TESTS]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        assert process.stdout
        process.stderr.readline()  # the first that goes unnoticed
        process.send_signal(signal.SIGINT)
        last = process.communicate(timeout=300)[0].splitlines()[-1]
    assert last.startswith("judged ")
    assert last.endswith("% in 95 of 100")
