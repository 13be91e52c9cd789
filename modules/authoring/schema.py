"""JSON Schema for editors, made from the core types: what a file may hold, before it is saved."""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from modules.core.conduct import PresetFile
from modules.core.evidence import Trial
from modules.core.items import QuizFile
from modules.core.module import FrontMatter
from modules.core.products import ProductFile
from modules.core.schemes import Crediting

SHAPES: Mapping[str, tuple[type[BaseModel], str]] = {
    "quiz": (QuizFile, "A quiz: quizzes/<module>/<quiz>.yaml"),
    "trial": (Trial, "A trial: content/trials/<trial>.yaml"),
    "module": (FrontMatter, "The front matter of content/<module>/module.md"),
    "products": (ProductFile, "Names of medicines: content/products.yaml"),
    "credit": (Crediting, "The provider and the credit schemes: content/credit.yaml"),
    "presets": (PresetFile, "What accreditors ask of a test: content/presets.yaml"),
}


def schema(name: str) -> str:
    """The schema file's text."""
    shape, title = SHAPES[name]
    made: dict[str, Any] = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    made |= shape.model_json_schema() | {"title": title}
    return json.dumps(made, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
