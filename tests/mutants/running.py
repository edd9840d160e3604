"""Mutants under the tests: a warm session, forked for each mutant, and only the tests that run the changed line.

A mutant is put in place by giving the function the code object compiled from the changed source, so that a run costs a
fork and the tests themselves. What only the import of a module runs is beyond that, and told apart for ``cold``.
"""

from __future__ import annotations

import functools
import gc
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

import coverage
import pytest
from _pytest.runner import runtestprotocol
from hypothesis import HealthCheck, Phase, settings

from tests.mutants.forks import begin, in_fork, result
from tests.mutants.making import Mutant
from tests.mutants.outcomes import BROKEN, KILLED, NO_TESTS, SURVIVED, TIMED_OUT

if TYPE_CHECKING:
    from tests.mutants.cold import Helper
    from tests.mutants.judging import Queue

TESTS = Path("tests/domain")
# Pure tests need neither Django nor the fixtures of the cast, whose set-up would take longer than most of them.
_WITHOUT = ("django", "xdist", "randomly", "cacheprovider", "playwright")
PURE = ["--confcutdir=tests/domain", "-o", "addopts=--import-mode=importlib --strict-markers"]
PURE += [f"-pno:{plugin}" for plugin in _WITHOUT]
QUIET = ["-q", "-x", "-s", "-m", "not soak", "--assert=plain", "-W", "ignore::pytest.PytestConfigWarning"]
_NEEDS_DJANGO = re.compile(r"^(?:from|import) (?:django|tests\.builders|sessions|notes|disputes)|settings: Any", re.M)
EXAMPLES = 25  # of each property: the same ones for every mutant
_SPARE_SECONDS, _TIMES = 3.0, 3  # CPU time a mutant gets beyond, and as a multiple of, what its tests need


class Session:
    """A pytest plugin that runs every test once, then the mutants of the queue, in place of pytest's own loop.

    A judge for each helper: a fork that takes mutants from the queue.
    """

    def __init__(
        self,
        mutants: Sequence[Mutant],
        tests: Sequence[Path],
        queue: Queue,
        helpers: Sequence[Helper],
        tell: Callable[[int, str], None],
    ) -> None:
        self.mutants = mutants
        self.tests = tests
        self.queue = queue
        self.helpers = helpers
        self.tell = tell
        self.ok = False
        self._seconds: dict[str, float] = {}
        self._cover = coverage.Coverage(data_file=None, config_file=False, include=["clawguard/domain/*"])
        self._killers: dict[tuple[str, str], list[str]] = defaultdict(list)

    def run(self) -> bool:
        """Whether the tests passed as the code stands; without that no mutant can be judged."""
        self._cover.start()
        pytest.main([*pure_tests(self.tests), *PURE, *QUIET], plugins=[self])
        return self.ok

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = {item.nodeid: item for item in session.items}
        self._caches = _caches()
        for item in items.values():
            same_few_examples(item)
        outcomes = {name: self._baseline(item) for name, item in items.items() if not self.queue.stopped()}
        if session.testsfailed or "failed" in outcomes.values():
            return True
        self._items = {name: item for name, item in items.items() if outcomes.get(name) == "passed"}
        self._cover.stop()
        self._ran, self._functions = self._tests_by_line(), _functions()
        gc.collect()
        gc.freeze()  # so that a child does not copy what it never touches
        if not self.queue.stopped() and in_fork(lambda: self._first_failure(list(self._items)), 600) != 0:
            return True
        judges = [begin(functools.partial(self._judge, helper)) for helper in self.helpers]
        self.ok = [result(judge) for judge in judges] == [0] * len(judges)
        return True

    def _judge(self, helper: Helper) -> bool:
        for place in self.queue:
            mutant = self.mutants[place]
            ran = self._ran[str(Path(mutant.path).resolve())]
            outcome = self._outcome(mutant, ran) or helper.outcome(place, self._quickest_first(ran, ran))
            if outcome == BROKEN:
                return False
            self.tell(place, outcome)
        return True

    def _baseline(self, item: pytest.Item) -> str:
        """Run one test as the code stands, noting lines and CPU time; ``passed``, ``failed`` or ``skipped``."""
        self._empty_caches()
        self._cover.switch_context(item.nodeid)
        began = time.process_time()
        reports = runtestprotocol(item, log=False, nextitem=None)
        self._seconds[item.nodeid] = time.process_time() - began
        self._cover.switch_context("")
        return next((report.outcome for report in reports if not report.passed), "passed")

    def _empty_caches(self) -> None:
        for cache in self._caches:
            cache.cache_clear()

    def _tests_by_line(self) -> Mapping[str, Mapping[int, list[str]]]:
        data = self._cover.get_data()
        return defaultdict(dict, {path: data.contexts_by_lineno(path) for path in data.measured_files()})

    def _quickest_first(self, ran: Mapping[int, list[str]], lines: Iterable[int]) -> list[str]:
        """The tests that run one of the lines."""
        contexts = {context for line in lines for context in ran.get(line, ())}
        return sorted(contexts - {""}, key=lambda name: self._seconds[name])

    def _outcome(self, mutant: Mutant, ran: Mapping[int, list[str]]) -> str | None:
        """What became of the mutant; None when only a fresh import can tell."""
        tests = self._quickest_first(ran, mutant.lines)
        imported = any("" in ran.get(line, ()) for line in mutant.body)  # what that left behind is not the mutant's
        if mutant.at_definition or (imported and not tests):
            return None
        if not tests:
            return NO_TESTS
        known = self._killers[mutant.path, mutant.function]
        tests.sort(key=lambda name: name not in known)
        swap = _swap(mutant, self._functions)
        if swap is None:
            return None
        failed = in_fork(lambda: swap() or self._first_failure(tests), self._limit(tests))
        if failed == 0:
            return None if imported else SURVIVED
        if failed > 0 and tests[failed - 1] not in known:
            known.append(tests[failed - 1])
        return TIMED_OUT if failed < 0 else KILLED

    def _first_failure(self, tests: Sequence[str]) -> int:
        self._empty_caches()
        following = [self._items[name] for name in tests[1:]]
        for place, (name, after) in enumerate(zip(tests, [*following, None], strict=True), start=1):
            if _fails(self._items[name], after):
                return min(place, 200)
        return 0

    def _limit(self, tests: Iterable[str]) -> float:
        return _SPARE_SECONDS + _TIMES * sum(self._seconds[name] for name in tests)


