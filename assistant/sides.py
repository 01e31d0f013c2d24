"""What a comparison compares: 'skillnaden mellan A och B' holds two questions, one of each side."""

from __future__ import annotations

import re

from assistant.names import is_place
from assistant.swedish import normalise
from assistant.understand import Intent

MOST = 3
_SIDE = r"((?:(?:en|ett|den|det|de|the|an?|egen|eget)\s+)?[\w&-]+(?:\s+(?-i:\d|[A-ZÅÄÖ])[\w-]*)*)"
_AND = r"(?:\s+(?:och|o|å|and|og|med|mot|kontra|vs|versus|respektive|resp)\s+)"
_BETWEEN = re.compile(
    rf"\b(?:mellan|between|mellom|skil+na\w* på|differ\w* for)\s+{_SIDE}{_AND}{_SIDE}(?=[\s,?.:!]|$)", re.IGNORECASE
)
_FROM = re.compile(
    rf"\bskiljer(?: sig)?\s+{_SIDE}\s+(?:från|mot|och)\s+{_SIDE}(?=[\s,?.:!]|$)"
    rf"|{_SIDE}\s+(?:jämfört med|i jämförelse med|jämfört mot|kontra|"
    rf"versus|vs\.?|sammenlignet med|compared (?:with|to))\s+{_SIDE}(?=[\s,?.:!]|$)",
    re.IGNORECASE,
)
_WEIGHED = re.compile(
    r"\b(vad är |hva er |what is )?(the |den )?(skil+na\w*|skiljer(?: sig)?|jämför\w*|compared?|differ\w*|mellan|"
    r"between|mellom|kontra|versus|respektive|ställ)\b",
    re.IGNORECASE,
)
_LOOSE = re.compile(
    r"\s*\b(?:och|o|å|and|og|mot|med|från|with|i)\s*(?=[,?.:!]|$)|^\s*(?:och|o|and|mot|with)\b\s*|\bi\s+(?=med\b)",
    re.IGNORECASE,
)


def sides(intent: Intent) -> list[str]:
    """One question for each side of a comparison; empty where nothing is compared. Pure."""
    found = _BETWEEN.search(intent.text) or _FROM.search(intent.text)
    if found is not None:
        things = [side for side in found.groups() if side]
    elif "comparison" in intent.kinds or re.search(r"\b(mot|respektive|resp)\b", normalise(intent.text)):
        things = [n for n in intent.names if not is_place(n) and normalise(n) not in ("fyrbodal", "swedish")]
    else:
        return []
    if not 2 <= len(things) <= MOST:
        return []
    return [without(intent.text, [other for other in things if other != thing]) for thing in things]


def without(text: str, others: list[str]) -> str:
    """The question without the other sides and without the words that weigh them."""
    for other in others:
        text = re.sub(rf"{_AND}?\b{re.escape(other)}\b", " ", text)
    text = _WEIGHED.sub(" ", text)
    return re.sub(r"\s+", " ", _LOOSE.sub(" ", text)).strip(" ,:")
