"""What a follow-up is about: taken from the questions before it, and said to the reader."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.domain import Question
from assistant.swedish import STOP_WORDS, normalise, stem, words
from assistant.understand import municipalities, names, patterns

SHORT = 4
"""A question with at most so many content words may lean on what was said before."""
_OPENING = re.compile(
    r"^(och|men|o|and|but|og)\b|\b(då|i så fall|isåfall|then)\?*$|"
    r"^(varför|hur så|why|hvorfor)( då| det| inte| that)?\W*$|"
    r"^(berätta mer|mer|utveckla|exempel|tell me more)\b",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"^(vad|what|hva) (är|betyder|innebär|menas med|står|is|are|does|er|betyr) "
    r"(?!(den|det|de|dem|denna|detta|dessa|it|they|that|this|deras|dess)\b)\w"
    r"|^(sammanfatta|vad (handlar|säger|står det i)|summari[sz]e)\b",
    re.IGNORECASE,
)
_POINTING = re.compile(
    r"\b(den|det|de|dem|denna|detta|dessa|dess|deras|hans|hennes|där|dit|han|hon|it|its|they|them|their|that|those|this|samma|sista|första|andra|nya)\b",
    re.IGNORECASE,
)
_THAT = re.compile(
    r"\b(den|det|de|denna|detta|dessa|samma|that|this|those|these) (här |där )?"
    r"(lag(en|arna)?|förordning(en|arna)?|direktiv(et|en)?|regel(n|verket)?|regler(na)?|krav(et|en)?|rapport(en)?|studien?|"
    r"avtal(et|en)?|myndighet(en|erna)?|samarbete(t|n|na)?|samverkan(sformen)?|kommun(en|erna)?|bolag(et|en)?|modell(en|erna)?|"
    r"figur(en)?|avsnitt(et)?|råd(et)?|tjänst(en)?|projekt(et)?|law|act|rules?|report|study|agreement|municipalit(y|ies)|company)\b",
    re.IGNORECASE,
)
"""Something that was spoken of: 'den lagen', 'those municipalities'."""
_WHOLE = re.compile(
    r"\b(vad|vem|vilk\w+|när|var|vart|hur|varför|what|who|which|when|where|how|why|hva|hvem|hvor\w*) "
    r"(?!(länge|många|mycket|ofta|stor\w*|dyrt|då|long|many|much|often)\W*$)\w",
    re.IGNORECASE,
)
"""A follow-up that is a whole question has a verb of its own."""
_VERB = re.compile(
    r"\b(?:vad|när|var|hur|varför|what|hva) (\w+)|\b(gäll\w*|börja\w*|kräv\w*|ingå\w*|betyd\w*|innebär\w*)\b", re.I
)
"""Where a question has its verb."""
_HOME = frozenset({"fyrbodal", "fyrbodals", "vi", "oss"})


@dataclass(frozen=True)
class Resolved:
    """The question, and what it leans on."""

    text: str
    context: str
    """Words of the earlier questions that the question needs; empty where it stands alone."""
    about: str | None
    """The earlier question that it leans on, to be shown; None where it stands alone."""
    sure: bool = True
    """Whether its form tells that it leans on what was said; otherwise it is only short and names nothing."""


def calm(question: Question) -> Question:
    """The question without 'svara ändå': insisting changes nothing; alone it asks the last question again. Pure."""
    parts = re.split(r"(?<=[.!?])\s+", question.text)
    kept = [part for part in parts if not _insists(part)]
    if kept:
        return Question(" ".join(kept), question.history)
    earlier = [said for said in question.history if not _insists(said)]
    return Question(earlier[-1], tuple(earlier[:-1])) if earlier else question


def _insists(text: str) -> bool:
    return bool(patterns()["meta"]["insisting"].fullmatch(normalise(text).strip(" .!?,")))


def resolve(question: Question) -> Resolved:
    """Finds what a follow-up leans on; a question that stands alone gets no context. Pure."""
    if not question.history or not leans(question.text):
        return Resolved(question.text, "", None)
    history = question.history
    at = max((n for n, earlier in enumerate(history) if n == 0 or not leans(earlier)))
    earlier = " ".join(dict.fromkeys((history[at], history[-1])))
    pointing = _OPENING.search(question.text.strip()) or _POINTING.search(question.text)
    sure = bool(pointing) or content(question.text) <= 1
    return Resolved(question.text, kept(earlier, question.text), history[at], sure)


def leans(text: str) -> bool:
    """Whether the question, asked in a conversation, needs what was asked before it."""
    meaningful = content(text)
    if _OPENING.search(text.strip()):
        return meaningful <= SHORT + 2
    if meaningful <= SHORT and _THAT.search(text):
        return True
    if _ALONE.search(text.strip()) or meaningful > SHORT:
        return False
    named = [name for name in names(text) if normalise(name) not in _HOME]
    return not named or bool(_POINTING.search(text) and meaningful <= 1)


def content(text: str) -> int:
    """How many words of the text carry the subject."""
    return sum(w not in STOP_WORDS for w in words(text))


def kept(earlier: str, now: str) -> str:
    """The earlier question's content words, without its named things where the new one names others of that sort."""
    sorts = {is_place(name) for name in names(now) if normalise(name) not in _HOME}
    gone = {stem(normalise(part)) for name in names(earlier) if is_place(name) in sorts for part in name.split()}
    small = STOP_WORDS | {"många", "stor", "andel", "länge", "mycket", "vanligt"}
    if _WHOLE.search(now):
        gone |= {stem(normalise(verb)) for found in _VERB.findall(earlier) for verb in found if verb}
    found = re.findall(r"[\w&-]+", earlier)
    return " ".join(w for w in found if stem(normalise(w)) not in gone and normalise(w) not in small)


def is_place(name: str) -> bool:
    """Whether the name is a municipality's: 'Och Orust?' asks of the same law, 'Och SDK?' of the same place."""
    plain = normalise(name)
    return plain in municipalities() or plain.removesuffix("s") in municipalities()
