"""A quiz -> a zip with one QTI 2.2 item a file and the manifest that names them."""

import io
import zipfile
from xml.sax.saxutils import quoteattr

from modules.core.items import Quiz
from modules.exchange.outgoing import Export, overall
from modules.exchange.qti_item import named, qti_item
from modules.exchange.question import Note

_CP = "http://www.imsglobal.org/xsd/imscp_v1p1"
_WHEN = (1980, 1, 1, 0, 0, 0)
"""The same quiz always gives the same bytes."""


def qti_package(quiz: Quiz) -> tuple[bytes | None, tuple[Note, ...]]:
    """The zip, None when no item fits; and what became of each item."""
    export = Export(quiz, "qti")
    made = {item.id: (item, written) for item in quiz.items if (written := qti_item(export, item)) is not None}
    notes = (*export.notes, *overall(quiz, [item for item, _ in made.values()]))
    if not made:
        return None, notes
    files = {"imsmanifest.xml": _manifest(quiz, list(made))}
    files |= {_path(one): written for one, (_, written) in made.items()}
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            package.writestr(zipfile.ZipInfo(name, _WHEN), text.encode(), zipfile.ZIP_DEFLATED)
    return held.getvalue(), notes


def _path(one: str) -> str:
    return f"items/{one}.xml"


def _manifest(quiz: Quiz, items: list[str]) -> str:
    resources = "\n".join(
        f'<resource identifier="{named(one)}" type="imsqti_item_xmlv2p2" href={quoteattr(_path(one))}>'
        f"<file href={quoteattr(_path(one))}/></resource>"
        for one in items
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<manifest xmlns="{_CP}" identifier="{named(quiz.id.replace("/", "--"))}-manifest">\n'
        "<metadata><schema>QTIv2.2 Package</schema><schemaversion>1.0.0</schemaversion></metadata>\n"
        f"<organizations/>\n<resources>\n{resources}\n</resources>\n</manifest>\n"
    )
