"""What `check --balance` prints: for each module the products it speaks of, the supporter's marked with a star."""

from modules.core.balance import MeterRow, meter
from modules.core.module import Library

_HEADS = ("product", "sentences", "efficacy", "harm", "words", "share", "efficacy charts", "harm charts")


def balance_table(library: Library) -> str:
    """One table a module; only modules without errors are in the library."""
    parts = [f"{module.id}\n{_table(meter(module, library.evidence))}" for module in library.modules.values()]
    note = "A star marks a product of the supporter. A sentence counts for each product it is about."
    return "\n\n".join([*parts, note]) if parts else "No module is free of errors."


def _table(rows: tuple[MeterRow, ...]) -> str:
    lines = [_HEADS, *(_cells(row) for row in rows)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(_HEADS))]
    return "\n".join("  ".join(_aligned(cell, n, widths[n]) for n, cell in enumerate(line)) for line in lines)


def _cells(row: MeterRow) -> tuple[str, ...]:
    counts = (row.sentences, row.efficacy, row.harm, row.words)
    name = row.product.generic + (" *" if row.supporter else "")
    return (name, *map(str, counts), f"{row.share:.0%}", str(row.efficacy_charts), str(row.harm_charts))


def _aligned(cell: str, column: int, width: int) -> str:
    return cell.ljust(width) if column == 0 else cell.rjust(width)
