"""What the people of the invented network write. No clients are named, because there are none."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

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
DISPUTE_STATEMENT = "I was charged a fee for a session I cancelled. I believe I told them in time."
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


def progress_note(session: TherapySession) -> str:
    """A note in DAP form for an invented session."""
    zone = ZoneInfo(session.provider_time_zone)
    start = session.start or dt.datetime.combine(session.date_of_service, dt.time(10), zone)
    end = session.end or start + dt.timedelta(minutes=55)
    clock = f"{start.astimezone(zone):%H:%M} to {end.astimezone(zone):%H:%M}"
    return (
        f"Date of service {session.date_of_service:%m/%d/%Y}, {clock}.\n\n"
        "Data: Client attended as scheduled and described a difficult week at work with poor sleep on three nights. "
        "Mood low, affect congruent, oriented; denied thoughts of self-harm. Practised a thought record on one "
        "situation from Tuesday.\n\n"
        "Assessment: Symptoms continue to limit work and rest. Progress on goal 1 (name a worry before acting on it): "
        "did so twice this week. Weekly work remains necessary.\n\n"
        "Plan: Continue weekly. Homework: two thought records. Review the plan next month.\n\n"
        f"Signed electronically, {session.provider_license}."
    )
