"""How well and how fast notes are read: the corpus against its labels, by element and over all, and notes a second."""

from __future__ import annotations

from dataclasses import replace

from clawguard.bench import note_corpus, note_scores
from clawguard.bench.figures import Figure, timed
from clawguard.bench.note_scores import Score, Scores
from clawguard.domain.notes import read_note
from clawguard.domain.notes.likeness import fingerprint, runs
from clawguard.domain.notes.words import NAMES

ROUNDS = 3
KINDS = (("gap", "missing or contradicted"), ("met", "met"))
# Precision and recall over each hand's notes when they were first read, with the labels as first written. Before the
# fourth was read, the reader had been mended by the third; before the fifth, whose notes are ordinary ones, by both;
# before the sixth, ordinary as well, by what was left of all three. Before the eighth the reader had been mended by the
# seventh, before the ninth by both; before the twelfth by the tenth and eleventh, before the thirteenth by all three.
# Of the last three hands the labels of printed names that their writers took for signatures were put right first.
AT_FIRST_SIGHT = {
    "second_hand": {"gap": (0.600, 0.815), "met": (0.986, 0.929)},
    "third_hand": {"gap": (0.461, 0.757), "met": (0.967, 0.874)},
    "fourth_hand": {"gap": (0.568, 0.636), "met": (0.989, 0.854)},
    "fifth_hand": {"gap": (0.921, 0.864), "met": (0.988, 0.980)},
    "sixth_hand": {"gap": (0.725, 0.860), "met": (0.998, 0.962)},
    "seventh_hand": {"gap": (0.550, 0.750), "met": (0.995, 0.908)},
    "eighth_hand": {"gap": (0.577, 0.833), "met": (1.000, 0.876)},
    "ninth_hand": {"gap": (0.450, 0.818), "met": (0.994, 0.853)},
    "tenth_hand": {"gap": (0.652, 0.545), "met": (0.984, 0.924)},
    "eleventh_hand": {"gap": (0.680, 0.596), "met": (0.983, 0.934)},
    "twelfth_hand": {"gap": (0.571, 0.625), "met": (0.993, 0.950)},
    "thirteenth_hand": {"gap": (0.645, 0.625), "met": (0.992, 0.951)},
    "fourteenth_hand": {"gap": (0.758, 0.712), "met": (0.982, 0.955)},
    "fifteenth_hand": {"gap": (0.831, 0.767), "met": (0.983, 0.920)},
    "sixteenth_hand": {"gap": (0.854, 0.795), "met": (0.992, 0.933)},
}


def measure(_size: int) -> list[Figure]:
    """Precision by element (recall beside it), over all, those held out and those by other hands; speed."""
    parts = {part: note_scores.score(note_corpus.notes(part)) for part in note_corpus.PARTS}
    both = note_scores.together(parts.values())
    found = [_element(element, both.elements[element]) for element in sorted(both.elements)]
    found += [_whole("all notes", both, kind, words) for kind, words in KINDS]
    found += [_whole("held out", parts["held_out"], kind, words) for kind, words in KINDS]
    for hand in note_corpus.HANDS:
        read = note_scores.score(note_corpus.notes(hand))
        found += [_whole(_of_hand(hand, kind), read, kind, words) for kind, words in KINDS]
    return [*found, *_first_files(), *_speeds()]


def _first_files() -> list[Figure]:
    """What changes for the first file of a client: nobody knows the name yet."""
    notes = [note for part in (*note_corpus.PARTS, *note_corpus.HANDS) for note in note_corpus.notes(part)]
    found = []
    for words, named in (("the name known", True), ("of a first file", False)):
        read = note_scores.score(notes, named=named)
        found.append(replace(_element("N01", read.elements["N01"]), name=f"N01, {words}, all hands"))
        wrongly = sum(locked is not None for _, _, locked in read.locked)
        note = f"and {len(read.locked) - wrongly} let through"
        found.append(Figure(f"  notes locked away wrongly, {words}", "notes", (float(wrongly),), note=note))
    return found


def _of_hand(hand: str, kind: str) -> str:
    precision, recall = AT_FIRST_SIGHT[hand][kind]
    return f"{hand.replace('_', ' ')}, at first sight {precision:.2f} (recall {recall:.2f}), now"


def _element(element: str, score: Score) -> Figure:
    cases = sum(score.right.values()) + sum(score.unnamed.values())
    kinds = [kind for kind, _ in KINDS]
    note = (
        f"recall {score.recall(*kinds):.2f}; {cases} labels, {score.right['gap'] + score.unnamed['gap']} of them gaps"
    )
    return Figure(f"{element} {NAMES[element]}", "precision", (score.precision(*kinds),), note=note)


def _whole(name: str, scores: Scores, kind: str, words: str) -> Figure:
    whole = scores.whole
    note = f"recall {whole.recall(kind):.3f} (aimed at: 0.90)"
    return Figure(f"{name}: {words}", "precision", (whole.precision(kind),), "≥ 0.95", note)


def _speeds() -> list[Figure]:
    notes = [note for part in note_corpus.PARTS for note in note_corpus.notes(part)]
    letters = sum(len(page) for note in notes for page in note.text.pages) // len(notes)

    def read() -> None:
        for note in notes:
            read_note(note.text, note.ask)

    def print_fingers() -> None:
        for note in notes:
            fingerprint(runs(note.text))

    read()  # fills the caches that a worker has filled after its first notes
    speeds = [len(notes) / timed(read)[0] for _ in range(ROUNDS)]
    prints = [len(notes) / timed(print_fingers)[0] for _ in range(ROUNDS)]
    note = f"{len(notes)} notes of {letters} characters on average"
    return [
        Figure("notes read, one core", "notes/s", tuple(speeds), note=note),
        Figure("fingerprints, one core", "notes/s", tuple(prints), note=note),
    ]
