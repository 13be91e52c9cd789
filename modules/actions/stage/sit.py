"""Pre-test and post-test: one question at a time, a look over all of them, and everything sent in at once."""

from dataclasses import dataclass
from typing import Literal

from modules.actions.attempts import barred
from modules.actions.learn import Address, answer_item
from modules.actions.sittings import drafts_of, keep, send
from modules.actions.stage.drawn import Item, ask_of, asked_texts, given, lacking, pieces, sources_html
from modules.actions.stage.explained import answered_html
from modules.actions.stage.result import result_card
from modules.actions.stage.visit import CHANGED, KEPT, NOWHERE, SENT_ALREADY, Card, Sent, Visit, item_of, quiz_of
from modules.actions.stage.ways import notice_card
from modules.core.conduct import Conduct
from modules.core.errors import Incomplete, NotAllowed
from modules.core.items import Scored
from modules.core.progress import Progress
from modules.core.prose import plain
from modules.core.responses import Draft
from modules.core.sitting import Sitting, Slot, conduct_of, current, over, unanswered
from modules.export.cards.card import fields_html
from modules.export.cards.reading import missing
from modules.export.stage_html import (
    Button,
    Frame,
    flag_html,
    form_html,
    head_html,
    notice_html,
    review_html,
)

Tested = Literal["pre", "post"]
HEAD = "#item-head"
NO_BACK = "This test does not go back to an earlier question."


@dataclass(frozen=True, slots=True)
class Desk:
    """One attempt on the desk: what it asks, what was given so far, and how it is sat."""

    visit: Visit
    role: Tested
    mine: Progress
    here: Sitting
    drafts: dict[str, Draft]

    @property
    def conduct(self) -> Conduct:
        return conduct_of(self.visit.module, self.role)

    @property
    def at_once(self) -> bool:
        return self.conduct.rationales == "at-once"

    @property
    def begun(self) -> bool:
        return bool(self.drafts) or len(unanswered(self.here, self.mine)) < len(self.here.slots)

    @property
    def waiting(self) -> list[int]:
        """The numbers of the questions without an answer in the journal."""
        left = unanswered(self.here, self.mine)
        return [n for n, slot in enumerate(self.here.slots, 1) if slot in left]

    def item(self, slot: Slot) -> Item:
        return item_of(quiz_of(self.visit.module, slot.quiz), slot.item)

    def given(self, slot: Slot) -> bool:
        draft = self.drafts.get(slot.place)
        return (draft is not None and draft.response is not None) or self.here.answer(self.mine, slot) is not None


def desk_of(visit: Visit, role: Tested) -> Desk:
    mine = visit.standing()
    here = current(visit.module, visit.learner, mine, role)
    return Desk(visit, role, mine, here, drafts_of(visit.records, visit.learner, visit.module, role))


def test_card(visit: Visit, role: Tested) -> Card:
    """What a learner finds who comes to a test: its start, the question they left, or its result."""
    desk = desk_of(visit, role)
    closed = desk.mine.attempts(role)
    if closed and (over(desk.mine, role) or not desk.begun):
        return result_card(visit, role, desk.mine, closed[-1])
    if said := barred(visit.module, visit.learner, desk.mine, role, now=visit.now):
        return notice_card(visit, desk.mine, said)
    return _resumed(desk) if desk.begun else _start(desk)


def test_act(visit: Visit, role: Tested, sent: Sent) -> Card:
    desk = desk_of(visit, role)
    if sent.do == "result":
        return test_card(visit, role)
    if said := barred(visit.module, visit.learner, desk.mine, role, now=visit.now):
        if desk.mine.attempts(role):
            return _moved_on(visit, role, SENT_ALREADY)
        raise NotAllowed(said)
    if sent.do in ("begin", "retry"):
        return _resumed(desk) if desk.begun else _question(desk, 1)
    if sent.number("attempt") != desk.here.attempt:
        return _moved_on(visit, role, SENT_ALREADY)
    if sent.do == "send":
        return _sent_in(desk)
    return _with_item(desk, sent)


def _moved_on(visit: Visit, role: Tested, sentence: str) -> Card:
    found = test_card(visit, role)
    return Card(found.html, found.focus, found.done, 409, sentence)


