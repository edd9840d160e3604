"""Sessions, findings, imports and the rule catalogue."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.doors.matrix.row import Row, fixed
from tests.sessions.code_tables import files
from tests.world import FILES, MAPPING, TABLE, World, body, rows_file

READ, WRITE = "sessions:read", "sessions:write"
SESSION, FINDING = {"session_id": "session"}, {"finding_id": "new finding"}
WAITING = {"batch_id": "waiting import"}
LIST = "Y Y Y Y Y Y 403 Y 403 401"
OBJECT = "Y 404 Y 404 Y Y 404 Y 403 401"
INTAKE = "403 403 Y Y Y 403 403 Y 403 401"
INTAKE_OF = "403 403 Y 404 Y 403 403 Y 403 401"
JUDGE = "403 403 Y 404 Y 403 403 403 403 401"
REASON = fixed({"reason": "The times were corrected."})

STAFF_SEE = "403 403 Y Y Y Y 403 in in in"
STAFF_JUDGE = "403 403 Y 404 Y 403 403 in in in"
IMPORT_SEE = "404 404 Y 404 Y Y 404 in in in"
IMPORT_DO = "403 403 Y 404 Y 403 403 in in in"
EVERYBODY = "Y Y Y Y Y Y Y in in in"
MAY_CHECK = "Y Y Y Y Y 403 403 in in in"
CHECK = {"check_id": "CG101"}


def client(world: World) -> dict[str, str]:
    return {"client": world.rows["session"].client.external_id}


def csv_file(world: World) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("rows.csv", TABLE, "text/csv")}


TABLE_SEE = "403 403 403 403 Y Y 403 in in in"
TABLE_DO = "403 403 403 403 Y 403 403 in in in"
LOADED = {"table_id": "loaded table"}


def table_file(world: World) -> dict[str, object]:
    file = SimpleUploadedFile(files.PTP_NAME, files.ptp(files.PAIRS[:2]), "text/plain")
    return {"file": file, "kind": "ptp", "variant": "medicare"}


JUDGED = "403 403 Y 404 404 403 403 in in in"


def ticked(world: World) -> dict[str, str]:
    return {"finding": str(world.rows["new finding"].pk), "decision": "dismiss", "reason_code": "corrected"}


def several(world: World) -> dict[str, object]:
    finding = str(world.rows["new finding"].pk)
    return {"check": "CG101", "findings": [finding], "decision": "dismiss", "reason_code": "corrected"}


# A fact states something about a session of Priya's: another team's billing staff may not.
FACT = {"kind": "appointment", "status": "kept", "source": "calendar"}


def stated(world: World) -> dict[str, str]:
    return {**FACT, "session": world.rows["session"].external_id}


PAGES = (
    Row("sessions", "GET", STAFF_SEE),
    Row("session-client", "POST", STAFF_SEE, body=client),
    Row("check-before-submit", "GET", MAY_CHECK),
    Row("check-before-submit", "POST", MAY_CHECK, body=fixed({"code-1": "90837"})),
    Row("check-file-before-submit", "POST", MAY_CHECK, body=fixed({"text": "{}"})),
    Row("session-page", "GET", "Y 404 Y 404 Y Y 404 in in in", SESSION),
    Row("patterns", "GET", STAFF_SEE),
    Row("pattern", "GET", "404 404 Y 404 Y Y 404 in in in", {"finding_id": "pattern"}),
    Row("pattern-confirm", "POST", STAFF_JUDGE, {"finding_id": "pattern"}),
    Row("pattern-dismiss", "POST", STAFF_JUDGE, {"finding_id": "pattern"}, REASON),
    Row("pattern-restore", "POST", STAFF_JUDGE, {"finding_id": "dismissed pattern"}),
    Row("session-facts", "GET", "403 403 Y 404 Y Y 403 in in in", SESSION),
    Row("session-facts", "POST", "403 403 Y 404 Y 403 403 in in in", SESSION, stated),
    Row(
        "session-fact-withdraw",
        "POST",
        STAFF_JUDGE,
        {**SESSION, "fact_id": "stated fact"},
        fixed({"reason": "The roster was wrong."}),
    ),
    Row("finding-confirm", "POST", STAFF_JUDGE, FINDING, REASON),
    Row("finding-dismiss", "POST", STAFF_JUDGE, FINDING, REASON),
    Row("finding-restore", "POST", STAFF_JUDGE, {"finding_id": "dismissed finding"}, REASON),
    Row("imports", "GET", STAFF_SEE),
    Row("imports", "POST", "403 403 Y Y Y 403 403 in in in", body=csv_file),
    Row("import-page", "GET", IMPORT_SEE, WAITING),
    Row("import-mapping", "POST", "404 404 Y 404 Y 403 404 in in in", {"batch_id": "unmapped import"}, fixed(MAPPING)),
    Row("import-progress", "GET", IMPORT_SEE, WAITING),
    Row("import-start", "POST", IMPORT_DO, WAITING),
    Row("import-cancel", "POST", IMPORT_DO, WAITING),
    Row("import-errors", "GET", IMPORT_SEE, WAITING),
    Row("code-tables", "GET", TABLE_SEE),
    Row("code-tables", "POST", TABLE_DO, body=table_file),
    Row("our-table-rows", "GET", TABLE_SEE, {"kind": "procedures"}),
    Row("code-table", "GET", TABLE_SEE, LOADED),
    Row("code-table-progress", "GET", TABLE_SEE, LOADED),
    Row("code-table-changes", "GET", TABLE_SEE, LOADED),
    Row("code-table-accept", "POST", TABLE_DO, {"table_id": "incomplete table"}, fixed({"reason": "An excerpt."})),
    Row("code-table-discard", "POST", TABLE_DO, LOADED),
    Row("code-table-activate", "POST", TABLE_DO, LOADED),
    Row("checks", "GET", EVERYBODY),
    Row("check-page", "GET", EVERYBODY, CHECK),
    Row("check-health", "GET", STAFF_SEE),
    Row("check-health-csv", "GET", STAFF_SEE),
    Row("check-findings", "GET", STAFF_SEE, CHECK),
    Row("check-findings-preview", "POST", STAFF_JUDGE, CHECK, ticked),
    Row("check-findings-judge", "POST", STAFF_JUDGE, CHECK, ticked),
    Row("judgement", "GET", JUDGED, {"judgement_id": "judgement"}),
    Row("judgement-undo", "POST", JUDGED, {"judgement_id": "judgement"}),
    Row("check-documentation", "GET", EVERYBODY, CHECK),
)

API = (
    Row("api-sessions", "GET", LIST, scope=READ),
    Row("api-sessions", "POST", "403 403 Y 422 Y 403 403 Y 403 401", body=fixed(body(900)), scope=WRITE),
    Row("api-session", "GET", OBJECT, SESSION, scope=READ),
    Row(
        "api-session",
        "PATCH",
        "403 404 Y 404 Y 403 404 Y 403 401",
        SESSION,
        fixed({"client_location": "other"}),
        {"If-Match": "*"},
        WRITE,
    ),
    Row("api-session-check", "POST", "Y Y Y Y Y 403 403 Y 403 401", body=fixed(body(901)), scope=WRITE),
    Row("api-findings", "GET", LIST, scope=READ),
    Row("api-finding-dismiss", "POST", JUDGE, FINDING, REASON),
    Row("api-finding-confirm", "POST", JUDGE, FINDING, REASON),
    Row("api-finding-restore", "POST", JUDGE, {"finding_id": "dismissed finding"}, REASON),
    Row("api-findings-judge", "POST", JUDGE, body=several),
    Row(
        "api-judgement-undo",
        "POST",
        "403 403 Y 404 404 403 403 403 403 401",
        {"judgement_id": "judgement"},
        fixed({}),
    ),
    Row("api-check-health", "GET", "403 403 Y Y Y Y 403 Y 403 401", CHECK, scope=READ),
    Row("api-code-tables", "GET", "403 403 403 403 Y Y 403 Y 403 401", scope=READ),
    Row("api-our-table-rows", "GET", "403 403 403 403 Y Y 403 Y 403 401", {"kind": "procedures"}, scope=READ),
    Row("api-checks", "GET", "Y Y Y Y Y Y Y Y Y 401", scope=READ),
    Row("api-check", "GET", "Y Y Y Y Y Y Y Y Y 401", {"check_id": "CG101"}, scope=READ),
    Row("api-patterns", "GET", "403 403 Y Y Y Y 403 Y 403 401", scope=READ),
    Row("api-pattern", "GET", "404 404 Y 404 Y Y 404 Y 403 401", {"finding_id": "pattern"}, scope=READ),
    Row("api-stated-facts", "GET", "403 403 Y Y Y Y 403 Y 403 401", scope=READ),
    Row("api-stated-facts", "POST", "403 403 Y 422 Y 403 403 Y 403 401", body=stated, scope=WRITE),
    Row("api-stated-fact-withdraw", "POST", INTAKE_OF, {"fact_id": "stated fact"}, REASON, scope=WRITE),
    Row("api-imports", "GET", "403 403 Y Y Y Y 403 Y 403 401", scope=FILES),
    Row(
        "api-imports",
        "POST",
        INTAKE,
        body=fixed(rows_file(body(902, provider=3))),
        query="kind=sessions_ndjson",
        scope=WRITE,
    ),
    Row("api-import", "GET", "404 404 Y 404 Y Y 404 404 403 401", WAITING, scope=FILES),
    Row("api-import-problems", "GET", "404 404 Y 404 Y Y 404 404 403 401", WAITING, scope=FILES),
    Row("api-import-errors", "GET", "404 404 Y 404 Y Y 404 404 403 401", WAITING, scope=FILES),
    Row("api-import-start", "POST", "403 403 Y 404 Y 403 403 404 403 401", WAITING, fixed({}), scope=WRITE),
    Row("api-import-cancel", "POST", "403 403 Y 404 Y 403 403 404 403 401", WAITING, fixed({}), scope=WRITE),
)

ROWS = PAGES + API
