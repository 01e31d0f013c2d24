"""True claims said otherwise, and still true: order, synonyms, numbers, marks. Seeded; knows nothing of the guard."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from mutations import MONTHS, NUMERALS, Case, Sentence

_REFERENCE = re.compile(r" \(([^()]*(?:§|artikel|lagen)[^()]*(?:\([^()]*\))?)\)\.$")
_WORDS = {
    "högst": ("maximalt", "upp till"),
    "minst": ("åtminstone",),
    "cirka": ("ungefär", "omkring"),
    "alla": ("samtliga",),
    "bara": ("endast", "enbart"),
    "måste": ("ska",),
    "även": ("också",),
    "procent": ("%",),
    "innan": ("före",),
    "lägst": ("minst",),
}


_SMALL = re.compile(
    rf"(?<![\w.,:/–§-])(?:{'|'.join(NUMERALS)}|[2-9]|1[0-2])(?= [a-zåäö]{{3,}})"
    rf"(?! (?:kap|{'|'.join(MONTHS)}|och|eller|till))"
)


def verbatim(sentence: Sentence, rng: random.Random) -> str | None:
    """The sentence itself."""
    return sentence.text


def marks(sentence: Sentence, rng: random.Random) -> str | None:
    """Other bullets and punctuation."""
    bare = re.sub(r"^- ", "", sentence.text)
    ended = bare.rstrip(".")
    return rng.choice([f"• {bare}", f"* {bare}", ended, f"{ended}!", f"”{bare}”", bare.replace(" - ", " – ")])


def label_dropped(sentence: Sentence, rng: random.Random) -> str | None:
    """'- Biträdesavtal: Kommunen ska …' without its label."""
    match = re.match(r"- [^:]{3,40}: (?=[A-ZÅÄÖ]\w+ \w+ \w+)", sentence.text)
    return sentence.text[match.end() :] if match else None


def reference_dropped(sentence: Sentence, rng: random.Random) -> str | None:
    """Without the reference in brackets at the end."""
    match = _REFERENCE.search(sentence.text)
    return f"{sentence.text[: match.start()]}." if match else None


def reference_first(sentence: Sentence, rng: random.Random) -> str | None:
    """'Enligt artikel 35 GDPR ska kommunen …': the reference from the end to the beginning, verb before subject."""
    match = _REFERENCE.search(sentence.text)
    verb = re.match(r"([A-ZÅÄÖ]\w+) (ska|får|kan|bör|måste|har|är|ger|gäller) ", sentence.text)
    if not match or not verb:
        return None
    subject = verb.group(1) if re.search("[A-ZÅÄÖ]", verb.group(1)[1:]) else verb.group(1).lower()
    return f"Enligt {match.group(1)} {verb.group(2)} {subject} {sentence.text[verb.end() : match.start()]}."


def lead_added(sentence: Sentence, rng: random.Random) -> str | None:
    """A joining word before a sentence that begins with its subject and a verb."""
    verb = re.match(r"([A-ZÅÄÖ]\w+) (ska|får|kan|bör|måste|har|är) ", sentence.text)
    if not verb:
        return None
    subject = verb.group(1) if re.search("[A-ZÅÄÖ]", verb.group(1)[1:]) else verb.group(1).lower()
    lead = rng.choice(["Dessutom", "Vidare", "Däremot", "Även"])
    return f"{lead} {verb.group(2)} {subject} {sentence.text[verb.end() :]}"


def synonym(sentence: Sentence, rng: random.Random) -> str | None:
    """Everyday words for each other."""
    found = [m for m in re.finditer(r"\b\w+\b", sentence.text) if m.group() in _WORDS]
    if not found:
        return None
    match = rng.choice(found)
    return sentence.text[: match.start()] + rng.choice(_WORDS[match.group()]) + sentence.text[match.end() :]


def number_form(sentence: Sentence, rng: random.Random) -> str | None:
    """Digits for number words, and the other way round; '%' for 'procent'."""
    found = list(_SMALL.finditer(sentence.text))
    if not found or re.search(r"artik|NIS|eIDAS", sentence.text):
        return None
    match = rng.choice(found)
    new = NUMERALS[int(match.group()) - 2] if match.group().isdigit() else str(NUMERALS.index(match.group()) + 2)
    return sentence.text[: match.start()] + new + sentence.text[match.end() :]


def date_form(sentence: Sentence, rng: random.Random) -> str | None:
    """'2 augusti 2026' as ISO, with 'den', with slash, or without its day."""
    match = re.search(rf"(?:\bden )?\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b", sentence.text)
    if not match:
        return None
    day, month, year = int(match.group(1)), MONTHS.index(match.group(2)) + 1, match.group(3)
    name = MONTHS[month - 1]
    forms = [
        f"{year}-{month:02}-{day:02}",
        f"den {day} {name} {year}",
        f"den {day}/{month} {year}",
        f"{day} {name[:3]}. {year}",
    ]
    return sentence.text[: match.start()] + rng.choice(forms) + sentence.text[match.end() :]


def date_first(sentence: Sentence, rng: random.Random) -> str | None:
    """'Den 2 augusti 2026 antog EU …': the date at the head of an item moved into the sentence."""
    match = re.match(rf"- (\d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}}): (.+?)\.?$", sentence.text)
    return f"{match.group(2)} (den {match.group(1)})." if match else None


def clauses_turned(sentence: Sentence, rng: random.Random) -> str | None:
    """'Om …, ska …' and '… om …' for each other."""
    match = re.match(r"([A-ZÅÄÖ][^,()]{15,}) (om|när|eftersom) ([^,()]{15,}?)( \([^()]*\))?\.$", sentence.text)
    if not match or match.group(1).endswith("inte"):
        return None
    head, word, rest, reference = match.groups()
    head = head[0].lower() + head[1:] if head[1].islower() else head
    return f"{word.capitalize()} {rest} gäller: {head}{reference or ''}."


PLAIN: tuple[Callable[[Sentence, random.Random], str | None], ...] = (
    verbatim,
    marks,
    label_dropped,
    reference_dropped,
    reference_first,
    lead_added,
    synonym,
    number_form,
    date_form,
    date_first,
    clauses_turned,
)


def glossary_name(sentence: Sentence, rng: random.Random, names: Mapping[str, Sequence[str]]) -> str | None:
    """Another name of the glossary for the same term."""
    held = (term for term in names if term in sentence.text)
    found = [(t, m) for t in held if (m := re.search(rf"(?<![\w-]){re.escape(t)}(?![\w-])", sentence.text))]
    if not found:
        return None
    term, match = rng.choice(found)
    return sentence.text[: match.start()] + rng.choice(names[term]) + sentence.text[match.end() :]


def paraphrases(
    sentences: Sequence[Sentence], names: Mapping[str, Sequence[str]], seed: int = 1, most: int = 300
) -> Iterator[Case]:
    """Up to `most` true claims of each way of saying them otherwise. `names`: term → its other names."""
    makers = {maker.__name__: maker for maker in PLAIN} | {"glossary_name": lambda s, r: glossary_name(s, r, names)}
    for kind, maker in makers.items():
        rng = random.Random(f"{seed} {kind}")
        limit = len(sentences) if kind == "verbatim" else most
        made = 0
        for sentence in rng.sample(sentences, len(sentences)):
            text = maker(sentence, rng) if made < limit else None
            if text is not None:
                made += 1
                yield Case(kind, text, sentence.passage, sentence.text)
