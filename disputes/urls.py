"""Addresses of cases, disputes, adjustments and background work."""

from __future__ import annotations

from django.urls import path

from disputes.api import adjustments, cases, disputes, previews
from disputes.api import letters as letter_api
from disputes.api import message_templates as template_api
from disputes.api import packs as pack_api
from disputes.api import remittances as remittance_api
from disputes.views import (
    case,
    client_side,
    dispute,
    dispute_evidence,
    letters,
    library,
    lists,
    message_templates,
    my_dispute,
    packs,
    provider,
    remittances,
    triage,
)

CASE, MINE, DISPUTE, MY_DISPUTE, VERSION = (
    "cases/<uuid:case_id>",
    "my/cases/<uuid:case_id>",
    "disputes/<uuid:dispute_id>",
    "my/disputes/<uuid:dispute_id>",
    "message-templates/versions/<uuid:version_id>",
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
    path(f"{CASE}/wording", message_templates.use, name="case-wording"),
    path(f"{CASE}/facts", case.add_fact, name="case-facts"),
    path(f"{CASE}/findings/<uuid:finding_id>/<str:verdict>", case.judge, name="case-judge"),
    path(f"{CASE}/assign", case.assign, name="case-assign"),
    path(f"{CASE}/notice", case.retry_notice, name="case-retry-notice"),
    path("sessions/<uuid:session_id>/case", case.open_case, name="session-open-case"),
    path(MINE, provider.my_case, name="my-case"),
    path(f"{MINE}/message", provider.my_case_message, name="my-case-message"),
    path(f"{MINE}/seen", provider.my_case_seen, name="my-case-seen"),
    path(f"{MINE}/appeal", provider.my_case_appeal, name="my-case-appeal"),
    path(f"{CASE}/evidence-pack", packs.ask, name="case-pack"),
    path("evidence-packs/<uuid:pack_id>.zip", packs.take, name="evidence-pack"),
    path("letters/<uuid:letter_id>.pdf", letters.letter_pdf, name="letter-pdf"),
    path("disputes", dispute.dispute_list, name="disputes"),
    path("disputes/new", dispute.new, name="dispute-new"),
    path(DISPUTE, dispute.show, name="dispute"),
    path(f"{DISPUTE}/decide", dispute.decide, name="dispute-decide"),
    path(f"{DISPUTE}/withdraw", dispute.withdraw, name="dispute-withdraw"),
    path(f"{DISPUTE}/deliver", dispute.deliver_again, name="dispute-deliver"),
    path(f"{DISPUTE}/evidence", dispute_evidence.add, name="dispute-evidence"),
    path(f"{DISPUTE}/library", dispute_evidence.use_item, name="dispute-use-item"),
    path(f"{DISPUTE}/reason", dispute_evidence.set_reason, name="dispute-reason"),
    path(f"{DISPUTE}/client-link", dispute_evidence.make_link, name="dispute-client-link"),
    path(f"{DISPUTE}/client-link/end", dispute_evidence.end_link, name="dispute-client-link-end"),
    path(MY_DISPUTE, my_dispute.show, name="my-dispute"),
    path(f"{MY_DISPUTE}/review", my_dispute.review, name="my-dispute-review"),
    path(f"{MY_DISPUTE}/answer", my_dispute.answer, name="my-dispute-answer"),
    path(f"{MY_DISPUTE}/draft", my_dispute.draft, name="my-dispute-draft"),
    path(f"{MY_DISPUTE}/receipt", my_dispute.receipt, name="my-dispute-receipt"),
    path("client/<str:token>", client_side.client_side, name="client-side"),
    path("library", library.library, name="library"),
    path("library/<uuid:item_id>/retire", library.retire, name="library-retire"),
    path("message-templates", message_templates.listed, name="templates"),
    path("message-templates/new", message_templates.new, name="template-new"),
    path("message-templates/<slug:name>", message_templates.show, name="template"),
    path("message-templates/<slug:name>/edit", message_templates.edit, name="template-edit"),
    path(VERSION, message_templates.version, name="template-version"),
    *(
        path(f"{VERSION}/{act}", message_templates.act, {"act": act}, name=f"template-{act}")
        for act in message_templates.ACTS
    ),
    path("adjustments", lists.adjustments, name="adjustments"),
    path("adjustments.csv", lists.adjustments_csv, name="adjustments-csv"),
    path("remittances", remittances.listed, name="remittances"),
    path("remittances/waiting", remittances.waiting, name="remittances-waiting"),
    path("remittances/claims/<uuid:claim_id>", remittances.claim, name="remittance-claim"),
    path("remittances/claims/<uuid:claim_id>/match", remittances.match, name="remittance-claim-match"),
    path("remittances/claims/<uuid:claim_id>/aside", remittances.aside, name="remittance-claim-aside"),
    path("remittances/<uuid:remittance_id>", remittances.show, name="remittance"),
    path("remittances/<uuid:remittance_id>/accept", remittances.accept, name="remittance-accept"),
    path("adjustments/<uuid:adjustment_id>/confirm", lists.confirm_adjustment, name="adjustment-confirm"),
    path("deliveries", lists.deliveries, name="deliveries"),
    path("deliveries/<int:delivery_id>/retry", lists.retry, name="delivery-retry"),
]

