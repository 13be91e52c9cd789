"""How items are written: the flaws that give an answer away or confuse (NBME item-writing guide)."""

from modules.authoring.drafts import QuizDraft
from modules.authoring.lint.options import check_key, check_options
from modules.authoring.lint.stems import check_stem
from modules.authoring.sheet import Sheet
from modules.authoring.source import Location
from modules.authoring.wording import said
from modules.core.items import Choice, Listed, MultipleResponse, OneBest, Scored
from modules.core.prose import plain


def check_items(draft: QuizDraft) -> None:
    """The rules of every item of a quiz that could be read."""
    if draft.quiz is None or draft.source is None:
        return
    sheet = Sheet(draft.source, draft.findings)
    for index, item in enumerate(draft.quiz.items):
        at: Location = ("items", index)
        if isinstance(item, OneBest | MultipleResponse | Listed):
            texts = tuple(plain(draft.quiz.rich(o.text)).strip() for o in item.options)
            sheet.twice((*at, "options"), (o.id for o in item.options), "the option id")
            check_options(texts, not isinstance(item, Choice), sheet, (*at, "options"))
        if isinstance(item, Scored):
            heard = said(item, draft.quiz)
            check_stem(heard, sheet, at)
            check_key(heard, sheet, at)
