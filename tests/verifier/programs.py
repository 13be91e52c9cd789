"""Validators that were not written here: veraPDF, tools of poppler, qpdf, and a verifier of credentials."""

import json
import os
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
VERAPDF = HERE / "node_modules" / "@opendataloader" / "pdf" / "lib" / "opendataloader-pdf-cli.jar"
"""A package whose one file holds all of veraPDF; only that is used of it."""
JAVA = Path("/usr/share/java")
JAXB = ("jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2", "javax.activation")
"""veraPDF reads its rules with JAXB, which Java itself has no more."""


@dataclass(frozen=True, slots=True)
class Accessible:
    """What veraPDF says: `checks` made, and the clauses of ISO 14289-1 that failed."""

    compliant: bool
    checks: int
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """What pdfsig says. `whole`: the signature covers the file to its last byte."""

    valid: bool
    whole: bool
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Verified:
    """`standing` None: the status could not be checked."""

    signature: bool
    standing: bool | None
    error: str | None


def accessible(files: Sequence[Path]) -> list[Accessible]:
    """By veraPDF's rules for PDF/UA-1, all files in one start of Java."""
    path = ":".join([str(VERAPDF), *(str(JAVA / f"{name}.jar") for name in JAXB)])
    lines = _output(["java", "-cp", path, str(HERE / "PdfUa.java"), *map(str, files)]).splitlines()
    found = [line.split(" ") for line in lines if re.match(r"(yes|no) \d+ ", line)]
    assert len(found) == len(files), lines
    return [Accessible(yes == "yes", int(n), tuple(filter(None, which.split(",")))) for yes, n, which in found]


def signed(file: Path) -> Signed:
    text = _output(["pdfsig", str(file)])
    kind = re.search(r"Signature Type: (\S+)", text)
    whole = re.search(r"^\s*- Total document signed", text, re.M) is not None
    return Signed("Signature is Valid" in text, whole, kind[1] if kind else "", text)


def well_formed(file: Path) -> bool:
    return "No syntax or stream encoding errors found" in _output(["qpdf", "--check", str(file)])


def pages(file: Path) -> list[str]:
    """The text of each page, as poppler reads it."""
    return _output(["pdftotext", "-layout", str(file), "-"]).split("\f")[:-1]


def verified(credential: str, authority: Path) -> Verified:
    """`authority`: the certificate of the server that the verifier will ask."""
    environ = os.environ | {"NODE_EXTRA_CA_CERTS": str(authority)}
    done = subprocess.run(
        ["node", "verify.mjs"], cwd=HERE, env=environ, input=credential, capture_output=True, text=True, check=True
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return Verified(**told)


def _output(command: list[str]) -> str:
    """Some of these end with an error code to say that a file is not valid."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr
