"""The chart a readout can bear by itself, where no author has asked for one."""

from modules.core.evidence import Readout, Trial
from modules.core.figures import ChartRequest, Comparison, Forest, Survival


def request_of(trial: Trial, readout: Readout) -> ChartRequest | None:
    """Curves before subgroups before medians and rates; None when there is nothing to draw."""
    path, title = f"{trial.id}.{readout.id}", sentence(readout.detail)
    if readout.curves:
        return Survival(title=title, trial=trial.id, endpoint=readout.endpoint, readout=readout.id)
    if readout.subgroups:
        return Forest(title=title, subgroups=path)
    if readout.estimates:
        return Comparison(title=title, readouts=(path,))
    if readout.landmarks:
        return Survival(title=title, trial=trial.id, endpoint=readout.endpoint, readout=readout.id)
    return None


def sentence(text: str) -> str:
    """With a capital, and nothing else changed."""
    return text[:1].upper() + text[1:]
