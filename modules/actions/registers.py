"""Reporting credit to registers: what is due, the files of a batch, and noting it as sent once that is confirmed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from modules.actions.access import allow
from modules.authoring.problems import Problem
from modules.authoring.register_file import read_registers
from modules.core.credit import claimable
from modules.core.errors import NotAllowed
from modules.core.module import Library, Module
from modules.core.people import Actor, Profile, consents_to
from modules.core.registers import Batch, Completion, Registers, SentRow
from modules.core.schemes import Crediting, RegisterFile, Scheme
from modules.export.completion import csv_text
from modules.export.pars import pars_json
from modules.export.register_rows import batch
from modules.export.register_text import tab_delimited
from modules.records.deeds import by, note
from modules.records.profiles import consents_of, profile_of
from modules.records.records import Issued, Records
from modules.records.sent import last_sent, record_sent


@dataclass(frozen=True, slots=True)
class Offered:
    """What authors and the provider wrote: modules, whose credit they carry, and how registers want it."""

    modules: dict[str, Module]
    crediting: Crediting
    registers: Registers


def read_offered(content: Path, library: Library) -> tuple[Offered | None, tuple[Problem, ...]]:
    """None, and what to mend, when content/registers.yaml cannot be used."""
    registers, problems = read_registers(content)
    return (Offered(library.modules, library.credit, registers) if registers else None), problems


def due(actor: Actor, records: Records, offered: Offered, register: RegisterFile, *, today: date) -> Batch:
    """What goes to the register now, and what would be refused and why. Nothing is noted."""
    allow(actor, "export-registers")
    rule = offered.registers.rule(register)
    if rule is None:
        raise NotAllowed(f'content/registers.yaml has no register "{register}". Add it, then try again.')
    found = completions(records, offered, register)
    return batch(rule, found, last_sent(records, register), today=today)


def written(actor: Actor, records: Records, offered: Offered, made: Batch, *, now: datetime) -> dict[str, str]:
    """The files of a batch by name. The batch is kept as waiting, without any detail of a person, until confirmed."""
    allow(actor, "export-registers")
    rule = offered.registers.rule(made.register)
    if rule is None:
        raise NotAllowed(f'content/registers.yaml has no register "{made.register}". Add it, then try again.')
    files: dict[str, str] = {}
    if made.deeds:
        _wait(records, made)
        detail = {"certificates": [one.certificate for one in made.deeds]}
        note(records, by(actor), "export-registers", made.id, detail=detail, now=now)
        if made.register == "pars":
            files[f"{made.id}.json"] = pars_json(made, rule, now=now)
        files[f"{made.id}.txt"] = tab_delimited(made, rule)
    if made.refused:
        rows = [(one.certificate, one.why, one.mend) for one in made.refused]
        files[f"{made.id}-refused.csv"] = csv_text(("Certificate", "Why", "What to do"), rows)
    return files


def confirm(actor: Actor, records: Records, name: str, *, now: datetime) -> int:
    """Notes a batch as sent, and returns how many certificates were; 0 when it had been noted before.

    NotAllowed for a batch that was never written, and for one that another batch has overtaken since.
    """
    allow(actor, "export-registers")
    kept = records.value(_key(name))
    if kept is None:
        raise NotAllowed(f'No batch "{name}" was written here. The name is that of its files, without the ending.')
    waiting = json.loads(kept)
    register: RegisterFile = waiting["register"]
    last = last_sent(records, register)
    rows = []
    for certificate, deed, digest, after in waiting["deeds"]:
        stands = last[certificate].batch if certificate in last else ""
        if stands not in (after, name):
            raise NotAllowed(f'Batch "{stands}" was confirmed after "{name}" was written. Write a new batch.')
        rows.append(SentRow(register, name, certificate, deed, digest, now))
    note(records, by(actor), "confirm-registers", name, detail={"certificates": len(rows)}, now=now)
    return record_sent(records, rows)


def completions(records: Records, offered: Offered, register: RegisterFile) -> Iterator[Completion]:
    """Every certificate of the modules whose credit goes to the register, whatever became of it."""
    accounts: dict[str, tuple[Profile, bool]] = {}
    for module in offered.modules.values():
        for issued in records.issued(module.id):
            scheme = offered.crediting.scheme(issued.certificate.scheme)
            if scheme is None or scheme.reports != register:
                continue
            account = records.accounts.claims.holder(issued.learner)
            if account is not None and account not in accounts:
                agreed = consents_to(consents_of(records, account), "registers")
                accounts[account] = (profile_of(records, account), agreed)
            who = accounts[account] if account is not None else (Profile(), False)
            yield _completion(
                issued, module, scheme, offered, register=register, learner=account or issued.learner, who=who
            )


def _completion(
    issued: Issued,
    module: Module,
    scheme: Scheme,
    offered: Offered,
    *,
    register: RegisterFile,
    learner: str,
    who: tuple[Profile, bool],
) -> Completion:
    document, provider = issued.certificate, offered.crediting.provider
    most = claimable(module.front, scheme)
    return Completion(
        certificate=document.number,
        learner=learner,
        module=module.id,
        title=document.title,
        scheme=document.scheme,
        name=document.name,
        amount=document.amount,
        maximum=most[0] if most else Decimal(0),
        step=scheme.step,
        completed=document.completed,
        state=issued.state,
        profile=who[0],
        consent=who[1],
        provider=provider.accreditation.get(register, "") if provider else "",
        activity=_activity(module, offered, register),
        replaced_by=issued.replaced_by,
    )


def _activity(module: Module, offered: Offered, register: RegisterFile) -> str:
    """ACPE's number is part of the module's front matter, since learners see it there."""
    if register == "cpe-monitor":
        return module.front.credit.uan or ""
    return offered.registers.activity(module.id, register)


def _wait(records: Records, made: Batch) -> None:
    """Kept once under the batch's name: certificate numbers, deeds, digests, and the batch each row follows."""
    last = last_sent(records, made.register)
    deeds = [
        (one.certificate, one.deed, one.digest, last[one.certificate].batch if one.certificate in last else "")
        for one in made.deeds
    ]
    records.put_once(_key(made.id), json.dumps({"register": made.register, "deeds": deeds}))


def _key(name: str) -> str:
    return f"batch/{name}"
