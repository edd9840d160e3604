"""Addresses of cases, disputes, adjustments and background work."""

from __future__ import annotations

from django.urls import path

from disputes.api import cases, disputes, previews
from disputes.api import remittances as remittance_api
from disputes.views import case, dispute, lists, provider, remittances, triage

CASE, MINE, DISPUTE, MY_DISPUTE = (
    "cases/<uuid:case_id>",
    "my/cases/<uuid:case_id>",
    "disputes/<uuid:dispute_id>",
    "my/disputes/<uuid:dispute_id>",
)

pages = [
    path("triage", triage.triage_page, name="triage"),
    path("triage/assign", triage.assign_many, name="triage-assign"),
    path(CASE, case.show, name="case"),
    path(f"{CASE}/decide", case.decide, name="case-decide"),
    path(f"{CASE}/preview", case.preview, name="case-preview"),
    path(f"{CASE}/approve", case.approve, name="case-approve"),
    path(f"{CASE}/send-back", case.send_back, name="case-send-back"),
    path(f"{CASE}/close", case.close, name="case-close"),
    path(f"{CASE}/message", case.post_message, name="case-message"),
    path(f"{CASE}/facts", case.add_fact, name="case-facts"),
    path(f"{CASE}/findings/<uuid:finding_id>/<str:verdict>", case.judge, name="case-judge"),
    path(f"{CASE}/assign", case.assign, name="case-assign"),
    path(f"{CASE}/notice", case.retry_notice, name="case-retry-notice"),
    path("sessions/<uuid:session_id>/case", case.open_case, name="session-open-case"),
    path(MINE, provider.my_case, name="my-case"),
    path(f"{MINE}/message", provider.my_case_message, name="my-case-message"),
    path(f"{MINE}/seen", provider.my_case_seen, name="my-case-seen"),
    path(f"{MINE}/appeal", provider.my_case_appeal, name="my-case-appeal"),
    path("disputes", dispute.dispute_list, name="disputes"),
    path("disputes/new", dispute.new, name="dispute-new"),
    path(DISPUTE, dispute.show, name="dispute"),
    path(f"{DISPUTE}/decide", dispute.decide, name="dispute-decide"),
    path(f"{DISPUTE}/withdraw", dispute.withdraw, name="dispute-withdraw"),
    path(f"{DISPUTE}/deliver", dispute.deliver_again, name="dispute-deliver"),
    path(MY_DISPUTE, provider.my_dispute, name="my-dispute"),
    path(f"{MY_DISPUTE}/answer", provider.my_dispute_answer, name="my-dispute-answer"),
    path(f"{MY_DISPUTE}/draft", provider.my_dispute_draft, name="my-dispute-draft"),
    path(f"{MY_DISPUTE}/concede", provider.my_dispute_concede, name="my-dispute-concede"),
    path("adjustments", lists.adjustments, name="adjustments"),
    path("adjustments.csv", lists.adjustments_csv, name="adjustments-csv"),
    path("remittances", remittances.listed, name="remittances"),
    path("remittances/waiting", remittances.waiting, name="remittances-waiting"),
    path("remittances/claims/<uuid:claim_id>", remittances.claim, name="remittance-claim"),
    path("remittances/claims/<uuid:claim_id>/match", remittances.match, name="remittance-claim-match"),
    path("remittances/claims/<uuid:claim_id>/aside", remittances.aside, name="remittance-claim-aside"),
    path("remittances/<uuid:remittance_id>", remittances.show, name="remittance"),
    path("remittances/<uuid:remittance_id>/accept", remittances.accept, name="remittance-accept"),
    path("deliveries", lists.deliveries, name="deliveries"),
    path("deliveries/<int:delivery_id>/retry", lists.retry, name="delivery-retry"),
]

api = [
    path("cases", cases.Cases.as_view(), name="api-cases"),
    path("cases/<uuid:case_id>", cases.CaseDetail.as_view(), name="api-case"),
    path("cases/<uuid:case_id>/facts", cases.Facts.as_view(), name="api-case-facts"),
    path("cases/<uuid:case_id>/attribution", cases.Attribution.as_view(), name="api-case-attribution"),
    path("cases/<uuid:case_id>/messages", cases.Messages.as_view(), name="api-case-messages"),
    path("cases/<uuid:case_id>/decision", cases.DecisionView.as_view(), name="api-case-decision"),
    path("cases/<uuid:case_id>/approve", cases.Approve.as_view(), name="api-case-approve"),
    path("cases/<uuid:case_id>/appeal", cases.AppealView.as_view(), name="api-case-appeal"),
    path("cases/<uuid:case_id>/close", cases.Close.as_view(), name="api-case-close"),
    path("disputes", disputes.Disputes.as_view(), name="api-disputes"),
    path("disputes/<uuid:dispute_id>", disputes.DisputeDetail.as_view(), name="api-dispute"),
    path("disputes/<uuid:dispute_id>/response", disputes.ResponseView.as_view(), name="api-dispute-response"),
    path("disputes/<uuid:dispute_id>/concede", disputes.Concede.as_view(), name="api-dispute-concede"),
    path("disputes/<uuid:dispute_id>/decide", disputes.Decide.as_view(), name="api-dispute-decide"),
    path("remittances", remittance_api.Remittances.as_view(), name="api-remittances"),
    path("remittances/<uuid:remittance_id>", remittance_api.RemittanceDetail.as_view(), name="api-remittance"),
    path("attribution/preview", previews.AttributionPreview.as_view(), name="api-attribution-preview"),
    path("deadlines/preview", previews.DeadlinePreview.as_view(), name="api-deadline-preview"),
    path("proposed-adjustments", previews.Adjustments.as_view(), name="api-proposed-adjustments"),
]
