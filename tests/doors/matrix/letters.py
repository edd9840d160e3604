"""Letters and evidence packs of cases."""

from __future__ import annotations

from tests.doors.matrix.row import Row, fixed

READ = "cases:read"
ANSWERED, PACK = {"case_id": "answered case"}, {"pack_id": "evidence pack"}
PACKS, API_PACKS = "403 404 403 404 Y Y 404 in in in", "403 404 403 404 Y Y 404 403 403 401"

ROWS = (
    Row("letter-pdf", "GET", "Y 404 Y 404 Y Y 404 in in in", {"letter_id": "letter"}),
    Row("api-letter", "GET", "Y 404 Y 404 Y Y 404 Y 403 401", {"letter_id": "letter"}, scope=READ),
    Row("case-pack", "POST", PACKS, ANSWERED, fixed({"audience": "network"})),
    Row("evidence-pack", "GET", PACKS, PACK),
    Row("api-case-pack", "GET", API_PACKS, ANSWERED, scope=READ),
    Row("api-case-pack", "POST", API_PACKS, ANSWERED, fixed({"audience": "provider"}), scope=READ),
    Row("api-evidence-pack", "GET", API_PACKS, PACK, scope=READ),
)
