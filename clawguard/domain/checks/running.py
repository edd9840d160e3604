"""Running the checks: the one function that every door uses, and what it remembers to be quick.

Sessions that bill the same lines have the same *plan*: which checks can concern them. Within a plan, checks that read
some of the same facts are looked up together, and what was silent on a combination of facts is not asked about it
again. Only silence is remembered, never a finding: what a check says is worked out anew for each session.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from operator import attrgetter

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding
from clawguard.domain.checks.neighbours import at_once, same_visit_day
from clawguard.domain.checks.reading import FACTS, SAME_VISIT, TOGETHER, Key, reader
from clawguard.domain.checks.registry import ALL, CheckInfo, Needs, Run
from clawguard.domain.codesets import CodeTables
from clawguard.domain.facts import SessionFacts

MOST_PLANS = 4_096
MOST_COMBINATIONS = 20_000  # of one group of checks within one plan
MOST_REMEMBERED = 100_000  # combinations of all plans of a book together; some tens of megabytes
MOST_TABLES = 3  # those in force, and those of a draft that is tried beside them
_LINE = attrgetter("code", "modifiers", "units", "diagnosis_pointers", "em_basis")

Ranked = tuple[int, Run]  # its place in the order of ids, so that findings come in that order
_NOBODY: tuple[Ranked, ...] = ()


class _Group:
    """Checks of one plan that are looked up by the same facts, and which of them to ask on each combination."""

    __slots__ = ("book", "checks", "known", "read")

    def __init__(self, book: _Book, checks: Iterable[tuple[int, CheckInfo]], read: Key) -> None:
        self.book, self.checks, self.read = book, tuple(checks), read
        self.known: dict[Hashable, tuple[Ranked, ...]] = {}

    def learn(self, key: Hashable, session: SessionFacts, context: Context) -> tuple[Ranked, ...]:
        spoke = tuple([(rank, info.run) for rank, info in self.checks if info.could_speak(session, context)])
        if len(self.known) >= MOST_COMBINATIONS:
            self.book.remembered -= len(self.known)
            self.known.clear()
        self.book.make_room()
        self.known[key] = spoke
        return spoke


class _Plan:
    """What to run for sessions that bill the same lines and have the same company."""

    __slots__ = ("always", "groups")

    def __init__(self, always: tuple[Ranked, ...], groups: tuple[_Group, ...]) -> None:
        self.always, self.groups = always, groups


class _Book:
    """The plans made for one set of tables and the checks registered now."""

    __slots__ = ("checks", "plans", "remembered", "tables")

    def __init__(self, tables: CodeTables) -> None:
        self.tables = tables
        self.checks = tuple(info for _, info in sorted(ALL.items()))
        self.plans: dict[Hashable, _Plan] = {}
        self.remembered = 0  # combinations, of all plans

    def make_room(self) -> None:
        """For one more combination: when there are too many, all are forgotten and learnt again as they come."""
        if self.remembered >= MOST_REMEMBERED:
            for plan in self.plans.values():
                for group in plan.groups:
                    group.known.clear()
            self.remembered = 0
        self.remembered += 1

    def plan(self, key: Hashable, session: SessionFacts, has: frozenset[Needs], visited: bool) -> _Plan:
        if len(self.plans) >= MOST_PLANS:
            self.plans.clear()
            self.remembered = 0
        made = self.plans[key] = _make_plan(self, session, has, visited)
        return made


_books: dict[int, _Book] = {}


def _book(tables: CodeTables) -> _Book:
    book = _books.get(id(tables))
    if book is None or book.tables is not tables or len(book.checks) != len(ALL):
        if len(_books) >= MOST_TABLES:
            _books.clear()
        book = _books[id(tables)] = _Book(tables)
    return book


def _make_plan(book: _Book, session: SessionFacts, has: frozenset[Needs], visited: bool) -> _Plan:
    billed = session.codes
    there = {name for name, is_there in ((SAME_VISIT, visited), (FACTS, Needs.FACTS in has)) if is_there}
    always: list[Ranked] = []
    asked: list[tuple[int, CheckInfo]] = []
    for rank, info in enumerate(book.checks):
        if not _concerns(info, billed, book.tables) or (info.needs is not None and info.needs not in has):
            continue
        if info.remembered_by is None or not there.isdisjoint(info.remembered_by):
            always.append((rank, info.run))
        else:
            asked.append((rank, info))
    groups = [_Group(book, checks, reader(names, book.tables)) for names, checks in _grouped(asked)]
    return _Plan(tuple(always), tuple(groups))


def _grouped(checks: Iterable[tuple[int, CheckInfo]]) -> list[tuple[frozenset[str], list[tuple[int, CheckInfo]]]]:
    """Checks by the facts they are looked up by, those that go together in one look-up (see ``TOGETHER``)."""
    alike: dict[frozenset[str], list[tuple[int, CheckInfo]]] = {}
    for rank, info in checks:
        alike.setdefault(frozenset(info.remembered_by or ()) - {SAME_VISIT, FACTS}, []).append((rank, info))
    groups: list[tuple[frozenset[str], list[tuple[int, CheckInfo]]]] = []
    for names, some in sorted(alike.items(), key=lambda item: (-len(item[0]), sorted(item[0]))):
        place = _place(names, [group for group, _ in groups])
        if place is None:
            groups.append((names, some))
        else:
            wider, others = groups[place]
            groups[place] = (wider | names, [*others, *some])
    return groups


def _place(names: frozenset[str], groups: list[frozenset[str]]) -> int | None:
    """Which group reads all of ``names``, or together with them no more than goes into one look-up."""
    for place, group in enumerate(groups):
        if names <= group:
            return place
    for place, group in enumerate(groups):
        if any(names | group <= row for row in TOGETHER):
            return place
    return None


def _concerns(info: CheckInfo, billed: frozenset[str], tables: CodeTables) -> bool:
    return info.codes is None or not billed.isdisjoint(tables.codes(info.codes))


def screen(session: SessionFacts, context: Context) -> tuple[Finding, ...]:
    """Every finding of every registered check about one session, in order of check id, then as the check tells them.

    Pure: the same session and context give the same findings, whatever ran before.
    """
    plan = _plan_for(session, context)
    runs, more = plan.always, _NOBODY
    for group in plan.groups:
        key = group.read(session)
        spoke = group.known.get(key)
        if spoke is None:
            spoke = group.learn(key, session, context)
        if spoke:
            more += spoke
    if more:
        runs = tuple(sorted(runs + more))
    findings: list[Finding] = []
    for _, run in runs:
        findings += run(session, context)
    return tuple(findings)


def _plan_for(session: SessionFacts, context: Context) -> _Plan:
    book = _book(context.tables)
    visited = together = False
    if context.same_day:
        visited = bool(same_visit_day(session, context))
        together = bool(at_once(session, context))
    has_history, has_facts = bool(context.history), bool(context.facts)
    has_note = context.note is not None and bool(context.note.verdicts or context.note.quarantined)
    lines = tuple(map(_LINE, session.service_lines))
    key = (lines, bool(context.same_day), visited, together, has_history, has_facts, has_note)
    plan = book.plans.get(key)
    if plan is not None:
        return plan
    has = {
        Needs.MODIFIERS: any(line.modifiers for line in session.service_lines),
        Needs.NEIGHBOURS: bool(context.same_day),
        Needs.OVERLAP: together,
        Needs.COMPANY: visited or len(lines) > 1,
        Needs.HISTORY: has_history,
        Needs.FACTS: has_facts,
        Needs.NOTE: has_note,
    }
    return book.plan(key, session, frozenset(need for need, there in has.items() if there), visited)
