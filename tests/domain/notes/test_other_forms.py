"""What forms, lines and habits of further writers once hid or feigned. Both sides of every rule that came of it."""

from __future__ import annotations

import pytest

from clawguard.domain.notes import sections
from clawguard.domain.notes.note import Note
from clawguard.domain.notes.values import NoteText
from tests.domain.notes.builders import ask, result, verdict

Row = tuple[str, str, str, str]  # element, billed codes, text, verdict

RISK = [
    ("N21", "90837", "Asked directly: passive thoughts only, no plan, no intent.", "missing"),
    ("N21", "90837", 'Said "it would be easier not to wake up," passive SI only, no plan.', "missing"),
    ("N21", "90837", "No passive thoughts, no plan, no intent.", "not_applicable"),
    ("N21", "90837", "Passive thoughts only. Safety plan reviewed.", "met"),
    ("N21", "90837", "Passive SI only. Declined safety plan.", "missing"),
    ("N21", "90837", "Passive SI only. Offered to write a safety plan, client declined.", "missing"),
    ("N21", "90837", "Passive SI only. Safety plan made, client declined a copy.", "met"),
    ("N21", "90837", "Passive SI only. Declined admission; safety plan made.", "met"),
    ("N21", "90837", "Passive SI only. Declined safety plan, took the 988 card.", "met"),
    ("N20", "90837", "Patient denies all areas of risk.", "met"),
    ("N20", "90837", "Per mother he has said nothing about wanting to die or hurting anyone.", "met"),
    ("N20", "90837", "Punched the door, no one hurt.", "missing"),
    ("N20", "90837", "no si, no hi.", "met"),
    ("N20", "90837", "Says hi to the neighbors again.", "missing"),
    ("N20", "90837", "No talk of death this week.", "unsure"),
    ("N20", "90837", "Harm: none to self or others when asked.", "unsure"),
    ("N20", "90837", "Risk Assessment\nNone reported.\n\nPlan\nNext 3/25.", "met"),
    ("N20", "90837", "Risk Assessment\n\nPlan\nNext 3/25.", "missing"),
]
PROGRESS = [
    ("N24", "90837", "Goal 1: sleep through 5 nights.", "missing"),
    ("N24", "90837", "Goal: sleep through nights.", "missing"),
    ("N24", "90837", "Goal 1: sleep through 5 nights. 3 nights last week.", "met"),
    ("N24", "90837", "Goal 1, sleep through: 3 of 5 nights.", "met"),
    ("N24", "90837", "Goal: phone checks under 2x per day. 10 in January, 4-5 now.", "met"),
    ("N24", "90837", "Goal 1 sleep 6 hours: 4 hours on average, 3 last month.", "met"),
    ("N24", "90837", "Goal: phone checks under 2x per day. F43.22.", "missing"),
    ("N24", "90837", "Goal: phone checks under 2x per day. Again.", "unsure"),
    ("N24", "90837", "Progress Note\nClient reports low mood.", "missing"),
]
WHO = [
    ("N15", "90847", "Mother attended; the client did not come.", "contradicted"),
    ("N15", "90847", "Mother attended. Client was absent.", "contradicted"),
    ("N15", "90847", "Mother and client attended. Client was absent from school twice.", "met"),
    ("N15", "90847", "Mother and client attended. Client did not attend to chores.", "met"),
    ("N15", "90847", "Mother and client attended. Last session client did not come.", "met"),
    ("N59", "90847", "Mother attended; the client did not come.", "contradicted"),
    ("N59", "90847", "Mother and client attended.", "met"),
    ("N59", "90846", "Mother attended; the client did not come.", "met"),
    ("N15", "90847", "On screen: client, mom, dad.", "met"),
    ("N15", "90847", "Bought: milk, bread, eggs.", "missing"),
    ("N15", "90847", "Mom wrote three rules. Dad said he pleads.", "unsure"),
    ("N15", "90839", "Seen in the office, individual.", "met"),
    ("N15", "90839", "Seen in the office.", "missing"),
    ("N44", "90853", "Skill taught: distress tolerance. Client shared her week.", "met"),
    ("N44", "90853", "Client shared her week.", "missing"),
]
SAID = [
    ("N26", "90837", "Not manageable with self-help, outpatient therapy warranted.", "met"),
    ("N26", "90837", "Therapy is not warranted.", "missing"),
    ("N26", "90837", "Exposure weekly is standard of care at this severity.", "met"),
    ("N26", "90837", "Seen weekly because crying spells pull her out of class.", "unsure"),
    ("N26", "90837", "Seen weekly.", "missing"),
    ("N26", "90837", "Why more: worry limits his career and stopping undoes the work.", "met"),
    ("N26", "90837", "Why more:", "missing"),
    ("N23", "90837", "Used cognitive restructuring. Cl grumbled, then wrote it down.", "met"),
    ("N23", "90837", 'Used cognitive restructuring. Client stumbled, "as bad as I figured".', "unsure"),
    ("N23", "90837", "Used cognitive restructuring. Diary for the week.", "missing"),
    ("N23", "90837", "Used cognitive restructuring.\nResponse to the work:\nShe went quiet.", "met"),
    ("N19", "90837", "Had a panic attack at work and went home early.", "unsure"),
    ("N19", "90837", "Had a panic attack and a headache.", "missing"),
    ("N18", "90837", "He knew the day and where he was.", "unsure"),
    ("N18", "90837", "He knew the neighbors.", "missing"),
    ("N26", "90837", "Presentation: neat, calm.\nWeekly sessions are still needed.", "met"),
    ("N26", "90837", "Observations: neat, calm, weekly sessions are still needed.", "missing"),
    ("N19", "90837", "Quit his bowling league.", "unsure"),
    ("N19", "90837", "Likes his bowling league.", "missing"),
    ("N45", "90847", "Teaching him to stay near is meant to lower her depression.", "unsure"),
    ("N45", "90847", "Taught him about depression.", "missing"),
    ("N25", "90837", "See next wk.", "met"),
    ("N25", "90837", "Letter, part two. 3/25 10 AM.", "unsure"),
    ("N25", "90837", "Letter, part two. 2/25 10 AM.", "missing"),
]
SIGNS = [
    ("N31", "90837", "Barnabas Quay LPC, digitally signed 03/18/2026 12:58", "met"),
    ("N31", "90837", "Barnabas Quay, digitally signed 03/18/2026 12:58", "missing"),
    ("N31", "90837", "edmund larkspur, lcsw e-signed 3/18/26 9:30am", "met"),
    ("N31", "90837", "edmund larkspur, once e-signed 3/18/26 9:30am", "missing"),
    ("N37", "99213", "Bupropion XL 300 mg qam, no SE.", "met"),
    ("N37", "99213", "Sertraline 150 mg qam, taken daily, yawning gone.", "unsure"),
    ("N37", "99213", "Bupropion XL 300 mg qam, taken daily.", "missing"),
    ("N36", "99213", "Takes sertraline 50 mg.", "missing"),
]


