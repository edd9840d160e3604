"""Fields that nobody filled, labels cut short, what hurried or dictating writers leave out. Both sides of each rule."""

from __future__ import annotations

import pytest

from clawguard.domain.notes import folding, sections, spoken
from tests.domain.notes.builders import ask, result, verdict

Row = tuple[str, str, str, str]  # element, billed codes, text, verdict

UNFILLED = [
    ("N26", "90837", "MEDICAL NECESSITY: [state why this level of care]", "missing"),
    ("N26", "90837", "MEDICAL NECESSITY: panic keeps him from work [see PHQ-9]", "met"),
    ("N23", "90837", "Interventions: CBT.\nClient response: <enter response>\nPlan: next 3/25.", "missing"),
    ("N23", "90837", "Interventions: CBT.\nClient response: laughed, then tried it.\nPlan: next 3/25.", "met"),
    ("N23", "90837", 'Intervention: CBT.\nResponse: [ ] engaged [ ] resistant\nGoal 1 "sleep": 3 of 5.', "missing"),
    ("N23", "90837", 'Intervention: CBT.\nResponse: [x] engaged [ ] resistant\nGoal 1 "sleep": 3 of 5.', "met"),
    ("N20", "90837", "SUICIDE/HOMICIDE.: Not answered", "missing"),
    ("N20", "90837", "SUICIDE/HOMICIDE.: Denied", "met"),
    ("N20", "90837", "Stepdad disagreed with dropping the phone threats.", "missing"),
    ("N20", "90837", "Risk: no threats.", "met"),
    ("N24", "90837", "Goal addressed: see ISP\nProgress: ongoing", "missing"),
    ("N24", "90837", "ISP goal/obj addressed: up by 10 am\nProgress: minimal, 2 of 7 days", "met"),
]
SHORT = [
    ("N17", "90837", "Sx: SE 68%, up twice. Nodding off in meetings, stopped driving at night.", "met"),
    ("N17", "90837", "Presenting: the usual week again.", "unsure"),
    ("N17", "90837", "Presenting: none.", "missing"),
    ("N17", "90837", "I - CBT.\nP - Steps 3 and 4. Ct reports worry all day.", "unsure"),
    ("N17", "90837", "I - CBT.\nP - Steps 3 and 4.", "missing"),
    ("N24", "90837", "TPG2 (worry under 1h/d): no change", "met"),
    ("N24", "90837", "TPG1 (SE >85%): 68 vs 61", "met"),
    ("N24", "90837", "TPG1 (SE >85%)", "missing"),
    ("N24", "90837", "Tx plan obj 1, separate at school: 2 of 5 this wk, up from 1.", "met"),
    ("N26", "90837", "Nec: GAD-7 17, missed work product.", "met"),
    ("N26", "90837", "Continue weekly, anxiety is harming her ties with her son.", "unsure"),
    ("N26", "90837", "Continue weekly, next 3/25.", "missing"),
    ("N23", "90837", "- CBT-I: sleep restriction\n- Groaned at 12:30, ok with a trial", "unsure"),
    ("N23", "90837", "- CBT-I: sleep restriction\n- HW: diary", "missing"),
    ("N18", "90837", "S: low.\nP - Next 3/25. Mood anxious with congruent affect, oriented x4.", "unsure"),
    ("N18", "90837", "S: low.\nP - Next 3/25.", "missing"),
    ("N44", "90853", "Topic: boundaries\nPart in group: silent, then role played saying no.", "met"),
    ("N44", "90853", "Topic: boundaries\nPart in group:", "missing"),
    ("N43", "90853", "Members attending: 7 incl. this client.", "met"),
    ("N43", "90853", "Members were welcomed.", "missing"),
    ("N10", "90834", "Individual psychotherapy, Dr. Coates's consulting room.", "met"),
    ("N10", "90834", "Repainted the consulting room of her sister.", "missing"),
    ("N06", "90834", "45 min. HW: worry slot. Next 3/25 2p.", "missing"),
    ("N06", "90834", "Seen 2p. HW: worry slot.", "met"),
]
DICTATED = [
    ("N06", "90834", "we went eleven to eleven forty six in the office", "met"),
    ("N08", "90834", "we went eleven to eleven forty six in the office", "met"),
    ("N06", "90834", "from one to two people came", "missing"),
    ("N16", "90834", "diagnosis F forty one point one", "met"),
    ("N16", "90834", "diagnosis F forty two point one", "contradicted"),
    ("N16", "90834", "seat F forty one", "missing"),
]
PLACES = [
    ("N13", "90834", "Ct location: home, Scranton PA. Consent on file.", "met"),
    ("N13", "90834", "Ct location: home, PA on file.", "missing"),
    ("N13", "90834", "Client location: Home   State: NY", "met"),
    ("N13", "90834", "State: calm.", "missing"),
    ("N13", "90834", "Wrote the care plan, Scranton PA. Consent on file.", "missing"),
    ("N13", "90834", "She's in her bedroom in Lancaster PA, door closed.", "met"),
    ("N13", "90834", "I was in my office in Maplewood NJ. Ct agreed to telehealth.", "missing"),
    ("N13", "90834", "Ct at home in Nyack NY. I was in my office in Maplewood NJ.", "met"),
]
BESIDE = [
    ("N06", "90834", "Start 10:00a  Stop 10:46a\nS: low.\nP: Worry window 6:30-6:45p.", "met"),
    ("N08", "90834", "Start 10:00a  Stop 10:46a\nS: low.\nP: Worry window 6:30-6:45p.", "met"),
    ("N08", "90834", "S: low.\nP: Worry window 6:30-6:45p.", "contradicted"),  # nothing else is told
    ("N26", "90837", "Plan: continue weekly. PTSD still active, stopping now would put her at risk.", "unsure"),
    ("N26", "90837", "Plan: continue weekly, next 3/25.", "missing"),
    ("N26", "90837", "Diary next. Tx nec: PHQ9 9, three prior episodes.", "met"),
    ("N26", "90837", "Diary next. Tx nec:", "missing"),
    ("N19", "90837", "Housing and job both on the line.", "met"),
    ("N19", "90837", "Waited on the line with the insurer.", "missing"),
    ("N15", "90847", "Who: identified client (IC) and husband.", "met"),
    ("N15", "90847", "Who:", "missing"),
    ("N24", "90837", "Treatment Plan Goal:                 Progress: [ ] None [X] Minimal", "missing"),
    ("N24", "90837", "Treatment Plan Goal: #2 sleep 7 h    Progress: [ ] None [X] Minimal", "met"),
]
FORMS = [
    ("N23", "90837", "What we did\nCBT\nHow it landed\n\nGoal link\n3 of 5, was 2\nNext\n3/25", "missing"),
    ("N23", "90837", "What we did\nCBT\nHow it landed\nlaughed\nGoal link\n3 of 5, was 2\nNext\n3/25", "met"),
    (
        "N23",
        "90837",
        "Safety?\nDenies SI.\nWhat was done?\nCBT.\nHow did the patient respond?\n\nNext?\n3/25",
        "missing",
    ),
    (
        "N23",
        "90837",
        "Safety?\nDenies SI.\nWhat was done?\nCBT.\nHow did the patient respond?\nLaughed.\nNext?\n3/25",
        "met",
    ),
]


