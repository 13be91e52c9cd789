"""The environment of a process started by a test or a measurement."""

import os
import tempfile
from pathlib import Path

FOLDER = Path(tempfile.gettempdir()) / f"landmark-bytecode-{os.getuid()}"


def with_bytecode() -> dict[str, str]:
    """Python keeps its bytecode, as on an ordinary machine, though one for tests may forbid it.

    It lies in a folder of its own, so that the checkout stays clean. Without it a server takes 5 s of CPU to start.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(FOLDER)}
