"""The command line, `python -m modules.cli <command>`: commands register themselves, this file dispatches."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from modules import settings
from modules.actions import impact_command
from modules.authoring import check_command, schema_command
from modules.core.errors import LandmarkError

ROOT = Path(__file__).resolve().parents[1]
"""The folder of app.py, content and quizzes."""

COMMANDS: tuple[Callable[[Any], None], ...] = (
    check_command.register,
    schema_command.register,
    impact_command.register,
)
"""Each adds its parser and sets `run(arguments, settings) -> exit code`."""


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m modules.cli", description="Landmark on the command line.")
    commands = top.add_subparsers(metavar="command", required=True)
    for register in COMMANDS:
        register(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """0 done, 1 done and something needs mending, 2 could not be done."""
    parsed = parser().parse_args(arguments)
    try:
        return int(parsed.run(parsed, settings.read(os.environ, ROOT)))
    except LandmarkError as sentence:
        print(sentence, file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader (`| head`) has seen enough; keep Python from complaining when it closes the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


if __name__ == "__main__":
    sys.exit(main())
