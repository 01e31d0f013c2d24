"""True claims turned false, one thing at a time, and true claims said otherwise. Seeded; knows nothing of the guard."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

_words = str.split
MONTHS = _words("januari februari mars april maj juni juli augusti september oktober november december")
NUMERALS = _words("två tre fyra fem sex sju åtta nio tio elva tolv")
_MONTH = "|".join(MONTHS)
_NUMERAL = "|".join(NUMERALS)
_UNIT = r"(?:kronor|euro|miljoner|miljarder|timmar|dagar|veckor|månader|år|dygn|[a-zåäö]{4,}(?:er|or|ar|en|a|na))\b"
_AMOUNT = re.compile(
    rf"(?<![\d.,:/–§-])(?<!artikel )(?<!NIS )\b"
    rf"(?:(?P<digits>\d{{1,3}}(?: \d{{3}})*(?:,\d+)?)|(?P<word>{_NUMERAL}))(?= {_UNIT})(?! kap)",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"(?<![\d.,])(\d+(?:,\d+)?)(?= ?(?:%|procent))")
_DATE = re.compile(rf"\b(?:(\d{{1,2}}) )?({_MONTH}) (\d{{4}})\b", re.IGNORECASE)
_LAW = re.compile(r"\b(?:\d{4}(?:/\d{2})?:\d+|\d{4}/\d{2,4}|\d{2,3}/\d{4})\b(?!:)")
_SECTION = re.compile(
    r"\b\d+(?= kap\.)|\b\d+(?= (?:[a-h] )?§)|(?<=artikel )\d+|(?<=artikel \d\.)\d+|(?<=artikel \d\d\.)\d+"
)
_SIGNS = {
    "minst": "högst",
    "högst": "minst",
    "mer än": "mindre än",
    "mindre än": "mer än",
    "lägst": "högst",
    "inom": "efter",
}
_LONGER = {"timmar": "dagar", "dagar": "veckor", "veckor": "månader", "månader": "år"}
_UNITS = {**_LONGER, "kronor": "euro", "miljoner": "miljarder"}
_SIGN = re.compile(rf"\b({'|'.join(_SIGNS)})\b(?= \d)")
_MEASURE = re.compile(rf"(?<=\d )({'|'.join(_UNITS)})\b")
_NEGATION = re.compile(r"\b(?:inte|aldrig) |\b(?:ingen|inga|inget)\b")
_VERB = re.compile(
    r"(?<=[a-zåäöA-Z] )(?:ska|måste|bör|kan|får|är|har|gäller|omfattar|innehåller|behöver|ger)(?= [a-zåäö])"
)
_MODALS = {
    "ska": ("bör", "kan", "får"),
    "måste": ("bör", "kan"),
    "bör": ("ska", "måste", "kan"),
    "kan": ("ska", "bör", "måste"),
    "får": ("ska", "måste", "bör"),
}
AUTHORITIES = (
    "Digg",
    "Post- och telestyrelsen",
    "Integritetsskyddsmyndigheten",
    "Säkerhetspolisen",
    "Myndigheten för civilt försvar",
    "Länsstyrelsen",
    "Riksrevisionen",
    "E-hälsomyndigheten",
    "Riksarkivet",
    "Statskontoret",
    "Socialstyrelsen",
    "Skatteverket",
    "SKR",
    "PTS",
    "IMY",
    "Regeringen",
    "Kommissionen",
)
LAWS = (
    "Data Act",
    *_words(
        "GDPR OSL LOU CRA EHDS DGA SDG-förordningen AI-förordningen cybersäkerhetslagen säkerhetsskyddslagen DOS-lagen "
        "arkivlagen dataskyddslagen tryckfrihetsförordningen kommunallagen socialtjänstlagen eIDAS-förordningen "
        "CER-direktivet"
    ),
)
PLACES = _words(
    "Bengtsfors Dals-Ed Färgelanda Mellerud Åmål Lysekil Munkedal Sotenäs Orust Strömstad Tanum Trollhättan Uddevalla "
    "Vänersborg Göteborg Sundsvall Ånge Mora Orsa Älvdalen Skåne Dalsland"
)
KINDS = (
    "amount",
    "percentage",
    "date",
    "law number",
    "paragraph",
    "entity",
    "negation",
    "modality",
    "citation swap",
    "invented source",
)


@dataclass(frozen=True)
class Sentence:
    """A true claim: a sentence of a document, with the sentences around it as its passage."""

    document: str
    text: str
    passage: str


@dataclass(frozen=True)
class Case:
    """A claim to be checked against a passage."""

    kind: str
    claim: str
    passage: str
    origin: str
    """The true sentence."""


def mutants(sentences: Sequence[Sentence], seed: int = 1, most: int = 250) -> Iterator[Case]:
    """Up to `most` false claims of each kind, spread over the sentences."""
    for kind in KINDS:
        rng = random.Random(f"{seed} {kind}")
        made: dict[tuple[str, str], Case] = {}
        for _ in range(4):
            for sentence in rng.sample(sentences, len(sentences)):
                case = _MAKERS[kind](sentence, rng, sentences) if len(made) < most else None
                if case and (case.claim, case.passage) != (sentence.text, sentence.passage):
                    made.setdefault((case.claim, case.passage), case)
        yield from made.values()


def _replaced(kind: str, sentence: Sentence, match: re.Match[str], new: str) -> Case:
    text = sentence.text
    return Case(kind, text[: match.start()] + new + text[match.end() :], sentence.passage, text)


def _pick(pattern: re.Pattern[str], text: str, rng: random.Random) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return rng.choice(found) if found else None


def _other_number(text: str, rng: random.Random) -> str:
    """Another number of the same form, never one that the sentence could also hold by rounding."""
    whole = int(re.sub(r"\D", "", text.split(",")[0]))
    changed = rng.choice([whole + 1, whole + 2, max(whole - 1, 0) or whole + 3, whole * 2 + 1, whole * 10 or 7])
    tail = f",{text.split(',')[1]}" if "," in text else ""
    return (f"{changed:,}".replace(",", " ") if " " in text else str(changed)) + tail


def amount(sentence: Sentence, rng: random.Random, _: Sequence[Sentence]) -> Case | None:
    """Another value, another sign of comparison or another unit."""
    match = _pick(_AMOUNT, sentence.text, rng)
    if match is None:
        return None
    way = rng.random()
    for table, pattern, share in ((_SIGNS, _SIGN, 0.15), (_UNITS, _MEASURE, 0.3)):
        if way < share and (word := _pick(pattern, sentence.text, rng)):
            return _replaced("amount", sentence, word, table[word.group()])
    if match.group("word"):
        other = rng.choice([n for n in NUMERALS if n != match.group().lower()])
        return _replaced("amount", sentence, match, other.capitalize() if match.group()[0].isupper() else other)
    return _replaced("amount", sentence, match, _other_number(match.group(), rng))


def percentage(sentence: Sentence, rng: random.Random, _: Sequence[Sentence]) -> Case | None:
    """Another share; where the sentence has two, also one for the other."""
    found = list(_PERCENT.finditer(sentence.text))
    if not found:
        return None
    match = rng.choice(found)
    others = [m.group() for m in found if m.group() != match.group()]
    new = rng.choice(others) if others and rng.random() < 0.3 else _other_number(match.group(), rng)
    return _replaced("percentage", sentence, match, new)


def date(sentence: Sentence, rng: random.Random, _: Sequence[Sentence]) -> Case | None:
    """Another day, month or year."""
    match = _pick(_DATE, sentence.text, rng)
    if match is None:
        return None
    day, month, year = match.groups()
    part = rng.choice(["day", "month", "year"] if day else ["month", "year"])
    if part == "day":
        day = str(int(day) % 28 + 1)
    elif part == "month":
        month = rng.choice([m for m in MONTHS if m != month.lower()])
    else:
        year = str(int(year) + rng.choice([-2, -1, 1, 2]))
    return _replaced("date", sentence, match, " ".join(x for x in (day, month, year) if x))


def law_number(sentence: Sentence, rng: random.Random, _: Sequence[Sentence]) -> Case | None:
    """Another SFS, EU, SOU or proposition number."""
    match = None if "http" in sentence.text else _pick(_LAW, sentence.text, rng)
    if match is None:
        return None
    digits = list(match.group())
    at = rng.choice([n for n, c in enumerate(digits) if c.isdigit()])
    digits[at] = str((int(digits[at]) + rng.randint(1, 9)) % 10)
    return _replaced("law number", sentence, match, "".join(digits))


def paragraph(sentence: Sentence, rng: random.Random, _: Sequence[Sentence]) -> Case | None:
    """Another chapter, paragraph, article or point."""
    match = _pick(_SECTION, sentence.text, rng)
    if match is None:
        return None
    number = int(match.group())
    less = number - 1 if number > 1 else 3
    return _replaced("paragraph", sentence, match, str(rng.choice([number + 1, number + 2, number + 10, less])))


def entity(sentence: Sentence, rng: random.Random, _: Sequence[Sentence]) -> Case | None:
    """Another authority, law or place."""
    found = []
    for names in (AUTHORITIES, LAWS, PLACES):
        pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])", re.IGNORECASE)
        found += [(m, names) for m in pattern.finditer(sentence.text)]
    if not found:
        return None
    match, names = rng.choice(found)
    others = [n for n in names if n.lower() not in sentence.text.lower() and not _abbreviates(n, match.group())]
    return _replaced("entity", sentence, match, rng.choice(others))


def _abbreviates(one: str, other: str) -> bool:
    pairs = ({"pts", "post- och telestyrelsen"}, {"imy", "integritetsskyddsmyndigheten"}, {"dataskyddslagen", "gdpr"})
    return any({one.lower(), other.lower()} <= pair for pair in pairs)


def negation(sentence: Sentence, rng: random.Random, _: Sequence[Sentence]) -> Case | None:
    """A negation taken away or put in."""
    there = _pick(_NEGATION, sentence.text, rng)
    if there and not sentence.text[there.start() :].startswith("inte bekräftad"):
        new = {"ingen": "en", "inga": "många", "inget": "ett"}.get(there.group(), "")
        return _replaced("negation", sentence, there, new)
    verb = _pick(_VERB, sentence.text, rng)
    return _replaced("negation", sentence, verb, f"{verb.group()} inte") if verb and not there else None


def modality(sentence: Sentence, rng: random.Random, _: Sequence[Sentence]) -> Case | None:
    """Duty for advice, advice for permission, and so on."""
    match = _pick(re.compile(rf"\b(?:{'|'.join(_MODALS)})\b"), sentence.text, rng)
    return _replaced("modality", sentence, match, rng.choice(_MODALS[match.group()])) if match else None


def citation_swap(sentence: Sentence, rng: random.Random, every: Sequence[Sentence]) -> Case | None:
    """The claim with a passage that does not hold it: half from the same document, where it is most alike."""
    if len(sentence.text) < 40:
        return None
    same = [s for s in every if s.document == sentence.document and sentence.text not in s.passage]
    own = set(sentence.text.lower().split())
    alike = sorted(same, key=lambda s: -len(own & set(s.text.lower().split())))[:5]
    other = rng.choice(alike) if alike and rng.random() < 0.5 else rng.choice(every)
    if _restates(other.passage, sentence.text):
        return None
    return Case("citation swap", sentence.text, other.passage, sentence.text)


def _restates(passage: str, claim: str) -> bool:
    """Whether the passage holds four fifths of the claim's longer words: it may then say the same."""
    own = {w for w in re.findall(r"\w+", claim.lower()) if len(w) > 3}
    return len(own & set(re.findall(r"\w+", passage.lower()))) >= 0.8 * len(own)


