"""The packaged ICD-10-CM release as code tables, without a database: read once, it takes some seconds."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType

from clawguard.domain.codesets import CodeTables, IcdRelease
from sessions.codesets.package import FIRST_DAY, LAST_DAY, NAME, read_release


@lru_cache(maxsize=1)
def packaged() -> CodeTables:
    rows = read_release().rows
    parents = {row.code: row.parent for row in rows}
    blocks = {}
    for row in rows:
        if row.level == "code" and len(row.code) == 3:
            chain, above = [], row.parent
            while above:
                chain.append(above)
                above = parents.get(above, "")
            blocks[row.code] = tuple(chain)
    release = IcdRelease(
        name=NAME,
        version=NAME,
        first_day=FIRST_DAY,
        last_day=LAST_DAY,
        flags=MappingProxyType({row.code: row.flags for row in rows if row.level == "code"}),
        excludes=MappingProxyType({row.code: row.excludes1 for row in rows if row.excludes1}),
        blocks=MappingProxyType(blocks),
    )
    return CodeTables(icd=(release,))
