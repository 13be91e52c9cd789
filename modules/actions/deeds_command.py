"""`deeds [--actor ID] [--act ACT] [--subject ID] [--json]`: who read, exported, erased or copied what."""

import argparse
import json
from dataclasses import asdict
from typing import Any

from modules.records.deed_rows import Deed
from modules.records.deeds import deeds
from modules.records.records import open_records
from modules.settings import Settings


def register(commands: Any) -> None:
    command = commands.add_parser("deeds", help="who read, exported, erased or copied what")
    for name, told in (("actor", "by this account"), ("act", "of this kind"), ("subject", "to this learner or module")):
        command.add_argument(f"--{name}", metavar="ID", help=f"only what was done {told}")
    command.add_argument("--json", action="store_true", help="print a JSON object a line, for a program")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    records = open_records(settings.database_url)
    try:
        for one in deeds(records, actor=arguments.actor, act=arguments.act, subject=arguments.subject):
            print(json_line(one) if arguments.json else line(one))
    finally:
        records.close()
    return 0


def line(one: Deed) -> str:
    detail = "" if not one.detail else " " + ", ".join(f"{name} {value}" for name, value in one.detail.items())
    return f"{one.at:%Y-%m-%d %H:%M:%S} {one.actor} {one.act} {one.subject}{detail}"


def json_line(one: Deed) -> str:
    return json.dumps(asdict(one) | {"at": one.at.isoformat()})