@pytest.mark.parametrize(("element", "codes", "text", "expected"), [*RISK, *PROGRESS, *WHO, *SAID, *SIGNS])
def test_it_is_read_as_what_it_is(element: str, codes: str, text: str, expected: str) -> None:
    asked = ask(*codes.split(","), provider_name=None) if element == "N31" else ask(*codes.split(","))
    assert verdict(element, text, asked) == expected


def test_a_plan_that_was_declined_is_told_as_such() -> None:
    assert result("N21", "Passive SI only. Declined safety plan.").reason == "plan_declined"
    assert result("N21", "Passive SI only.").reason == "risk_told"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Verbal consent obtained.", "missing"),
        ("Seen by phone. Verbal consent obtained.", "met"),
        ("Seen by phone. Verbal consent to call her mother obtained.", "missing"),
    ],
)
def test_consent_alone_counts_right_behind_what_is_said_of_phone_or_video(text: str, expected: str) -> None:
    assert verdict("N12", text, ask(facts={"telehealth": "audio"})) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("His camera is broken.", "met"), ("He took the camera to the lake.", "missing")],
)
def test_why_by_phone(text: str, expected: str) -> None:
    assert verdict("N14", text, ask(facts={"telehealth": "audio"})) == expected


def test_dictated_times_behind_another_and_codes_of_a_scan() -> None:
    dictated = "For the two o'clock to two fifty-five session in the office."
    assert {verdict(element, dictated) for element in ("N06", "N07", "N08")} == {"met"}
    assert verdict("N06", "Gave two to five fifty-five times.") == "missing"
    diagnosed = ask(facts={"diagnoses": ("F4310",)})
    assert verdict("N16", "Dx F43.l0", diagnosed, "image") == "met"
    assert verdict("N16", "Dx F43.l1", diagnosed, "image") == "contradicted"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Progress Note\nA b", ["header"]),
        ("Progress\nA b", ["header", "progress"]),
        ("Risk Assessment\nA b.\nC d.\n\nE f", ["header", "risk", "header"]),
        ("Client's reaction today: A b", ["header", "response"]),
        ("Response prevention: A b", ["header"]),
        ("My dog: A b", ["header"]),
        ("Response    A b", ["header", "response"]),
        ("Response | A b", ["header", "response"]),
        ("The response    A b", ["header"]),
        ("Objective: A b", ["header", "goal"]),
        ("Subjective: A\nObjective: B", ["header", "subjective", "objective"]),
    ],
)
def test_headings_by_their_place_and_by_their_words(text: str, names: list[str]) -> None:
    assert [section.name for section in sections.find(text.lower())] == names


def test_below_a_heading_of_one_line_another_thing_may_be_told() -> None:
    def astray(text: str) -> list[int]:
        return sorted(Note(NoteText((text,))).astray)

    assert astray("Progress: good.\nWorries all day.") == [2]
    assert astray("Progress:\ngood.\nWorries all day.") == []
    assert astray("S: good.\nO: calm.\nWorries all day.") == []
    wrapped = "Progress: " + "good and better " * 4 + "\nand on it goes."
    assert astray(wrapped) == []
    assert verdict("N17", "Progress: none.\nClient reports panic and dread.") == "met"
    assert verdict("N17", "Progress: client reports panic and dread less.") == "missing"
