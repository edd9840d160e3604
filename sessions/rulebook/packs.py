"""Rule packs as they are read: what was in force together, from when to when, and how two packs differ."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from clawguard.accounts.actors import Actor
from clawguard.domain.checks import ALL, pack_digest
from clawguard.events.errors import NotFound
from sessions import policies
from sessions.codesets import current_tables
from sessions.codesets.policy_periods import printed_periods
from sessions.models import RulePack, RulePackUse
from sessions.rulebook import words
from sessions.rulebook.selectors import payer_names


class Use(NamedTuple):
    """``until`` None: still in force."""

    since: dt.datetime
    until: dt.datetime | None


def present_digest() -> str:
    return pack_digest(current_tables())


def all_packs(actor: Actor) -> list[dict[str, Any]]:
    """Every pack that was ever used, the latest use first, with what is new in it."""
    policies.require_rules_reader(actor)
    uses, before = _uses(), ""
    rows: dict[str, dict[str, Any]] = {}
    packs = {pack.digest: pack for pack in RulePack.objects.all()}
    for use in RulePackUse.objects.order_by("pk"):
        pack, earlier = packs[use.pack_id], packs.get(before)
        rows.pop(pack.digest, None)  # a pack that came back stands where it came back
        rows[pack.digest] = {"pack": pack, "uses": uses[pack.digest], "changes": changes(earlier, pack)}
        before = pack.digest
    return list(rows.values())[::-1]


def get_pack(actor: Actor, digest: str) -> RulePack:
    """Raises NotAllowed, NotFound."""
    policies.require_rules_reader(actor)
    pack = RulePack.objects.filter(pk=digest).first()
    if pack is None:
        raise NotFound
    return pack


def uses_of(pack: RulePack) -> list[Use]:
    return _uses().get(pack.digest, [])


def _uses() -> dict[str, list[Use]]:
    rows = list(RulePackUse.objects.order_by("pk").values_list("pack_id", "since"))
    ends = [since for _, since in rows[1:]] + [None]
    found: dict[str, list[Use]] = {}
    for (digest, since), until in zip(rows, ends, strict=True):
        found.setdefault(digest, []).append(Use(since, until))
    return found


def pack_before(pack: RulePack) -> RulePack | None:
    """The pack that this one took over from, the first time."""
    first = RulePackUse.objects.filter(pack=pack).order_by("pk").first()
    earlier = RulePackUse.objects.filter(pk__lt=first.pk if first else 0).select_related("pack").order_by("-pk")
    return use.pack if (use := earlier.first()) else None


def changes(before: RulePack | None, after: RulePack) -> list[str]:
    """What is other in the later pack, one line each; nothing for the first one."""
    if before is None:
        return []
    told = [f"{check} is new" for check in sorted(after.checks.keys() - before.checks.keys())]
    told += [f"{check} ended" for check in sorted(before.checks.keys() - after.checks.keys())]
    told += [
        f"{check}: version {before.checks[check]} → {after.checks[check]}"
        for check in sorted(before.checks.keys() & after.checks.keys())
        if before.checks[check] != after.checks[check]
    ]
    told += [
        f"Table {name.replace('_', ' ')} changed"
        for name in sorted(after.tables)
        if name != "policies" and before.tables.get(name) != after.tables[name]
    ]
    if before.tables.get("policies") != after.tables.get("policies"):
        told.append("Payer policies changed")
    return told


def check_rows(pack: RulePack) -> list[dict[str, Any]]:
    """The checks of a pack with their versions, and whether the present release still has that version."""
    return [
        {
            "id": check,
            "version": version,
            "title": ALL[check].title if check in ALL else "",
            "present": check in ALL and ALL[check].version == version,
        }
        for check, version in sorted(pack.checks.items())
    ]


def policy_rows(printed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Policy periods of a pack in words."""
    names = payer_names()
    return [
        {
            "name": words.scope_name(row["payer_kind"], row["payer_id"], row["plan"], names),
            "days": words.days(
                dt.date.fromisoformat(row["first_day"]),
                dt.date.fromisoformat(row["last_day"]) if row["last_day"] else None,
            ),
            "decided": words.decided(row["values"]),
        }
        for row in printed
    ]


def present_pack() -> dict[str, Any]:
    """What is in force now, whether anything was screened under it yet or not."""
    tables = current_tables()
    checks = {info.id: info.version for info in ALL.values()}
    return {"digest": pack_digest(tables), "checks": checks, "tables": tables.versions, "policies": printed_periods()}
