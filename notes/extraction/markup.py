"""XML that may be hostile: no DOCTYPE, so no entities; limited depth and size; nothing is fetched, ever."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from notes.extraction.refusing import Unreadable

DEEPEST = 200
MOST_ELEMENTS = 500_000


@dataclass(slots=True)
class Element:
    """``name`` without its namespace; ``parts`` are texts and elements in the order of the document."""

    name: str
    space: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    parts: list[Element | str] = field(default_factory=list)

    def children(self, name: str = "") -> list[Element]:
        return [part for part in self.parts if isinstance(part, Element) and name in ("", part.name)]

    def first(self, *path: str) -> Element | None:
        """The first element down this path of names."""
        here: Element | None = self
        for name in path:
            found = here.children(name) if here is not None else []
            here = found[0] if found else None
        return here

    def every(self, name: str) -> list[Element]:
        """All elements of that name below this one, in order."""
        found: list[Element] = []
        waiting = list(reversed(self.children()))
        while waiting:
            element = waiting.pop()
            if element.name == name:
                found.append(element)
            waiting.extend(reversed(element.children()))
        return found

    def text(self) -> str:
        """All text below, spaces as they are."""
        pieces: list[str] = []
        waiting: list[Element | str] = list(reversed(self.parts))
        while waiting:
            part = waiting.pop()
            if isinstance(part, str):
                pieces.append(part)
            else:
                waiting.extend(reversed(part.parts))
        return "".join(pieces)


class _Builder:
    def __init__(self) -> None:
        self.root: Element | None = None
        self._open: list[Element] = []
        self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) >= DEEPEST or self._count > MOST_ELEMENTS:
            raise Unreadable("file_too_complex")
        space, _, local = name.rpartition(" ")
        element = Element(local, space, {key.rpartition(" ")[2]: value for key, value in attributes.items()})
        if self._open:
            self._open[-1].parts.append(element)
        else:
            self.root = element
        self._open.append(element)

    def end(self, _name: str) -> None:
        self._open.pop()

    def data(self, text: str) -> None:
        if self._open:
            self._open[-1].parts.append(text)


def _refuse_doctype(*_: object) -> None:
    raise Unreadable("file_entities")


def parse(content: bytes) -> Element:
    """The root element. Raises Unreadable."""
    builder = _Builder()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = builder.start, builder.end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise Unreadable("file_broken") from None
    if builder.root is None:
        raise Unreadable("file_broken")
    return builder.root
