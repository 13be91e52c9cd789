"""How much of a module each medicine takes: sentences of benefit and of harm, words, charts; and whose it is."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from modules.core.evidence import Arm, Endpoint, Evidence, Readout, Trial
from modules.core.figures import Comparison, Forest, IconArray, Survival
from modules.core.module import Chart, Module, Paragraph, Support, walk
from modules.core.products import Product
from modules.core.sentences import Said, told
from modules.core.shown import Shown, shown

HARM = re.compile(
    r"\b(?=[tahscvnldip])(?:toxic\w*|adverse|harm\w*|side effects?|safety|cardiac dysfunction|ventricular|"
    r"neutropenia|lymphopenia|diarrhoea|interstitial lung|pneumonitis|stopped (?:it|\w+) for)\b",
    re.IGNORECASE,
)
BENEFIT = re.compile(
    r"\b(?=[sarpbdi])(?:survival|alive|progression|response|responded|benefit\w*|prolong\w*|delay\w*|improv\w*|prevent\w*)\b",
    re.IGNORECASE,
)


_ABSENT = re.compile(r"\b(?:no|without)\s+[^,;+]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MeterRow:
    """One product. A sentence may tell of benefit and of harm; it counts for each product it names."""

    product: Product
    supporter: bool
    sentences: int
    efficacy: int
    harm: int
    words: int
    efficacy_charts: int
    harm_charts: int
    share: float
    """Of all words that are about some product, 0 to 1."""


@dataclass(slots=True)
class _Sum:
    sentences: int = 0
    efficacy: int = 0
    harm: int = 0
    words: int = 0
    efficacy_charts: int = 0
    harm_charts: int = 0


@dataclass(slots=True)
class Names:
    """Finds products in words and in trials."""

    evidence: Evidence
    ids: dict[str, str] = field(init=False)
    pattern: re.Pattern[str] = field(init=False)
    tests: dict[str, frozenset[str]] = field(init=False)
    seen: dict[str, Shown | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ids = {name.casefold(): p.id for p in self.evidence.products.values() for name in p.names}
        # The longest first: trastuzumab deruxtecan is not trastuzumab.
        listed = "|".join(re.escape(name) for name in sorted(self.ids, key=len, reverse=True))
        first = "".join(sorted({re.escape(name[0]) for name in self.ids}))  # a quick look, before the list is tried
        pattern = rf"(?=[{first}])(?<![\w-])(?:{listed})(?![\w-])" if listed else r"(?!)"
        self.pattern = re.compile(pattern, re.IGNORECASE)
        self.tests = {trial.id: frozenset(self._tested(trial)) for trial in self.evidence.trials.values()}

    def found(self, text: str) -> set[str]:
        return {self.ids[hit.casefold()] for hit in self.pattern.findall(text)} if self.ids else set()

    def shown(self, path: str) -> Shown | None:
        """What a path shows, looked up once."""
        if path not in self.seen:
            self.seen[path] = shown(self.evidence, path)
        return self.seen[path]

    def _tested(self, trial: Trial) -> set[str]:
        """What the experimental arms had and the control arms had not: by their labels, else by their regimens."""
        control = {name for a in trial.arms if a.role == "control" for name in self._in_arm(a, a.regimen)}
        tested = [a for a in trial.arms if a.role != "control"]
        named = {name for a in tested for name in self._in_arm(a)} - control
        return named or {name for a in tested for name in self._in_arm(a, a.regimen)} - control

    def _in_arm(self, arm: Arm, *more: str) -> set[str]:
        return self.found(_ABSENT.sub("", ", ".join((arm.label, arm.short, *more))))


def of_chart(chart: Chart, evidence: Evidence) -> Iterator[tuple[Trial, Readout]]:
    """The readouts that a chart draws; a timeline draws none."""
    match chart.request:
        case Survival(trial=name, endpoint=endpoint):
            trial = evidence.trials[name]
            yield from ((trial, r) for r in trial.readouts if r.endpoint == endpoint)
        case Forest(subgroups=one, readouts=several):
            yield from _at(evidence, [one] if one else several)
        case Comparison(readouts=several):
            yield from _at(evidence, several)
        case IconArray(readout=path):
            yield from _at(evidence, [path])
        case _:
            return


def _at(evidence: Evidence, paths: Iterable[str]) -> Iterator[tuple[Trial, Readout]]:
    for path in paths:
        name, _, readout_id = path.partition(".")
        trial = evidence.trials.get(name)
        readout = trial.readout(readout_id) if trial else None
        if trial and readout:
            yield trial, readout


def meter(module: Module, evidence: Evidence) -> tuple[MeterRow, ...]:
    """The products a module speaks of, those with most words first."""
    blocks = [b for blocks in (module.welcome, *(x.blocks for x in module.lessons)) for b in walk(blocks)]
    sentences = (sentence for b in blocks if isinstance(b, Paragraph) for sentence in told(b.content))
    charts = (b for b in blocks if isinstance(b, Chart))
    return measure((sentences, charts), module.front.support, Names(evidence))


def measure(
    shown_in: tuple[Iterable[Said], Iterable[Chart]], support: Sequence[Support], names: Names
) -> tuple[MeterRow, ...]:
    """The rows of the meter for some sentences and charts."""
    sums: dict[str, _Sum] = {}
    total = 0
    sentences, charts = shown_in
    for sentence in sentences:
        total += _count(sentence, sums, names)
    for chart in charts:
        _count_chart(chart, sums, names)
    products = names.evidence.products
    rows = (_row(products[id_], found, total, support) for id_, found in sums.items())
    return tuple(sorted(rows, key=lambda row: (-row.words, row.product.id)))


def about(sentence: Said, names: Names) -> tuple[set[str], set[Endpoint]]:
    """The products that a sentence names or gives figures of, and the endpoints of those figures."""
    products = names.found(sentence.text)
    endpoints: set[Endpoint] = set()
    for _, value in sentence.values:
        what = names.shown(value.quantity.path)
        if what and what.readout:
            products |= names.tests[what.trial.id]
            endpoints.add(what.readout.endpoint)
    return products, endpoints


def tells(sentence: Said, endpoints: set[Endpoint]) -> tuple[bool, bool]:
    """(benefit, harm)"""
    benefit = bool(endpoints - {"AE"}) or BENEFIT.search(sentence.text) is not None
    return benefit, "AE" in endpoints or HARM.search(sentence.text) is not None


def _count(sentence: Said, sums: dict[str, _Sum], names: Names) -> int:
    products, endpoints = about(sentence, names)
    if not products:
        return 0
    benefit, harm = tells(sentence, endpoints)
    length = len(sentence.text.split())
    for id_ in products:
        found = sums.setdefault(id_, _Sum())
        found.sentences += 1
        found.efficacy += benefit
        found.harm += harm
        found.words += length
    return length


def _count_chart(chart: Chart, sums: dict[str, _Sum], names: Names) -> None:
    benefit: set[str] = set()
    harm: set[str] = set()
    for trial, readout in of_chart(chart, names.evidence):
        (harm if readout.endpoint == "AE" else benefit).update(names.tests[trial.id])
    for id_ in benefit | harm:
        found = sums.setdefault(id_, _Sum())
        found.efficacy_charts += id_ in benefit
        found.harm_charts += id_ in harm


def _row(product: Product, found: _Sum, total: int, support: Sequence[Support]) -> MeterRow:
    return MeterRow(
        product, supported(product, support), found.sentences, found.efficacy, found.harm, found.words,
        found.efficacy_charts, found.harm_charts, found.words / total if total else 0.0,
    )  # fmt: skip


def supported(product: Product, support: Sequence[Support]) -> bool:
    """Does a supporter own it: is its company, or the product itself, named in the statement of support?"""
    text = " ".join(f"{s.name} {s.kind}" for s in support).casefold()
    owners = [product.company] if product.company else []
    return any(re.search(rf"\b{re.escape(name.casefold())}\b", text) for name in (*owners, *product.names))
