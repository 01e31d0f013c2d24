"""Every setting, in one frozen table. Each is read from the environment as `FYRLOTS_<NAME>`."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

from assistant.errors import InputError

HERE = Path(__file__).resolve().parent
BUNDLED_ENCODER = HERE / "models" / "encoder"


def bundled_corpus() -> Path:
    """The corpus that came with the program: beside the packages, in a checkout as in an installed wheel."""
    return HERE.parent / "corpus"


@dataclass(frozen=True)
class Settings:
    """The `help` of each field is what README and `fyrlots --help` show."""

    index: Path = field(
        default=Path.home() / ".local" / "share" / "fyrlots" / "index",
        metadata={"help": "Mappen där indexet ligger."},
    )
    corpus: Path = field(default_factory=bundled_corpus, metadata={"help": "Mappen med den medföljande korpusen."})
    encoder: str = field(
        default="",
        metadata={"help": "Kodare för vektorsökningen: tomt för den medföljande, annars en mapp eller ett modellnamn."},
    )
    llm: str = field(
        default="", metadata={"help": "Språkmodell enligt LangChain, till exempel openai:gpt-4o-mini. Tomt: ingen."}
    )
    llm_url: str = field(default="", metadata={"help": "Adress till en egen OpenAI-kompatibel server."})
    llm_timeout_s: float = field(
        default=20.0, metadata={"help": "Så länge väntar Fyrlots på språkmodellen, i sekunder."}
    )
    question_chars: int = field(default=1000, metadata={"help": "Längsta tillåtna fråga, i tecken."})
    body_bytes: int = field(default=65_536, metadata={"help": "Största tillåtna anrop, i byte."})
    concurrency: int = field(
        default=8, metadata={"help": "Så många frågor besvaras samtidigt. Fler får vänta eller nekas."}
    )
    conversation_days: int = field(
        default=0, metadata={"help": "Så många dagar sparas läsarnas samtal på servern. 0: de sparas inte."}
    )
    conversations: Path = field(
        default=Path.home() / ".local" / "share" / "fyrlots" / "conversations.sqlite",
        metadata={"help": "Filen där samtalen sparas, om de sparas."},
    )
    feedback: Path = field(
        default=Path.home() / ".local" / "share" / "fyrlots" / "feedback.sqlite",
        metadata={"help": "Filen där läsarnas synpunkter på svaren sparas."},
    )
    feedback_days: int = field(
        default=365, metadata={"help": "Så många dagar sparas läsarnas synpunkter på servern. Sedan raderas de."}
    )
    today: str = field(default="", metadata={"help": "Dagens datum (ÅÅÅÅ-MM-DD), för prov. Tomt: datorns."})

    @property
    def date(self) -> date:
        """Today, or the day that `today` names."""
        return date.fromisoformat(self.today) if self.today else date.today()


def load(**given: Any) -> Settings:
    """Settings from the environment, overruled by what is `given` (None counts as not given). Raises: InputError."""
    values: dict[str, Any] = {}
    for setting in fields(Settings):
        name = f"FYRLOTS_{setting.name.upper()}"
        if name in os.environ:
            values[setting.name] = _convert(name, os.environ[name], setting.type)
    values |= {name: value for name, value in given.items() if value is not None}
    settings = Settings(**values)
    try:
        settings.date  # noqa: B018
    except ValueError as error:
        raise InputError(f"FYRLOTS_TODAY är {settings.today!r}. Skriv ett datum som 2026-11-21.") from error
    return settings


def _convert(name: str, text: str, kind: Any) -> Any:
    if kind == "Path":
        return Path(text).expanduser()
    if kind in ("int", "float"):
        try:
            return int(text) if kind == "int" else float(text)
        except ValueError as error:
            raise InputError(f"{name} är {text!r}. Skriv ett tal.") from error
    return text
