"""The pattern that cuts Swedish text into references, dates, numbers and words."""

from __future__ import annotations

import re

from assistant.measures import MONTHS, SHORT_MONTHS

ITEM = r"\d+(?:[ ]?[a-h]\b)?(?:\.\d+)*"
_LIST = rf"{ITEM}(?:(?:\s*[–-]\s*|\s*,\s*|\s+(?:och|eller|samt|till)\s+){ITEM}(?!\s*kap))*"
_MONTH = "|".join(MONTHS)
_SHORT = "|".join((*MONTHS, "sept", *SHORT_MONTHS))
_NUMBER = r"\d{1,3}(?:[ .]\d{3})+(?![\d,])|\d+(?:[.,]\d+)*"
TOKEN = re.compile(
    rf"""(?P<url>https?://\S+|\bwww\.\S+)
    |(?P<statute>(?:\b(?P<series>[A-ZÅÄÖ-]{{0,6}}FS|SOU|Ds|[Dd]ir\.?)\s+)?\b(?P<sfs>\d{{4}}(?:/\d{{2,4}})?:\d+)\b)
    |(?P<act>\b(?P<eu>\d{{4}}/\d{{1,5}}|\d{{1,4}}/\d{{4}})\b)
    |(?P<section>(?:\b(?P<chapter>\d+(?:\ [a-h])?)\ ?kap(?:\.|itlet|itel)?\ ?,?\ ?)?
        (?<!\d)(?P<sections>{_LIST})\ ?(?:§+|paragraf\w*))
    |(?P<chapters>\b(?P<chapnos>{_LIST})\ ?kap(?:\.|itlet|itel)?(?!\w)|\bkap(?:itel|\.)\ (?P<chapno>\d+))
    |(?P<article>\b[Aa]rt(?:ikel|iklarna|iklar|\.)\ (?P<articles>{_LIST}))
    |(?P<annex>\b(?P<part>[Bb]ilaga|[Ss]käl)\ (?P<annexno>(?-i:[IVX]+)\b|\d+))
    |(?P<date>\b(?P<y1>\d{{4}})-(?P<m1>\d{{2}})(?:-(?P<d1>\d{{2}}))?\b
      |\b(?P<d2>\d{{1,2}})(?::[ea])?\s+(?P<m2>{_SHORT})\b\.?(?:,?\s+(?P<y2>(?:19|20)\d{{2}})\b)?
      |\b(?P<m3>{_MONTH})\b\.?(?:\s+(?P<y3>(?:19|20)\d{{2}})\b)?
      |\b(?P<d4>\d{{1,2}})(?:/|\.)(?P<m4>\d{{1,2}})(?:\ |\.|-)(?P<y4>(?:19|20)\d{{2}})\b
      |\b(?P<y5>(?:19|20)\d{{2}})\b(?!\s*(?:[\d%:]|kr\b|kronor|euro|procent|anställda|personer|invånare|gånger))(?![.,]\d))
    |(?P<number>(?<!\w)(?:{_NUMBER}))
    |(?P<word>[^\W\d_][^\W_]*(?:[:'’][^\W\d_]+)?)
    |(?P<percent>[%€])""",
    re.VERBOSE | re.IGNORECASE,
)
"""Everything that is read out of a text, by name of group; what looks most like a reference is tried first.

Source: Riksdagen's forms for statutes and paragraphs, EUR-Lex's for acts; Svenska skrivregler for dates and numbers.
"""
NAMED_NUMBER = re.compile(r"\b(nis|eidas|fas)[\s-]+(\d)\b", re.IGNORECASE)
JOINED = re.compile(r"\b(?:nis|eidas|fas)\d\b", re.IGNORECASE)
"""'NIS2' is one name: 'NIS' alone is another."""
