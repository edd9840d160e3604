"""Mutants of what runs while modules are imported: each gets a process that has imported nothing of ours yet.

Which tests would notice is not known, so all of them run until one fails: those that run the file first.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import multiprocessing
import sys
from collections.abc import Sequence
from pathlib import Path
from types import CodeType, ModuleType

import pytest

from tests.mutants.forks import begin, in_fork, result
from tests.mutants.making import Mutant
from tests.mutants.outcomes import BROKEN, KILLED, SURVIVED, TIMED_OUT
from tests.mutants.running import PURE, QUIET, pure_tests, same_few_examples

_CPU_SECONDS = 300.0
_UNKNOWN, _PASS, _FAIL = range(3)


class Helper:
    """A process forked before anything of ours was imported, which judges the mutants that another process sends.

    ``proven`` is shared by all helpers: whether the tests pass in a fresh process as the code stands. The first mutant
    waits until that is known; without it no outcome counts.
    """

    def __init__(
        self,
        mutants: Sequence[Mutant],
        tests: Sequence[Path],
        proven: multiprocessing.sharedctypes.Synchronized[int],
    ) -> None:
        self._mutants = mutants
        self._tests = tests
        self._proven = proven
        self._ours, self._theirs = multiprocessing.Pipe()
        self._process = begin(self._serve)
        self._theirs.close()

    def outcome(self, place: int, near: Sequence[str]) -> str:
        """``near`` names the tests to begin with."""
        self._ours.send((place, near))
        return str(self._ours.recv())

    def end(self) -> None:
        self._ours.send(None)
        result(self._process)

    def _serve(self) -> bool:
        self._ours.close()
        try:
            while asked := self._theirs.recv():
                self._theirs.send(self._judge(*asked))
        except EOFError:  # whoever asked is gone
            return False
        return True

    def _judge(self, place: int, near: Sequence[str]) -> str:
        with self._proven.get_lock():
            if self._proven.value == _UNKNOWN:
                passes = in_fork(lambda: _passes(None, self._tests, ()), _CPU_SECONDS) == 0
                self._proven.value = _PASS if passes else _FAIL
        if self._proven.value == _FAIL:
            return BROKEN
        code = in_fork(lambda: _passes(self._mutants[place], self._tests, near), _CPU_SECONDS)
        return {0: SURVIVED, -1: TIMED_OUT}.get(code, KILLED)


def _passes(mutant: Mutant | None, tests: Sequence[Path], near: Sequence[str]) -> bool:
    assert "clawguard.domain" not in sys.modules
    if mutant is not None:
        sys.meta_path.insert(0, _Changed(mutant))
    return pytest.main([*pure_tests(tests), *PURE, *QUIET], plugins=[_Order(near)]) == 0


class _Order:
    def __init__(self, near: Sequence[str]) -> None:
        self._places = {name: place for place, name in enumerate(near)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            same_few_examples(item)
        items.sort(key=lambda item: self._places.get(item.nodeid, len(self._places)))


class _Changed(importlib.abc.MetaPathFinder):
    """Finds the mutant where its module would be."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant
        self._path = str(Path(mutant.path).resolve())

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec and spec.origin == self._path:
            spec.loader = _Loader(fullname, self._path, self._mutant)
            return spec
        return None


class _Loader(importlib.machinery.SourceFileLoader):
    def __init__(self, fullname: str, path: str, mutant: Mutant) -> None:
        super().__init__(fullname, path)
        self._mutant = mutant

    def get_code(self, fullname: str) -> CodeType:
        return compile(self._mutant.applied(), self.path, "exec", dont_inherit=True)
