"""Arms of data sets that ship with lifelines, as plain months and events."""

from collections.abc import Sequence

import pandas as pd
from lifelines import KaplanMeierFitter, datasets

from modules.core.survival import FollowUp

_SETS = {
    "waltons": (datasets.load_waltons, "T", "E", "group", 1.0),
    "rossi": (datasets.load_rossi, "week", "arrest", "fin", 1.0),
    "leukemia": (datasets.load_leukemia, "t", "status", "Rx", 1.0),
    "lung": (datasets.load_lung, "time", "status", "sex", 30.4375),
    "gbsg2": (datasets.load_gbsg2, "time", "cens", "horTh", 30.4375),
    "lymphoma": (datasets.load_lymphoma, "Time", "Censor", "Stage_group", 30.4375),
}
NAMES = tuple(_SETS)


def both_arms(name: str) -> tuple[tuple[FollowUp, ...], tuple[FollowUp, ...]]:
    load, time, event, group, days = _SETS[name]
    frame = load()
    first, second = (_times(frame[frame[group] == value], time, event, days) for value in sorted(set(frame[group])))
    return first, second


def _times(frame: pd.DataFrame, time: str, event: str, days: float) -> tuple[FollowUp, ...]:
    return tuple(FollowUp(float(t) / days, bool(e)) for t, e in zip(frame[time], frame[event], strict=True))


def fitted(times: Sequence[FollowUp]) -> KaplanMeierFitter:
    return KaplanMeierFitter().fit([t.months for t in times], [t.event for t in times])