api = [
    path("cases", cases.Cases.as_view(), name="api-cases"),
    path("cases/<uuid:case_id>", cases.CaseDetail.as_view(), name="api-case"),
    path("cases/<uuid:case_id>/facts", cases.Facts.as_view(), name="api-case-facts"),
    path("cases/<uuid:case_id>/attribution", cases.Attribution.as_view(), name="api-case-attribution"),
    path("cases/<uuid:case_id>/messages", cases.Messages.as_view(), name="api-case-messages"),
    path("cases/<uuid:case_id>/messages/preview", template_api.MessagePreview.as_view(), name="api-message-preview"),
    path("message-templates", template_api.MessageTemplates.as_view(), name="api-message-templates"),
    path("cases/<uuid:case_id>/decision", cases.DecisionView.as_view(), name="api-case-decision"),
    path("cases/<uuid:case_id>/approve", cases.Approve.as_view(), name="api-case-approve"),
    path("cases/<uuid:case_id>/appeal", cases.AppealView.as_view(), name="api-case-appeal"),
    path("cases/<uuid:case_id>/close", cases.Close.as_view(), name="api-case-close"),
    path("cases/<uuid:case_id>/evidence-pack", pack_api.EvidencePacks.as_view(), name="api-case-pack"),
    path("evidence-packs/<uuid:pack_id>", pack_api.EvidencePackFile.as_view(), name="api-evidence-pack"),
    path("letters/<uuid:letter_id>", letter_api.LetterFile.as_view(), name="api-letter"),
    path("disputes", disputes.Disputes.as_view(), name="api-disputes"),
    path("disputes/<uuid:dispute_id>", disputes.DisputeDetail.as_view(), name="api-dispute"),
    path("disputes/<uuid:dispute_id>/response", disputes.ResponseView.as_view(), name="api-dispute-response"),
    path("disputes/<uuid:dispute_id>/evidence", disputes.Evidence.as_view(), name="api-dispute-evidence"),
    path("disputes/<uuid:dispute_id>/concede", disputes.Concede.as_view(), name="api-dispute-concede"),
    path("disputes/<uuid:dispute_id>/decide", disputes.Decide.as_view(), name="api-dispute-decide"),
    path("remittances", remittance_api.Remittances.as_view(), name="api-remittances"),
    path("remittances/<uuid:remittance_id>", remittance_api.RemittanceDetail.as_view(), name="api-remittance"),
    path("attribution/preview", previews.AttributionPreview.as_view(), name="api-attribution-preview"),
    path("deadlines/preview", previews.DeadlinePreview.as_view(), name="api-deadline-preview"),
    path("proposed-adjustments", adjustments.Adjustments.as_view(), name="api-proposed-adjustments"),
    path(
        "proposed-adjustments/<uuid:adjustment_id>/confirmation",
        adjustments.Confirmation.as_view(),
        name="api-adjustment-confirmation",
    ),
]
