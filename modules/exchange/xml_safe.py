"""XML bytes -> a tree with line numbers; document types, entities and deep nesting are refused.

A document type is the door to entity expansion and outside files, and no quiz needs one; see the vulnerabilities
listed in https://docs.python.org/3/library/xml.html.
"""

from dataclasses import dataclass, field
from xml.parsers.expat import ExpatError, ParserCreate
from xml.parsers.expat import errors as expat_errors

from modules.exchange.bytes_read import within
from modules.exchange.question import Unreadable

DEEPEST = 50


@dataclass(slots=True)
class Node:
    """An element: `words` is the text directly in it."""

    tag: str
    attributes: dict[str, str]
    line: int
    children: list["Node"] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        return "".join(self.pieces)

    def all(self, tag: str) -> list["Node"]:
        return [child for child in self.children if child.tag == tag]

    def first(self, tag: str) -> "Node | None":
        return next((child for child in self.children if child.tag == tag), None)

    def said(self, *path: str) -> str:
        """The text at a path of tags below, empty when there is none."""
        node: Node | None = self
        for tag in path:
            node = node.first(tag) if node else None
        return node.words if node else ""


def read_xml(raw: bytes) -> Node:
    within(raw)
    if not raw.strip():
        raise Unreadable(1, "the file is empty.", "Export it again.")
    parser = ParserCreate()
    parser.buffer_text = True
    top = Node("", {}, 0)
    open_: list[Node] = [top]

    def start(tag: str, attributes: dict[str, str]) -> None:
        if len(open_) > DEEPEST:
            sentence = f"elements stand more than {DEEPEST} deep."
            raise Unreadable(parser.CurrentLineNumber, sentence, "Export the file again.")
        node = Node(tag, attributes, parser.CurrentLineNumber)
        open_[-1].children.append(node)
        open_.append(node)

    def refuse(*_: object) -> None:
        sentence = "a document type stands here, and it is not read."
        raise Unreadable(parser.CurrentLineNumber, sentence, "Delete it, with its entities.")

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: open_.pop()
    parser.CharacterDataHandler = lambda text: open_[-1].pieces.append(text)
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(raw, True)
    except ExpatError as wrong:
        sentence = f"this is not well-formed XML: {expat_errors.messages.get(wrong.code, str(wrong))}."
        raise Unreadable(wrong.lineno, sentence, "Mend the line, or export the file again.") from None
    except (LookupError, ValueError):
        raise Unreadable(1, "the encoding of the file is unknown.", "Save the file as UTF-8.") from None
    return top.children[0]
