"""Words: normalising, tokens, stems, four-grams, sentences. Pure and cached; knows Swedish, reads English."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import snowballstemmer

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_TOKEN = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:[:'’][^\W\d_]+)?", re.UNICODE)
_NAMED_NUMBER = re.compile(r"\b(nis|eidas|fas|kap|pm|mcffs|sou|prop)[\s-]*(\d)", re.IGNORECASE)

STOP_WORDS = frozenset(
    """
    alla allt alltså andra att av bara bland blev bli blir borde bör båda både d.v.s. de dem den denna dess dessa
    det detta dig din dina ditt du då där därför efter egentligen ej eller en er era ert ett finns fick finnas flera
    fram från få får för före genom ger ha hade han har hej hela henne hennes hit hon honom hos hur här i ibland
    idag igen in inga ingen inget innan inom inte istället ja jag ju just kan kanske ki kom kommer kring kunde lite
    man med mellan men mer mest mig min mina mitt mot mycket måste ni nog nu någon något några när nästan och också
    om oss på redan rätt samma sedan sen sig sin sina sitt ska skall skulle som så sådan säga säger sätt tack till
    handlar handlade berätta beskriv beskriva förklara sammanfatta
    typ under upp ut utan vad var vara varandra varför varit varje vars vart vem vems verkligen vet vi via vid vilka
    vilken vilket vill vår våra vårt väl än ändå ännu är även åt över gäller göra gör gjort går gå
    a an and are as at be been but by can could did do does for from had has have how i if in into is it its may me
    must my no not of on or our out shall should so than that the their them there they this to us was we were what
    about tell explain describe summarise summarize when where which who whom whose why will with would you your
    og eller som det den er har hva hvem hvor hvorfor når på til fra med ikke jeg vi skal kan må av et en de
    """.split()
)
"""Words that carry no subject, in Swedish, English and Norwegian."""

_ABBREVIATIONS = frozenset(
    "bl.a ca dvs d.v.s e.d etc ev exkl f.d fr.o.m t.o.m inkl jfr kap kl m.fl m.m milj mkr mnkr mn mdr nr o.d osv o.s.v "
    "prop resp s.k st t.ex tex bil ang art bet dir ds et al kst punkt sid st tel vol resp dnr".split()
)
_SENTENCE_END = re.compile(r"[.!?…]+[\"”’)\]]*(?=\s)|\n+")

_stemmer = snowballstemmer.stemmer("swedish")
_STEMMING = threading.Lock()
"""Snowball's stemmer keeps the word it works on in itself: two threads at once get each other's stems."""
_english = snowballstemmer.stemmer("english")


def clean(text: str) -> str:
    """The text in composed form, without invisible characters; line breaks stay."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c for c in _INVISIBLE.sub("", text) if c in "\n\t" or unicodedata.category(c) != "Cc")


def normalise(text: str) -> str:
    """Lower case, composed, with 'NIS 2' and 'NIS-2' as one word."""
    return _NAMED_NUMBER.sub(r"\1\2", unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))).casefold()


def words(text: str) -> list[str]:
    """The words and numbers of the text, normalised, in order."""
    return [w.split(":")[0] if w[0].isalpha() else w for w in _TOKEN.findall(normalise(text))]


def content_words(text: str) -> list[str]:
    """The words that carry the subject; all of them where nothing else is left."""
    every = words(text)
    return [w for w in every if w not in STOP_WORDS] or every


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The Swedish stem of one normalised word. Source: Snowball's Swedish algorithm."""
    if word.endswith(("eringen", "eringar", "erings")):
        word = word[: word.rindex("ering") + 5]
    with _STEMMING:
        return str(_stemmer.stemWord(word))


def stems(text: str) -> list[str]:
    """The stems of the content words, in order."""
    return [stem(w) for w in content_words(text)]


@lru_cache(maxsize=200_000)
def grams_of(word: str, n: int = 4) -> tuple[str, ...]:
    """The character n-grams of one word with its borders marked; the word itself where it is short."""
    marked = f"_{word}_"
    if len(marked) <= n:
        return (marked,)
    return tuple(marked[i : i + n] for i in range(len(marked) - n + 1))


def grams(text: str) -> list[str]:
    """The character four-grams of the content words. Source: McNamee & Mayfield 2004, on compounding languages."""
    return [g for w in content_words(text) for g in grams_of(w)]


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yields the spans [start, end) of the sentences; 't.ex.', '3 kap. 4 §' and '15 jan. 2026' do not end one."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if "\n" not in match.group() and not _ends(text, match):
            continue
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def statements(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yields the spans in `text` of the sentences and list items from start to end, bullets left out."""
    for a, b in sentences(text[start:end]):
        mark = 2 if text.startswith("- ", start + a) else 0
        yield start + a + mark, start + b


def _ends(text: str, match: re.Match[str]) -> bool:
    following = text[match.end() :].lstrip()
    if not following:
        return True
    if not match.group().startswith(".") or match.group().startswith(".."):
        return not following[0].islower()
    before = text[: match.start()].rsplit(maxsplit=1)
    last = before[-1].casefold().lstrip("(”\"'") if before else ""
    if last in _ABBREVIATIONS or (len(last) == 1 and last.isalpha() and last not in "åö"):
        return False
    return not (following[0].islower() or following[0] == "§")


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    right = end - (len(piece) - len(piece.rstrip()))
    if right > left:
        yield left, right


_ENGLISH = frozenset(
    "the of and is are what how when which who why does do must should many for in to our with by where can "
    "this".split()
)
_NORWEGIAN = frozenset(
    "hva hvem hvor hvorfor hvordan hvilke hvilken hvilket ikke jeg kommunene mye og innen fra når noen også".split()
)
_SWEDISH = frozenset(
    "vad vem var varför hur inte jag och från när någon också är för på vilka vilken ska att som".split()
)


def language(text: str) -> str:
    """'sv', 'en' or 'no', by the small words; Swedish where they do not tell."""
    found = set(_TOKEN.findall(normalise(text)))
    if found & {"och", "är", "på", "för", "från", "vad", "vilka", "när", "att", "hur"} or re.search(
        "[åäö]", text.casefold()
    ):
        swedish = len(found & _SWEDISH) + 1
    else:
        swedish = len(found & _SWEDISH)
    scores = {"sv": swedish, "en": len(found & _ENGLISH), "no": len(found & _NORWEGIAN)}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] > scores["sv"] else "sv"
