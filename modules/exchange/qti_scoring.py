"""The pieces of QTI that say what is right: response declarations and response processing."""

from collections.abc import Mapping, Sequence

from modules.exchange.question import tidy

_RESPONSE = '<variable identifier="RESPONSE"/>'


def declared(cardinality: str, base: str, keys: Sequence[str] = (), mapping: str = "") -> str:
    """The response and what is right; no keys for what is never scored."""
    right = f"<correctResponse>{''.join(f'<value>{key}</value>' for key in keys)}</correctResponse>" if keys else ""
    head = f'<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="{base}"'
    return f"{head}>{right}{mapping}</responseDeclaration>" if right else f"{head}/>"


def mapped(worth: Mapping[str, int], lower: int) -> str:
    """What each choice adds to the score; the sum never falls below `lower`."""
    entries = "".join(f'<mapEntry mapKey="{key}" mappedValue="{value}"/>' for key, value in worth.items())
    return f'<mapping lowerBound="{lower}" defaultValue="0">{entries}</mapping>'


def processed(rules: str) -> str:
    return f"<responseProcessing>{rules}</responseProcessing>"


def _score(value: str) -> str:
    return f'<setOutcomeValue identifier="SCORE">{value}</setOutcomeValue>'


def _float(value: float) -> str:
    return f'<baseValue baseType="float">{value:g}</baseValue>'


def _either(test: str) -> str:
    return (
        f"<responseCondition><responseIf>{test}{_score(_float(1))}</responseIf>"
        f"<responseElse>{_score(_float(0))}</responseElse></responseCondition>"
    )


def scored_all() -> str:
    """1 for exactly the right response, else 0."""
    return _either(f'<match>{_RESPONSE}<correct identifier="RESPONSE"/></match>')


def scored_near(tolerance: float) -> str:
    """1 within the tolerance to each side, its ends included; else 0."""
    size = f"{tolerance:.10f}".rstrip("0").rstrip(".") or "0"
    how = f'toleranceMode="absolute" tolerance="{size} {size}"' if tolerance else 'toleranceMode="exact"'
    return _either(f'<equal {how}>{_RESPONSE}<correct identifier="RESPONSE"/></equal>')


def scored_share(keys: int) -> str:
    """The mapped sum over the number of keys."""
    return _score(f'<divide><mapResponse identifier="RESPONSE"/>{_float(keys)}</divide>')


def told_chosen() -> str:
    """The rationale of each option that was chosen."""
    return f'<setOutcomeValue identifier="FEEDBACK">{_RESPONSE}</setOutcomeValue>'


def told_always() -> str:
    """The one rationale of the item, whatever the response."""
    value = '<baseValue baseType="identifier">rationale</baseValue>'
    return f'<setOutcomeValue identifier="FEEDBACK">{value}</setOutcomeValue>'


def choices_said(said: Sequence[tuple[str, str]]) -> str:
    """The rationales of several stems in one: each after its stem, or once when all are the same."""
    whole = {rationale for _, rationale in said}
    return tidy(whole.pop() if len(whole) == 1 else " ".join(f"{stem}: {rationale}" for stem, rationale in said))
