"""A note made ready for reading: folded text, sentences, sections, and every phrase of the lexicon found in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property

from clawguard.domain.notes import folding, lexicon, printed_names, sections, sentences, standing
from clawguard.domain.notes.sections import Section
from clawguard.domain.notes.values import NoteText, Span

PAGE_BREAK = "\n\n"
MOST_CHARACTERS = 40_000  # of one note; some ten dense pages. What is beyond is left to a person
# Under these the words of the heading itself are the form's. Under the others they belong to what is said.
_SILENT = frozenset(
    {"subjective", "objective", "assessment", "plan", "data", "behavior", "intervention", "response", "progress"}
    | {"mental_status", "function", "necessity", "evaluation", "mdm"}
)
_OPEN_BOX, _TICKED_BOX = re.compile(r"\[\s?\]|☐|□"), re.compile(r"\[\s?[xX✓✔]\s?\]|☑|☒|☑|✓|✔")
_REST_OF_LINE = re.compile(r"[ \t]*+(?:\n|$)")
_RECOGNISED = frozenset({"image", "pdf"})  # kinds in which text recognition may have slipped


@dataclass(frozen=True, slots=True)
class Sentence:
    start: int
    end: int
    section: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of the lexicon. ``sentence`` is the index of its sentence."""

    start: int
    end: int
    sentence: int


