"""The clauses of the clawback policy in our own words. Each row: id, the policy, what the provider reads.

The part of the id before the dot is the party.
"""

import datetime as dt

VERSION = "2024-01.1"
EFFECTIVE_FROM = dt.date(2020, 1, 1)


def _row(clause_id: str, policy: str, for_provider: str) -> tuple[str, str, str]:
    return clause_id, policy, for_provider


_GUARANTEE = "You are paid your contracted rate for this session."

ROWS = (
    _row(
        "network.status_told_wrong",
        "When the client was told that the provider is in network and that was not so, the network bears it.",
        f"The client was told that you are in network and that was not correct. That is on our side. {_GUARANTEE}",
    ),
    _row(
        "network.eligibility_not_caught",
        "When coverage ended or changed and the network's systems still showed it as active, the network bears it, "
        "whether or not the client turned out to be covered.",
        f"Our system showed this client's coverage as active when it was not. That is on our side. {_GUARANTEE}",
    ),
    _row(
        "network.authorization_unknown",
        "When the plan asked for an authorization or a qualification that the network did not know of at booking, "
        "the network bears it.",
        f"The plan needed an authorization that we did not know of when the session was booked. {_GUARANTEE}",
    ),
    _row(
        "network.code_offered",
        "When the platform let the provider choose a code that it should not have offered, the network bears it.",
        f"Our platform offered a code that was not valid for this session. That is on our side. {_GUARANTEE}",
    ),
    _row(
        "network.records_not_forwarded",
        "When the provider answered in time and the records did not reach the payer in time, the network bears it.",
        f"You sent what we asked for in time, and we did not bring it to the payer in time. {_GUARANTEE}",
    ),
    _row(
        "network.records_asked_late",
        "When the network asked for records so late that the provider's answer time ran past the payer's due date, "
        "the network bears it.",
        f"We asked you for the records too late for the payer's own due date. That is on our side. {_GUARANTEE}",
    ),
    _row(
        "network.late_filing",
        "When the session was confirmed in time and the claim still reached the payer after its filing limit, "
        "the network bears it.",
        f"You confirmed the session in time, and our claim reached the payer too late. {_GUARANTEE}",
    ),
    _row(
        "network.duplicate_transmission",
        "When one confirmed session was sent to the payer more than once, the network bears it.",
        f"We sent this claim to the payer more than once. That is on our side. {_GUARANTEE}",
    ),
    _row(
        "network.credentialing_go_ahead",
        "When the network gave the go-ahead to see clients before the payer had the provider on file, the network "
        "bears it.",
        f"We told you that you could see this payer's clients before the payer had you on file. {_GUARANTEE}",
    ),
    _row(
        "network.place_of_service",
        "The network sets the place of service and the telehealth modifier from the location the provider states; "
        "when they are set wrong, the network bears it.",
        f"We sent the wrong place of service or modifier for this session. That is on our side. {_GUARANTEE}",
    ),
    _row(
        "network.claim_handling",
        "Building, addressing and following up the claim is the network's work; when it goes wrong, the network "
        "bears it.",
        f"Something went wrong in how we handled the claim for this session. That is on our side. {_GUARANTEE}",
    ),
    _row(
        "provider.coding",
        "Providers choose procedure and diagnosis codes in good faith and in line with CPT, ICD-10 and the payer's "
        "guidance.",
        "It looks as if the codes of this session do not fit the coding guidance. We would like to go through it "
        "with you before anything is decided.",
    ),
    _row(
        "provider.codes_do_not_match_notes",
        "Codes and diagnoses represent the services performed, and the notes support them.",
        "It looks as if the notes do not support the codes of this session. We would like to go through it with you "
        "before anything is decided.",
    ),
    _row(
        "provider.no_notes",
        "Notes exist for every session and are supplied when asked for.",
        "You answered our request, and we do not have the notes for this session. Please tell us where they are, or "
        "what stands in the way. Nothing is decided yet.",
    ),
    _row(
        "provider.no_response",
        "A notes request is answered within three business days of its delivery; a late answer is kept and weighed.",
        "The answer time of our notes request passed. Please send what you have: a late answer is kept and weighed, "
        "and nothing is decided before we have talked.",
    ),
    _row(
        "provider.dispute_no_response",
        "Providers answer the client and the network in a cancellation-fee or billing dispute within three business "
        "days; a late answer is kept and weighed.",
        "The answer time of the dispute passed. Please tell us your side: a late answer is kept and weighed, and "
        "nothing is decided before we have talked.",
    ),
    _row(
        "provider.late_confirmation",
        "Sessions are confirmed within 30 days, so that the claim can reach the payer in time.",
        "The session was confirmed after the 30 days, and the payer's filing limit passed. Please tell us what "
        "happened; nothing is decided yet.",
    ),
    _row(
        "provider.license_lapsed",
        "Providers hold a valid license on the date of service.",
        "It looks as if your license was not valid on the day of this session. If that is not so, please send us "
        "the proof; nothing is decided yet.",
    ),
    _row(
        "provider.duplicate_confirmation",
        "A session is confirmed once.",
        "It looks as if this session was confirmed twice. Please tell us which entry is right; nothing is decided yet.",
    ),
    _row(
        "payer.records_received",
        "When the records reached the payer in time, a denial for missing records is the payer's error.",
        "The payer had the records in time. We take this up with the payer; there is nothing for you to do.",
    ),
    _row(
        "payer.filed_in_time",
        "When the claim reached the payer within its filing limit, a denial for late filing is the payer's error.",
        "The claim reached the payer in time. We take this up with the payer; there is nothing for you to do.",
    ),
    _row(
        "payer.authorization_on_file",
        "When the authorization was obtained, a denial for want of it is the payer's error.",
        "The authorization is on file. We take this up with the payer; there is nothing for you to do.",
    ),
    _row(
        "payer.decision_not_supported",
        "When a review found that the codes fit the guidance and the notes support them, the denial is taken up with "
        "the payer.",
        "We reviewed the session and see no error of yours. We take this up with the payer.",
    ),
    _row(
        "payer.own_change",
        "A rate or a coverage decision that the payer changed afterwards is the payer's doing.",
        "The payer changed its own terms afterwards. That is no error of yours.",
    ),
    _row(
        "client.cost_share",
        "Deductible, coinsurance and copay are the client's share by their plan.",
        "This amount is the client's share by their plan. It is nobody's error.",
    ),
    _row(
        "client.information",
        "What only the client can tell the payer, or owes the plan, is for the client to settle.",
        "The payer needs something from the client. We ask the client; there is nothing for you to do.",
    ),
    _row(
        "none.accounting",
        "Some adjustments only book a contract difference or carry a balance; they are nobody's error.",
        "This entry is bookkeeping between us and the payer. It is nobody's error.",
    ),
    _row(
        "none.no_error",
        "When the facts and what the provider said show no error, the session stands as it was submitted.",
        "We looked at this session with you and found nothing to change. It stands as you submitted it.",
    ),
    _row(
        "open.facts_missing",
        "While a fact that decides is missing, nothing is attributed.",
        "We are still collecting facts about this session. Nothing is decided.",
    ),
    _row(
        "open.waiting_for_answer",
        "While the answer time runs, nothing is attributed.",
        "We asked you a question and your answer time is still running. Nothing is decided.",
    ),
    _row(
        "open.facts_at_odds",
        "When facts contradict each other, people look before anything is attributed.",
        "What we know about this session does not fit together yet. We are looking into it; nothing is decided.",
    ),
    _row(
        "open.both_sides",
        "When both sides had a part in it, the guarantee holds for what the network caused and two people decide the "
        "rest; nothing is charged by itself.",
        "We had a part in this as well. Our guarantee holds for our part, and two people look at the rest together "
        "with you.",
    ),
    _row(
        "open.parties_mixed",
        "When facts point to several parties, people decide.",
        "Several things came together in this session. We are looking into it; nothing is decided.",
    ),
    _row(
        "open.no_ground",
        "What no clause of the policy covers is decided by people.",
        "Nothing we know so far points to an error. We are looking into it; nothing is decided.",
    ),
)
