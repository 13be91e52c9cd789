"""The shipped credit schemes with an invented provider who has confirmed them; no accreditor has seen it."""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from modules.authoring.credit_file import read_crediting
from modules.core.credit import Claimant
from modules.core.items import Quiz, texts_of
from modules.core.module import Credit, Module
from modules.core.people import Actor, BirthDay, Consent, Licence, Profile
from modules.core.prose import Rich, Words
from modules.core.schemes import Crediting, Provider
from tests.builders import NOON, module

ROOT = Path(__file__).resolve().parents[1]
INSTITUTE = Provider(
    name="The Harbour Institute",
    address="1 Quay Street, Harbour",
    accreditation={"ama-pra-1": "0001234"},
)
ALL = ("ama-pra-1", "eaccme", "ancc", "acpe", "aapa", "abim-moc", "uk-cpd")
UAN = "0129-0000-26-001-H01-P"


@lru_cache(maxsize=1)
def shipped() -> Crediting:
    found, findings = read_crediting(ROOT / "content")
    assert [p for f in findings for p in f.problems] == []
    return found


def configured(*, joint: str | None = None) -> Crediting:
    """Every scheme on offer."""
    provider = INSTITUTE.model_copy(update={"joint": joint})
    return shipped().model_copy(update={"provider": provider, "offered": ("participation", *ALL)})


def carrying(*schemes: str, hours: float = 0.5, uan: str | None = UAN, built: Module | None = None) -> Module:
    """The made-up module with these schemes, all when none is named."""
    found = built or module()
    credit = Credit(maximum=hours, schemes=schemes or ALL, uan=uan)
    quizzes = {name: replace(quiz, prose=_prose(quiz)) for name, quiz in found.quizzes.items()}
    return replace(found, front=found.front.model_copy(update={"credit": credit}), quizzes=quizzes)


def _prose(quiz: Quiz) -> dict[str, Rich]:
    return {text: (Words(text),) for item in quiz.items for text in texts_of(item)}


def person(profession: str, learner: str = "ann", *, given: bool = True) -> Claimant:
    """Somebody with a confirmed account, everything a register asks for, and consent when `given`."""
    profile = Profile(
        name="Ann Åker, MD",
        given_name="Ann",
        family_name="Åker",
        profession=profession,
        country="US",
        licences=(
            Licence(register="npi", number="1234567893"),
            Licence(register="us-state", number="A 12345", region="NY"),
            Licence(register="abim", number="123456"),
            Licence(register="nabp", number="1234567"),
        ),
        born=BirthDay(month=2, day=29),
    )
    consents = (Consent("registers", given, NOON),)
    return Claimant(Actor(learner, account=f"account-of-{learner}", confirmed=True), profile, consents)
