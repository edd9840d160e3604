"""Kinds of evidence. Each row: id, label, hint, who usually has it, fields (name, label, type, required, choices)."""

from typing import Any

_HOW = (("portal", "in the portal"), ("email", "by e-mail"), ("text", "by text message"), ("phone", "by phone"))
_WHO = (("client", "the client"), ("provider", "the provider"), ("network", "the network"))
_CHARGE = (
    ("amount", "Amount", "money", True),
    ("on", "Charged on", "date", True),
    ("reference", "Number of the charge", "text", False),
)

# Kinds that somebody has on paper: the text agreed to, a log, a bill. The others are told in their fields.
DOCUMENTS = frozenset(
    {"policy", "policy_acceptance", "join_log", "card_authorization", "bill", "second_charge", "payment", "estimate"}
)

ROWS: tuple[tuple[str, str, str, str, tuple[Any, ...]], ...] = (
    (
        "policy",
        "Cancellation policy",
        "The policy the client was shown, with its window and fee.",
        "provider",
        (
            ("version", "Version or date of the policy", "text", True),
            ("notice_hours", "Hours of notice it asks for", "whole", True),
            ("fee", "Fee it names", "money", False),
            ("text", "Its words", "text", False),
        ),
    ),
    (
        "policy_acceptance",
        "Policy accepted",
        "When and how the client agreed to the policy.",
        "provider",
        (
            ("accepted_at", "Accepted", "moment", True),
            (
                "how",
                "How",
                "choice",
                True,
                (("booking", "when booking"), ("form", "on a signed form"), ("portal", "in the portal")),
            ),
            ("version", "Version that was accepted", "text", False),
        ),
    ),
    (
        "booking",
        "Booking",
        "When the session was booked and for when.",
        "network",
        (
            ("booked_at", "Booked", "moment", False),
            ("starts_at", "Session was to start", "moment", True),
        ),
    ),
    (
        "reminders",
        "Reminders",
        "What was sent before the session.",
        "network",
        (
            ("sent_at", "Last reminder sent", "moment", False),
            ("how", "How", "choice", False, _HOW),
            ("named_fee", "It named the fee", "yes_no", False),
            ("none_sent", "No reminder was sent", "yes_no", False),
        ),
    ),
    (
        "cancellation",
        "Cancellation",
        "When it was canceled, by whom and how.",
        "network",
        (
            ("cancelled_at", "Canceled", "moment", True),
            ("by", "By", "choice", True, _WHO),
            ("how", "How", "choice", False, _HOW),
        ),
    ),
    (
        "card_authorization",
        "Card authorization",
        "When the client allowed the card to be charged for such fees.",
        "network",
        (("authorized_at", "Authorized", "moment", True),),
    ),
    (
        "join_log",
        "Join log",
        "Who was in the session when; leave empty who never joined.",
        "network",
        (
            ("client_joined_at", "Client joined", "moment", False),
            ("provider_joined_at", "Provider joined", "moment", False),
            ("client_left_at", "Client left", "moment", False),
            ("source", "Where the log comes from", "text", True),
        ),
    ),
    (
        "session_record",
        "Record of the session",
        "Whether it took place, by the calendar or the note; no content of the note, please.",
        "provider",
        (
            ("took_place", "It took place", "yes_no", True),
            ("started_at", "Started", "moment", False),
            ("ended_at", "Ended", "moment", False),
        ),
    ),
    (
        "emergency",
        "Emergency or illness",
        "What the client told you, as little as is needed.",
        "client",
        (
            (
                "what",
                "What it was",
                "choice",
                True,
                (("illness", "illness"), ("emergency", "an emergency"), ("other", "something else")),
            ),
            ("told_at", "Told", "moment", False),
            ("proof_seen", "Proof was seen", "yes_no", False),
            ("details", "Details", "text", False),
        ),
    ),
    (
        "earlier_waivers",
        "Earlier waivers",
        "How often a fee of this client was let go before, and what was promised.",
        "provider",
        (
            ("count", "Fees waived before", "whole", True),
            ("last_on", "Last time", "date", False),
            ("promised", "A waiver was promised", "yes_no", False),
        ),
    ),
    (
        "messages",
        "Messages",
        "What was written between you about this, as little as is needed.",
        "provider",
        (("at", "Written", "moment", False), ("text", "Words", "text", True)),
    ),
    ("bill", "Bill or charge", "What was charged, when.", "network", _CHARGE),
    ("second_charge", "The other charge", "The second of the two.", "network", _CHARGE),
    ("payment", "Payment", "What the client paid, when.", "client", _CHARGE),
    (
        "estimate",
        "Estimate",
        "What the client was told it would cost.",
        "network",
        (("amount", "Amount", "money", True), ("given_on", "Given on", "date", True)),
    ),
    (
        "coverage_told",
        "What was said about coverage",
        "What the client was told, by whom, when.",
        "network",
        (
            ("told", "Told", "choice", True, (("in", "in network"), ("out", "out of network"))),
            ("by", "By", "choice", True, _WHO),
            ("at", "When", "moment", False),
        ),
    ),
    (
        "claim_status",
        "Claim",
        "Whether the claim was sent and what the payer said.",
        "network",
        (
            ("sent_on", "Sent on", "date", False),
            (
                "status",
                "Status",
                "choice",
                True,
                (("not_sent", "not sent"), ("pending", "pending"), ("paid", "paid"), ("denied", "denied")),
            ),
            ("said", "What the payer said", "text", False),
        ),
    ),
    (
        "client_account",
        "The client's own account",
        "In the client's words.",
        "client",
        (("text", "Words", "text", True),),
    ),
)
