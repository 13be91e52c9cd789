"""The exceptions of Landmark: broken promises only; author mistakes are problems, expected results are values.

LandmarkError
├── RecordsUnavailable   the journal could not be read or written
├── NotAllowed           the requirements for this act are not met
│   └── Incomplete       a test is sent in before every item has an answer
├── UnknownPath          a path names nothing in the evidence
│   └── NotPublished     the path is well formed; the figure was not published
├── ProofError           a proof cannot be read or worked out
└── SettingsError        the environment holds a value that cannot be used
"""


class LandmarkError(Exception):
    """Its text is a sentence that a learner may read."""


class RecordsUnavailable(LandmarkError):
    """The journal could not be reached; nothing was saved."""

    def __init__(self, sentence: str = "Your answer was not saved. Try again.") -> None:
        super().__init__(sentence)


class NotAllowed(LandmarkError):
    """The act is refused; the sentence says what is missing."""


class Incomplete(NotAllowed):
    """A test cannot be sent in yet; `numbers` count the items without an answer, the first asked being 1."""

    def __init__(self, numbers: tuple[int, ...]) -> None:
        listed = " and ".join(filter(None, (", ".join(map(str, numbers[:-1])), str(numbers[-1]))))
        words = f"question {listed} still needs" if len(numbers) == 1 else f"questions {listed} still need"
        super().__init__(f"Nothing was sent yet: {words} an answer.")
        self.numbers = numbers


class UnknownPath(LandmarkError):
    """A path such as `cleopatra.os-final.ptd.median` that leads nowhere; `near` are the closest names there."""

    def __init__(self, path: str, sentence: str, near: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.path, self.near = path, near


class NotPublished(UnknownPath):
    """A path that could hold a figure, where the trial published none."""


class ProofError(LandmarkError):
    """A proof that cannot be read or worked out; `at` is the character where, counted from 1."""

    def __init__(self, sentence: str, at: int) -> None:
        super().__init__(sentence)
        self.at = at


class SettingsError(LandmarkError):
    """A setting has a value the app cannot use; the sentence names the variable and what it should hold."""