def _with_item(desk: Desk, sent: Sent) -> Card:
    """Keeps what is in the form, then goes where the button says."""
    place = sent.first("place")
    if place:
        slot = desk.here.slot(place)
        if slot is None:
            raise NotAllowed(NOWHERE)
        if sent.version != desk.visit.module.digest and sent.do != "draft":
            return _stale(desk, slot, sent)
        if sent.do == "answer" or desk.at_once:
            return _at_once(desk, slot, sent)
        _keep(desk, slot, sent)
        if sent.do == "draft":
            return KEPT
        desk = desk_of(desk.visit, desk.role)
        return _onward(desk, desk.here.slots.index(slot) + 1, sent.do)
    return _onward(desk, 0, sent.do)


def _onward(desk: Desk, number: int, do: str) -> Card:
    """From the question with this number, 0 from none of them."""
    waiting = desk.waiting
    if do == "next":
        after = [n for n in waiting if n > number]
        return _question(desk, after[0]) if after else _review(desk)
    if not desk.conduct.back:
        raise NotAllowed(NO_BACK)
    before = [n for n in waiting if n < number]
    if do == "back" and before:
        return _question(desk, before[-1])
    if do == "review":
        return _review(desk)
    wanted = do.removeprefix("go-")
    if wanted.isdecimal() and int(wanted) in waiting:
        return _question(desk, int(wanted))
    raise NotAllowed(NOWHERE)


def _keep(desk: Desk, slot: Slot, sent: Sent) -> None:
    item, visit = desk.item(slot), desk.visit
    draft = given(sent, item)
    if said := lacking(sent, item, draft):
        raise NotAllowed(said)
    if not desk.conduct.back:
        after = desk.here.slots[desk.here.slots.index(slot) + 1 :]
        if any(s.place in desk.drafts for s in after):
            raise NotAllowed(NO_BACK)
        if draft.response is None and sent.do == "next":
            raise NotAllowed(missing(item))
    if draft != desk.drafts.get(slot.place):
        keep(visit.records, visit.learner, visit.module, desk.role, place=slot.place, draft=draft, now=visit.now)


def _at_once(desk: Desk, slot: Slot, sent: Sent) -> Card:
    """The response goes straight to the journal, and stands; the verdict comes back."""
    visit, item = desk.visit, desk.item(slot)
    if sent.do in ("draft", "next"):
        return KEPT if sent.do == "draft" else test_card(visit, desk.role)
    draft = given(sent, item)
    if draft.response is None or lacking(sent, item, draft):
        raise NotAllowed(lacking(sent, item, draft) or missing(item))
    address = Address(desk.role, slot.quiz, desk.here.attempt, slot.item)
    stands = answer_item(
        visit.records, visit.learner, visit.module, address,
        response=draft.response, now=visit.now, confidence=draft.confidence, seconds=draft.seconds,
    )  # fmt: skip
    number, count = desk.here.slots.index(slot) + 1, len(desk.here.slots)
    last = len(unanswered(desk.here, visit.standing())) == 0
    body = head_html(f"Question {number} of {count}") + answered_html(visit, desk.role, stands, anchor="verdict")
    way = Button("result", "See the result" if last else "Next", main=True)
    return Card(form_html(Frame(visit.module.digest), body, [way]), focus="#verdict")


def _sent_in(desk: Desk) -> Card:
    visit = desk.visit
    try:
        closed = send(
            visit.records, visit.learner, visit.module, desk.role, now=visit.now, attempt=desk.here.attempt
        )  # fmt: skip
    except Incomplete as lacks:
        return Card(_review(desk_of(visit, desk.role)).html, HEAD, status=409, error=str(lacks))
    return result_card(visit, desk.role, visit.standing(), closed)


def _stale(desk: Desk, slot: Slot, sent: Sent) -> Card:
    """The card as it is now, with what was given where that still fits; nothing is kept."""
    item = desk.item(slot)
    draft = given(sent, item)
    fits = lacking(sent, item, draft) is None
    drafts = desk.drafts | ({slot.place: draft} if fits else {})
    fresh = Desk(desk.visit, desk.role, desk.mine, desk.here, drafts)
    shown = _question(fresh, desk.here.slots.index(slot) + 1)
    return Card(shown.html, shown.focus, status=409, error=CHANGED)


