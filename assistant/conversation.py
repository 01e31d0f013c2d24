"""What a follow-up is about: taken from the questions before it, and said to the reader."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.domain import Question
from assistant.swedish import STOP_WORDS, normalise, words
from assistant.understand import names

_OPENING = re.compile(
    r"^(och|men|då|sedan|även|and|but|then|also|og)\b|^(hur|vad|varför|när|vem|var|vilka|från när|sen när|why|when|who|how)"
    r"( (är|gäller|säger|blir|kom|händer|gör))?( (det|den|de|dem|detta|så|då|it|that|they))+\W*$|"
    r"^(varför( det| då| inte)?|hur( då| så)?|när( då)?|vilka( då)?|av vem|hos vem|exempel|mer|berätta mer|utveckla|why|how so|when)\W*$|"
    r"\b(då|i så fall)\?$",
    re.IGNORECASE,
)
_POINTING = re.compile(
    r"\b(den|det|de|dem|denna|detta|dessa|dess|deras|hans|hennes|där|dit|samma|den lagen|han|hon|it|its|they|them|their|that|those|this|denne|disse)\b",
    re.IGNORECASE,
)
_EXPLETIVE = re.compile(
    r"\b(vad|hur|när|var|finns|är|gäller|blir|går|står|krävs|innebär|kostar|råder|ingår|händer) det\b|\bdet (finns|är|gäller|står|krävs|kostar|som|att|gemensamma|digitala|nationella|svenska|kommunala)\b"
    r"|\b(den|de|det) (här |där )?\w+(a|e)\b|\bdet innebär\b|\bis (it|that|there)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Resolved:
    """The question made whole."""

    text: str
    """What is searched for and answered."""
    about: str | None
    """The earlier question that it leans on; None where it stands alone."""


def resolve(question: Question) -> Resolved:
    """Joins a follow-up to what it is about; a question that stands alone is left as it is. Pure."""
    if not question.history or not leans(question.text):
        return Resolved(question.text, None)
    subject = next((h for h in reversed(question.history) if not leans(h)), question.history[0])
    between = [h for h in question.history[question.history.index(subject) + 1 :]]
    latest = " ".join([subject, *between[-1:]])
    return Resolved(f"{question.text} {kept(latest, question.text)}".strip(), subject)


def leans(text: str) -> bool:
    """Whether the question needs what was asked before it to be understood."""
    meaningful = [w for w in words(text) if w not in STOP_WORDS]
    if _OPENING.search(text.strip()):
        return len(meaningful) <= 5
    if names(text):
        return False
    pointing = _POINTING.search(_EXPLETIVE.sub(" ", text))
    return len(meaningful) <= 1 or (bool(pointing) and len(meaningful) <= 4)


def kept(earlier: str, now: str) -> str:
    """The earlier question without its question words, and without its named things where the new one names others."""
    replaced = names(now) and names(earlier)
    gone = {normalise(part) for name in names(earlier) for part in name.split()} if replaced else set()
    small = STOP_WORDS | {"många", "stor", "andel", "länge", "mycket"}
    found = re.findall(r"[\w&-]+(?: ?\d+)?", earlier)
    return " ".join(w for w in found if normalise(w) not in gone and normalise(w) not in small)
