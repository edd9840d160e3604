"""The code tables in force and the rule pack they make together with the checks."""

from __future__ import annotations

import datetime as dt

from clawguard.domain.checks import ALL, pack_digest
from clawguard.domain.codesets import CodeTables
from sessions.codesets import current_tables
from sessions.codesets.policy_periods import printed_periods
from sessions.models import RulePack, RulePackUse


def current() -> CodeTables:
    return current_tables()


def ensure_pack(tables: CodeTables, now: dt.datetime) -> str:
    """The digest of the pack in force; its row is written on first use, and whenever it comes into force again."""
    digest = pack_digest(tables)
    if RulePackUse.objects.order_by("-pk").values_list("pack_id", flat=True).first() == digest:
        return digest
    checks = {info.id: info.version for info in ALL.values()}
    pack = RulePack(digest=digest, checks=checks, tables=tables.versions, policies=printed_periods(), first_used_at=now)
    RulePack.objects.bulk_create([pack], ignore_conflicts=True)
    RulePackUse.objects.create(pack_id=digest, since=now)
    return digest
