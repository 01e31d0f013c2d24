"""Tables of numbers: number words, measures, months, and the words that compare."""

from __future__ import annotations

import re
from collections.abc import Mapping

_words = str.split
_ONES = dict(zip(_words("noll en två tre fyra fem sex sju åtta nio tio elva tolv"), range(13), strict=True)) | {
    "ett": 1
}
_TEENS = dict(zip(_words("tretton fjorton femton sexton sjutton arton nitton"), range(13, 20), strict=True))
_TENS = dict(zip(_words("tjugo trettio fyrtio femtio sextio sjuttio åttio nittio"), range(20, 100, 10), strict=True))
NUMERALS: Mapping[str, float] = {
    **_ONES,
    **_TEENS,
    **_TENS,
    **{f"{ten}{one}": a + b for ten, a in _TENS.items() for one, b in _ONES.items() if 1 <= b <= 9},
    "båda": 2,
    "bägge": 2,
    "hundra": 100,
    "etthundra": 100,
    "tusen": 1000,
    "ettusen": 1000,
}
SHARES: Mapping[str, float] = {
    "hälften": 50.0,
    "halva": 50.0,
    "varannan": 50.0,
    "vartannat": 50.0,
    "tredjedel": 100 / 3,
    "tredjedelar": 100 / 3,
    "fjärdedel": 25.0,
    "fjärdedelar": 25.0,
    "femtedel": 20.0,
    "femtedelar": 20.0,
    "tiondel": 10.0,
    "tiondelar": 10.0,
}
"""Words for a share → per cent."""
NUMBER_WORDS = frozenset(NUMERALS) | {"hälften", "halva", "varannan", "vartannat"}

MEASURES: Mapping[str, tuple[float, str]] = {
    **dict.fromkeys(("%", "procent", "procenten"), (1.0, "%")),
    **dict.fromkeys(("procentenhet", "procentenheter"), (1.0, "%-enhet")),
    **{word: (share, "%") for word, share in SHARES.items() if word.endswith(("del", "delar"))},
    **dict.fromkeys(("kr", "kronor", "krona", "sek"), (1.0, "kr")),
    **dict.fromkeys(("euro", "eur", "€"), (1.0, "euro")),
    **dict.fromkeys(("tkr",), (1e3, "kr")),
    **dict.fromkeys(("mnkr", "mkr"), (1e6, "kr")),
    **dict.fromkeys(("mdkr", "mdr"), (1e9, "kr")),
    **dict.fromkeys(("tusen",), (1e3, "")),
    **dict.fromkeys(("hundra",), (1e2, "")),
    **dict.fromkeys(("miljon", "miljoner", "milj", "mn"), (1e6, "")),
    **dict.fromkeys(("miljard", "miljarder"), (1e9, "")),
    **dict.fromkeys(("minut", "minuter"), (1.0, "min")),
    **dict.fromkeys(("timme", "timmar", "timmars", "timmen"), (1.0, "h")),
    **dict.fromkeys(("dygn", "dygnet"), (24.0, "h")),
    **dict.fromkeys(("dag", "dagar", "dagars"), (1.0, "dag")),
    **dict.fromkeys(("arbetsdag", "arbetsdagar"), (1.0, "arbetsdag")),
    **dict.fromkeys(("vecka", "veckor", "veckors"), (1.0, "vecka")),
    **dict.fromkeys(("månad", "månader", "månaders"), (1.0, "månad")),
    **dict.fromkeys(("år", "års"), (12.0, "månad")),
}
"""Word after a number → factor and canonical measure; an empty measure only scales."""
TIMES = frozenset(("min", "h", "dag", "arbetsdag", "vecka", "månad"))

_FULL = _words("januari februari mars april maj juni juli augusti september oktober november december")
MONTHS: Mapping[str, int] = {name: n for n, name in enumerate(_FULL, 1)}
SHORT_MONTHS: Mapping[str, int] = {name[:3]: n for n, name in enumerate(_FULL, 1)} | {"sept": 9}
"""Only read as months after a day: 'jul' and 'mar' are words too."""

SIGN_BEFORE = re.compile(
    r"""\b(?P<said>
    (?P<le>inte\ (?:mer|fler|längre|högre)\ än|inte\ över(?:stig\w+)?|högst|maximalt|max|upp\ till|som\ mest
        |senast(?:\ inom)?|inom|till\ och\ med|t\.o\.m\.|fram\ till)
    |(?P<ge>inte\ (?:mindre|färre|kortare|lägre)\ än|inte\ under(?:stig\w+)?|minst|lägst|åtminstone|tidigast
        |från(?:\ och\ med)?|fr\.o\.m\.|sedan)
    |(?P<gt>(?:mer|fler|större|längre|högre|äldre)\ än|över(?:stig\w+)?|drygt|efter)
    |(?P<lt>(?:mindre|färre|lägre|kortare|yngre)\ än|under(?:stig\w+)?|knappt|nästan|före|innan)
    |(?P<ca>cirka|ca\.?|ungefär|omkring|runt|kring|uppskattningsvis)
    )(?:\ (?:den|de|det|år|av|en|ett|högre|lägre|totalt|kl\.|klockan|som|cirka|utgången\ av|slutet\ av))*\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
"""What stands before a number or a date and compares."""
SIGN_AFTER = re.compile(
    r"(?:\s+\w+){0,2}\s+eller\s+"
    r"(?:(?P<ge>mer|fler|högre|äldre|längre|senare)|(?P<le>mindre|färre|lägre|yngre|kortare|tidigare))\b",
    re.IGNORECASE,
)
DATE_SIGNS = {"under": "", "från": "", "från och med": "", "fr.o.m.": "", "sedan": "", "inom": ""}
"""With a date these say no more than the date itself: 'gäller från 1 april' is 'började gälla 1 april'."""


def amount(text: str) -> tuple[float, str]:
    """The value of digits or a number word, and its own measure ('%' for 'hälften')."""
    plain = text.casefold()
    if plain in SHARES:
        return SHARES[plain], "%"
    if plain in NUMERALS:
        return float(NUMERALS[plain]), ""
    if re.fullmatch(r"\d{1,3}(?:[ .]\d{3})+", plain):
        return float(re.sub("[ .]", "", plain)), ""
    whole, _, rest = plain.replace(".", ",").partition(",")
    return float(f"{whole}.{rest.replace(',', '') or 0}"), ""
