"""Reading all loaded releases into one immutable value, once per process and set of releases."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Length

from clawguard.domain.codesets import CodeTables, IcdRelease, OfficialTable, OfficialTables, Variant
from clawguard.domain.codesets.lists import ListKind
from clawguard.domain.codesets.official import NO_TABLES
from clawguard.domain.lifecycles import TableState
from sessions.codesets.own_rows import value_of, with_values
from sessions.codesets.policy_periods import current_policies
from sessions.codesets.store_rows import load_rows
from sessions.models import CodeTable, IcdCode
from sessions.models import IcdRelease as IcdReleaseRow
from sessions.models.code_tables import OUR_KINDS

_cache: dict[tuple[str, ...], CodeTables] = {}
_official: dict[str, OfficialTable] = {}  # by id: putting one table in force leaves the others in memory
# loaded, not in force: kept from one piece of a try to the next
_tried: dict[str, OfficialTable | tuple[ListKind, Any]] = {}
_own: dict[str, Any] = {}  # values of our own tables in force, by id

_IN_FORCE = """
SELECT 'icd', name, version FROM therapy_sessions_icdrelease
UNION ALL SELECT 'table', id::text, version FROM therapy_sessions_codetable WHERE status = 'active'
ORDER BY 1, 2
"""
_joined: list[tuple[CodeTables, CodeTables]] = []  # the tables as loaded, and with the policies in force


def current_tables() -> CodeTables:
    """The tables and policies in force. Two small queries when nothing changed; a second or so after a release came."""
    loaded, policies = _loaded_tables(), current_policies()
    for base, joined in _joined:
        if base is loaded and joined.policies is policies:
            return joined
    joined = replace(loaded, policies=policies)
    _joined[:] = [(loaded, joined)]
    return joined


def _loaded_tables() -> CodeTables:
    with connection.cursor() as cursor:
        cursor.execute(_IN_FORCE)
        key = tuple("=".join(row) for row in cursor.fetchall())
    tables = _cache.get(key)
    if tables is None:
        releases = tuple(_release(row) for row in IcdReleaseRow.objects.order_by("first_day"))
        tables = with_values(CodeTables(icd=releases, official=_official_tables()), _own_tables())
        _cache.clear()  # only the newest set is ever asked for
        _cache[key] = tables
    return tables


def _official_tables() -> OfficialTables:
    active = CodeTable.objects.filter(status=TableState.ACTIVE).exclude(kind__in=OUR_KINDS)
    rows = active.order_by("kind", "variant", "-quarter")
    found = {str(row.pk): _official.get(str(row.pk)) or _official_table(row) for row in rows}
    _official.clear()
    _official.update(found)
    return OfficialTables(tuple(found.values())) if found else NO_TABLES  # which the checks know to be quick about


def _own_tables() -> list[tuple[ListKind, Any]]:
    rows = list(CodeTable.objects.filter(status=TableState.ACTIVE, kind__in=OUR_KINDS))
    found = {str(row.pk): _own.get(str(row.pk)) or value_of(row) for row in rows}
    _own.clear()
    _own.update(found)
    return [(row.list_kind, found[str(row.pk)]) for row in rows]


def with_loaded(tables: CodeTables, ids: Sequence[str], leaving: Collection[str]) -> CodeTables:
    """``tables`` as if the loaded tables ``ids`` were in force instead of those in ``leaving``; ids as text.

    Raises ``KeyError`` when one of them is not there, or not merely loaded, any more.
    """
    if not ids:
        return tables
    for key in set(_tried) - set(ids):
        del _tried[key]
    missing = [key for key in ids if key not in _tried]
    rows = CodeTable.objects.filter(pk__in=missing, status=TableState.LOADED)
    _tried.update((str(row.pk), _own_value(row) if row.is_ours else _official_table(row)) for row in rows)
    tried = [_tried[key] for key in ids]
    staying = [table for key, table in _official.items() if key not in leaving]
    official = [table for table in tried if isinstance(table, OfficialTable)]
    own = [table for table in tried if not isinstance(table, OfficialTable)]
    return with_values(replace(tables, official=OfficialTables((*staying, *official))), own)


def _own_value(row: CodeTable) -> tuple[ListKind, Any]:
    return row.list_kind, value_of(row)


def _official_table(row: CodeTable) -> OfficialTable:
    return OfficialTable.of(row.table_kind, Variant(row.variant), row.table_quarter, row.version, load_rows(row.pk))


def _release(row: IcdReleaseRow) -> IcdRelease:
    codes = IcdCode.objects.filter(release=row)
    flags = dict(codes.filter(level="code").values_list("code", "flags").iterator(chunk_size=20_000))
    excludes = {code: tuple(refs) for code, refs in codes.exclude(excludes1=[]).values_list("code", "excludes1")}
    return IcdRelease(
        name=row.name,
        version=row.version,
        first_day=row.first_day,
        last_day=row.last_day,
        flags=MappingProxyType(flags),
        excludes=MappingProxyType(excludes),
        blocks=MappingProxyType(_blocks(row)),
    )


def _blocks(row: IcdReleaseRow) -> Mapping[str, tuple[str, ...]]:
    """Category to the blocks and chapter above it, nearest first."""
    above = dict(
        IcdCode.objects.filter(release=row)
        .annotate(size=Length("code"))
        .filter(~Q(level="code") | Q(size=3))
        .values_list("code", "parent")
    )
    blocks: dict[str, tuple[str, ...]] = {}
    for code in above:
        if len(code) != 3:
            continue
        chain, parent = [], above[code]
        while parent:
            chain.append(parent)
            parent = above.get(parent, "")
        blocks[code] = tuple(chain)
    return blocks
