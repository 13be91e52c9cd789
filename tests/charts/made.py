"""A small made-up trial, and how a trial file's lists become tuples. No figure here is clinical."""

from typing import Any

from modules.core.evidence import Evidence, Trial

SOURCE = {"citation": "Author A. Journal 2020;1:1-9", "link": "https://doi.org/10.1000/1"}


def made(readouts: list[dict[str, Any]], **more: Any) -> Evidence:
    """One trial `made` of two experimental arms and a control, with these readouts."""
    arms = [
        {"id": "new", "label": "New drug", "short": "New <A&B>", "role": "experimental"},
        {"id": "old", "label": "Old drug", "short": "Old", "role": "control"},
        {"id": "next", "label": "Next drug", "short": "Next", "role": "experimental"},
    ]
    trial = {
        "id": "made",
        "name": "MADE",
        "phase": "3",
        "design": {"randomised": True},
        "setting": "first line",
        "line": "first line",
        "disease": "breast",
        "hormone_receptor": "any",
        "drug_classes": ["antibody"],
        "population": "adults",
        "arms": arms,
        "readouts": [{**_READOUT, **each} for each in readouts],
        **more,
    }
    return Evidence(trials={"made": Trial.model_validate(frozen(trial))})


_READOUT: dict[str, Any] = {
    "id": "os",
    "endpoint": "OS",
    "detail": "overall survival",
    "population": "ITT",
    "cut": {"label": "final"},
    "source": SOURCE,
    "confidence": "verified",
}


def frozen(value: object) -> object:
    """Lists become tuples, as the strict types want them."""
    if isinstance(value, list):
        return tuple(frozen(each) for each in value)
    if isinstance(value, dict):
        return {key: frozen(each) for key, each in value.items()}
    return value
