"""What other apps show about a session. They register here when they start, so that this app never imports them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from clawguard.accounts.actors import Actor, NotAllowed
from sessions.models import ImportBatch, TherapySession

Row = dict[str, Any]
Shown = TypeVar("Shown")
Hook = Callable[[Actor, TherapySession, dt.datetime], list[Row]]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the session page: a template and its context, in order of ``place``."""

    place: int
    template: str
    context: Callable[[Actor, TherapySession, dt.datetime], Row | None]


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that holds no sessions and another app reads (x12_835).

    ``take(actor, file_name, chunks, dry_run, now)`` takes one in; ``report(batch)`` is what the import's page
    says of it, in ``template``.
    """

    take: Callable[[Actor, str, Iterable[bytes], bool, dt.datetime], ImportBatch]
    template: str
    report: Callable[[ImportBatch], Row]


Outcome = Callable[[Actor, str, dt.datetime], Row | None]

_file_kinds: dict[str, FileKind] = {}
_clocks: dict[str, Hook] = {}
_actions: dict[str, Callable[[Actor, TherapySession], list[str]]] = {}
_sections: dict[str, Section] = {}
_outcomes: dict[str, Outcome] = {}


def register_file_kind(kind: str, reader: FileKind) -> None:
    _file_kinds[kind] = reader


def file_kind(kind: str) -> FileKind | None:
    return _file_kinds.get(kind)


def register_outcome(template: str, hook: Outcome) -> None:
    """``hook(actor, check_id, now)`` is what followed the findings of a check, shown by ``template`` on its page."""
    _outcomes[template] = hook


def outcomes(actor: Actor, check_id: str, now: dt.datetime) -> list[tuple[str, Row]]:
    """Template names with what they show as ``outcome``."""
    made = [(template, _allowed(hook, actor, check_id, now)) for template, hook in _outcomes.items()]
    return [(template, row) for template, row in made if row is not None]


def register_clocks(name: str, hook: Hook) -> None:
    """``hook`` gives the running clocks of one session as JSON-ready rows: what, due_at, owed_by, state, url."""
    _clocks[name] = hook


def register_actions(name: str, hook: Callable[[Actor, TherapySession], list[str]]) -> None:
    """``hook`` names what this actor may start about the session ("request_notes", …)."""
    _actions[name] = hook


def register_section(name: str, section: Section) -> None:
    """A section whose context is None is left out."""
    _sections[name] = section


def clocks(actor: Actor, session: TherapySession, now: dt.datetime) -> list[Row]:
    return [row for hook in _clocks.values() for row in _allowed(hook, actor, session, now) or []]


def actions(actor: Actor, session: TherapySession) -> list[str]:
    return [action for hook in _actions.values() for action in _allowed(hook, actor, session) or []]


def sections(actor: Actor, session: TherapySession, now: dt.datetime) -> list[tuple[str, Row]]:
    """Template names with their contexts."""
    parts = sorted(_sections.values(), key=lambda part: part.place)
    made = [(part.template, _allowed(part.context, actor, session, now)) for part in parts]
    return [(template, context) for template, context in made if context is not None]


def _allowed(hook: Callable[..., Shown], *asked: Any) -> Shown | None:
    """What a hook shows; whoever may see the session but not the other app's part is shown none of it."""
    try:
        return hook(*asked)
    except NotAllowed:
        return None
