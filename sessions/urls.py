"""Addresses of the sessions app."""

from __future__ import annotations

from django.urls import path

from sessions.api import backtests as backtests_api
from sessions.api import code_tables as code_tables_api
from sessions.api import findings as findings_api
from sessions.api import imports as imports_api
from sessions.api import judging as judging_api
from sessions.api import patterns as patterns_api
from sessions.api import rules as rules_api
from sessions.api import sessions as sessions_api
from sessions.api import stated as stated_api
from sessions.views import backtests as backtest_pages
from sessions.views import before_submit as before_submit_pages
from sessions.views import checks as checks_pages
from sessions.views import code_tables as code_tables_pages
from sessions.views import findings as findings_pages
from sessions.views import health as health_pages
from sessions.views import imports as imports_pages
from sessions.views import judging as judging_pages
from sessions.views import patterns as patterns_pages
from sessions.views import payer_policies as policy_pages
from sessions.views import rule_packs as pack_pages
from sessions.views import sessions as sessions_pages
from sessions.views import stated as stated_pages

REVISION = "policies/revisions/<uuid:revision_id>"

pages = [
    path("sessions", sessions_pages.session_list, name="sessions"),
    path("sessions/client", sessions_pages.find_client, name="session-client"),
    path("sessions/check", before_submit_pages.check_session, name="check-before-submit"),
    path("sessions/check/file", before_submit_pages.check_file, name="check-file-before-submit"),
    path("sessions/<uuid:session_id>", sessions_pages.session_page, name="session-page"),
    path("findings/<uuid:finding_id>/confirm", findings_pages.confirm, name="finding-confirm"),
    path("findings/<uuid:finding_id>/dismiss", findings_pages.dismiss, name="finding-dismiss"),
    path("findings/<uuid:finding_id>/restore", findings_pages.restore, name="finding-restore"),
    path("sessions/<uuid:session_id>/facts", stated_pages.session_facts, name="session-facts"),
    path(
        "sessions/<uuid:session_id>/facts/<uuid:fact_id>/withdraw",
        stated_pages.withdraw_fact,
        name="session-fact-withdraw",
    ),
    path("patterns", patterns_pages.pattern_list, name="patterns"),
    path("patterns/<uuid:finding_id>", patterns_pages.pattern_page, name="pattern"),
    *[
        path(f"patterns/<uuid:finding_id>/{deed}", patterns_pages.judge, {"deed": deed}, name=f"pattern-{deed}")
        for deed in patterns_pages.DONE
    ],
    path("imports", imports_pages.import_list, name="imports"),
    path("imports/<uuid:batch_id>", imports_pages.import_page, name="import-page"),
    path("imports/<uuid:batch_id>/mapping", imports_pages.confirm_mapping, name="import-mapping"),
    path("imports/<uuid:batch_id>/progress", imports_pages.import_progress, name="import-progress"),
    path("imports/<uuid:batch_id>/start", imports_pages.start_import, name="import-start"),
    path("imports/<uuid:batch_id>/cancel", imports_pages.cancel_import, name="import-cancel"),
    path("imports/<uuid:batch_id>/problems.csv", imports_pages.error_file, name="import-errors"),
    path("code-tables", code_tables_pages.table_list, name="code-tables"),
    path("code-tables/ours/<slug:kind>.csv", code_tables_pages.own_rows_csv, name="our-table-rows"),
    path("code-tables/<uuid:table_id>", code_tables_pages.table_page, name="code-table"),
    path("code-tables/<uuid:table_id>/progress", code_tables_pages.table_progress, name="code-table-progress"),
    path("code-tables/<uuid:table_id>/changes.csv", code_tables_pages.changes_csv, name="code-table-changes"),
    path("code-tables/<uuid:table_id>/accept", code_tables_pages.accept_table, name="code-table-accept"),
    path("code-tables/<uuid:table_id>/discard", code_tables_pages.discard_table, name="code-table-discard"),
    path("code-tables/<uuid:table_id>/activate", code_tables_pages.activate_table, name="code-table-activate"),
    path("checks", checks_pages.check_list, name="checks"),
    path("checks/health", health_pages.overview, name="check-health"),
    path("checks/health.csv", health_pages.overview_csv, name="check-health-csv"),
    path("checks/<str:check_id>", checks_pages.check_page, name="check-page"),
    path("checks/<str:check_id>/findings", health_pages.finding_list, name="check-findings"),
    path("checks/<str:check_id>/findings/preview", judging_pages.preview, name="check-findings-preview"),
    path("checks/<str:check_id>/findings/judge", judging_pages.judge, name="check-findings-judge"),
    path("judgements/<uuid:judgement_id>", judging_pages.show, name="judgement"),
    path("judgements/<uuid:judgement_id>/undo", judging_pages.undo, name="judgement-undo"),
    path("policies", policy_pages.policy_list, name="payer-policies"),
    path("policies/new", policy_pages.policy_new, name="policy-new"),
    path("policies/<uuid:scope_id>", policy_pages.policy_scope, name="policy-scope"),
    path(REVISION, policy_pages.policy_revision, name="policy-revision"),
    path(f"{REVISION}/draft", policy_pages.policy_autosave, name="policy-autosave"),
    *[
        path(f"{REVISION}/{act}", policy_pages.policy_act, {"act": act}, name=f"policy-{act}")
        for act in policy_pages.ACTS
    ],
    path("rule-packs", pack_pages.pack_list, name="rule-packs"),
    path("rule-packs/screen-again", pack_pages.rescreening_new, name="rescreening-new"),
    path("rule-packs/screenings/<uuid:job_id>", pack_pages.rescreening_page, name="rescreening"),
    path("rule-packs/screenings/<uuid:job_id>/progress", pack_pages.rescreening_progress, name="rescreening-progress"),
    path("rule-packs/screenings/<uuid:job_id>/cancel", pack_pages.rescreening_cancel, name="rescreening-cancel"),
    path("rule-packs/<str:digest>", pack_pages.pack_page, name="rule-pack"),
    path("backtests", backtest_pages.backtest_list, name="backtests"),
    path("backtests/<uuid:backtest_id>", backtest_pages.backtest_page, name="backtest"),
    path("backtests/<uuid:backtest_id>/progress", backtest_pages.backtest_progress, name="backtest-progress"),
    path("backtests/<uuid:backtest_id>/cancel", backtest_pages.backtest_cancel, name="backtest-cancel"),
    path("backtests/<uuid:backtest_id>/changes", backtest_pages.backtest_changes, name="backtest-changes"),
    path("backtests/<uuid:backtest_id>/changes.csv", backtest_pages.backtest_csv, name="backtest-csv"),
    path("backtests/<uuid:backtest_id>/sessions", backtest_pages.backtest_sessions, name="backtest-sessions"),
    path("docs/checks/<str:check_id>", checks_pages.check_page, name="check-documentation"),
]

