"""Code tables in the states that the tests of the doors ask for."""

from __future__ import annotations

from clawguard.accounts.actors import Actor
from clawguard.domain.codesets import Quarter, TableKind, Variant
from clawguard.domain.codesets.lists import ListKind
from clawguard.domain.codesets.procedure_list import PACKAGED_TEXT
from sessions.models import CodeTable
from sessions.services import code_tables
from tests.builders import NOW
from tests.sessions.code_tables import files


def read_through(actor: Actor, kind: TableKind | ListKind, name: str, content: bytes) -> CodeTable:
    official = isinstance(kind, TableKind)
    wanted = code_tables.Wanted(kind, Variant.MEDICARE, Quarter(2026, 3)) if official else code_tables.Wanted(kind)
    table = code_tables.receive(actor, wanted, [code_tables.Sent(name, [content])], NOW)
    while code_tables.read_slice(table.pk, NOW):
        pass
    code_tables.compare_all(table.pk, NOW)
    table.refresh_from_db()
    return table


def of_the_world(actor: Actor) -> dict[str, CodeTable]:
    """A pair table and one of ours that may be put in force, and a unit table with fewer rows than a whole one."""
    ours = PACKAGED_TEXT.replace("90853,Group therapy,", "90853,Therapy in a group,").encode()
    return {
        "loaded table": read_through(actor, TableKind.PAIRS, "table.txt", files.ptp()),
        "own table": read_through(actor, ListKind.PROCEDURES, "procedures.csv", ours),
        "incomplete table": read_through(actor, TableKind.UNITS, "table.csv", files.mue()),
    }
