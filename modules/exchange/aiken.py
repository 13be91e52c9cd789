"""Aiken text -> questions, and back: one question of one best answer after the other.

The format is that of https://docs.moodle.org/en/Aiken_format.
"""

import re

from modules.exchange.question import Answer, Question, Reading, Unreadable, tidy

OPTION = re.compile(r"\s*([A-Z])[.)]\s+(.*)")
KEY = re.compile(r"\s*ANSWER:\s*([A-Za-z]?)\s*", re.IGNORECASE)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def read_aiken(text: str) -> Reading:
    questions: list[Question] = []
    asked: list[str] = []
    options: dict[str, str] = {}
    start = 1
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        if key := KEY.fullmatch(line):
            questions.append(_question(asked, options, key[1].upper(), (start, number)))
            asked, options = [], {}
        elif option := OPTION.fullmatch(line):
            _open(asked, options, option[1], number)
            options[option[1]] = tidy(option[2])
        elif options:
            sentence = f'"{tidy(line)[:40]}" is neither an option nor an answer.'
            raise Unreadable(number, sentence, 'Write "B. text" or "ANSWER: B".')
        else:
            start = start if asked else number
            asked.append(line)
    if asked or options:
        raise Unreadable(start, "the question has no answer.", 'End it with a line "ANSWER: A".')
    return Reading(tuple(questions))


def _open(asked: list[str], options: dict[str, str], letter: str, line: int) -> None:
    if not asked:
        raise Unreadable(line, "an option stands before any question.", "Write the question on the line before it.")
    if letter in options:
        raise Unreadable(line, f"the option {letter} stands twice.", "Give each option its own letter.")


def _question(asked: list[str], options: dict[str, str], key: str, lines: tuple[int, int]) -> Question:
    start, line = lines
    if not asked:
        raise Unreadable(line, "an answer stands before any question.", "Write the question and its options first.")
    if len(options) < 2:
        raise Unreadable(line, "the question has fewer than two options.", 'Write them as "A. text".')
    if key not in options:
        raise Unreadable(line, f'the answer "{key}" is none of the options.', f"Write one of {', '.join(options)}.")
    answers = tuple(Answer(text, 100.0 if letter == key else 0.0) for letter, text in options.items())
    text = tidy(" ".join(asked))
    return Question(" ".join(text.split()[:6]), "single", text, answers, line=start)


def write_aiken(questions: tuple[Question, ...]) -> str:
    return "\n".join(map(_block, questions))


def _block(question: Question) -> str:
    lines = [tidy(question.text)]
    lines += [f"{letter}. {answer.text}" for letter, answer in zip(LETTERS, question.answers, strict=False)]
    key = next(n for n, answer in enumerate(question.answers) if answer.share == 100)
    return "\n".join([*lines, f"ANSWER: {LETTERS[key]}", ""])
