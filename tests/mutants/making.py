"""Mutants of a source file: what mutmut's operators make of it, also inside decorated functions.

mutmut itself passes over every decorated function, which here would be every check, property and cached look-up. It
copies functions to switch between them, and a copy under ``@check`` would register twice. We swap code objects instead
(see ``running``), so that decorators do not matter. Literals with a blank in them are words for people and left as
they are: a test that pins them word for word says nothing about behaviour.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import unified_diff
from itertools import accumulate, islice
from pathlib import Path

import libcst as cst
from libcst.metadata import CodePosition, CodeRange, MetadataWrapper, PositionProvider
from mutmut.configuration import config
from mutmut.mutation.file_mutation import Mutation, MutationVisitor, OuterFunctionProvider, deep_replace
from mutmut.mutation.mutators import mutation_operators, operator_string
from mutmut.mutation.pragma_handling import get_ignored_lines


@dataclass(frozen=True, slots=True)
class Mutant:
    """One small change of one function of a file as it stood when it was read."""

    path: str
    number: int  # within the file
    function: str  # qualified name
    first_line: int  # of the function, decorators included: as its code object says
    body: range  # lines of the function's body
    lines: frozenset[int]  # a test that runs none of them cannot notice
    at_definition: bool  # a default value: used when the module is imported
    spot: CodeRange
    text: SourceText = field(repr=False)
    mutation: Mutation = field(repr=False)

    @property
    def name(self) -> str:
        return f"{self.path}:{self.spot.start.line} {self.function} #{self.number}"

    def applied(self) -> str:
        """The text of the file with the change."""
        source, module = self.text.source, self.text.module
        start, end = self.text.offset(self.spot.start), self.text.offset(self.spot.end)
        before = module.code_for_node(self.mutation.original_node)
        after = module.code_for_node(self.mutation.mutated_node)
        if source[start:end] == before:
            return source[:start] + after + source[end:]
        if source[start:end] == before.strip():
            return source[:start] + after.strip() + source[end:]
        whole = deep_replace(module, self.mutation.original_node, self.mutation.mutated_node)
        assert isinstance(whole, cst.Module)
        return whole.code

    def difference(self) -> str:
        lines = unified_diff(self.text.source.splitlines(True), self.applied().splitlines(True), n=0)
        return "".join(f"    {line}" for line in islice(lines, 3, None))


class SourceText:
    """A file and its syntax tree."""

    def __init__(self, source: str, module: cst.Module) -> None:
        self.source = source
        self.module = module
        self._offsets = [0, *accumulate(len(line) for line in source.splitlines(keepends=True))]

    def offset(self, spot: CodePosition) -> int:
        return self._offsets[spot.line - 1] + spot.column


def sources(paths: Sequence[Path]) -> list[Path]:
    """The files to change under ``paths``, without those that ``[tool.mutmut]`` leaves out."""
    found = {file for path in paths for file in ([path] if path.is_file() else path.rglob("*.py"))}
    return sorted(file for file in found if config().should_mutate(file))


def mutants(path: Path) -> list[Mutant]:
    source = path.read_text(encoding="utf-8")
    wrapper = MetadataWrapper(cst.parse_module(source))
    visitor = _Visitor(_operators(), get_ignored_lines(str(path), source, wrapper))
    wrapper.visit(visitor)
    text = SourceText(source, wrapper.module)
    return [
        Mutant(
            str(path),
            number,
            found.function.name,
            found.function.first,
            found.function.body,
            frozenset({found.statement, *range(found.spot.start.line, found.spot.end.line + 1)}),
            found.spot.start.line < found.function.body.start,
            found.spot,
            text,
            found.mutation,
        )
        for number, found in enumerate(visitor.found, start=1)
    ]


def _operators() -> list[tuple[type, object]]:
    return [(kind, _codes_only if make is operator_string else make) for kind, make in mutation_operators]


def _codes_only(node: cst.BaseString) -> Iterable[cst.BaseString]:
    if isinstance(node, cst.SimpleString) and " " in node.raw_value.strip():
        return ()
    return operator_string(node)


@dataclass(frozen=True, slots=True)
class _Function:
    name: str
    first: int  # line of its first decorator or of ``def``
    body: range


@dataclass(frozen=True, slots=True)
class _Found:
    mutation: Mutation
    spot: CodeRange
    statement: int  # first line
    function: _Function


class _Visitor(MutationVisitor):
    """mutmut's, which also enters decorated functions and remembers where each mutation stands."""

    METADATA_DEPENDENCIES = (PositionProvider, OuterFunctionProvider)

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)  # type: ignore[arg-type]
        self.found: list[_Found] = []
        self._functions: dict[cst.CSTNode | None, _Function] = {}
        self._classes: list[str] = []
        self._statements = [0]

    def _place(self, node: cst.CSTNode) -> CodeRange:
        return self.get_metadata(PositionProvider, node)  # type: ignore[no-any-return]

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.BaseCompoundStatement | cst.SimpleStatementLine):
            self._statements.append(self._place(node).start.line)
        if isinstance(node, cst.ClassDef):
            self._classes.append(node.name.value)
        if isinstance(node, cst.FunctionDef):
            first = node.decorators[0] if node.decorators else node
            name = ".".join([*self._classes, node.name.value])
            body = self._place(node.body)
            lines = range(body.start.line, body.end.line + 1)
            self._functions[node] = _Function(name, self._place(first).start.line, lines)
        before = len(self.mutations)
        children = super().on_visit(node)
        for made in self.mutations[before:]:
            function = self._functions.get(made.contained_by_top_level_function)
            if function:  # else a line of a class or module, which only the import runs
                self.found.append(_Found(made, self._place(node), self._statements[-1], function))
        return children

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if isinstance(original_node, cst.BaseCompoundStatement | cst.SimpleStatementLine):
            self._statements.pop()
        if isinstance(original_node, cst.ClassDef):
            self._classes.pop()
        super().on_leave(original_node)

    def _skip_node_and_children(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.FunctionDef) and node.decorators:
            return super()._skip_node_and_children(node.with_changes(decorators=()))
        return super()._skip_node_and_children(node)
