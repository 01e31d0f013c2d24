"""Sentences in a document that try to steer whoever reads it: flagged, never followed, never quoted."""

from __future__ import annotations

import re

from assistant.swedish import sentences

_ORDERS = re.compile(
    r"\b(ignorera|bortse från|glöm|strunta i|ignore|disregard|forget)\b.{0,40}"
    r"\b(källor\w*|instruktion\w*|regler\w*|tidigare|ovan\w*|dokument\w*|sources?|instructions?|previous|rules?|above)\b"
    r"|\b(system ?prompt\w*|jailbreak)\b"
    r"|\b(du är nu|you are now|agera som|act as)\b.{0,40}\b(assistent|ai|modell|model|assistant|admin\w*|expert)\b"
    r"|\b(svara (alltid|endast|bara|på alla)|always (answer|respond))\b",
    re.IGNORECASE,
)


def suspicious(text: str) -> tuple[str, ...]:
    """The sentences that give orders to a reader or a model, in order."""
    return tuple(text[a:b] for a, b in sentences(text) if _ORDERS.search(text[a:b]))