def pure_tests(paths: Sequence[Path]) -> list[str]:
    """The test files that need no framework."""
    files = sorted({file for path in paths for file in ([path] if path.is_file() else path.rglob("test_*.py"))})
    return [str(file) for file in files if not _NEEDS_DJANGO.search(file.read_text(encoding="utf-8"))]


def same_few_examples(item: pytest.Item) -> None:
    """Properties try the same few examples for every mutant, and do not shrink what they find."""
    test = getattr(item, "obj", None)
    if getattr(test, "is_hypothesis_test", False):
        test._hypothesis_internal_use_settings = settings(
            max_examples=EXAMPLES,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )


def _caches() -> list[Any]:
    """The caches of the domain, to be emptied: what the code as it stands has answered is no answer of a mutant."""
    return [
        found
        for found in gc.get_objects()
        if type(found) is functools._lru_cache_wrapper and found.__module__.startswith("clawguard.domain")
    ]


def _fails(item: pytest.Item, after: pytest.Item | None) -> bool:
    """Run one test without pytest's report of it, which takes longer than most tests."""
    if not item._request:  # type: ignore[attr-defined]
        item._initrequest()  # type: ignore[attr-defined]
    try:
        item.session._setupstate.setup(item)
        item.runtest()
    except BaseException:  # what pytest.fail() raises is no Exception
        return True
    item.session._setupstate.teardown_exact(after)
    item._request = False  # type: ignore[attr-defined]
    return False


def _functions() -> Mapping[tuple[str, str, int], list[FunctionType]]:
    """The functions in memory by file, qualified name and first line, whatever decorators have made of them."""
    found = defaultdict(list)
    for each in gc.get_objects():
        if type(each) is FunctionType:
            code = each.__code__
            found[code.co_filename, code.co_qualname, code.co_firstlineno].append(each)
    return found


def _swap(mutant: Mutant, functions: Mapping[tuple[str, str, int], list[FunctionType]]) -> Callable[[], None] | None:
    """Puts the mutant in place of its function; None when the change needs other names from around the function."""
    path = Path(mutant.path).resolve()
    module = compile(mutant.applied(), str(path), "exec", dont_inherit=True)
    code = next(each for each in _codes(module) if _is_of(each, mutant))
    targets = functions[str(path), mutant.function, mutant.first_line]
    assert targets, f"{mutant.name} is not in memory"
    if any(target.__code__.co_freevars != code.co_freevars for target in targets):
        return None

    def swap() -> None:
        for target in targets:
            target.__code__ = code

    return swap


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _codes(each)


def _is_of(code: CodeType, mutant: Mutant) -> bool:
    return code.co_qualname == mutant.function and code.co_firstlineno == mutant.first_line
