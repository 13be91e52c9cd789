"""A register's batch as delimited text, its columns as configured."""

from collections.abc import Iterable

from modules.core.registers import Batch, Column, RegisterRule, Row, Value


def tab_delimited(batch: Batch, rule: RegisterRule) -> str:
    """A line a row, tabs between values, CR LF at each end. Values hold neither: the checks see to it."""
    lines = [[column.name for column in rule.columns]] if rule.header else []
    lines += [[_cell(column, row, action, rule) for column in rule.columns] for action, row in rows(batch, rule)]
    return "".join("\t".join(map(_plain, line)) + "\r\n" for line in lines)


def rows(batch: Batch, rule: RegisterRule) -> Iterable[tuple[str, Row]]:
    """The action and the row, in the order of the batch; what is deleted stands before what is added."""
    deletes = [(rule.delete, one.old) for one in batch.deeds if one.old is not None]
    adds = [(rule.add, one.new) for one in batch.deeds if one.new is not None]
    yield from (*deletes, *adds)


def birth_text(pattern: str, birth: tuple[int, int]) -> str:
    """`MM-DD` of (3, 9) is `03-09`."""
    return pattern.replace("MM", f"{birth[0]:02}").replace("DD", f"{birth[1]:02}")


def _cell(column: Column, row: Row, action: str, rule: RegisterRule) -> str:
    values: dict[Value, str] = {
        "action": action,
        "provider": row.provider,
        "activity": row.activity,
        "title": row.title,
        "given-name": row.given_name,
        "family-name": row.family_name,
        "birth": birth_text(rule.birth, row.birth),
        "domain": row.domain,
        "licence": row.licence,
        "npi": row.npi,
        "credit": row.credit,
        "credits": row.credits,
        "completed": row.completed,
        "certificate": row.certificate,
    }
    return values[column.value]


def _plain(text: str) -> str:
    return " ".join(text.split())
