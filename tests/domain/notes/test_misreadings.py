"""What was once taken for something else, and what it looks like: found in notes by another hand. Both sides each."""

from __future__ import annotations

import pytest

from tests.domain.notes.builders import ask, verdict

Row = tuple[str, str, str, str]  # element, billed codes, text, verdict

NEXT = [
    ("N25", "90837", "A: better.\nPLAN:\n\n[Plan from 02/04/2026 for reference: log, return 02/11/2026]", "missing"),
    ("N25", "90837", "P: Previous treatment plan: weekly sessions", "missing"),
    ("N25", "90837", "P: Continue the previous plan of weekly sessions.", "met"),
    ("N25", "90837", "P: Prior treatment plan reviewed: weekly sessions continue", "met"),
    ("N25", "90837", "P: [Plan from 02/04/2026: log]\nKeep the log, next session 3/25.", "met"),
]
WHO = [
    ("N15", "90846", "Parents present. Client joined her parents for the whole session.", "contradicted"),
    ("N15", "90846", "Parents present. The client sat in.", "contradicted"),
    ("N15", "90846", "Parents present. They report that client joined the swim team.", "met"),
    ("N15", "90846", "Mother present. Last week client joined the session.", "met"),
    ("N15", "90847", "Present: mother and client. Client joined the session by video.", "met"),
]
GROUP = [
    ("N44", "90853", "Topic: sleep. Client reports headaches.", "missing"),
    ("N44", "90853", "Topic: sleep. Client listed her own rules of the evening.", "unsure"),
    ("N44", "90853", "Topic: sleep. Client shared what keeps her awake.", "met"),
]
ASKED_WITH = [  # an instrument's name, however it is written, tells of no thought
    ("N21", "90837", "Reviewed C-SSRS with client, reports nothing.", "not_applicable"),
    ("N21", "90837", "Reviewed CSSRS with client, reports nothing.", "not_applicable"),
    ("N21", "90837", "Reviewed Columbia-Suicide scale with client, reports nothing.", "not_applicable"),
    ("N21", "90837", "Reviewed C-SSRS; client reports suicidal thoughts.", "missing"),
]
VISIT = [
    ("N20", "99213", "Low to moderate risk. Prescription drug management.", "unsure"),
    ("N20", "99213", "Low risk of self-harm; denies suicidal ideation.", "met"),
    ("N20", "90837", "Low risk.", "met"),
    ("N08", "99213,90836", "Total time 50 min including medication check, therapy and charting.", "missing"),
    ("N08", "99213,90836", "50 min including medication check and therapy.", "missing"),
    ("N08", "99213,90836", "Total psychotherapy time 45 minutes.", "met"),
    ("N08", "99213,90836", "Total time 65 minutes, of which 45 minutes psychotherapy.", "met"),
    ("N08", "99213,90836", "Total for visit and therapy: 50 minutes.", "missing"),
    ("N08", "99213,90836", "45 minutes of psychotherapy, not including the visit.", "met"),
]
CHANGES = [
    ("N36", "99213", "Anxiety improved. Increase sertraline 50 mg to 75 mg.", "met"),
    ("N36", "99213", "Anxiety improved. Takes sertraline 50 mg.", "missing"),
    ("N36", "99214", "Stable. Prescription monitoring registry checked.", "met"),
    ("N37", "99213", "Start lamotrigine 25 mg daily, rash warning given.", "met"),
    ("N37", "99213", "Start lamotrigine 25 mg daily.", "missing"),
    ("N35", "99213,90833", "Evaluation and management: stable.\nPsychotherapy: 20 minutes.", "met"),
    ("N35", "99213,90833", "Psychotherapy: 20 minutes.", "missing"),
    ("N25", "99213", "Stable. Return 4 weeks, breathing daily.", "met"),
    ("N25", "99213", "Stable. Slept badly for 4 weeks, breathing daily.", "missing"),
]
PLACE = [
    ("N10", "90837", "Location: 88 Foxglove Terrace", "met"),
    ("N10", "90837", "Location:", "missing"),
    ("N10", "90837", "Location: not recorded", "missing"),
    ("N10", "90837", "She now lives at 44 Barley Road with her aunt.", "missing"),
    ("N10", "90837", "She argues in the conference room at work.", "missing"),
    ("N10", "90837", "Seen at 12 Example Court Ste 4.", "met"),
    ("N10", "90837", "Won 12 games in court.", "missing"),
    ("N10", "90853", "6:00-7:15 PM, group room.", "met"),
    ("N10", "90837", "2:00-2:55 PM, Example House.", "unsure"),
    ("N10", "90837", "2:00-2:55 PM, client was late.", "missing"),
]
STORY = [
    ("N06", "90837", "A panic attack from 3:10 pm to 4:05 pm.", "missing"),
    ("N06", "90837", "Shift at the mill from 1:00 pm to 10:00 pm.", "missing"),
    ("N08", "90837", "Shift at the mill from 2:00 pm to 10:00 pm.", "missing"),
    ("N06", "90837", "EMDR for panic attacks 2:00-2:55 pm", "met"),
    ("N06", "90837", "After an attack last night, session 1:30 pm to 2:25 pm", "met"),
    ("N06", "90837", "started two oh five pm ended three pm", "met"),
    ("N08", "90837", "started two oh five pm ended two forty five pm", "contradicted"),
    ("N08", "90837", "she had two or three glasses", "missing"),
    ("N38", "90791", "Has never seen a therapist. Asthma. His mother drinks. Married. One beer a week.", "unsure"),
    ("N38", "90791", "Has never seen a therapist. Asthma. Married.", "missing"),
    ("N40", "90791", "To begin with, we meet for CBT.", "unsure"),
    ("N40", "90791", "He came alone.", "missing"),
    ("N41", "90785", "Mother's shouting got in the way of the assessment.", "met"),
    ("N41", "90785", "Mother and child played.", "missing"),
]
WHY = [
    ("N26", "90837", "Why now: panic has spread to the job.", "met"),
    ("N26", "90837", "Why now:", "missing"),
    ("N26", "90837", "Why now? she asked again.", "missing"),
    ("N26", "90837", "Why 60 minutes: the exposure has to run its course.", "met"),
    ("N26", "90837", "Weekly treatment is neccessary.", "met"),
    ("N26", "90849", "Needed monthly: two admissions last year.", "unsure"),
    ("N26", "90849", "She needs a new car.", "missing"),
    ("N19", "90837", "Intervention: CBT. Drinking has cost him his job.", "unsure"),
    ("N19", "90837", "Intervention: CBT. He likes his job.", "missing"),
    ("N45", "90847", "Family sessions change what she does, as the quarrels are what sets it off.", "missing"),
    ("N45", "90847", "Family sessions change what the client does, as the quarrels set it off.", "unsure"),
]
GOALS = [
    ("N24", "90837", "Goal one, to shop alone: not met this week.", "met"),
    ("N24", "90837", "Goal: sort the closet. No shelf yet.", "met"),
    ("N24", "90837", "Goal: sort the closet.", "missing"),
]
METHODS = [
    ("N22", "90837", "Supportive and cognitive therapy on guilt.", "met"),
    ("N22", "90837", "We spoke about guilt and the therapy dog.", "missing"),
    ("N23", "90837", "Resp: sceptical, then picked two.", "met"),
    ("N23", "90837", "Empty chair work. At first reluctant, then spoke to it.", "met"),
    ("N23", "90837", "Empty chair work. Rain outside, reluctant spring.", "missing"),
    ("N23", "90837", "I interpreted the way she hushes herself, here and at home; she was silent.", "unsure"),
    ("N23", "90837", "I interpreted the way she hushes herself, here and at home.", "missing"),
    ("N22", "90837", "EMDR not started.", "missing"),
    ("N22", "90837", "EMDR started.", "met"),
]


