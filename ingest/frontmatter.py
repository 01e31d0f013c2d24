"""The head of a Markdown document, checked by a schema."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from assistant.domain import Confidence, Kind, Metadata
from assistant.errors import DocumentError

Status = Literal[
    "published", "in_force", "partly_in_force", "coming", "proposed", "superseded", "voluntary", "unconfirmed"
]


def _text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value if value is None else str(value)


Text = Annotated[str, BeforeValidator(_text)]
Day = Annotated[str, BeforeValidator(_text), Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]


class Event(BaseModel):
    """One day in a regulation's life."""

    model_config = ConfigDict(extra="forbid")
    date: Day
    event: str
    confidence: Confidence = "seen"


class FrontMatter(BaseModel):
    """`corpus/README.md` says what each field means."""

    model_config = ConfigDict(extra="forbid")
    id: str = Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")
    title: str
    kind: Kind
    rank: int = Field(ge=1, le=5)
    publisher: str | None = None
    author: str | None = None
    date: Day | None = None
    version: Text | None = None
    url: str | None = None
    section: Text | None = None
    pages: tuple[int, int] | None = None
    valid_from: Day | None = None
    status: Status | None = None
    as_of: Day | None = None
    confidence: Confidence = "seen"
    language: Literal["sv", "en", "no"] = "sv"
    timeline: list[Event] = []
    facts: dict[str, Any] = {}
    source: dict[str, Any] | None = None
    questions: dict[str, list[str]] = {}

    def metadata(self) -> Metadata:
        """The same, as the core knows it."""
        plain = self.model_dump(exclude={"timeline", "facts", "source", "questions"})
        extra = {"timeline": [e.model_dump() for e in self.timeline], "facts": self.facts, "source": self.source}
        return Metadata(**plain, extra={k: v for k, v in extra.items() if v})


def split(text: str, name: str) -> tuple[FrontMatter | None, str]:
    """The head and the body; no head where the text does not begin with '---'. Raises: DocumentError."""
    if not text.startswith("---\n"):
        return None, text
    head, mark, body = text[4:].partition("\n---\n")
    if not mark:
        raise DocumentError(f"{name}: sidhuvudet saknar sin avslutande rad '---'. Lägg till den.")
    try:
        return FrontMatter.model_validate(yaml.safe_load(head)), body
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(p) for p in first["loc"])
        raise DocumentError(
            f"{name}: fältet {place!r} har värdet {first['input']!r}: {first['msg']}. Rätta det."
        ) from error
    except (yaml.YAMLError, ValueError) as error:  # a date that does not exist is a ValueError
        reason = " ".join(str(error).split())
        raise DocumentError(f"{name}: sidhuvudet är inte giltig YAML ({reason}). Rätta det.") from error
