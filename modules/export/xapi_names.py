"""The names of xAPI: verbs and activity types of ADL and cmi5, and the addresses of our own activities."""

from dataclasses import dataclass
from typing import Any, Literal

VERSION = "1.0.3"

VerbName = Literal[
    "initialized", "experienced", "answered", "completed", "passed", "failed", "satisfied", "suspended", "resumed"
]  # fmt: skip
VERBS: dict[VerbName, str] = {
    # cmi5, section 9.3, takes the first of these from ADL's vocabulary, except "satisfied", which has its own address.
    "initialized": "http://adlnet.gov/expapi/verbs/initialized",
    "answered": "http://adlnet.gov/expapi/verbs/answered",
    "completed": "http://adlnet.gov/expapi/verbs/completed",
    "passed": "http://adlnet.gov/expapi/verbs/passed",
    "failed": "http://adlnet.gov/expapi/verbs/failed",
    "satisfied": "https://w3id.org/xapi/adl/verbs/satisfied",
    "experienced": "http://adlnet.gov/expapi/verbs/experienced",
    "suspended": "http://adlnet.gov/expapi/verbs/suspended",
    "resumed": "http://adlnet.gov/expapi/verbs/resumed",
}

TypeName = Literal["module", "lesson", "assessment", "interaction"]
TYPES: dict[TypeName, str] = {
    # What we call a module stands by itself; ADL's module is a part of a course.
    "module": "http://adlnet.gov/expapi/activities/course",
    "lesson": "http://adlnet.gov/expapi/activities/lesson",
    "assessment": "http://adlnet.gov/expapi/activities/assessment",
    "interaction": "http://adlnet.gov/expapi/activities/cmi.interaction",
}


def verb(name: VerbName) -> dict[str, Any]:
    return {"id": VERBS[name], "display": {"en": name}}


@dataclass(frozen=True, slots=True)
class Addresses:
    """Of one site: `home` is its public address, without a slash at the end. Every id below it is a promise."""

    home: str

    def module(self, module: str) -> str:
        return f"{self.home}/xapi/modules/{module}"

    def lesson(self, module: str, lesson: str) -> str:
        return f"{self.module(module)}/lessons/{lesson}"

    def quiz(self, quiz: str) -> str:
        """`quiz` holds its module: `her2-maintenance/form-a`."""
        return f"{self.home}/xapi/quizzes/{quiz}"

    def item(self, quiz: str, item: str) -> str:
        return f"{self.quiz(quiz)}/items/{item}"

    def figure(self, module: str, lesson: str, figure: str) -> str:
        return f"{self.lesson(module, lesson)}/figures/{figure}"

    def reviews(self, module: str) -> str:
        return f"{self.module(module)}/reviews"

    def extension(self, name: str) -> str:
        return f"{self.home}/xapi/extensions/{name}"
