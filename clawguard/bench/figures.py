"""One measured thing, and how a run of measurements is printed."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from time import perf_counter
from typing import Any, TypeVar

import psutil

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Figure:
    """Repeated measurements of one thing. ``goal`` is what is aimed at, in words; ``note`` what else was seen."""

    name: str
    unit: str
    values: tuple[float, ...]
    goal: str = ""
    note: str = ""

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def of_dict(given: dict[str, Any]) -> Figure:
    return Figure(**{**given, "values": tuple(given["values"])})


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """Seconds that ``work`` took, and what it gave."""
    begun = perf_counter()
    result = work()
    return perf_counter() - begun, result


def machine() -> str:
    """What the figures were measured on, and how busy it was: without it they mean little."""
    load, memory = os.getloadavg()[0], psutil.virtual_memory().total / 2**30
    python = platform.python_version()
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, Python {python}, load {load:.1f} before the first measurement"


HEAD = ("measured", "median", "least", "most", "unit", "runs", "goal", "note")


def table(figures: Iterable[Figure]) -> str:
    """A Markdown table, its columns as wide as needed."""
    rows = [HEAD, *[_cells(figure) for figure in figures]]
    widths = [max(len(row[index]) for row in rows) for index in range(len(HEAD))]
    lines = [_line(rows[0], widths), _line(["-" * width for width in widths], widths)]
    return "\n".join([*lines, *[_line(row, widths) for row in rows[1:]]])


def _cells(figure: Figure) -> tuple[str, ...]:
    numbers = [_short(value) for value in (figure.median, min(figure.values), max(figure.values))]
    return (figure.name, *numbers, figure.unit, str(len(figure.values)), figure.goal, figure.note)


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"
