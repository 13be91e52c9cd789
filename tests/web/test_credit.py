"""Claiming credit on the page, and the coordinator's desk, on a site with an invented provider."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from modules.actions.attempts import Address
from modules.actions.house import house
from modules.actions.identity import COOKIE, new_learner, seal
from modules.actions.learn import acknowledge, answer_item, finish_lesson, open_lesson, standing
from modules.core.people import Account, BirthDay, Licence, Profile
from modules.core.sitting import current
from modules.records.profiles import keep_profile
from tests.authoring.reading import GOOD
from tests.browser.standing import response_to
from tests.owner import account_with, signed_in_as
from tests.web.test_pages import MAIN, opened, sends, words

CREDIT = """provider:
  name: The invented institute
  address: 1 Quay Street, Harbour
offered: [participation, invented]
schemes:
  - id: invented
    name: Invented credit
    unit: "*invented credit*"
    units: "*invented credits*"
    step: 0.25
    step_minutes: 15
    professions: [Nurse]
    title: Certificate of invented credit
    designation: "{provider} names this {format} for at most {amount} {unit}."
    certificate: "{provider} gives {amount} {unit}."
    source: Invented.
    needs: [account, name, consent]
"""


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The site of the loader's tests, its module carrying a scheme for nurses."""
    site = tmp_path / "site"
    for file in sorted(GOOD.rglob("*")):
        if file.is_file():
            copy = site / file.relative_to(GOOD)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
    (site / "content/credit.yaml").write_text(CREDIT, encoding="utf-8")
    front = site / "content/demo/module.md"
    text = front.read_text(encoding="utf-8")
    front.write_text(text.replace("{maximum: 0.25}", "{maximum: 0.25, schemes: [invented]}"), encoding="utf-8")
    monkeypatch.setenv("LANDMARK_CONTENT_DIR", str(site / "content"))
    monkeypatch.setenv("LANDMARK_QUIZZES_DIR", str(site / "quizzes"))
    monkeypatch.setenv("LANDMARK_DATABASE_URL", f"sqlite:///{tmp_path / 'landmark.db'}")
    house.cache_clear()
    yield AppTest.from_file(str(MAIN), default_timeout=30)
    house().records.close()
    house.cache_clear()


def nurse() -> Account:
    """Signed up, everything in the module done, an empty profile."""
    account = account_with(house().records)
    done(account.learner)
    return account


def done(learner: str) -> None:
    records, module = house().records, house().shelf.current().library.modules["demo"]
    now = datetime.now(UTC)
    acknowledge(records, learner, module, profession="Nurse", country="AT", now=now)
    for role in ("pre", None, "post", "evaluation"):
        if role is None:
            for lesson in module.lessons:
                open_lesson(records, learner, module, lesson.id, now=now)
                finish_lesson(records, learner, module, lesson.id, now=now)
            continue
        here = current(module, learner, standing(records, learner, module), role)  # type: ignore[arg-type]
        for slot in here.slots:
            quiz = module.quizzes[slot.quiz]
            item = next(i for i in quiz.items if i.id == slot.item)
            address = Address(role, slot.quiz, here.attempt, slot.item)  # type: ignore[arg-type]
            answer_item(records, learner, module, address, response=response_to(quiz, item), now=now)


def filled_in(account: Account, name: str = "Ann Åker, RN") -> None:
    profile = Profile(
        name=name, given_name="Ann", family_name="Åker", profession="Nurse", country="AT",
        licences=(Licence(register="npi", number="1234567893"),), born=BirthDay(month=2, day=1),
    )  # fmt: skip
    consents = {"registers": True, "follow-up": False}
    keep_profile(house().records, account.id, profile, consents, now=datetime.now(UTC))  # type: ignore[arg-type]


def html(app: AppTest) -> str:
    return " ".join(str(block.proto.body) for block in app.html)