class Note:
    """One prepared note. Positions are those of all pages joined; ``span`` gives them by page."""

    def __init__(self, given: NoteText) -> None:
        self.cut = sum(map(len, given.pages)) > MOST_CHARACTERS
        self.given = given = _readable(given) if self.cut else given
        self.text = PAGE_BREAK.join(given.pages)
        self.starts = _page_starts(given.pages)
        low = folding.folded(self.text)
        self.low = folding.without_open_fields(folding.mended(low) if given.kind in _RECOGNISED else low)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        return sections.find(self.low)

    @cached_property
    def body(self) -> str:
        """The folded text without the headings that are the form's words, and labels side by side with no answer."""
        chars = self.low
        for section in reversed(self.sections):
            if section.start > section.head and section.name in _SILENT:
                chars = chars[: section.head] + " " * (section.start - section.head) + chars[section.start :]
        return sections.without_empty_labels(chars)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        edges = sorted({section.head for section in self.sections} | {section.start for section in self.sections})
        found: list[Sentence] = []
        index, place = 0, 0
        for start, end in sentences.split(self.text):
            cuts = [start]
            while index < len(edges) and edges[index] < end:
                if edges[index] > start:
                    cuts.append(edges[index])
                index += 1
            for begin, stop in zip(cuts, [*cuts[1:], end], strict=True):
                if self.text[begin:stop].strip():
                    while place + 1 < len(self.sections) and self.sections[place + 1].head <= begin:
                        place += 1
                    found.append(Sentence(begin, stop, self.sections[place].name))
        return tuple(found)

    @cached_property
    def hits(self) -> dict[str, list[Hit]]:
        """By category, in order."""
        found: dict[str, list[Hit]] = defaultdict(list)
        body = self.body
        for number, sentence in enumerate(self.sentences):
            words = list(lexicon.tokens(body[sentence.start : sentence.end]))
            for place, (word, start, end) in enumerate(words):
                for rest, category in lexicon.entries(word):
                    last = place + len(rest)
                    if not rest:
                        found[category].append(Hit(sentence.start + start, sentence.start + end, number))
                    elif last < len(words) and all(
                        lexicon.same(words[place + 1 + offset][0], wanted) for offset, wanted in enumerate(rest)
                    ):
                        found[category].append(Hit(sentence.start + start, sentence.start + words[last][2], number))
        return found

    def said(self, category: str, *, but: frozenset[str] = frozenset()) -> list[Hit]:
        """Hits that stand: not denied, not quoted, not another's, not only planned. ``but``: sections left out."""
        return [
            hit
            for hit in self.hits.get(category, ())
            if self.sentences[hit.sentence].section not in but and self.standing(hit) is standing.SAID
        ]

    def standing(self, hit: Hit) -> str:
        sentence = self.sentences[hit.sentence]
        words = self.low[sentence.start : sentence.end]
        return standing.of(words, hit.start - sentence.start, hit.end - sentence.start)

    def words(self, sentence: Sentence) -> str:
        """The folded words of a sentence."""
        return self.body[sentence.start : sentence.end]

    def in_sentence(self, category: str, number: int) -> list[Hit]:
        return self._by_sentence.get((category, number), [])

    @cached_property
    def _by_sentence(self) -> dict[tuple[str, int], list[Hit]]:
        found: dict[tuple[str, int], list[Hit]] = defaultdict(list)
        for category, hits in self.hits.items():
            for hit in hits:
                found[category, hit.sentence].append(hit)
        return dict(found)

    def left_open(self, number: int) -> bool:
        """Whether the sentence is a line of check boxes of which none was ticked."""
        words = self.text[self.sentences[number].start : self.sentences[number].end]
        return bool(_OPEN_BOX.search(words)) and not _TICKED_BOX.search(words)

    def is_heading(self, number: int) -> bool:
        """Whether the sentence holds nothing but the words of a heading."""
        sentence = self.sentences[number]
        return any(section.head <= sentence.start < sentence.end <= section.start for section in self.sections)

    def numbers_of(self, category: str) -> set[int]:
        """Indexes of the sentences with a hit of the category."""
        return {hit.sentence for hit in self.hits.get(category, ())}

    def content(self, *names: str) -> list[tuple[int, int]]:
        """Start and end of each section of these names that says something; names and signatures below say nothing."""
        inside = [
            (section, printed_names.before_them(self.text, section.start, section.end))
            for section in self.sections
            if section.name in names and section.start > section.head
        ]
        return [
            (section.start, end)
            for section, end in inside
            if sections.says_something(self.low[section.start : end], section)
        ]

    @cached_property
    def plans(self) -> frozenset[str]:
        """Sections of what is to come. In forms without an assessment (BIRP, PIE) the plan holds both: then none."""
        names = {section.name for section in self.sections}
        return frozenset({"plan"}) if names & {"assessment", "progress", "necessity", "evaluation"} else frozenset()

    @cached_property
    def astray(self) -> frozenset[int]:
        """Indexes of sentences on a later line than the one on which their heading, in words, began its content. Where
        each line has its heading, the next line without one may well be about something else."""
        found: set[int] = set()
        ends: dict[str, int | None] = {}
        place = -1
        for number, sentence in enumerate(self.sentences):
            while place + 1 < len(self.sections) and self.sections[place + 1].head <= sentence.start:
                place += 1
                section = self.sections[place]
                if section.start > section.head:
                    ends[section.name] = None if section.short else self._own_line(section)
            end = ends.get(sentence.section)
            if end is not None and sentence.start > end:
                found.add(number)
        return frozenset(found)

    def under(self, number: int, *names: str) -> bool:
        """Whether a sentence stands in one of these sections, for certain: not below the one line of its heading."""
        return self.sentences[number].section in names and number not in self.astray

    def _own_line(self, section: Section) -> int | None:
        """Where the line of a heading ends that says something; None where the heading stands alone on its line."""
        after = bisect_right(self._line_ends, section.start - 1)
        alone = _REST_OF_LINE.match(self.text, section.start)
        return None if alone or after == len(self._line_ends) else self._line_ends[after]

    @cached_property
    def _line_ends(self) -> tuple[int, ...]:
        """Positions of the line breaks that a writer meant."""
        breaks = (found.start() for found in re.finditer("\n", self.text))
        return tuple(at for at in breaks if sentences.line_ends(self.text, at))

    def span(self, start: int, end: int) -> Span:
        """Positions of the joined text as a page and positions in it."""
        page = max(index for index, first in enumerate(self.starts) if first <= start)
        length = len(self.given.pages[page]) if self.given.pages else 0
        first = self.starts[page]
        return Span(page, min(start - first, length), min(end - first, length))

    def spans(self, numbers: set[int] | list[int]) -> tuple[Span, ...]:
        """The sentences with these indexes, in order, at most five."""
        chosen = sorted(set(numbers))[:5]
        return tuple(self.span(self.sentences[number].start, self.sentences[number].end) for number in chosen)

    def number_at(self, position: int) -> int:
        """The index of the sentence that holds a position, or of the one before it."""
        return max(0, bisect_right(self._sentence_starts, position) - 1)

    @cached_property
    def _sentence_starts(self) -> tuple[int, ...]:
        return tuple(sentence.start for sentence in self.sentences)

    def search(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        """All matches in the folded text."""
        return list(pattern.finditer(self.low))


def _page_starts(pages: tuple[str, ...]) -> tuple[int, ...]:
    starts, at = [], 0
    for page in pages or ("",):
        starts.append(at)
        at += len(page) + len(PAGE_BREAK)
    return tuple(starts)


def _readable(given: NoteText) -> NoteText:
    """The first pages, as far as they are read."""
    pages, left = [], MOST_CHARACTERS
    for page in given.pages:
        pages.append(page[:left])
        left -= len(pages[-1])
    return replace(given, pages=tuple(pages))
