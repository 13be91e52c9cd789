"""`keys list`: the keys this site signed with. `keys new`: new ones for what is signed from now on."""

import argparse
from datetime import UTC, datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes

from modules.actions.signing import signer_name, signing_keys
from modules.export.integrity import multikey
from modules.records.keys import Keyring, renew
from modules.records.records import open_records
from modules.records.secrets import instance_secret
from modules.settings import Settings


def register(commands: Any) -> None:
    top = commands.add_parser("keys", help="the keys that certificates are signed with").add_subparsers(
        metavar="deed", required=True
    )
    top.add_parser("list", help="their public halves").set_defaults(run=tell)
    top.add_parser("new", help="make new ones; what was signed before stays valid").set_defaults(run=make)


def tell(_arguments: argparse.Namespace, settings: Settings) -> int:
    for line in _lines(_opened(settings)):
        print(line)
    return 0


def make(_arguments: argparse.Namespace, settings: Settings) -> int:
    keys = _opened(settings)
    renew(keys.records, keys.secret, name=signer_name(settings), now=datetime.now(UTC))
    print("New keys were made. They are used from now on; the app need not be restarted.")
    if keys.given is not None:
        print("PDFs are still signed with the key that LANDMARK_SIGNING_KEY names.")
    return tell(_arguments, settings)


def _opened(settings: Settings) -> Keyring:
    records = open_records(settings.database_url)
    return signing_keys(settings, records, instance_secret(settings, records), now=datetime.now(UTC))


def _lines(keys: Keyring) -> list[str]:
    held = [x509.load_der_x509_certificate(one) for one in keys.certificates()]
    told = [
        f"PDF         {one.subject.rfc4514_string()}, until {one.not_valid_after_utc.date()}, "
        f"SHA-256 {one.fingerprint(hashes.SHA256()).hex()}"
        for one in held
    ]
    return told + [f"credential  {name}  {multikey(public)}" for name, public in keys.badge_publics().items()]