api = [
    path("sessions", sessions_api.Sessions.as_view(), name="api-sessions"),
    path("sessions/check", sessions_api.Check.as_view(), name="api-session-check"),
    path("sessions/<uuid:session_id>", sessions_api.Session.as_view(), name="api-session"),
    path("findings", findings_api.Findings.as_view(), name="api-findings"),
    path("findings/<uuid:finding_id>/dismiss", findings_api.Dismiss.as_view(), name="api-finding-dismiss"),
    path("findings/<uuid:finding_id>/confirm", findings_api.Confirm.as_view(), name="api-finding-confirm"),
    path("findings/<uuid:finding_id>/restore", findings_api.Restore.as_view(), name="api-finding-restore"),
    path("findings/judge", judging_api.Judge.as_view(), name="api-findings-judge"),
    path("judgements/<uuid:judgement_id>/undo", judging_api.Undo.as_view(), name="api-judgement-undo"),
    path("stated-facts", stated_api.StatedFacts.as_view(), name="api-stated-facts"),
    path("stated-facts/<uuid:fact_id>/withdraw", stated_api.Withdraw.as_view(), name="api-stated-fact-withdraw"),
    path("patterns", patterns_api.Patterns.as_view(), name="api-patterns"),
    path("patterns/<uuid:finding_id>", patterns_api.Pattern.as_view(), name="api-pattern"),
    path("imports", imports_api.Imports.as_view(), name="api-imports"),
    path("imports/<uuid:batch_id>", imports_api.Import.as_view(), name="api-import"),
    path("imports/<uuid:batch_id>/problems", imports_api.Problems.as_view(), name="api-import-problems"),
    path("imports/<uuid:batch_id>/errors.csv", imports_api.ErrorFile.as_view(), name="api-import-errors"),
    path("imports/<uuid:batch_id>/start", imports_api.Start.as_view(), name="api-import-start"),
    path("imports/<uuid:batch_id>/cancel", imports_api.Cancel.as_view(), name="api-import-cancel"),
    path("policies", rules_api.Policies.as_view(), name="api-policies"),
    path("rule-packs", rules_api.RulePacks.as_view(), name="api-rule-packs"),
    path("rule-packs/<str:digest>", rules_api.RulePackDetail.as_view(), name="api-rule-pack"),
    path("backtests", backtests_api.Backtests.as_view(), name="api-backtests"),
    path("backtests/<uuid:backtest_id>", backtests_api.BacktestDetail.as_view(), name="api-backtest"),
    path("backtests/<uuid:backtest_id>/changes", backtests_api.Changes.as_view(), name="api-backtest-changes"),
    path("backtests/<uuid:backtest_id>/cancel", backtests_api.Cancel.as_view(), name="api-backtest-cancel"),
    path("code-tables", code_tables_api.CodeTables.as_view(), name="api-code-tables"),
    path("code-tables/ours/<slug:kind>", code_tables_api.OurTable.as_view(), name="api-our-table-rows"),
    path("checks", findings_api.Checks.as_view(), name="api-checks"),
    path("checks/<str:check_id>/health", findings_api.CheckHealth.as_view(), name="api-check-health"),
    path("checks/<str:check_id>", findings_api.CheckDetail.as_view(), name="api-check"),
]
