"""Wordings of letters. Each row: name, title, when it is sent, and the five parts in their order.

The letter puts headings between the parts, and the facts of the case: what was seen, what the decision rests on, the
clause, the people. A placeholder that stands in a shipped letter is one that its readers cannot do without: an edited
version needs it, too.
"""

NOTICE = "letter_notice"
NETWORK_ERROR = "letter_network_error"

# What is known in every case, so that no letter is ever sent with an open place in it.
ALWAYS_KNOWN = ("provider", "network", "case")

_NOTHING_TO_DO = "There is nothing for you to do."
_APPEAL = (
    "If you see it differently, you can appeal until {appeal_until}. Somebody who did not take part in this decision "
    "looks at it then."
)
_FINISHED = "We have finished looking at {case}."
_RESTS = "The decision rests on what is on record in this case:"
_NO_MONEY = "No payment changes."
_TO_PAY = "A payment of {amount} is proposed to the payments team, with the names of the people who decided."

ROWS = (
    (
        NOTICE,
        "Notice of a case",
        "A case opens: the letter that begins the conversation and the time to answer.",
        (
            (
                "We are looking at one of your sessions with {network}: {case}. Before anything is decided we want "
                "to hear from you."
            ),
            "Where a source is written down, it stands beside what we saw. Our guidelines are in your portal.",
            (
                "Answer in this conversation. Tell us what happened, correct us, or say that you have nothing to add. "
                "If something is unclear, ask here: it counts as your answer only if you want it to be one, and we "
                "reply."
            ),
            "Please answer by {answer_due}.",
            (
                "People read your answer and decide; nothing is decided by the system. If we erred, you are paid your "
                "contracted rate for your time. If there is no answer by then we look at what we have, and an answer "
                "that comes later is still read and weighed. No payment is changed by this notice."
            ),
        ),
    ),
    (
        NETWORK_ERROR,
        "Decision: network error",
        "The error was the network's, and the provider is paid the contracted rate.",
        (
            "This was our error, and we are sorry for it. You are paid your contracted rate of {amount}. " + _FINISHED,
            _RESTS,
            _NOTHING_TO_DO,
            _APPEAL,
            _TO_PAY,
        ),
    ),
    (
        "letter_pay_contracted_rate",
        "Decision: the contracted rate is paid",
        "It was not the network's error, and the provider is paid the contracted rate all the same.",
        (_FINISHED, _RESTS, _NOTHING_TO_DO, _APPEAL, _TO_PAY),
    ),
    (
        "letter_recover",
        "Decision: a recovery is proposed",
        "A provider's error that two people agreed on, with an amount to recover.",
        (
            _FINISHED,
            _RESTS,
            "There is nothing for you to do now.",
            _APPEAL,
            (
                "Two people looked at this. A recovery of {amount} is proposed to the payments team, with their names. "
                "Nothing has been taken."
            ),
        ),
    ),
    (
        "letter_waived",
        "Decision: provider error, nothing recovered",
        "A provider's error that two people agreed on, and nothing is recovered.",
        (_FINISHED, _RESTS, _NOTHING_TO_DO, _APPEAL, "Two people looked at this. Nothing is recovered. " + _NO_MONEY),
    ),
    (
        "letter_corrected_claim",
        "Decision: a corrected claim",
        "The claim is sent again with what is right.",
        (_FINISHED, _RESTS, _NOTHING_TO_DO, _APPEAL, "A corrected claim is sent to the payer. " + _NO_MONEY),
    ),
    (
        "letter_appealed_to_payer",
        "Decision: appeal to the payer",
        "The network asks the payer to look at it again.",
        (_FINISHED, _RESTS, _NOTHING_TO_DO, _APPEAL, "We ask the payer to look at it again. " + _NO_MONEY),
    ),
    (
        "letter_client_responsibility",
        "Decision: for the client to settle",
        "It is for the client to settle.",
        (_FINISHED, _RESTS, _NOTHING_TO_DO, _APPEAL, "It is for the client to settle. " + _NO_MONEY),
    ),
    (
        "letter_no_issue",
        "Decision: no issue",
        "Nothing was found that has to change.",
        (_FINISHED, _RESTS, _NOTHING_TO_DO, _APPEAL, "Nothing has to change. " + _NO_MONEY),
    ),
)
