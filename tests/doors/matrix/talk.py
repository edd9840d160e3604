"""What people begin messages with."""

from __future__ import annotations

from tests.doors.matrix.row import Row, fixed

READ = "cases:read"
ANSWERED = {"case_id": "answered case"}
SEES, LEAD = "403 403 Y Y Y Y 403 in in in", "403 403 403 403 Y 403 403 in in in"
SHIPPED, DRAFT = {"name": "times_needed"}, {"version_id": "draft wording"}
PROPOSED, OFFERED = {"version_id": "proposed wording"}, {"version_id": "offered wording"}
REASON = fixed({"reason": "Name the source."})
WORDS = fixed(
    {
        "title": "Wording",
        "used_when": "When it fits.",
        "seen": "1",
        "source": "2",
        "ask": "3",
        "by": "4",
        "otherwise": "5",
    }
)
CHOSEN = fixed({"template": "answer_waits"})

ROWS = (
    Row("case-wording", "POST", "403 404 Y 404 Y 403 404 in in in", ANSWERED, CHOSEN),
    Row("templates", "GET", SEES),
    Row("template-new", "GET", LEAD),
    Row("template-new", "POST", LEAD, body=WORDS),
    Row("template", "GET", SEES, SHIPPED),
    Row("template-edit", "POST", LEAD, SHIPPED),
    Row("template-version", "GET", SEES, DRAFT),
    Row("template-version", "POST", LEAD, DRAFT, WORDS),
    Row("template-propose", "POST", LEAD, DRAFT),
    Row("template-publish", "POST", LEAD, PROPOSED),
    Row("template-return", "POST", LEAD, PROPOSED, REASON),
    Row("template-discard", "POST", LEAD, DRAFT),
    Row("template-take-back", "POST", LEAD, OFFERED, REASON),
    Row("api-message-templates", "GET", "403 403 Y Y Y Y 403 Y 403 401", scope=READ),
    Row("api-message-preview", "POST", "403 403 Y 404 Y Y 403 Y 403 401", ANSWERED, CHOSEN, scope=READ),
)
