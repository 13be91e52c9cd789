"""Every page, run by Streamlit's own test driver: a browser that keeps no cookie, and an owner's."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from modules.actions.house import ROOT, house
from tests.authoring.reading import GOOD
from tests.owner import account_with, owner_cookies, signed_in_as

MAIN = ROOT / "modules" / "web" / "main.py"
NEED_A_LEARNER = ("module", "lesson", "quiz", "credit", "learning")


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The app on an empty database, with the shipped content."""
    monkeypatch.setenv("LANDMARK_DATABASE_URL", f"sqlite:///{tmp_path / 'landmark.db'}")
    house.cache_clear()
    yield AppTest.from_file(str(MAIN), default_timeout=30)
    house().records.close()
    house.cache_clear()


def opened(app: AppTest, page: str, **query: str) -> AppTest:
    for name, value in query.items():
        app.query_params[name] = value
    return app.switch_page(f"views/{page}.py").run()


def sends(monkeypatch: pytest.MonkeyPatch, cookies: dict[str, str]) -> None:
    """The driver has no browser: what one would send is put where Streamlit reads it."""
    monkeypatch.setattr(ContextProxy, "cookies", property(lambda _: cookies))


def words(app: AppTest) -> str:
    return " ".join(str(e.value) for kind in (app.title, app.markdown, app.warning, app.info, app.error) for e in kind)


def test_the_catalogue_shows_the_module_and_asks_for_cookies(app: AppTest) -> None:
    app.run()
    assert [t.value for t in app.title] == ["Landmark"]
    assert "Induction, then maintenance" in app.subheader[0].value
    assert "Allow cookies" in words(app)


@pytest.mark.parametrize("page", NEED_A_LEARNER)
def test_a_page_that_needs_a_learner_says_so_without_a_cookie(app: AppTest, page: str) -> None:
    opened(app, page, module="her2-maintenance")
    assert not app.exception
    assert "Allow cookies" in words(app)


def test_an_unknown_module_is_told_in_a_sentence(app: AppTest) -> None:
    opened(app, "module", module="nothing-here")
    assert "No module here has this address" in words(app)


def test_the_evidence_lists_every_trial_and_filters(app: AppTest) -> None:
    opened(app, "evidence")
    assert "35 of 35 shown" in words(app)
    app.selectbox(key="line").select("first-line maintenance").run()
    assert "2 of 35 shown" in words(app)
    assert not app.exception


def test_endpoints_across_trials_carry_the_caution(app: AppTest) -> None:
    opened(app, "evidence")
    assert any("not compared with one another" in w.value for w in app.warning)


def test_a_trial_page_holds_its_design_and_readouts(app: AppTest) -> None:
    opened(app, "trial", trial="cleopatra")
    assert [t.value for t in app.title] == ["CLEOPATRA"]
    page = " ".join(str(block.proto.body) for block in app.html)
    assert "56.5 months (95% CI 49.3 to not reached)" in page
    assert "10.1056/NEJMoa1413513" in page
    assert not app.exception


def test_an_unknown_trial_is_told_in_a_sentence(app: AppTest) -> None:
    opened(app, "trial", trial="nothing-here")
    assert "No trial here has this address" in words(app)


@pytest.mark.parametrize("page", ["completion", "items", "problems", "registers"])
def test_the_owners_pages_open_for_an_owner_and_for_nobody_else(
    app: AppTest, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {
        "completion": "started", "items": "Nobody has answered a test", "problems": "Nothing to mend",
        "registers": "Nothing is due",
    }[page]  # fmt: skip
    records, secret = house().records, house().secret
    opened(app, page)
    assert "Sign in with your account" in words(app)
    sends(monkeypatch, signed_in_as(records, account_with(records), secret))
    opened(app, page)
    assert "Your account does not open this" in words(app)
    assert told not in words(app)
    sends(monkeypatch, owner_cookies(records, secret))
    opened(app, page)
    assert told in words(app) + " ".join(s.value for s in app.success)


def test_the_owner_sees_what_was_waived_by_whom_and_why(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = shutil.copytree(GOOD, tmp_path / "site")
    form = site / "quizzes/demo/form-a.yaml"
    waived = "# waive I204: the protocol says <never> itself (J. Doe)\n        text: People never died"
    text = form.read_text(encoding="utf-8").replace("text: Half of the people were cured", waived)
    form.write_text(text, encoding="utf-8")
    monkeypatch.setenv("LANDMARK_CONTENT_DIR", str(site / "content"))
    monkeypatch.setenv("LANDMARK_QUIZZES_DIR", str(site / "quizzes"))
    sends(monkeypatch, owner_cookies(house().records, house().secret))
    opened(app, "problems")
    page = " ".join(str(block.proto.body) for block in app.html)
    assert "<summary>Waived by a person: 1</summary>" in page
    assert "J. Doe: the protocol says &lt;never&gt; itself" in page


def test_the_owner_gives_a_duty_and_the_last_owner_keeps_theirs(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    records, secret = house().records, house().secret
    owner, ann = account_with(records, "owner"), account_with(records, email="*ann*@example.org")
    sends(monkeypatch, signed_in_as(records, owner, secret))
    opened(app, "people")
    assert "Accounts: 2. Found: 2." in words(app)
    app.checkbox(key=f"author-{ann.id}").check()
    app.button(key=f"save-{ann.id}").click().run()
    found = records.accounts.account(ann.id)
    assert found is not None
    assert found.duties == {"learner", "author"}
    app.checkbox(key=f"owner-{owner.id}").uncheck()
    app.button(key=f"save-{owner.id}").click().run()
    assert "This is the only owner who can sign in" in words(app) + " ".join(e.value for e in app.error)
    app.button(key=f"link-{ann.id}").click().run()
    assert any("/account/reset/" in code.value for code in app.code)
