"""Addresses of payer policies, rule packs, new screenings and backtests."""

from __future__ import annotations

from tests.doors.matrix.row import Row, fixed

READ = "403 403 Y Y Y Y Y in in in"
LEAD = "403 403 403 403 Y 403 403 in in in"
TRIAL = "403 403 403 403 Y Y 403 in in in"
API_READ = "403 403 Y Y Y Y Y Y 403 401"
API_TRIAL = "403 403 403 403 Y Y 403 Y 403 401"
API_LEAD = "403 403 403 403 Y 403 403 Y 403 401"
DRAFT, PROPOSED = {"revision_id": "draft policy"}, {"revision_id": "proposed policy"}
PUBLISHED = {"revision_id": "published policy"}
BACKTEST, RUNNING = {"backtest_id": "backtest"}, {"backtest_id": "running backtest"}
JOB = {"job_id": "rescreening"}
REASON = fixed({"reason": "Page 12 says otherwise."})
DAYS = {"from": "2026-08-01", "to": "2026-11-18"}
FORM = {"first_day": "2026-07-01", "last_day": "", "reason": "Page 12.", "mode-blocked_codes": "here"}

ROWS = (
    Row("payer-policies", "GET", READ),
    Row("policy-new", "GET", LEAD),
    Row("policy-new", "POST", LEAD, body=fixed({"payer_id": "60054", "first_day": "2027-01-01"})),
    Row("policy-scope", "GET", READ, {"scope_id": "policy scope"}),
    Row("policy-revision", "GET", READ, DRAFT),
    Row("policy-revision", "POST", LEAD, DRAFT, fixed(FORM)),
    Row("policy-autosave", "POST", LEAD, DRAFT, fixed(FORM)),
    Row("policy-try", "POST", LEAD, DRAFT),
    Row("policy-propose", "POST", LEAD, DRAFT),
    Row("policy-publish", "POST", LEAD, PROPOSED),
    Row("policy-return", "POST", LEAD, PROPOSED, REASON),
    Row("policy-discard", "POST", LEAD, DRAFT),
    Row("policy-revert", "POST", LEAD, PUBLISHED, REASON),
    Row("policy-copy", "POST", LEAD, PUBLISHED),
    Row("rule-packs", "GET", READ),
    Row("rule-pack", "GET", READ, {"digest": "rule pack"}),
    Row("rescreening-new", "GET", LEAD),
    Row("rescreening-new", "POST", LEAD, body=fixed(DAYS)),
    Row("rescreening", "GET", TRIAL, JOB),
    Row("rescreening-progress", "GET", TRIAL, JOB),
    Row("rescreening-cancel", "POST", LEAD, JOB),
    Row("backtests", "GET", TRIAL),
    Row("backtests", "POST", LEAD, body=fixed(DAYS)),
    Row("backtest", "GET", TRIAL, BACKTEST),
    Row("backtest-progress", "GET", TRIAL, RUNNING),
    Row("backtest-cancel", "POST", LEAD, RUNNING),
    Row("backtest-changes", "GET", TRIAL, BACKTEST),
    Row("backtest-sessions", "GET", TRIAL, BACKTEST),
    Row("backtest-csv", "POST", TRIAL, BACKTEST),
    Row("api-backtests", "GET", API_TRIAL, scope="reports:read"),
    Row("api-backtests", "POST", API_LEAD, body=fixed(DAYS), scope="admin"),
    Row("api-backtest", "GET", API_TRIAL, BACKTEST, scope="reports:read"),
    Row("api-backtest-changes", "GET", API_TRIAL, BACKTEST, scope="reports:read"),
    Row("api-backtest-cancel", "POST", API_LEAD, RUNNING, scope="admin"),
    Row("api-policies", "GET", API_READ, scope="sessions:read"),
    Row("api-rule-packs", "GET", API_READ, scope="sessions:read"),
    Row("api-rule-pack", "GET", API_READ, {"digest": "rule pack"}, scope="sessions:read"),
)
