"""Made-up curves with everything a source may publish. No figure here is clinical."""

from typing import Any

MONTHS = [0.0, 12.0, 24.0, 36.0]


def curve(arm: str, percent: list[float], **more: Any) -> dict[str, Any]:
    at_risk = [200, 150, 90, 12]
    return {"arm": arm, "n": 200, "events": 90, "months": MONTHS, "percent": percent, "at_risk": at_risk, **more}


def banded(arm: str, percent: list[float], half: float = 4.0) -> dict[str, Any]:
    """With limits `half` points away, and running totals."""
    low = [100.0, *(p - half for p in percent[1:])]
    high = [100.0, *(p + half for p in percent[1:])]
    counts = {"events_by": [0, 31, 62, 88], "censored_by": [0, 19, 48, 100]}
    return curve(arm, percent, low=low, high=high, **counts)


NEW, OLD = [100.0, 80.0, 65.0, 55.0], [100.0, 70.0, 50.0, 41.0]
BOTH = [banded("new", NEW), banded("old", OLD)]


def rates(new: float, old: float, half: float | None, month: float = 24.0) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {"month": month, "arm": "new", "percent": new},
        {"month": month, "arm": "old", "percent": old},
    ]
    return found if half is None else [{**r, "ci": [r["percent"] - half, r["percent"] + half]} for r in found]
