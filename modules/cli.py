"""The command line, `python -m modules.cli <command>`: commands register themselves, this file dispatches."""

import gc
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path

from modules import settings
from modules.core.errors import LandmarkError

ROOT = Path(__file__).resolve().parents[1]
"""The folder of app.py, content and quizzes."""

COMMANDS = {
    "check": "modules.authoring.check_command",
    "schema": "modules.authoring.schema_command",
    "impact": "modules.actions.impact_command",
    "outcomes": "modules.actions.outcomes_command",
    "items": "modules.actions.items_command",
    "audit": "modules.actions.audit_command",
    "deeds": "modules.actions.deeds_command",
    "purge": "modules.actions.purge_command",
    "backup": "modules.actions.backup_command",
    "restore": "modules.actions.restore_command",
    "deliver": "modules.actions.deliver_command",
    "registers": "modules.actions.registers_command",
    "keys": "modules.actions.keys_command",
}
"""Each adds its parser and sets `run(arguments, settings) -> exit code`. Only the one that is asked for is imported:
a check after every saved file should not wait for the database's library."""


def parser(commands: Iterable[str] = COMMANDS) -> ArgumentParser:
    top = ArgumentParser(prog="python -m modules.cli", description="Landmark on the command line.")
    added = top.add_subparsers(metavar="command", required=True)
    for name in commands:
        import_module(COMMANDS[name]).register(added)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """0 done, 1 done and something needs mending, 2 could not be done."""
    typed = list(sys.argv[1:] if arguments is None else arguments)
    parsed = parser(typed[:1] if typed[:1] and typed[0] in COMMANDS else COMMANDS).parse_args(typed)
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
    # A command ends soon and makes nothing in circles: looking for garbage would be a sixth of a large check, and
    # asking every installed package for pydantic plug-ins a tenth of a small one.
    gc.disable()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    code = main()
    # Python looks for garbage once more when it ends, disabled or not; frozen, there is nothing to look through.
    gc.freeze()
    sys.exit(code)
