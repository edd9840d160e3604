"""What people tell in words of their own: found by two further hands. Both sides of every rule that came of it."""

from __future__ import annotations

import datetime as dt

import pytest

from clawguard.domain.notes import NoteText, read_note
from clawguard.domain.notes.note import Note
from tests.domain.notes.builders import ask, verdict

# More than seventy words, each sentence accounted for but the last of the narrative.
ACCOUNTED = (
    "Seen in the office from 2:00 pm to 2:55 pm. Client reports poor sleep, low mood and panic on the bus. "
    "She missed work twice. Mood anxious, affect full, oriented x4. Denies suicidal or homicidal ideation. "
    "Clinician used cognitive restructuring and breathing practice. Client responded well and felt calmer. "
    "Goal 1, three calm evenings: 2 of 3 this week, improved. Plan: breathing daily, next session 3/25. "
    "F33.1. Homework reviewed and a further sheet was given to her. Signed by Dana Example, LCSW 3/18/2026 4:00 pm."
)
LEFT = "The winters take her under when nobody watches over them."
RATHER = ACCOUNTED.replace("Goal 1", f"{LEFT} Goal 1")


def test_what_is_left_over_keeps_an_element_from_being_called_missing() -> None:
    assert verdict("N26", ACCOUNTED) == "missing"
    assert verdict("N26", RATHER) == "unsure"
    found = read_note(NoteText((RATHER,)), ask()).of("N26")
    assert (found.reason, [RATHER[span.start : span.end] for span in found.spans]) == ("perhaps", [LEFT])


def test_a_short_text_leaves_nothing_over() -> None:
    assert verdict("N26", f"{LEFT} F33.1.") == "missing"


def test_where_an_element_cannot_stand_nothing_is_left_over_for_it() -> None:
    assert verdict("N26", ACCOUNTED.replace("Plan: ", f"Plan: {LEFT} ")) == "missing"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It is the house that tires her most of all, with its doors and stairs.", "unsure"),  # fifteen words
        ("It is the house that tires her most of all, with doors and stairs.", "missing"),  # fourteen
    ],
)
def test_a_long_sentence_is_not_accounted_for_by_one_everyday_word(sentence: str, expected: str) -> None:
    hits = Note(NoteText((sentence,))).hits
    assert hits.keys() & {"symptom", "impair", "response", "progress"}, "it holds such a word"
    assert verdict("N26", ACCOUNTED.replace("Goal 1", f"{sentence} Goal 1")) == expected


@pytest.mark.parametrize(("between", "expected"), [("\n", "missing"), ("\n\n", "unsure"), ("\n \t\n", "unsure")])
def test_past_a_blank_line_a_section_may_have_ended(between: str, expected: str) -> None:
    assert verdict("N26", ACCOUNTED.replace("F33.1.", f"Weekly.{between}{LEFT} F33.1.")) == expected


def test_a_blank_line_below_a_heading_ends_no_section() -> None:
    assert verdict("N26", ACCOUNTED.replace("Plan: ", f"\nPlan:\n\n{LEFT} ")) == "missing"


HEADED = (
    "Diagnosis: F33.1\nMood: low\nRisk: SI denied\nPlan: breathing daily\n" + "Goal 1: 2 of 3 evenings, better.\n" * 9
)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("The winters take her under when nobody watches", "unsure"),  # eight words
        ("The winters take her under when alone", "missing"),  # seven
        ("Seen: the winters take her under when nobody watches", "missing"),  # a label with its value
    ],
)
def test_among_the_lines_of_a_header_only_prose_tells_something(line: str, expected: str) -> None:
    assert verdict("N26", f"{line}.\n{HEADED}") == expected


def test_without_headings_to_speak_of_what_stands_first_is_no_header() -> None:
    short = "The winters take her under. " + "Goal 1: 2 of 3 evenings, better. " * 12
    assert verdict("N26", short) == "unsure"


