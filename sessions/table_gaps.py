"""Which dates of service nothing answers for any more: what a lead has to load next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from clawguard.domain.codesets import TableKind
from clawguard.ui.words import day
from sessions.models import CodeTable, IcdRelease
from sessions.table_words import KIND_WORDS, VARIANT_WORDS

DAY = dt.timedelta(days=1)


def ended(in_force: Sequence[CodeTable], releases: Sequence[IcdRelease], today: dt.date) -> list[str]:
    """A sentence for each table whose last day is over, and for diagnoses that no release covers on ``today``.

    A table of CMS that was never loaded is not missed: the core facts answer then, as the page says.
    """
    last: dict[tuple[str, str], dt.date] = {}
    for table in in_force:
        if not table.is_ours:
            key = table.kind, table.variant
            last[key] = max(table.last_day, last.get(key, table.last_day))
    over = [(key, until) for key, until in sorted(last.items()) if until < today]
    return [*_diagnoses(releases, today), *(_of_cms(kind, variant, until) for (kind, variant), until in over)]


def by_core_facts(in_force: Sequence[CodeTable], today: dt.date) -> str:
    """What it means that no pair table of CMS answers for ``today``, and for whose sessions; nothing where both do."""
    covered = {table.variant for table in in_force if table.kind == TableKind.PAIRS and table.last_day >= today}
    without = [words for variant, words in VARIANT_WORDS.items() if variant not in covered]
    if not without:
        return ""
    whose = " and ".join(without) if len(without) < len(VARIANT_WORDS) else "all payers"
    return (
        f"Pairs of codes, {whose}: without the table of CMS only our core facts are asked. They name the pairs a"
        " therapy practice bills most, less than half of those that the table of CMS has for the codes we know. Two"
        " codes that they do not name were not compared; no finding does not mean that both are paid."
    )


def _diagnoses(releases: Sequence[IcdRelease], today: dt.date) -> list[str]:
    if any(release.first_day <= today <= release.last_day for release in releases):
        return []
    past = [release.last_day for release in releases if release.last_day < today]
    if not past:
        return ["No release of ICD-10-CM covers today: diagnoses of current sessions are not checked. Load one."]
    since = day(max(past) + DAY, year=True)
    return [f"Diagnoses of sessions since {since} are not checked: no release of ICD-10-CM covers them. Load the next."]


def _of_cms(kind: str, variant: str, until: dt.date) -> str:
    name = f"{KIND_WORDS[kind]}, {VARIANT_WORDS[variant]}"
    return (
        f"{name}: the last one ends on {day(until, year=True)}. Until the next is in force, core facts answer instead."
    )
