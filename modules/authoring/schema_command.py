"""`schema [FOLDER]`: writes the JSON Schemas that editors read."""

import argparse
from pathlib import Path
from typing import Any

from modules.authoring.schema import SHAPES, schema
from modules.settings import Settings

FOLDER = Path(__file__).resolve().parents[2] / "assets" / "schema"


def register(commands: Any) -> None:
    parser = commands.add_parser("schema", help="write the JSON Schemas for editors")
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, help="where to write (assets/schema)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:  # noqa: ARG001 - every command takes both
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for name in SHAPES:
        file = arguments.folder / f"{name}.json"
        file.write_text(schema(name), encoding="utf-8")
        print(file)
    return 0