def invented_source(sentence: Sentence, rng: random.Random, _: Sequence[Sentence]) -> Case | None:
    """A source put to a true claim that does not name it."""
    number = rng.randint(100, 999)
    claims = [
        f"Enligt SOU 2021:{number} gäller följande: {sentence.text}",
        f"{sentence.text.rstrip('.')} (SFS 2019:{number}).",
        f"{sentence.text.rstrip('.')} ({rng.randint(21, 40)} kap. {rng.randint(40, 60)} § förvaltningslagen).",
        f"{sentence.text.rstrip('.')} enligt Riksbankens rapport 2022.",
        f"{sentence.text.rstrip('.')} (artikel {number} i förordning (EU) 2031/{number}).",
        f"Enligt Gartner: {sentence.text}",
        f"{sentence.text.rstrip('.')} (Andersson, 2017).",
    ]
    return Case("invented source", rng.choice(claims), sentence.passage, sentence.text)


_MAKERS: dict[str, Callable[[Sentence, random.Random, Sequence[Sentence]], Case | None]] = {
    "amount": amount,
    "percentage": percentage,
    "date": date,
    "law number": law_number,
    "paragraph": paragraph,
    "entity": entity,
    "negation": negation,
    "modality": modality,
    "citation swap": citation_swap,
    "invented source": invented_source,
}


def measure(cases: Sequence[Case], stands: Callable[[Case], bool]) -> dict[str, tuple[int, int]]:
    """For each kind: how many cases stand, of how many."""
    total = Counter(c.kind for c in cases)
    standing = Counter(c.kind for c in cases if stands(c))
    return {kind: (standing[kind], total[kind]) for kind in total}