@pytest.mark.parametrize(("element", "codes", "text", "wanted"), [*UNFILLED, *SHORT, *DICTATED, *BESIDE, *FORMS])
def test_what_is_read_in_such_words(element: str, codes: str, text: str, wanted: str) -> None:
    asked = ask(codes, facts={"diagnoses": ("F411",)})
    assert verdict(element, text, asked) == wanted, result(element, text, asked)


@pytest.mark.parametrize(("element", "codes", "text", "wanted"), PLACES)
def test_where_the_client_was(element: str, codes: str, text: str, wanted: str) -> None:
    asked = ask(codes, facts={"telehealth": "video"}, license_states=frozenset({"NY", "PA"}))
    assert verdict(element, text, asked) == wanted, result(element, text, asked)


def test_of_an_add_on_the_part_under_a_decorated_heading_counts() -> None:
    text = "== E/M (9:00-9:12) ==\nPlan: more sertraline.\n{}\nCBT on leaving early, reframed. Pt engaged."
    asked = ask("99214", "90833")
    assert (
        verdict("N22", text.format("== PSYCHOTHERAPY add-on 90833 (9:12-9:30, separate from E/M) =="), asked) == "met"
    )
    assert verdict("N22", text.format(""), asked) != "met"


def test_a_name_on_the_letterhead_is_not_the_providers() -> None:
    text = "Hartwick Center, Group Therapy Note\nRendering: Salome Hartwick, LCPC"
    asked = ask("90853", provider_name="Salome Hartwick, LCPC")
    assert result("N04", text, asked, kind="pdf").verdict == "met"
    assert result("N04", "Hartwick Center, group therapy note", asked, kind="pdf").reason == "no_credentials"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("need: [state why]", "need:            "),
        ("need: [x] state", "need: [x] state"),
        ("need: [per plan]", "need: [per plan]"),
        ("consent to telehealth: --", " " * 25),
        ("consent to telehealth: yes", "consent to telehealth: yes"),
        ("si/hi: --", "si/hi: --"),  # dashes are a no there
        ("location: [ ] home [ ] work", " " * 27),
        ("what we did:\ncbt", "what we did:\ncbt"),
    ],
)
def test_open_fields_become_blanks_of_the_same_length(text: str, left: str) -> None:
    assert folding.without_open_fields(text) == left


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("f thirty three point one", "f33.1"),
        ("f forty three point twenty three", "f43.23"),
        ("f forty three point one zero", "f43.10"),
        ("z sixty three point oh", "z63.0"),
        ("f ninety dot one", "f90.1"),
        ("f stop at one", "f stop at one"),
    ],
)
def test_dictated_codes(said: str, written: str) -> None:
    assert spoken.codes_as_digits(said) == written.ljust(len(said))


def test_a_line_alone_is_a_heading_only_in_a_form_of_such_lines() -> None:
    assert "goal" not in {each.name for each in sections.find("seen at 10\ngoal link\n3 of 5")}
    assert "goal" in {each.name for each in sections.find("what we did\ncbt\ngoal link\n3 of 5\nnext\nsoon")}
    assert "risk" not in {each.name for each in sections.find("is he safe?\nhe is.\nnext: 3/25")}