def test_a_learner_claims_the_credit_of_their_profession_once_everything_is_there(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = nurse()
    sends(monkeypatch, signed_in_as(house().records, account, house().secret))
    page = html(opened(app, "credit", module="demo"))
    assert "Needed for Invented credit" in page
    for left in ("Given and family name", "Consent to report"):
        assert f"<strong>{left}</strong> <span>(to do)" in page
    assert 'href="/account/profile"' in page
    filled_in(account)
    opened(app, "credit", module="demo")
    assert "The invented institute names this enduring material for at most 0.25 <em>invented credits</em>." in html(
        app
    )
    assert "Name on the certificate: Ann Åker, RN" in words(app)
    app.button[0].click().run()
    assert not app.exception
    page = html(app)
    assert "Certificate of invented credit: Invented credit" in page
    assert "0.25 invented credits" in page
    (issued,) = house().records.certificates(account.learner)
    assert issued.certificate.name == "Ann Åker, RN"


def test_a_guest_may_take_a_certificate_of_participation(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    learner = new_learner()
    done(learner)
    from_guest(monkeypatch, learner)
    opened(app, "credit", module="demo")
    assert [r.options for r in app.radio] == [["Invented credit", "Certificate of participation"]]
    assert "<strong>Account</strong> <span>(to do)" in html(app)
    app.radio[0].set_value("Certificate of participation").run()
    app.text_input(key="claim-name").input("Ann Guest")
    app.text_input(key="claim-email").input("ann@example.org")
    app.button[0].click().run()
    (issued,) = house().records.certificates(learner)
    assert (issued.certificate.scheme, issued.certificate.name) == ("participation", "Ann Guest")


def from_guest(monkeypatch: pytest.MonkeyPatch, learner: str) -> None:
    sends(monkeypatch, {COOKIE: seal(learner, house().secret)})


def test_a_name_corrected_in_the_profile_is_put_on_a_new_certificate(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = nurse()
    filled_in(account, "Ann Aker")
    sends(monkeypatch, signed_in_as(house().records, account, house().secret))
    opened(app, "credit", module="demo").button[0].click().run()
    filled_in(account, "Ann Åker")
    opened(app, "credit", module="demo")
    assert "Your profile says: Ann Åker." in words(app)
    app.button[0].click().run()
    states = {one.state: one.certificate.name for one in house().records.certificates(account.learner)}
    assert states == {"superseded": "Ann Aker", "valid": "Ann Åker"}
    assert "Your profile says" not in words(app)


def test_a_coordinator_corrects_and_revokes_and_nobody_else_sees_the_desk(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    account, records, secret = nurse(), house().records, house().secret
    filled_in(account)
    sends(monkeypatch, signed_in_as(records, account, secret))
    opened(app, "credit", module="demo").button[0].click().run()
    number = records.certificates(account.learner)[0].certificate.number
    opened(app, "certificates")
    assert "Your account does not open this" in words(app)
    assert not app.text_input
    sends(monkeypatch, signed_in_as(records, account_with(records, "coordinator"), secret))
    opened(app, "certificates").text_input(key="certificate-number").input(number.lower()).run()
    app.text_input(key="certificate-name").input("Anna Åker")
    app.button[0].click().run()
    after = records.certificates(account.learner)[-1].certificate
    assert after.name == "Anna Åker"
    assert app.text_input(key="certificate-number").value == after.number
    app.text_input(key="certificate-reason").input("mistake")
    app.button[1].click().run()
    assert "at least 3 words" in words(app)
    app.text_input(key="certificate-reason").input("Issued to the wrong person")
    app.button[1].click().run()
    assert "It was revoked." in words(app)
    assert "Issued to the wrong person" in html(app)


def test_a_reflection_is_kept_and_shown_again(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    account = nurse()
    sends(monkeypatch, signed_in_as(house().records, account, house().secret))
    opened(app, "learning")
    app.text_area(key="note-demo").input("I will look first.")
    next(b for b in app.button if b.label == "Save the note").click().run()
    assert house().records.notes(account.learner)["demo"].text == "I will look first."
    assert "Your note is saved." in words(app)
