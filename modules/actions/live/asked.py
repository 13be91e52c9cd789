"""What a poll asks, as an item or a prediction, whoever wrote it; and reading a vote from a form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from modules.core.errors import NotAllowed
from modules.core.grading import acceptable, grade, read_number
from modules.core.items import Choice, FreeText, PlainOption, Quiz, QuizFile, ScoredItem, Sequencing, UnscoredItem
from modules.core.live import ItemPoll, OpinionPoll, Poll, PredictPoll, WordsPoll
from modules.core.module import Module, Predict, walk
from modules.core.prediction import span
from modules.core.prose import Rich, Words
from modules.core.responses import Given, Response, Written
from modules.export.cards.reading import missing, response_of

LONGEST_WORDS = 40
GONE = "This question is no longer in the module. Go on with the next."


@dataclass(frozen=True, slots=True)
class AskedItem:
    quiz: Quiz
    item: ScoredItem | UnscoredItem


@dataclass(frozen=True, slots=True)
class AskedFigure:
    block: Predict


Asked = AskedItem | AskedFigure


def asked(module: Module, poll: Poll) -> Asked:
    """NotAllowed when the author has taken away what it asks."""
    match poll:
        case ItemPoll():
            quiz = module.quizzes.get(poll.quiz)
            item = None if quiz is None else quiz.item(poll.item)
            if quiz is None or item is None:
                raise NotAllowed(GONE)
            return AskedItem(quiz, item)
        case PredictPoll():
            return AskedFigure(_prediction(module, poll))
        case OpinionPoll():
            options = tuple(PlainOption(id=str(n), text=text) for n, text in enumerate(poll.options, 1))
            choice = Choice(id="opinion", type="choice", stem=poll.ask, options=options)
            return _typed(choice, (poll.ask, *poll.options))
        case WordsPoll():
            return _typed(FreeText(id="words", type="free-text", stem=poll.ask, longest=LONGEST_WORDS), (poll.ask,))


def _typed(item: Choice | FreeText, texts: Sequence[str]) -> AskedItem:
    prose: dict[str, Rich] = {text: (Words(text),) for text in texts}
    return AskedItem(Quiz(QuizFile(id="live/typed", items=(item,)), prose=prose), item)


def _prediction(module: Module, poll: PredictPoll) -> Predict:
    lesson = module.lesson(poll.lesson)
    blocks = () if lesson is None else walk(lesson.blocks)
    found = next((b for b in blocks if isinstance(b, Predict) and b.figure == poll.figure), None)
    if found is None:
        raise NotAllowed(GONE)
    return found


def vote_from(what: Asked, fields: Mapping[str, Sequence[str]]) -> Response:
    """NotAllowed, with a sentence that says what is missing."""
    if isinstance(what, AskedFigure):
        return _guess(what.block, fields)
    response = response_of(what.item, fields)
    if isinstance(response, Written):
        response = Written(text=" ".join(response.text.casefold().split()))
    if response is None:
        raise NotAllowed(missing(what.item))
    sentence = acceptable(what.item, response)
    if sentence is not None:
        raise NotAllowed(sentence)
    return response


def _guess(block: Predict, fields: Mapping[str, Sequence[str]]) -> Given:
    typed = read_number(next(iter(fields.get("answer", ())), ""))
    if typed is None or not block.low <= typed <= block.high:
        raise NotAllowed(f"Type one number {span(block)}.")
    return Given(value=typed)


def correct(what: Asked, response: Response) -> bool | None:
    """None where there is no key."""
    if isinstance(what, AskedFigure):
        return None
    score = grade(what.item, response, what.quiz).score
    return None if score is None else score == 1


def works_live(item: ScoredItem | UnscoredItem) -> bool:
    """Sequencing needs a script on the phone, and free text no table of answers: neither is offered."""
    return not isinstance(item, Sequencing)