ROWS = [*NEXT, *WHO, *GROUP, *ASKED_WITH, *VISIT, *CHANGES, *PLACE, *STORY, *WHY, *GOALS, *METHODS]


@pytest.mark.parametrize(("element", "codes", "text", "expected"), ROWS)
def test_it_is_read_as_what_it_is(element: str, codes: str, text: str, expected: str) -> None:
    assert verdict(element, text, ask(*codes.split(","))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Phone session; the village has no broadband.", "met"),
        ("Phone session; she prefers the phone.", "met"),
        ("Phone session; she prefers mornings.", "missing"),
    ],
)
def test_why_it_was_by_phone(text: str, expected: str) -> None:
    assert verdict("N14", text, ask(facts={"telehealth": "audio"})) == expected


def test_a_name_under_the_noise_of_a_scan_is_a_name() -> None:
    assert verdict("N04", "Dana Examp1e, LCSW", kind="image") == "met"
    assert verdict("N04", "Dana Exempted, LCSW", kind="image") == "missing"


def test_an_evaluation_with_an_add_on_comes_before_a_plan_too() -> None:
    assert verdict("N27", "Note.", ask("90791", "90785", plan_missing=True)) == "not_applicable"
    assert verdict("N27", "Note.", ask("90834", "90785", plan_missing=True)) == "missing"
