"""Passwords: how strong one must be, how it is kept, how it is tried. None is ever logged or kept as typed."""

import unicodedata
from dataclasses import dataclass, field

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY
from zxcvbn import zxcvbn

from modules.core.errors import NotAllowed

SHORTEST, LONGEST = 10, 256
"""Characters. NIST SP 800-63B, 5.1.1.2: at least 8, and at least 64 must be accepted; no rules on their kinds."""
STRONG = 3
"""zxcvbn's scale from 0 to 4; 3: more than 10^8 guesses. Its lists hold common and leaked passwords: no network."""
LOOKED_AT = 72
"""zxcvbn's time grows with the square of the length; a password that is strong so far stays so."""


def _hasher() -> PasswordHasher:
    """RFC 9106, 4: argon2id for memory-constrained surroundings (64 MiB, 3 passes, 4 lanes)."""
    return PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)


@dataclass(frozen=True)
class Passwords:
    """`verified` does the same work for an address that nobody has: one verification, of a hash of its own."""

    hasher: PasswordHasher = field(default_factory=_hasher)
    _nobody: list[str] = field(default_factory=list)

    def hashed(self, password: str) -> str:
        return self.hasher.hash(normalised(password))

    def verified(self, kept: str | None, password: str) -> bool:
        """Always one verification. False for `kept` None, whatever is typed."""
        try:
            self.hasher.verify(kept or self._decoy(), normalised(password)[:LONGEST])
        except (VerificationError, InvalidHashError):
            return False
        return kept is not None

    def stale(self, kept: str) -> bool:
        """Hashed with other parameters than today's: to be hashed again while the password is at hand."""
        return self.hasher.check_needs_rehash(kept)

    def _decoy(self) -> str:
        if not self._nobody:
            self._nobody.append(self.hasher.hash("nobody has this account"))
        return self._nobody[0]


def normalised(password: str) -> str:
    """NIST SP 800-63B, 5.1.1.2: NFKC, so that the same keys on another keyboard or system are the same password."""
    return unicodedata.normalize("NFKC", password)


def admit_password(password: str, *own: str) -> None:
    """NotAllowed, with what to do. `own`: address and names, which are easy to guess for those who know them."""
    length = len(normalised(password))
    if length < SHORTEST:
        raise NotAllowed(f"Choose a password of at least {SHORTEST} characters. Four or five unrelated words do well.")
    if length > LONGEST:
        raise NotAllowed(f"Choose a password of at most {LONGEST} characters.")
    found = zxcvbn(normalised(password)[:LOOKED_AT], user_inputs=_parts(own))
    if found["score"] < STRONG:
        told = [found["feedback"]["warning"], *found["feedback"]["suggestions"]]
        advice = " ".join(f"{one.rstrip('.')}." for one in told if one)
        raise NotAllowed(f"This password would be guessed too soon. {advice}".strip())


def _parts(own: tuple[str, ...]) -> list[str]:
    """An address counts as a whole and by its parts."""
    return [part for one in own if one for part in (one, *one.replace("@", " ").replace(".", " ").split())]
