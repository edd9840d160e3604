"""Code tables: what is in force for which dates, new files, what would change, and putting a table in force."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clawguard.access import Problem
from clawguard.access.pages import PageRequest, page
from clawguard.domain.codesets import Quarter, TableKind, Variant
from clawguard.domain.codesets.comparing import ChangeKind
from clawguard.domain.codesets.lists import ListKind
from clawguard.domain.lifecycles import TableState
from clawguard.ui.toasts import toast
from sessions import policies, table_gaps, tables_in_force
from sessions.models import CodeTable
from sessions.models.code_tables import OUR_KINDS
from sessions.services import code_tables
from sessions.services.code_tables import Sent, Wanted
from sessions.table_words import CHANGE_WORDS, KIND_WORDS, OUR_DAYS, STATE_WORDS, VARIANT_WORDS, name_of

PAGE = 100
SHOWN_PROBLEMS = 200
FIELD_OF = {"quarter_unknown": "table-quarter", "kind_unknown": "table-kind"}


@require_http_methods(["GET", "HEAD", "POST"])
@page
def table_list(request: PageRequest) -> HttpResponse:
    overview = tables_in_force.overview(request.actor)
    standing = {table.kind for table in overview.in_force}
    refusal = None
    if request.method == "POST":
        try:
            table = code_tables.receive(request.actor, _wanted(request), _sent(request), request.now)
            return HttpResponseRedirect(reverse("code-table", args=[table.pk]))
        except Problem as problem:
            refusal = problem
    context = {
        "in_force": [_told(table) for table in overview.in_force],
        "releases": [(release, f"{release.codes_count:,}") for release in overview.releases],
        "ended": table_gaps.ended(overview.in_force, overview.releases, request.now.date()),
        "by_core_facts": table_gaps.by_core_facts(overview.in_force, request.now.date()),
        "waiting": [_told(table) for table in overview.waiting],
        "past": [_told(table) for table in overview.past],
        "ours": [(kind, KIND_WORDS[kind], OUR_DAYS[kind], kind in standing) for kind in ListKind],
        "kinds": KIND_WORDS.items(),
        "variants": VARIANT_WORDS.items(),
        "typed": request.POST,
        "refusal": refusal,
        "refused_field": FIELD_OF.get(refusal.code, "table-file") if refusal else "",
        "may_load": policies.may_change_tables(request.actor),
    }
    return render(request, "sessions/code_tables.html", context, status=refusal.status if refusal else 200)


def _wanted(request: PageRequest) -> Wanted:
    said = request.POST.get("quarter", "").strip()
    kind = request.POST.get("kind", "")
    if kind not in KIND_WORDS:
        raise Problem(400, "kind_unknown", "The table is not chosen", "Choose which table the file holds.")
    try:
        if kind in OUR_KINDS:
            return Wanted(ListKind(kind))
        variant = Variant(request.POST.get("variant", ""))
        return Wanted(TableKind(kind), variant, Quarter.read(said) if said else None)
    except ValueError:
        raise Problem(400, "unreadable", "Payers or quarter cannot be read", "A quarter is like 2026Q3.") from None


def _sent(request: PageRequest) -> list[Sent]:
    return [Sent(file.name or "", file.chunks()) for file in request.FILES.getlist("file")]


def _told(table: CodeTable) -> dict[str, Any]:
    name = name_of(table)
    numbers = {"rows_count": f"{table.rows_count:,}", "rows_read": f"{table.rows_read:,}"}
    told = {"row": table, "name": name, "state": STATE_WORDS[table.status], "our_days": OUR_DAYS.get(table.kind)}
    return told | numbers


@require_GET
@page
def table_page(request: PageRequest, table_id: UUID) -> HttpResponse:
    table = tables_in_force.get_code_table(request.actor, table_id)
    kind = request.GET.get("change", "")
    kind = kind if kind in CHANGE_WORDS else ""
    after = request.GET.get("after", "")
    rows = tables_in_force.changes(table, kind, int(after) if after.isdecimal() and len(after) < 18 else 0, PAGE)
    more = len(rows) > PAGE
    base = tables_in_force.compared_with(table)
    context = _told(table) | {
        "base": base,
        "base_name": name_of(base) if base else "",
        "send_url": f"{reverse('code-tables')}#load",
        "files": list(table.files.all()),
        "problems": list(table.problems.order_by("id")[:SHOWN_PROBLEMS]),
        "actions": policies.table_actions(request.actor, table),
        "counts": _counts(table),
        "change": kind,
        "rows": [(CHANGE_WORDS[ChangeKind(row.kind)], row) for row in rows[:PAGE]],
        "next_url": f"?change={kind}&after={rows[PAGE - 1].pk}" if more else "",
        "reading": table.status == TableState.READING,
        "comparing": table.status == TableState.LOADED and not table.comparison,
    }
    return render(request, "sessions/code_table.html", context)


def _counts(table: CodeTable) -> list[tuple[str, str, str, str]]:
    """Kind of change, its words, how many in all and how many for codes the network bills."""
    if not table.comparison:
        return []
    everything, billed = table.comparison["all"], table.comparison["billed"]
    return [
        (kind, words, f"{everything.get(kind, 0):,}", f"{billed[kind]:,}" if billed.get(kind) else "")
        for kind, words in CHANGE_WORDS.items()
    ]


@require_GET
@page
def table_progress(request: PageRequest, table_id: UUID) -> HttpResponse:
    """The moving part alone; when nothing moves any more the page is fetched anew."""
    table = tables_in_force.get_code_table(request.actor, table_id)
    moving = table.status == TableState.READING or (table.status == TableState.LOADED and not table.comparison)
    answer = render(request, "sessions/code_table_progress.html", {"row": table, "finished": not moving})
    if not moving:
        answer["HX-Refresh"] = "true"
    return answer


@require_GET
@page
def changes_csv(request: PageRequest, table_id: UUID) -> Any:
    table = tables_in_force.get_code_table(request.actor, table_id)
    answer = StreamingHttpResponse(code_tables.change_lines(table), content_type="text/csv")
    name = "-".join(str(table).split())
    answer["Content-Disposition"] = f'attachment; filename="{name}-changes.csv"'
    return answer


@require_GET
@page
def own_rows_csv(request: PageRequest, kind: str) -> HttpResponse:
    """The rows of a table of ours that answer now, in the format in which they are sent back."""
    text = tables_in_force.rows_of_ours(request.actor, kind)
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{kind}.csv"'
    return answer


@require_POST
@page
def accept_table(request: PageRequest, table_id: UUID) -> HttpResponse:
    code_tables.accept(request.actor, table_id, request.POST.get("reason", "")[:300], request.now)
    return HttpResponseRedirect(reverse("code-table", args=[table_id]))


@require_POST
@page
def discard_table(request: PageRequest, table_id: UUID) -> HttpResponse:
    code_tables.discard(request.actor, table_id, request.now)
    toast(request, "The table was discarded.")
    return HttpResponseRedirect(reverse("code-tables"))


@require_POST
@page
def activate_table(request: PageRequest, table_id: UUID) -> HttpResponse:
    table = code_tables.activate(request.actor, table_id, request.now)
    toast(request, f"{name_of(table)} is in force.")
    return HttpResponseRedirect(reverse("code-table", args=[table_id]))
