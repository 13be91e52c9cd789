"""S: the shape of files."""

from modules.authoring.codes.meaning import Meaning, error, warning

CODES: dict[str, Meaning] = {
    "S101": error("the file is not readable text (UTF-8, no control characters, under 500 kB)"),
    "S102": error("the YAML cannot be read"),
    "S103": error("a key stands twice in the same mapping"),
    "S104": error("an unknown key"),
    "S105": error("a missing key"),
    "S106": error("a value of the wrong kind (text, number, list, mapping, true or false, date)"),
    "S107": error("a value outside the closed list of choices"),
    "S108": error("an unknown item type"),
    "S109": error("YAML that is refused: anchors, aliases, tags, several documents, keys that are not text"),
    "S110": error("the front matter between --- and --- is missing or not closed"),
    "S111": error("nested too deeply"),
    "S112": error("a rule between values is broken (one key, equal lengths, one of two)"),
    "S113": error("a number, a text or a list is too small, too large, too short or too long"),
    "S114": error("an id with characters that ids do not have"),
    "S201": error("an unknown role"),
    "S202": error("an unknown directive"),
    "S203": error("a directive that is not closed"),
    "S204": error("a directive's argument, option or body is missing or not allowed"),
    "S205": error("Markdown that lessons do not have: tables, images, code blocks, quotations, rules"),
    "S206": error("raw HTML: it is shown as text"),
    "S207": error("a link that is not a plain https address"),
    "S208": error("a role with empty or unreadable content, or a format that does not fit"),
    "S209": error("a lesson without any text"),
    "S301": error("a file or folder whose name does not follow the rules"),
    "S302": error("an id that differs from the file's or folder's name"),
    "S401": error("a waiver that cannot be read, or without a reason or a name"),
    "S402": error("a waiver of a code that does not exist, or of a rule that cannot be waived"),
    "S403": warning("a waiver that waives nothing"),
}
