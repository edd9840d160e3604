"""What the people of the invented network write. No clients are named, because there are none."""

from __future__ import annotations

import datetime as dt
from zlib import crc32
from zoneinfo import ZoneInfo

from clawguard.domain.notes._table_states import STATES
from sessions.models import TherapySession

EXPLANATION = "The scheduling tool rounded the end time. My own calendar shows the full session."
DISAGREE = "The times on the claim are wrong, the session itself was as billed. Please look at the calendar entry."
CASE_ANSWERS = (
    "Thank you for explaining. I have looked at my calendar and the session ran as long as my note says.",
    "I see it now: I picked the longer code out of habit. Please correct it, I do not contest this.",
    "The client logged in from home that day. The place on the claim came from the platform's default.",
    "I was away that week and did not see the request. The note exists and I have attached what I can.",
)
APPEAL = "The note I sent the day after your decision shows start and stop times. Please look again."
DISPUTES = (  # kind and reason, what the client says
    ("cancellation_fee:late_notice", "I was charged a fee for a session I canceled. I believe I told them in time."),
    ("cancellation_fee:emergency", "I was ill that morning and could not come. I wrote as soon as I could."),
    ("billing:told_in_network", "I was told this was in network, and now there is a bill for the whole amount."),
    ("cancellation_fee:joined_alone", "I joined at the time we had agreed on and waited, and nobody came."),
    ("cancellation_fee:not_agreed", "I do not remember agreeing to any such fee."),
    ("billing:duplicate", "This looks like the bill I paid last month."),
    ("cancellation_fee:first_waiver_promised", "I was told that the first time would be free."),
)
BILL_ANSWER = "The session took place as billed. I have not seen the bill itself."
DISPUTE_ANSWER = "The policy was accepted at booking. The cancellation reached me four hours before the session."
NETWORK_FACTS = (
    {"eligibility_shown": "active", "eligibility_actual": {"value": "inactive", "source": "payer portal"}},
    {"network_status_told": "in", "network_status_actual": {"value": "out", "source": "payer roster"}},
    {
        "authorization_required": True,
        "authorization_known_at_booking": False,
        "authorization_obtained": {"value": False, "source": "payer letter"},
    },
)
WHY = "This session was chosen for a routine review. The note shows that what was billed is what took place."
ACCEPTED = "The note shows what was asked for."
HOLDS = "The note does not show the time billed."


PLACES = {
    "video": "Met by secure, HIPAA-compliant video; client at home in {state}, consented to telehealth.",
    "audio": "Met by telephone at the client's wish, no video; client at home in {state}, consented to telehealth.",
}
IN_PERSON = "Met in person at the office."


def _place(session: TherapySession) -> str:
    words = PLACES.get(session.telehealth, IN_PERSON)
    return words.format(state=STATES.get(session.client_state, "New York").title())


def _diagnosis(session: TherapySession) -> str:
    code = session.diagnoses[0] if session.diagnoses else ""
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 else code


# What happened and what came of it, two parts of a note: each pair of them makes another note.
WEEKS = (
    (
        "Client attended as scheduled and described a difficult week at work with poor sleep on three nights. Mood "
        "low, affect congruent, oriented; denied thoughts of self-harm. Practiced a thought record on one "
        "situation from Tuesday; client found it hard at first and then named two other ways to see it."
    ),
    (
        "Client reports that the move went through and that she feels lost among the boxes, eats standing up and "
        "cries at small things. Tearful, oriented, speech soft. No suicidal or homicidal thoughts. Used behavioral "
        "activation to plan one room and one call; client chose the kitchen and smiled at the idea of soup."
    ),
    (
        "Client says the panic came back twice on the bus, with a racing heart and fear of fainting. Anxious, "
        "oriented, logical; denies SI/HI. Interoceptive exposure with fast breathing, three rounds. Distress fell "
        "from eight to four and client was surprised how quickly."
    ),
    (
        "Client spoke of the first birthday since her father died, slept little and left the party early. Sad, "
        "affect full, oriented; denied wishing to die or to hurt anyone. Grief work with a letter to him; client "
        "read it aloud, cried and felt relieved."
    ),
    (
        "Client describes irritability with the children and shouting that shames her afterwards. Restless, "
        "oriented, insight good. No thoughts of suicide or of harming others. Chain analysis of Sunday evening and "
        "a time-out script (DBT); client rehearsed it and corrected the wording twice."
    ),
    (
        "Client reports dread before the performance review and checking mail until midnight. Tense, oriented, "
        "thought process linear; SI and HI denied. Cognitive defusion and worry postponement; client laughed at "
        "the worst case and agreed to try the worry hour."
    ),
)
STEPS = (
    (
        "Symptoms continue to limit work and rest. Progress on goal 1 (name a worry before acting on it): did so "
        "twice this week. Weekly work remains necessary."
    ),
    (
        "Low energy keeps client from housework and from seeing friends. Goal 2 (one meeting with a friend a "
        "week): not met, no change. Continued treatment is needed to prevent withdrawal."
    ),
    (
        "Avoidance makes client late for work on most days. Goal 1 (ride to work alone): one ride of five, "
        "progress. Weekly therapy is medically necessary until the ride is kept up."
    ),
    (
        "Poor sleep shows in errors at work and in short temper at home. Goal 3 (six hours of sleep): five on "
        "average, improving. Without further sessions gains would likely be lost."
    ),
    (
        "Conflicts strain the marriage and the mornings with the children. Goal 2 (three calm mornings): two, some "
        "progress. Therapy continues to be required by the severity."
    ),
    (
        "Concentration is poor, and two deadlines at work were missed. Goal 1 (finish one task a day): four of "
        "five days, good progress. Ongoing care is warranted to hold this."
    ),
)


def progress_note(session: TherapySession) -> str:
    """A note in DAP form for an invented session; notes of other sessions are mostly in other words."""
    zone = ZoneInfo(session.provider_time_zone)
    start = session.start or dt.datetime.combine(session.date_of_service, dt.time(10), zone)
    end = session.end or start + dt.timedelta(minutes=55)
    clock = f"{start.astimezone(zone):%H:%M} to {end.astimezone(zone):%H:%M}"
    number = crc32(session.external_id.encode())
    return (
        f"Date of service {session.date_of_service:%m/%d/%Y}, {clock}. {_place(session)} "
        f"Diagnosis: {_diagnosis(session)}.\n\n"
        f"Data: {WEEKS[number % len(WEEKS)]}\n\n"
        f"Assessment: {STEPS[number // len(WEEKS) % len(STEPS)]}\n\n"
        "Plan: Continue weekly. Homework: two entries in the log. Review the plan next month.\n\n"
        f"Signed electronically {session.date_of_service:%m/%d/%Y}, {session.provider_license}."
    )
