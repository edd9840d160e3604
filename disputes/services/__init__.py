"""Everything that changes cases, disputes and what they end in."""

from disputes.services.attributing import add_facts, attribute, attribute_of_sessions
from disputes.services.conversation import (
    mark_read,
    open_conversation,
    open_conversation_by_day,
    post_message,
    retry_notice,
)
from disputes.services.deciding import Verdict, approve, decide, send_back
from disputes.services.deliveries import retry_delivery
from disputes.services.disputing import (
    NewDispute,
    answer,
    concede,
    decide_dispute,
    deliver,
    deliver_again,
    open_dispute,
    save_draft,
    withdraw,
)
from disputes.services.ending import appeal, assign, close
from disputes.services.exporting import export_adjustments
from disputes.services.judging import judge_finding
from disputes.services.opening import (
    open_by_hand,
    open_for_confirmed,
    open_for_dispute,
    open_for_findings,
    open_for_lapse,
    weigh_standing,
)
from disputes.services.outages import count_outage, tell_outage
from disputes.services.overturning import overturn_findings
from disputes.services.rescreened import weigh_rescreened
from disputes.services.sweeping import lapse_answers, lapse_disputes, sweep
from disputes.services.telling import notify, tell_appeal, tell_closed, tell_decision, tell_dispute

__all__ = [
    "NewDispute",
    "Verdict",
    "add_facts",
    "answer",
    "appeal",
    "approve",
    "assign",
    "attribute",
    "attribute_of_sessions",
    "close",
    "concede",
    "count_outage",
    "decide",
    "decide_dispute",
    "deliver",
    "deliver_again",
    "export_adjustments",
    "judge_finding",
    "lapse_answers",
    "lapse_disputes",
    "mark_read",
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
    "post_message",
    "retry_delivery",
    "retry_notice",
    "save_draft",
    "send_back",
    "sweep",
    "tell_appeal",
    "tell_closed",
    "tell_decision",
    "tell_dispute",
    "tell_outage",
    "weigh_rescreened",
    "weigh_standing",
    "withdraw",
]