SIGNATURES = [
    ("Dana Example, LCSW\ne-signed Mar 18 2026 6:02pm", "met"),
    ("Dana Example, LCSW. Electronically signed 03/18/2026 5:40 PM", "met"),
    ("Dana Example, L.C.S.W.\nelectronically signed 03/18/2026 5:40 PM", "met"),
    ("e-sig D. Example, LCSW 3/18/26 1712", "met"),
    ("Authenticated by Dana Example, LCSW 18-Mar-2026 15:20", "met"),
    ("Dana Example\ne-signed Mar 18 2026 6:02pm", "missing"),
    ("Dana Example, LCSW", "missing"),
    ("She spoke of the LCSW exam.\nSigned 3/18/2026", "missing"),
    ("Dana Example, LCSW, spoke with 2 teachers.\nsigned 3/18/2026", "missing"),
]


@pytest.mark.parametrize(("end", "expected"), SIGNATURES)
def test_a_name_before_the_word_of_signing_belongs_to_it(end: str, expected: str) -> None:
    assert verdict("N31", f"Office. Worked on sleep.\n{end}") == expected


def test_a_line_that_is_almost_a_name_is_looked_at_once() -> None:
    """The pattern that read such lines first took for ever over this one."""
    assert verdict("N31", "A" * 59 + "(\nsigned 3/18/2026") == "missing"


def test_a_psychologist_may_write_dots() -> None:
    psychologist = ask(facts={"provider_license": "PsyD"})
    assert verdict("N31", "Talked.\nO. Example, Psy.D.\nsigned electronically 3/18/2026", psychologist) == "met"


TIMES = [
    ("N06", "We met from two until seven minutes to three.", "met"),
    ("N07", "We met from two until five to three.", "met"),
    ("N08", "We had our full fifty-five minutes in the office.", "met"),
    ("N08", "We had our full forty-five minutes in the office.", "contradicted"),
    ("N06", "She has come for ten to twelve weeks now.", "missing"),
    ("N06", "Last session (3/11) ran 2:00-2:55 pm and ended on the phone call.", "missing"),
    ("N06", "Seen 2:00-2:55 pm; last session was cut short.", "met"),
    ("N06", "The school meeting ran 2:00-2:55 pm with the head of year.", "missing"),
]
RISK = [
    ("N20", "Safety: ran out of clock, will discuss risk next time", "missing"),
    ("N20", "Safety: will review the plan with her daily; no safety concerns", "met"),
    ("N20", "SAFETY  SI [ ] none [ ] passive   HI [ ] none [ ] present", "missing"),
    ("N20", "SAFETY  SI [x] none [ ] passive   HI [x] none [ ] present", "met"),
    ("N20", "RISK: The landlord has filed and there may be an eviction by the first of April.", "unsure"),
    ("N20", "RISK: Low, no change", "met"),
    ("N20", "I asked whether it ever crosses her mind not to be here. She said no.", "unsure"),
    ("N20", "It is seventeen years since his brother took the overdose.", "missing"),
    ("N20", "Says he would not mind not waking up; no plan, no intent.", "met"),
]
GOALS = [
    ("N24", "Goal 2: Client will attend 90% of classes by 06/30/2026.", "missing"),
    ("N24", "Goal from the plan: ride the elevator alone. Nearer than last month.", "met"),
    ("N24", "Goal from the plan: ride the elevator alone. She stood inside it with the door open.", "unsure"),
    ("N24", "Goal 1, a walk a day. [ ] progress  [ ] none  [ ] met", "missing"),
    ("N25", "P: Continue treatment.", "missing"),
    ("N25", "P: Continue with current therapy as planned", "missing"),
    ("N25", "P: Continue weekly therapy.", "met"),
    ("N25", "Goals: Client will attend 90% of classes, return by 06/30/2026.", "missing"),
]
PLACES = [
    ("N10", "Seen in the ofc.", "unsure"),
    ("N10", "Seen in my office.", "met"),
    ("N10", "She spoke of her kitchen.", "missing"),
]


@pytest.mark.parametrize(("element", "text", "expected"), [*TIMES, *RISK, *GOALS, *PLACES])
def test_it_is_read_as_what_it_is(element: str, text: str, expected: str) -> None:
    assert verdict(element, text) == expected


REMOTE = [
    ("N12", "They both said again that they are happy to do this online.", "unsure"),
    ("N12", "She is happy about the new flat.", "missing"),
    ("N13", "Client at home, Schenectady NY.", "met"),
    ("N13", "Client at home. Denies SI, Denies HI.", "missing"),
]


