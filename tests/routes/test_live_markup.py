"""What a room writes is text on the screen, on the desk and on phones."""

import pytest

from modules.actions.live.results import Bar, Results
from modules.core.live import LiveSession, Plan
from modules.records.floor import Question
from modules.routes.live_desk import _questions
from modules.routes.live_panels import floor_panel, panel_html
from modules.routes.live_phone import floor_html
from tests.builders import NOON

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'>"
SESSION = LiveSession("KQ7R2M", "harbour", "d" * 64, "host", Plan(lessons=("01-lamp",)), NOON)
ASKED = (Question(1, SCRIPT, "shown", 2), Question(2, SCRIPT, "waiting", 0, mine=True))
WRITTEN = Results("closed", SCRIPT, 1, bars=(Bar(SCRIPT, 1),), words=((SCRIPT, 1),), rationale=SCRIPT)


@pytest.mark.parametrize(
    "html",
    [floor_panel(ASKED), floor_html(SESSION, ASKED), _questions("KQ7R2M", ASKED), panel_html(WRITTEN)],
    ids=["screen", "phone", "desk", "words"],
)
def test_what_is_written_from_the_floor_never_becomes_markup(html: str) -> None:
    assert "alert(1)" in html
    assert "<script" not in html
    assert "<img" not in html