def _start(desk: Desk) -> Card:
    front, conduct, count = desk.visit.module.front, desk.conduct, len(desk.here.slots)
    rule = front.assessment
    if desk.role == "pre":
        told = [f"{count} questions show what you know now. They are not graded; the answers come in the lessons."]
    else:
        told = [f"To pass: <strong>{rule.correct} of {rule.asked} needed</strong>.", _attempts(desk)]
    if conduct.minutes:
        told.append(f"About {conduct.minutes} minutes. There is no time limit.")
    if desk.at_once:
        told.append("Each answer stands when it is sent, and is explained at once.")
    else:
        told.append("Your answers are kept as you go, and count when you send them in.")
    if not conduct.back and not desk.at_once:
        told.append("You cannot go back to an earlier question.")
    body = head_html(f"{count} questions") + "".join(f"<p>{one}</p>" for one in told)
    frame = Frame(desk.visit.module.digest, {"attempt": str(desk.here.attempt)})
    return Card(form_html(frame, body, [Button("begin", "Begin", main=True)]), focus=HEAD)


def _attempts(desk: Desk) -> str:
    number, most = desk.here.attempt, desk.conduct.attempts
    if most is None:
        return f"Attempt {number}. If you do not pass, you may try again on what you missed."
    left = most - number
    after = "no attempt is left after it" if left <= 0 else f"{left} more after it"
    return f"Attempt {number} of {most}; {after}."


def _resumed(desk: Desk) -> Card:
    """At the question worked on last: the furthest with a draft; with a response to all, at the look over them."""
    slots, waiting = desk.here.slots, desk.waiting
    if not desk.at_once and all(desk.given(slot) for slot in slots):
        return _review(desk)
    touched = [n for n in waiting if slots[n - 1].place in desk.drafts]
    return _question(desk, touched[-1] if touched and not desk.at_once else waiting[0])


def _question(desk: Desk, number: int) -> Card:
    visit, slot, count = desk.visit, desk.here.slots[number - 1], len(desk.here.slots)
    quiz, item = quiz_of(visit.module, slot.quiz), desk.item(slot)
    draft = desk.drafts.get(slot.place, Draft())
    here = pieces(visit, asked_texts(quiz, item), f"q-{item.id}")
    fields = fields_html(ask_of(visit, desk.role, quiz, item, draft=draft), here)
    flag = "" if desk.at_once or not desk.conduct.back else flag_html(flagged=draft.flagged)
    hint = f"About {desk.conduct.minutes} minutes in all" if desk.conduct.minutes else ""
    hidden = {"place": slot.place, "attempt": str(desk.here.attempt), "spent": f"{draft.seconds:g}"}
    frame = Frame(visit.module.digest, hidden, drafts=not desk.at_once)
    body = head_html(f"Question {number} of {count}", small=hint) + fields + flag
    form = form_html(frame, body, _buttons(desk, number), label=f"Question {number} of {count}")
    return Card(f'<div class="lm-item">{form}{sources_html(here)}</div>', focus=HEAD)


def _buttons(desk: Desk, number: int) -> list[Button]:
    if desk.at_once:
        return [Button("answer", "Send answer", main=True)]
    last = number == desk.waiting[-1]
    found = [Button("next", "Look over your answers" if last else "Next", main=True)]
    if desk.conduct.back and number > desk.waiting[0]:
        found.append(Button("back", "Back"))
    if desk.conduct.back and not last:
        found.append(Button("review", "Look over your answers"))
    return found


def _review(desk: Desk) -> Card:
    rows, open_ = [], []
    for number, slot in enumerate(desk.here.slots, 1):
        quiz, item = quiz_of(desk.visit.module, slot.quiz), desk.item(slot)
        flagged = slot.place in desk.drafts and desk.drafts[slot.place].flagged
        state = "answered" if desk.given(slot) else "not answered"
        rows.append((_excerpt(plain(quiz.rich(item.stem))), f"{state}, flagged" if flagged else state))
        if not desk.given(slot) and isinstance(item, Scored):
            open_.append(number)
    told = notice_html(_waiting(open_)) if open_ else "<p>Every question has an answer.</p>"
    listed = review_html(rows, ways=desk.waiting if desk.conduct.back else ())
    body = head_html("Look over your answers") + told + listed
    frame = Frame(desk.visit.module.digest, {"attempt": str(desk.here.attempt)})
    return Card(form_html(frame, body, [Button("send", "Send in", main=True)]), focus=HEAD)


def _waiting(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"Question {numbers[0]} has no answer yet."
    return f"Questions {', '.join(map(str, numbers[:-1]))} and {numbers[-1]} have no answer yet."


def _excerpt(text: str, longest: int = 90) -> str:
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0] + " …"