@pytest.mark.parametrize(("element", "text", "expected"), REMOTE)
def test_of_telehealth(element: str, text: str, expected: str) -> None:
    assert verdict(element, text, ask(facts={"telehealth": "video"})) == expected


def test_a_session_that_is_titled_a_couples_is_none_of_one_person() -> None:
    assert verdict("N59", "COUPLE SESSION, my office. They sat at opposite ends of the sofa.") == "contradicted"
    assert verdict("N59", "Participants: Client only. Members of the family are in Ohio.") == "met"
    assert verdict("N59", "Office. Sleep. Worry. Talked about a couples session later.") == "met"


def test_what_family_work_does_for_the_client() -> None:
    told = "Met with both parents. Their steady answer is a direct treatment of the fear."
    assert verdict("N45", told, ask("90846")) == "met"
    assert verdict("N45", "Met with both parents. They agreed.", ask("90846")) == "missing"


def test_a_group_is_counted_in_everyday_words() -> None:
    assert verdict("N43", "Seven tonight: Zebulon and six others.", ask("90853")) == "met"
    assert verdict("N43", "Number in group: 7. Present: this client and six others.", ask("90853")) == "met"
    assert verdict("N43", "Seven cravings a day.", ask("90853")) == "missing"


def test_what_a_scan_does_not_show_cannot_be_read() -> None:
    pages = ("Client: Testa Mockingbird. Talked about sleep and work.\n~@/5~ ..v-~~ ,  L__;~*",)
    read = {
        legible: read_note(NoteText(pages, "image", (legible,)), ask()).of("N31").verdict for legible in (0.7, 0.95)
    }
    assert read == {0.7: "unreadable", 0.95: "missing"}
    assert read_note(NoteText(pages, "pdf"), ask()).of("N31").verdict == "missing"


def test_a_diagnosis_that_a_scan_does_not_show_cannot_be_read() -> None:
    page = "Client: Testa Mockingbird. Talked about sleep and work.\nDx ~@/5~ ..v-~~ ,  L__;~*"
    for legible, expected in ((0.7, "unreadable"), (0.95, "missing")):
        assert read_note(NoteText((page,), "image", (legible,)), ask()).of("N16").verdict == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("~@/5~ ..v-~~ ,  L__;~*", "unreadable"),
        ("~@/-~.v", "missing"),  # too few marks to be somebody's hand
        ("________________________", "missing"),  # a line to sign on
        ("- - - - - - - - - - - - - -", "missing"),  # a rule across the page
        ("Prov.: D. Example (LCSW); lic.: #12-34; tel.: 1-2.", "missing"),  # letters between the marks
    ],
)
def test_what_a_scrawl_is(line: str, expected: str) -> None:
    page = f"Client: Testa Mockingbird. Talked about sleep and work.\n{line}"
    assert read_note(NoteText((page,), "image", (0.7,)), ask()).of("N31").verdict == expected


def test_a_page_of_another_client_locks_the_print() -> None:
    own = "Client: Testa Mockingbird   DOB: 04/11/1991\nS: sleeps badly."
    other = "Client: Leopold Tansyworth   DOB: 06/21/2001\nS: exam nerves."
    born = ask(facts={"client_birth_date": dt.date(1991, 4, 11)})

    def locked(*pages: str) -> str | None:
        found = read_note(NoteText(pages, "pdf"), born).quarantine
        return found.reason if found else None

    assert locked(own, other) == "other_client"
    assert locked(own, own) is None
    assert locked(own, "Client: Leopold Tansyworth\nS: exam nerves.") is None, "a name alone may be a slip"
    assert locked(own, "Client: Testa Tansyworth   DOB: 06/21/2001") is None, "half of the name is hers"


def test_initials_in_a_long_title_do_not_hide_process_notes() -> None:
    title = "PRIVATE PROCESS NOTES - I.P. - hour 41 - kept in the locked drawer, not part of the medical record"
    found = read_note(NoteText((title + "\nHe began with the dream.",), "typed"), ask()).quarantine
    assert found is not None and found.reason == "psychotherapy_notes"
