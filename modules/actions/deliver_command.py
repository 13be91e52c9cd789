"""`deliver [--once | --every SECONDS]`: tell the journal to the learning record stores of the settings."""

import argparse
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from datetime import UTC, datetime
from typing import Any

from modules.actions.deliver import Delivered, Route, deliver, deliver_with_patience, pause
from modules.actions.house import Shelf
from modules.actions.letters import send_letters
from modules.core.errors import SettingsError
from modules.export.xapi import Telling
from modules.export.xapi_names import Addresses
from modules.export.xapi_store import client
from modules.records.records import Records, open_records
from modules.settings import Settings, Store

NO_STORE = "No store is set. Write LANDMARK_LRS_URL, LANDMARK_LRS_KEY and LANDMARK_LRS_SECRET; see docs/xapi.md."
NO_ADDRESS = (
    "Statements need the public address of this site. Write LANDMARK_BASE_URL, such as https://learn.example.org."
)


def register(commands: Any) -> None:
    command = commands.add_parser("deliver", help="tell learning record stores (xAPI) what learners did")
    how = command.add_mutually_exclusive_group()
    how.add_argument("--once", action="store_true", help="all that waits, then end (the default)")
    how.add_argument("--every", type=_seconds, metavar="SECONDS", help="go on, and look again after so many seconds")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """0 all was delivered; 1 a store is away or refuses; 2 the settings do not say where to.

    Letters that wait are sent first. The app sends them too, so this matters only while it is stopped.
    """
    if settings.smtp is not None:
        print(f"Letters: {send_letters(open_records(settings.database_url), settings.smtp)} sent.")
        if not settings.stores:
            return 0
    if not settings.stores:
        raise SettingsError(NO_STORE)
    if settings.base_url is None:
        raise SettingsError(NO_ADDRESS)
    addresses, shelf = Addresses(settings.base_url), Shelf(settings.content, settings.quizzes)

    def telling() -> Telling:
        return Telling(addresses, shelf.current().library, settings.free_text)

    records = open_records(settings.database_url)
    if arguments.every is None:
        return _once(records, settings.stores, telling)
    _for_ever(records, settings.stores, telling, arguments.every)
    return 0


def _once(records: Records, stores: tuple[Store, ...], telling: Callable[[], Telling]) -> int:
    """Stores at the same time: one that is away delays only itself."""

    def tell(store: Store) -> Delivered:
        with client(store) as http:
            return deliver_with_patience(records, Route(store, http, telling()), clock=_now, wait=time.sleep)

    with ThreadPoolExecutor(len(stores)) as threads:
        done = list(threads.map(tell, stores))
    for store, one in zip(stores, done, strict=True):
        _say(store, one)
    return int(any(one.away or one.trouble or one.differing for one in done))


def _for_ever(records: Records, stores: tuple[Store, ...], telling: Callable[[], Telling], seconds: float) -> None:
    """A thread a store, until the process is stopped; a fault in one ends all, so that it is seen."""
    stop = threading.Event()
    go_on = _waiter(stop, seconds)
    with ThreadPoolExecutor(len(stores)) as threads:
        work = [threads.submit(_keep_telling, records, store, telling, go_on) for store in stores]
        try:
            wait(work, return_when=FIRST_EXCEPTION)
        except KeyboardInterrupt:
            print("Stopped.", file=sys.stderr)
        finally:
            stop.set()
    for one in work:
        one.result()


def _waiter(stop: threading.Event, seconds: float) -> Callable[[int], bool]:
    """Waits after so many failed tries in a row; False when it is time to end."""
    return lambda failed: not stop.wait(max(seconds, pause(failed)) if failed else seconds)


def _keep_telling(records: Records, store: Store, telling: Callable[[], Telling], go_on: Callable[[int], bool]) -> None:
    failed = 0
    with client(store) as http:
        while True:
            done = deliver(records, Route(store, http, telling()), clock=_now)
            failed = failed + 1 if done.away or done.trouble else 0
            if done.told or failed == 1 or done.differing:
                _say(store, done)
            if not go_on(failed):
                return


def _say(store: Store, done: Delivered) -> None:
    print(f"{store.url}: {done.told} statements delivered.", flush=True)
    for sentence in (done.trouble, _differing(done)):
        if sentence:
            print(sentence, file=sys.stderr, flush=True)


def _differing(done: Delivered) -> str:
    if not done.differing:
        return ""
    return f"It keeps another wording of {len(done.differing)} statements: {', '.join(done.differing[:5])}."


def _now() -> datetime:
    return datetime.now(UTC)


def _seconds(typed: str) -> float:
    seconds = float(typed)
    if not 1 <= seconds <= 86_400:
        raise argparse.ArgumentTypeError("write 1 to 86400 seconds")
    return seconds
