"""content/credit.yaml -> Crediting; a broken file gives no credit but participation."""

from pathlib import Path

from modules.authoring.lint.credit import check_crediting
from modules.authoring.problems import Findings
from modules.authoring.sheet import Sheet
from modules.authoring.source import read_text, read_yaml
from modules.authoring.validate import validate
from modules.core.schemes import Crediting


def read_crediting(content: Path) -> tuple[Crediting, list[Findings]]:
    """Without the file, nothing is wrong and participation is what there is."""
    file = content / "credit.yaml"
    if not file.is_file():
        return Crediting(), []
    findings = Findings(f"{content.name}/{file.name}")
    text = read_text(file, findings)
    source = None if text is None else read_yaml(text, findings)
    found = None if source is None else validate(Crediting, source, findings)
    if found is not None and source is not None:
        check_crediting(found, Sheet(source, findings))
    # A scheme that cannot be trusted must not be claimed: with any error in the file, none of it is used.
    return (Crediting() if found is None or findings.broken else found), [findings]
