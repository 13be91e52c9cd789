"""What the product rests on: every library says its licence, none is under the GPL, and no two disagree."""

import re
import subprocess
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
COPYLEFT = re.compile(r"\bA?GPL|(?<!Lesser )General Public|Affero", re.IGNORECASE)


def product() -> dict[str, Distribution]:
    """Everything that requirements.txt brings in, by name, as it is installed here."""
    lines = (line.partition("#")[0].strip() for line in (ROOT / "requirements.txt").read_text().splitlines())
    waiting, found = [Requirement(line) for line in lines if line], dict[str, Distribution]()
    while waiting:
        wanted = waiting.pop()
        name = re.sub(r"[-_.]+", "-", wanted.name).lower()
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue
        asked = ("", *wanted.extras)
        for one in map(Requirement, found[name].requires or ()):
            if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in asked):
                waiting.append(one)
    return found


def licence(of: Distribution) -> str:
    """What it says of itself: an SPDX expression, else its classifiers, else its own words."""
    told = of.metadata
    classified = [c for c in told.get_all("Classifier") or () if c.startswith("License ::")]
    return told.get("License-Expression") or "; ".join(classified) or (told.get("License") or "").partition("\n")[0]


def test_every_library_says_its_licence_and_none_is_under_the_gpl() -> None:
    told = {name: licence(of) for name, of in product().items()}
    assert len(told) > 40
    assert [name for name, words in told.items() if not words] == []
    assert {name: words for name, words in told.items() if COPYLEFT.search(words)} == {}


def test_a_licence_that_is_not_allowed_is_recognised() -> None:
    refused = ("GPL-3.0-or-later", "License :: OSI Approved :: GNU General Public License v3 (GPLv3)", "AGPL-3.0-only")
    allowed = ("LGPL-3.0-only", "License :: OSI Approved :: GNU Lesser General Public License v3", "MIT")
    assert all(COPYLEFT.search(words) for words in refused)
    assert not any(COPYLEFT.search(words) for words in allowed)


def test_the_installed_releases_fit_each_other() -> None:
    asked = [sys.executable, "-m", "pip", "check", "--disable-pip-version-check"]
    told = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout
