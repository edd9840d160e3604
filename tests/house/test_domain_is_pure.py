"""The rules of the domain need nothing but the standard library, ask for no time and touch no file."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOMAIN = sorted((ROOT / "clawguard" / "domain").rglob("*.py"))
# what leads to files, the net, other processes, the time or chance
OUTWARD = frozenset(
    {
        "asyncio",
        "ctypes",
        "glob",
        "http",
        "io",
        "locale",
        "logging",
        "multiprocessing",
        "os",
        "pathlib",
        "pickle",
        "random",
        "secrets",
        "shelve",
        "shutil",
        "signal",
        "smtplib",
        "socket",
        "sqlite3",
        "subprocess",
        "tempfile",
        "threading",
        "time",
        "urllib.request",
    }
)
CLOCKS = frozenset({"now", "today", "utcnow"})
DOORS = frozenset({"open", "print", "input", "eval", "exec"})


def imported(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add("clawguard.domain" if node.level else node.module or "")
    return names


def foreign(tree: ast.AST) -> set[str]:
    """Imports that lead out of the domain, or out of the process."""
    return {
        name
        for name in imported(tree)
        if not (name == "clawguard.domain" or name.startswith("clawguard.domain."))
        and (name.partition(".")[0] not in sys.stdlib_module_names or {name, name.partition(".")[0]} & OUTWARD)
    }


def reaching_out(tree: ast.AST) -> list[int]:
    """Lines that ask for the time or open something."""
    lines = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            named = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if named in CLOCKS or (isinstance(node.func, ast.Name) and named in DOORS):
                lines.append(node.lineno)
    return lines


def test_the_finders_find() -> None:
    tree = ast.parse("import os\nimport django.db\nfrom clawguard.clock import now\nx = dt.datetime.now()\nopen('x')\n")
    assert foreign(tree) == {"os", "django.db", "clawguard.clock"}
    assert reaching_out(tree) == [4, 5]


@pytest.mark.parametrize("path", DOMAIN, ids=lambda path: str(path.relative_to(ROOT / "clawguard" / "domain")))
def test_a_module_of_the_domain_stays_inside(path: Path) -> None:
    tree = ast.parse(path.read_text())
    assert foreign(tree) == set()
    assert reaching_out(tree) == []


def test_the_domain_is_imported_without_any_package() -> None:
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in DOMAIN
    ]  # fmt: skip
    code = f"import importlib\nfor name in {modules!r}: importlib.import_module(name)\nprint('alone')"
    command = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{code}"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.stdout == "alone\n", answer.stderr
