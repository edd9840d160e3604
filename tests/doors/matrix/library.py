"""The library of evidence that serves in many disputes: a provider's own things, and the network's."""

from __future__ import annotations

from tests.doors.matrix.row import Row, fixed

READ, WRITE = "cases:read", "cases:write"
OWN, NETWORKS = {"item_id": "own library item"}, {"item_id": "library item"}
KEEPS = {"title": "Policy", "effective_from": "2026-01-01"}
TYPED = {**KEEPS, "policy.version": "2", "policy.notice_hours": "24"}
SENT = {**KEEPS, "kind": "policy", "value": {"version": "2", "notice_hours": 24}}

ROWS = (
    Row("library", "GET", "Y Y Y Y Y Y 403 in in in"),
    Row("library", "POST", "Y Y Y Y Y 403 403 in in in", body=fixed(TYPED)),
    Row("library-retire", "POST", "Y 404 Y 404 Y 403 403 in in in", OWN, delegates="403 403"),
    Row(
        "library-retire",
        "POST",
        "404 404 Y Y Y 403 403 in in in",
        NETWORKS,
        delegates="403 403",
        whose="(the network's)",
    ),
    Row("api-library", "GET", "Y Y Y Y Y Y 403 Y 403 401", scope=READ),
    Row("api-library", "POST", "Y Y Y Y Y 403 403 Y 403 401", body=fixed(SENT), scope=WRITE),
    Row("api-library-retire", "POST", "Y 404 Y 404 Y 403 403 Y 403 401", OWN, scope=WRITE, delegates="403 403"),
    Row(
        "api-library-retire",
        "POST",
        "404 404 Y Y Y 403 403 Y 403 401",
        NETWORKS,
        scope=WRITE,
        delegates="403 403",
        whose="(the network's)",
    ),
)
