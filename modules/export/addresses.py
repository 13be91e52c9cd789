"""The addresses of the app's plain routes, spelt once."""

from typing import Literal
from urllib.parse import quote, urlencode

from modules.core.module import Module

Files = tuple[tuple[str, str], ...]
"""What a link says, and where it leads."""


def version(module: Module) -> str:
    """Names the text that was on screen."""
    return module.digest[:12]


def chart_url(
    module: Module, lesson: str, number: int, *, theme: Literal["light", "dark"] = "light", width: int = 720
) -> str:
    """A lesson's nth chart as SVG; the digest makes it safe to keep for ever."""
    where = f"/chart/{quote(module.id)}/{quote(lesson)}/{number}.svg"
    return f"{where}?theme={theme}&w={width}&v={version(module)}"


def trial_chart_url(trial: str, readout: str, *, theme: Literal["light", "dark"] = "light", width: int = 720) -> str:
    """A readout's own chart as SVG."""
    return f"/chart/evidence/{quote(trial)}/{quote(readout)}.svg?theme={theme}&w={width}"


def chart_files(module: Module, lesson: str, number: int) -> Files:
    """A lesson's nth chart to keep."""
    return _files(f"/chart/{quote(module.id)}/{quote(lesson)}/{number}", f"v={version(module)}")


def trial_chart_files(trial: str, readout: str) -> Files:
    """A readout's own chart to keep."""
    return _files(f"/chart/evidence/{quote(trial)}/{quote(readout)}", "")


def _files(where: str, query: str) -> Files:
    end = f"?{query}" if query else ""
    svg = f"{where}.svg?as=file" + (f"&{query}" if query else "")
    return (("Data (CSV)", f"{where}.csv{end}"), ("Picture (SVG)", svg), ("Picture (PNG)", f"{where}.png{end}"))


def image_url(module: Module, file: str) -> str:
    return f"/image/{quote(module.id)}/{quote(file)}"


def read_url(module_id: str, lesson: str | None = None) -> str:
    return f"/read/{quote(module_id)}" + (f"/{quote(lesson)}" if lesson else "")


def version_url(module_id: str, digest: str, lesson: str | None = None) -> str:
    """A version as it was shown, by its digest."""
    return f"{read_url(module_id, lesson)}?version={quote(digest)}"


def present_url(module_id: str) -> str:
    return f"/present/{quote(module_id)}"


def slides_url(module_id: str, ending: Literal["pptx", "pdf"]) -> str:
    """The slides as a file."""
    return f"{present_url(module_id)}/slides.{ending}"


def handout_url(module_id: str, paper: Literal["a4", "letter"]) -> str:
    """Two slides a page, with what the speaker says."""
    return f"{present_url(module_id)}/handout.pdf?paper={paper}"


def brief_url(module_id: str) -> str:
    """For those who present: the wrong ideas to correct."""
    return f"{present_url(module_id)}/brief"


def slide_anchor(lesson: str, line: int) -> str:
    """The address within the slides of what stands in a line of a lesson."""
    return f"{lesson}-line-{line}"


def verify_url(number: str, base: str = "") -> str:
    return f"{base.rstrip('/')}/verify/{quote(number)}"


def certificate_url(number: str) -> str:
    return f"/certificate/{quote(number)}.pdf"


def badge_link(number: str, base: str = "") -> str:
    """The certificate as an Open Badges credential."""
    return f"{base.rstrip('/')}/credential/{quote(number)}.json"


def status_url(number: int, base: str = "") -> str:
    """A list of the credentials that no longer stand; lists count from 1."""
    return f"{base.rstrip('/')}/status/{number}"


def calendar_url(module_id: str) -> str:
    """The dates of a learner's reviews; whose, the cookie says."""
    return f"/calendar/{quote(module_id)}.ics"


def card_url(module_id: str, where: str, *, lesson: str = "") -> str:
    """Where the questions of a sitting are asked and answered, such as `post` or `check/<quiz>/<item>`.

    `lesson`: the one a learner came for, who is led to the pre-test first.
    """
    return f"/card/{quote(module_id)}/{quote(where)}" + (f"?{urlencode({'lesson': lesson})}" if lesson else "")


def lesson_url(module_id: str, lesson: str, *, at: str = "", back: str = "") -> str:
    """A lesson in the app; `at` is the anchor to scroll to, `back` the sitting to return to."""
    query = {"module": module_id, "lesson": lesson} | ({"at": at} if at else {}) | ({"back": back} if back else {})
    return f"/lesson?{urlencode(query)}"


ACCOUNT = "/account"
PROFILE = "/account/profile"
CONSENTS = "/account/profile"
TRANSCRIPT = "/account/transcript"
