"""Diagnoses of a session as the checks read them."""

from __future__ import annotations

from clawguard.domain.codesets import CodeTables, IcdRelease
from clawguard.domain.facts import ServiceLineFacts, SessionFacts


def dotted(code: str) -> str:
    """As people write it: ``F331`` becomes ``F33.1``."""
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 else code


def guide(session: SessionFacts, tables: CodeTables) -> tuple[IcdRelease | None, bool]:
    """The release to judge by, and whether it is the one in force on the date of service.

    ``False`` means that the nearest loaded release stands in: good enough to say that a person should look, no ground
    to name an amount. What rests on it is a warning with ``caveat`` and nothing at risk.
    """
    release = tables.icd_release(session.date_of_service)
    if release is not None:
        return release, True
    return tables.icd_nearest(session.date_of_service), False


def caveat(release: IcdRelease, in_force: bool) -> str:
    """What a message that rests on ``guide`` says of a release that only stands in; empty where it is in force."""
    return "" if in_force else f" Judged by {release.name}: the release in force that day is not loaded."


def pointed(session: SessionFacts, line: ServiceLineFacts) -> tuple[str, ...]:
    """The diagnoses a line points to, in its order; all of the session's where it points to none."""
    if not line.diagnosis_pointers:
        return session.diagnoses
    known = len(session.diagnoses)
    return tuple(session.diagnoses[number - 1] for number in line.diagnosis_pointers if 0 < number <= known)


def first_of(session: SessionFacts, line: ServiceLineFacts) -> str:
    """The diagnosis a line points to first; empty where it points to none that is there."""
    place = line.diagnosis_pointers[0] if line.diagnosis_pointers else 1
    return session.diagnoses[place - 1] if 0 < place <= len(session.diagnoses) else ""


def first_listed(session: SessionFacts) -> tuple[str, ...]:
    """Every diagnosis that stands first, for the claim or for one of its lines; each once."""
    if not [line for line in session.service_lines if line.diagnosis_pointers]:
        return session.diagnoses[:1]
    firsts = dict.fromkeys(session.diagnoses[:1])
    for line in session.service_lines:
        firsts.update(dict.fromkeys(pointed(session, line)[:1]))
    return tuple(firsts)
