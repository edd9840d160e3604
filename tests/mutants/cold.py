"""Mutants of what runs while modules are imported: each gets a process that has imported nothing of ours yet."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path
from types import CodeType, ModuleType

import pytest

from tests.mutants.forks import in_fork
from tests.mutants.making import Mutant
from tests.mutants.outcomes import KILLED, SURVIVED, TIMED_OUT
from tests.mutants.running import PURE, QUIET, pure_tests, same_few_examples

_CPU_SECONDS = 300.0


def outcome(mutant: Mutant) -> str:
    return {0: SURVIVED, -1: TIMED_OUT}.get(in_fork(lambda: _passes(mutant), _CPU_SECONDS), KILLED)


def works() -> bool:
    """Whether the tests pass in a fresh process as the code stands; without that none of its outcomes counts."""
    return in_fork(lambda: _passes(None), _CPU_SECONDS) == 0


def _passes(mutant: Mutant | None) -> bool:
    assert "clawguard.domain" not in sys.modules
    if mutant is not None:
        sys.meta_path.insert(0, _Changed(mutant))
    return pytest.main([*pure_tests(), *PURE, *QUIET], plugins=[_FewExamples()]) == 0


class _FewExamples:
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            same_few_examples(item)


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
