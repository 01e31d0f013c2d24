"""What is asked: the kind of answer that is wanted, the things named, and what is none of our business."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.domain import Outcome
from assistant.swedish import STOP_WORDS, language, normalise, words

KINDS = ("number", "when", "who", "list", "definition", "comparison", "yesno", "why", "duty", "overview")

_PATTERNS: tuple[tuple[str, str], ...] = (
    ("overview", r"sammanfatta|sammanfattning|vad handlar|vad står det i|vad tar .{0,40} upp|kort om|summari[sz]e|overview|what is .{0,30} about|i korthet|oppsummer|huvuddragen"),
    ("comparison", r"jämför|skillnad|skiljer|till skillnad|jämfört|kontra|\bvs\b|versus|compare|differ|hellre|bättre eller|forskjell"),
    ("number", r"hur (stor|många|mycket|hög|lång tid|länge|ofta|gammal|stora|långt|dyr|högt)|vilken andel|andelen|procent|hur pass många|antal\w*|how (many|much|large|long|often|big|high)|percent|share of|what share|hvor (mange|mye|stor|lenge|ofte)|belopp|summa|vad kostar|kostnad"),
    ("when", r"\bnär\b|från när|vilket (år|datum)|vilken dag|hur snart|senast när|deadline|tidsfrist|frist\w*|\bwhen\b|what (year|date)|how soon|\bnår\b|datum"),
    ("who", r"\bvem\b|\bvems\b|vilken (myndighet|person|organisation|aktör|kommun|nämnd)|\bwho\b|whom|whose|which (authority|agency|body)|\bhvem\b|ansvarig för|vilka (står bakom|ingår|deltog|äger|driver)"),
    ("why", r"varför|av vilken anledning|vad beror|orsak|hur kommer det sig|\bwhy\b|hvorfor|anledning|vad är poängen|hur så"),
    ("list", r"\bvilka\b|räkna upp|lista|nämn|ge exempel|what are the|which\b|\blist\b|hvilke|på vilka sätt|vad finns det för|what (kinds|types|areas|roles)"),
    ("duty", r"måste|krävs|krav\w*|skyldig\w*|behöver (vi|kommunen|man)|ska (vi|kommunen|en kommun)|får (vi|man|kommunen)|vad gäller|lagkrav|require|must|obligat|have to|allowed|plikt|tvungen|tvungna"),
    ("definition", r"vad (är|betyder|innebär|menas|står .{0,12} för)|vad (avses|går .{0,20} ut på)|förklara|definiera|what (is|does .{0,30} mean|are)|stand for|hva (er|betyr)|innebörd"),
    ("yesno", r"^(är|har|kan|ska|finns|gäller|får|måste|omfattas|behöver|kommer|räcker|stämmer|ingår|vet|använder|blir|var|hade|täcker|slipper|does|do|is|are|can|must|has|have|er|har|kan|må)\b"),
)
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)

_GUARDS: tuple[tuple[Outcome, str], ...] = (
    (
        Outcome.INSTRUCTION,
        r"(system ?prompt|dina (instruktioner|regler|inställningar)|your (instructions|rules|prompt)|(ignorera|bortse från|glöm|strunta i|ignore|disregard|forget)\b.{0,50}(käll|instruk|regl|tidigare|previous|above|source|rules|allt)|"
        r"hitta på|from now on|state that|påstå att|skriv (ett|en|mig|min) (mejl|mail|brev|dikt|tal|låt|saga|kod|program|uppsats)|write (a|an|me) (e-?mail|poem|letter|song|essay)|lösenord till|fantisera|make up|gissa (bara|en|ett)|låtsas (att|som|vara)|pretend|rollspel|jailbreak|developer mode|du är nu|you are now|spelar ingen roll (om|vad) källorna|utan (att bry dig om )?källor)",
    ),
    (
        Outcome.DECISION,
        r"(godkänn|bevilja|avslå|attestera|fatta beslut|besluta åt|approve|signera|underteckna)\b.{0,60}(ansökan|beslut\w*|faktura\w*|upphandling\w*|avtal\w*|ärende\w*|budget\w*|plan\w*|åt (mig|oss)|request|tjänst\w*|inköp\w*|medel)",
    ),
    (
        Outcome.PRIVATE,
        r"(personnummer|hemadress|privatadress|mobilnummer|privata? (telefon|nummer|mejl)|lön har|tjänar .{0,30} i månaden|var bor (?!det|folk|man)|hur gammal är [A-ZÅÄÖ]|sjukdomar? har|är gift|home address|where does .{0,30} live|partipolitisk)",
    ),
)
_COMPILED_GUARDS = tuple((outcome, re.compile(p, re.IGNORECASE)) for outcome, p in _GUARDS)
_SOCIAL = re.compile(
    r"^(hej+|hejsan|tjena|tja|hallå|god (morgon|dag|kväll)|goddag|hello|hi|hey|tack( så mycket)?|tusen tack|thanks|thank you|"
    r"bra jobbat|hur mår du|vem är du|är du (en )?(människa|robot|ai)|adjö|hej ?då|ok|okej|du är (dum|bäst|kass|värdelös)\w*|"
    r"idiot|dumma? (jävla )?(bot|robot|maskin)|skit\w*|din jävla \w+|fuck( off| you)?)[\s!.?,]*(på dig|där|du|fyrlots|alla)?[\s!.?]*$",
    re.IGNORECASE,
)
_SOURCES = re.compile(
    r"vad (vet|kan|känner) du( till)?( om)?[?.! ]*$|vad kan (man|jag) fråga( dig)?( om)?|vilka (källor|dokument|underlag)( och \w+)? (har|finns|använder|bygger|kan|känner)|"
    r"hur (nya|gamla|aktuella|uppdaterade|färska) är (dina |era )?(källor|dokument|uppgifter|underlag)|vad har du för (källor|underlag|dokument)|"
    r"what (do you know|sources do you|documents (do|are)|can (you|i) ask)|which (documents|sources) (do you|are there|have you)|what can you help",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Intent:
    """The question as understood."""

    text: str
    language: str
    kinds: tuple[str, ...]
    """Of KINDS, the most specific first; empty where nothing tells."""
    names: tuple[str, ...]
    """Named things as they are written: places, bodies, laws, abbreviations."""
    numbers: tuple[str, ...]
    """Years and other numbers in the question."""
    guard: Outcome | None = None
    """Set where the question is not to be answered from the sources at all."""
    about_sources: bool = False

    @property
    def kind(self) -> str:
        """The kind that decides the form of the answer."""
        return self.kinds[0] if self.kinds else "other"


def understand(text: str) -> Intent:
    """Reads the question. Pure."""
    plain = normalise(text)
    kinds = tuple(kind for kind, pattern in _COMPILED if pattern.search(plain))
    return Intent(
        text=text,
        language=language(text),
        kinds=kinds,
        names=names(text),
        numbers=tuple(re.findall(r"(?<!\w)\d{2,4}(?!\w)", text)),
        guard=guard(text),
        about_sources=bool(_SOURCES.search(text)),
    )


def guard(text: str) -> Outcome | None:
    """The outcome of a question that is no question to the sources."""
    if _SOCIAL.match(text.strip()):
        return Outcome.SOCIAL
    for outcome, pattern in _COMPILED_GUARDS:
        if pattern.search(text):
            return outcome
    meaningful = [w for w in words(text) if w not in STOP_WORDS]
    if not meaningful or (len(meaningful) == 1 and len(meaningful[0]) < 2):
        return Outcome.TOO_OPEN
    return None


def names(text: str) -> tuple[str, ...]:
    """Named things: capitals inside the sentence, abbreviations, and Swedish municipalities however they are written."""
    found = re.findall(r"(?<![.!?…] )(?<!^)(?<![\w-])[A-ZÅÄÖ][\w&-]*(?:[- ][A-ZÅÄÖ\d][\w-]*)*", text)
    found += re.findall(r"\b[A-ZÅÄÖ]{2,}[\w-]*\b", text)
    known = municipalities()
    plain = words(text)
    for n, word in enumerate(plain):
        pair = " ".join(plain[n : n + 2])
        bare = word.removesuffix("s")
        found += [place for place in (pair, word, bare) if place in known]
    unique = {normalise(name): name for name in found if normalise(name) not in STOP_WORDS and len(name) > 1}
    return tuple(unique.values())


@lru_cache(maxsize=1)
def municipalities() -> frozenset[str]:
    """Sweden's 290 municipalities, normalised. Those whose name is also a common word are left out."""
    path = Path(__file__).with_name("municipalities.txt")
    return frozenset(normalise(line.strip()) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
