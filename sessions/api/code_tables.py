"""/code-tables: which dated tables are in force, loaded and past."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from clawguard.access.api import ApiView, cursor_page, query
from clawguard.access.schema import documented, listing
from clawguard.domain.codesets import TableKind, Variant
from clawguard.domain.codesets.lists import ListKind, digest, read_kept
from clawguard.domain.codesets.ours import OURS
from clawguard.domain.codesets.pairs import CORE_FIRST_DAY
from clawguard.domain.lifecycles import TableState
from sessions import policies, tables_in_force
from sessions.models import CodeTable, IcdRelease
from sessions.services import tables

TABLE = {"type": "object", "description": "One version of one table: the dates of service it answers for, its state."}
KINDS_SAID = f"{', '.join(TableKind)}, or of our own {', '.join(ListKind)}"


class CodeTables(ApiView):
    @documented(
        "List code tables",
        about="Official tables of CMS and tables of the product's own, newest first; the ICD-10-CM releases under"
        " `icd10`; under `core` our core pairs, which answer where no official table in force covers a date. The rows"
        " of the product's own tables are under `/code-tables/ours/{kind}`.",
        answer=listing(TABLE),
        scope=policies.READ,
        query={
            "status": "where the table stands",
            "kind": KINDS_SAID,
            "variant": "medicare or medicaid; not of our own tables",
        },
    )
    def get(self, request: Request) -> Response:
        asked = query(
            request, {"status": tuple(TableState), "kind": (*TableKind, *ListKind), "variant": tuple(Variant)}
        )
        wanted = {name: asked[name] for name in ("status", "kind", "variant") if name in asked}
        rows = tables_in_force.code_tables(self.actor).filter(**wanted)
        answer = cursor_page(request, rows, lambda row: table_dict(row, self), order=("-created_at", "-id"))
        answer.data["icd10"] = [release_dict(row) for row in tables_in_force.releases(self.actor)]
        answer.data["core"] = {"name": tables.current().pairs.name, "first_day": CORE_FIRST_DAY.isoformat()}
        return answer


class OurTable(ApiView):
    @documented(
        "Rows of one of our own tables",
        about="The rows that answer now, each an object of texts by column, as in the CSV file that a lead sends.",
        answer={"type": "object"},
        scope=policies.READ,
    )
    def get(self, request: Request, kind: str) -> Response:
        query(request, {}, page=False)
        text = tables_in_force.rows_of_ours(self.actor, kind)
        form = OURS[ListKind(kind)].form
        rows = [dict(zip(form.names, row, strict=True)) for row in read_kept(form, text)]
        return Response({"kind": kind, "version": digest(text), "results": rows})


def table_dict(table: CodeTable, view: ApiView) -> dict[str, Any]:
    """``changes`` counts what differs from the table in force, in all and for codes the network bills."""
    seen = table.comparison
    return {
        "id": str(table.pk),
        "kind": table.kind,
        "variant": table.variant,
        "quarter": table.quarter,
        "first_day": table.first_day.isoformat(),
        "last_day": table.last_day.isoformat(),
        "status": table.status,
        "version": table.version,
        "rows": table.rows_count,
        "problems": table.problems_count,
        "why": table.detail,
        "accepted_because": table.accepted_reason,
        "compared_with": seen.get("base_name", ""),
        "changes": {"all": seen["all"], "billed": seen["billed"]} if seen else None,
        "created_at": table.created_at.isoformat(),
        "loaded_at": table.loaded_at.isoformat() if table.loaded_at else None,
        "activated_at": table.activated_at.isoformat() if table.activated_at else None,
        "superseded_at": table.superseded_at.isoformat() if table.superseded_at else None,
        "allowed_actions": policies.table_actions(view.actor, table),
    }


def release_dict(release: IcdRelease) -> dict[str, Any]:
    return {
        "name": release.name,
        "version": release.version,
        "first_day": release.first_day.isoformat(),
        "last_day": release.last_day.isoformat(),
        "codes": release.codes_count,
    }
