"""A language model overheard: what it said, and which of its claims were not shown. The answer stays the same."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from assistant import generate, replies
from assistant.domain import Answer, Passage
from assistant.engine import Engine
from assistant.generate import Withheld
from assistant.llm import Model
from evals.records import Overheard, Unshown

_ASKED = re.compile(r"<fråga-\w+>\n(.*)\n</fråga-\w+>\s*$", re.DOTALL)


@dataclass(frozen=True)
class Listening(Model):
    """The same model, whose prompts and replies are noted as they pass."""

    said: list[tuple[str, str]] = field(default_factory=list)
    """Prompt and reply of each call, in order."""

    def stream(self, rules: str, question: str) -> Iterator[str]:
        """As the model does. Raises: ModelError."""
        heard: list[str] = []
        try:
            for piece in super().stream(rules, question):
                heard.append(piece)
                yield piece
        finally:
            self.said.append((question, "".join(heard)))


def listened(engine: Engine) -> tuple[Engine, Listening]:
    """The engine with its model overheard. The engine must have one."""
    assert engine.model is not None  # noqa: S101 - for the types
    model = Listening(**vars(engine.model))
    return replace(engine, model=model), model


def overheard(engine: Engine, answer: Answer, model: Listening) -> Overheard | None:
    """What came of asking the model; None where it was not asked, since the sources did not answer."""
    if not model.said:
        return None
    shown = {claim.text for claim in answer.claims}
    claims = [c for prompt, reply in model.said for c in judged(engine, answer, prompt, reply)]
    held = [c for c in claims if isinstance(c, Withheld) and c.text not in shown]
    spoke = generate.speaks(model.name) in answer.notices
    unshown = tuple(Unshown(c.text, tuple(f.reason for f in c.failures)) for c in held)
    return Overheard(spoke, len(claims), unshown if spoke else ())


def judged(engine: Engine, answer: Answer, prompt: str, reply: str) -> Iterator[object]:
    """Each claim of a reply after its check, as the pipeline makes it, each once."""
    asked = _ASKED.search(prompt)
    question = html.unescape(asked.group(1)) if asked else ""
    shown = keyed(question, prompt, answer.passages)
    texts = {p.chunk.document_id: engine.document(p.chunk.document_id).text for p in answer.passages}
    found: list[object] = []
    for said in replies.claims([reply]):
        claim = generate.judge(said, shown, texts, engine.glossary)
        if claim not in found and len(found) < generate.MOST_CLAIMS:
            found.append(claim)
            yield claim


def keyed(question: str, prompt: str, passages: tuple[Passage, ...]) -> Mapping[str, Passage]:
    """Key → passage, those that the prompt holds."""
    every = {key: p for passage in passages for key, p in generate.keyed(question, [passage]).items()}
    return {key: passage for key, passage in every.items() if f'nyckel="{key}"' in prompt}
