"""Everything that changes cases, disputes and what they end in."""

from disputes.services.answering_disputes import Said, answer, check_answer, concede, save_draft
from disputes.services.attaching import (
    attach_to_case,
    attach_to_dispute,
    keep_for_case,
    keep_for_dispute,
    look_for_case,
    look_for_dispute,
    remove_attachment,
)
from disputes.services.attributing import add_facts, attribute, attribute_of_sessions, withdraw_fact
from disputes.services.bounces import (
    mail_came_back,
    report_dispute_bounce,
    report_notice_bounce,
    tell_decision_again,
)
from disputes.services.client_links import (
    Told,
    issue_client_link,
    peek_client_link,
    revoke_client_link,
    take_client_account,
)
from disputes.services.confirming import Confirmation, confirm_adjustment
from disputes.services.conversation import (
    Begun,
    mark_read,
    open_conversation,
    open_conversation_by_day,
    post_message,
    retry_notice,
)
from disputes.services.deciding import Verdict, approve, decide, send_back, withdraw_proposal
from disputes.services.deliveries import retry_delivery
from disputes.services.destroying import agree_file_destruction, ask_file_destruction, destroy_file
from disputes.services.disputing import (
    decide_dispute,
    deliver,
    deliver_again,
    mark_seen,
    set_reason,
    withdraw,
)
from disputes.services.ending import appeal, assign, close
from disputes.services.entering import NewDispute, open_dispute
from disputes.services.evidence import Upload, add_evidence, use_library_item
from disputes.services.exporting import export_adjustments
from disputes.services.handing import hand_over, take_back, tell_handed
from disputes.services.judging import judge_finding
from disputes.services.library import NewItem, keep_item, retire_item
from disputes.services.locked_files import tell_locked
from disputes.services.opening import (
    open_by_hand,
    open_for_confirmed,
    open_for_dispute,
    open_for_findings,
    open_for_lapse,
    weigh_dispute,
    weigh_standing,
)
from disputes.services.outages import count_outage, tell_outage
from disputes.services.overturning import overturn_findings
from disputes.services.packs import ask_for_pack, expire_packs, make_pack, take_pack
from disputes.services.rescreened import weigh_rescreened
from disputes.services.sweeping import lapse_answers, lapse_disputes, sweep
from disputes.services.telling import (
    notify,
    tell_appeal,
    tell_closed,
    tell_decision,
    tell_dispute,
    tell_dispute_withdrawn,
)
from disputes.services.templates import (
    Draft,
    discard_template,
    edit_template,
    propose_template,
    publish_template,
    return_template,
    save_template,
    start_template,
    take_template_back,
)

__all__ = [
    "Begun",
    "Confirmation",
    "Draft",
    "NewDispute",
    "NewItem",
    "Said",
    "Told",
    "Upload",
    "Verdict",
    "add_evidence",
    "add_facts",
    "agree_file_destruction",
    "answer",
    "appeal",
    "approve",
    "ask_file_destruction",
    "ask_for_pack",
    "assign",
    "attach_to_case",
    "attach_to_dispute",
    "attribute",
    "attribute_of_sessions",
    "check_answer",
    "close",
    "concede",
    "confirm_adjustment",
    "count_outage",
    "decide",
    "decide_dispute",
    "deliver",
    "deliver_again",
    "destroy_file",
    "discard_template",
    "edit_template",
    "expire_packs",
    "export_adjustments",
    "hand_over",
    "issue_client_link",
    "judge_finding",
    "keep_for_case",
    "keep_for_dispute",
    "keep_item",
    "lapse_answers",
    "lapse_disputes",
    "look_for_case",
    "look_for_dispute",
    "mail_came_back",
    "make_pack",
    "mark_read",
    "mark_seen",
    "notify",
    "open_by_hand",
    "open_conversation",
    "open_conversation_by_day",
    "open_dispute",
    "open_for_confirmed",
    "open_for_dispute",
    "open_for_findings",
    "open_for_lapse",
    "overturn_findings",
    "peek_client_link",
    "post_message",
    "propose_template",
    "publish_template",
    "remove_attachment",
    "report_dispute_bounce",
    "report_notice_bounce",
    "retire_item",
    "retry_delivery",
    "retry_notice",
    "return_template",
    "revoke_client_link",
    "save_draft",
    "save_template",
    "send_back",
    "set_reason",
    "start_template",
    "sweep",
    "take_back",
    "take_client_account",
    "take_pack",
    "take_template_back",
    "tell_appeal",
    "tell_closed",
    "tell_decision",
    "tell_decision_again",
    "tell_dispute",
    "tell_dispute_withdrawn",
    "tell_handed",
    "tell_locked",
    "tell_outage",
    "use_library_item",
    "weigh_dispute",
    "weigh_rescreened",
    "weigh_standing",
    "withdraw",
    "withdraw_fact",
    "withdraw_proposal",
]
