"""Structure of plain text: what a converted report has lost is found again.

Sections and pages come from the table of contents, headings from their numbers and capitals; page headers, footnotes,
stray tags and the bibliography are told from the running text, and paragraphs that a page break cut are joined.
Every step takes and returns a list of drafts or lines, so that each can be read, and tested, on its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from ingest.structure import Draft

_TAG = re.compile(r"<(?!https?:)/?\w[^<>]*>")
_BOLD = re.compile(r"\*\*|(?<=\s)\*(?=\w)|(?<=\w)\*(?=[.,\s])")
_SUPERSCRIPT = re.compile("[¹²³⁴⁵⁶⁷⁸⁹⁰]+")
_FOOTNOTE = re.compile(r"^[¹²³⁴⁵⁶⁷⁸⁹⁰]+\s")
_CONTENTS = re.compile(r"^(\d+(?:\.\d+)*)\s+(.+?)[.\s\t]*\t?\s*(\d{1,4})$")
_NUMBERED = re.compile(r"^(\d+(?:\.\d+)*)\.?\s+([A-ZÅÄÖ].*)$")
_PAGE_HEADER = re.compile(r"\bSida\s+(\d+)\s*\(\d+\)")
_BULLET = re.compile(r"^\s*(?:[-•▪●◦‣*]|\d{1,2}[.)])\s+(?=\S)")
_BIBLIOGRAPHY = re.compile(r"^(litteraturförteckning|referenser|källförteckning|referenslista)$", re.IGNORECASE)
WRAPPED_CHARS = 60
"""A line that is longer and has no stop at its end goes on in the line right below."""
_SUMMARY = re.compile(r"^sammanfattning$", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """A line with the page it stands on, where that is known."""

    text: str
    page: int | None = None


@dataclass(frozen=True)
class Contents:
    """The table of contents: printed number → (title, first page)."""

    sections: dict[str, tuple[str, int]] = field(default_factory=dict)

    def page(self, section: str | None) -> int | None:
        """The first page of the section."""
        return self.sections[section][1] if section in self.sections else None


def drafts(lines: Iterable[Line]) -> list[Draft]:
    """The blocks of a plain text, in order."""
    kept, contents = read_contents(without_page_headers(list(lines)))
    found = [draft for draft in blocks(kept) if draft.text]  # a footnote number alone on its line leaves nothing
    return join_cut(footnotes_last(placed(found, contents)))


def front_matter(text: str) -> dict[str, str]:
    """Title, author, date and version where a page header at the top of the text states them."""
    head = text[:1500]
    found = {
        "title": re.search(r"^Titel\s+(.+?)(?:\t|$)", head, re.MULTILINE),
        "author": re.search(r"Författare\s+([A-ZÅÄÖ][^\t\n]+?)(?:\t|$)", head, re.MULTILINE),
        "date": re.search(r"Publiceringsdatum\s+(\d{4}-\d{2}-\d{2})", head),
        "version": re.search(r"Version\s+(\d[\w.]*)", head),
    }
    return {key: match.group(1).strip() for key, match in found.items() if match}


def without_page_headers(lines: list[Line]) -> list[Line]:
    """Drops running headers; the line after one knows its page."""
    kept: list[Line] = []
    page: int | None = None
    for line in lines:
        header = _PAGE_HEADER.search(line.text)
        if header and len(line.text) < 120:
            page = int(header.group(1))
        elif re.match(r"^(Titel|Författare)\s", line.text) and "\t" in line.text:
            continue
        elif not line.text.strip():
            kept.append(line)
        else:
            kept.append(replace(line, page=line.page or page))
            page = None
    return kept


def read_contents(lines: list[Line]) -> tuple[list[Line], Contents]:
    """Parts the table of contents from the text. Three entries or more make one."""
    entries = [(i, _CONTENTS.match(_TAG.sub("", line.text).strip())) for i, line in enumerate(lines)]
    found = [(i, m) for i, m in entries if m and ("\t" in lines[i].text or "..." in lines[i].text)]
    if len(found) < 3:
        return lines, Contents()
    sections = {m.group(1): (m.group(2).rstrip(". \t"), int(m.group(3))) for _, m in found}
    first, last = found[0][0], found[-1][0]
    before = [line for line in lines[:first] if not re.match(r"^Innehållsförteckning$", line.text.strip())]
    return before + lines[last + 1 :], Contents(sections)


def blocks(lines: list[Line]) -> Iterator[Draft]:
    """Groups lines to headings, paragraphs, lists, tables, footnotes and references."""
    in_bibliography = False
    head: list[str] = []
    for group in groups(lines):
        first = strip_marks(group[0].text)
        page = group[0].page
        if _BIBLIOGRAPHY.match(first):
            in_bibliography = True
            yield Draft("heading", first, 1, page=page)
        elif in_bibliography:
            yield Draft("reference", "\n".join(strip_marks(line.text) for line in group), page=page)
        elif _FOOTNOTE.match(group[0].text):
            yield Draft("footnote", first, page=page)
        elif len(group) == 1 and is_heading(group[0].text):
            yield Draft(
                "heading", first, heading_level(group[0].text), page=page, numbered=bool(_NUMBERED.match(first))
            )
        elif _BULLET.match(group[0].text):
            items = [strip_marks(_BULLET.sub("", line.text)) for line in group]
            yield bulleted(items, page)
        elif "\t" in group[0].text.strip() and len(group) > 1:
            rows = [[cell(c) for c in line.text.strip().split("\t")] for line in group]
            head = head if len(head) == len(rows[0]) > 2 else rows.pop(0)
            yield Draft("table", table(head, rows), page=page)
        else:
            head = []
            yield Draft("paragraph", " ".join(strip_marks(line.text) for line in group), page=page)


def bulleted(items: list[str], page: int | None) -> Draft:
    """A list of the items; a single one is a line of speech, which is a paragraph."""
    if len(items) == 1:
        return Draft("paragraph", items[0], page=page)
    return Draft("list", "\n".join("- " + item for item in items), page=page)


def groups(lines: list[Line]) -> Iterator[list[Line]]:
    """Lines that belong together: a list across empty lines, rows of a table, a wrapped paragraph, else one line."""
    current: list[Line] = []
    for line in unwrap(lines):
        if not line.text.strip():
            if current and not _BULLET.match(current[0].text):
                yield current
                current = []
            continue
        if current and not together(current, line):
            yield current
            current = []
        current.append(line)
    if current:
        yield current


def together(current: list[Line], line: Line) -> bool:
    """Whether the line goes on with the group."""
    if _BULLET.match(current[0].text):
        return bool(_BULLET.match(line.text))
    if "\t" in current[0].text.strip():
        return "\t" in line.text.strip()
    if _BULLET.match(line.text) or is_sure_heading(line.text) or is_sure_heading(current[0].text):
        return False
    return len(current[-1].text) > WRAPPED_CHARS and not re.search(r"[.!?:;”\"]$", current[-1].text.strip())


def is_sure_heading(text: str) -> bool:
    """A numbered line or one in capitals; any other line in the midst of lines may be a wrapped one."""
    bare = strip_marks(text)
    return is_heading(text) and (bool(_NUMBERED.match(bare)) or in_capitals(bare))


def unwrap(lines: list[Line]) -> Iterator[Line]:
    """Joins lines that were broken inside a tag or a bullet: the next starts in lower case right below."""
    held: Line | None = None
    for line in lines:
        below = held is not None and held.text.strip() and line.text.strip()
        if held is not None and below and re.match(r"^\s*[a-zåäö(]", line.text) and not _FOOTNOTE.match(held.text):
            held = replace(held, text=f"{held.text.rstrip()} {line.text.strip()}")
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def strip_marks(text: str) -> str:
    """The line without tags, bold marks and footnote numbers, spaces folded."""
    text = re.sub(r"<(https?:[^<>\s]+)>", r"\1", text)
    text = _SUPERSCRIPT.sub("", _BOLD.sub("", _TAG.sub(" ", text)))
    return re.sub(r"\s+([.,;:])", r"\1", re.sub(r"\s+", " ", text)).strip()


def is_heading(text: str) -> bool:
    """A numbered line, a line in capitals, or a short line without a stop at its end."""
    bare = strip_marks(text)
    if not bare or len(bare) > 150 or "\t" in text.strip():
        return False
    if _NUMBERED.match(bare) and not re.search(r"[.;,]$", bare):
        return True
    if in_capitals(bare):
        return True
    return (
        len(bare) < 90
        and bare[0].isupper()
        and not re.search(r"[.,:;?!”]$|^Figur \d|^\W", bare)
        and not re.search(r"^(Källa|Tabell|Bild|Foto|Skribent)\b", bare)
    )


def heading_level(text: str) -> int:
    """2 to 4 for numbered headings by their depth, 5 for capitals, 6 for others."""
    bare = strip_marks(text)
    numbered = _NUMBERED.match(bare)
    if numbered:
        return 1 + len(numbered.group(1).split("."))
    return 5 if in_capitals(bare) else 6


def in_capitals(text: str) -> bool:
    """More than three letters, all of them capitals: 'IT' alone is a word, not a heading's style."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 3 and all(c.isupper() for c in letters)


def table(head: list[str], rows: list[list[str]]) -> str:
    """Rows as 'first cell – head: cell. head: cell.'; a table that goes on after a page break keeps its head."""
    lines = []
    for row in rows:
        cells = (f"{h}: {c}" for h, c in zip(head[1:], row[1:], strict=False) if c)
        lines.append(f"{row[0]} – " + ". ".join(cells))
    return "\n".join([" | ".join(head), *lines])


def cell(text: str) -> str:
    """One cell on one line."""
    return "; ".join(p for p in (strip_marks(x) for x in re.split("[▪•]", text)) if p)


def placed(found: list[Draft], contents: Contents) -> list[Draft]:
    """Gives each block its section and page. Headings whose number the contents lack are paragraphs."""
    out: list[Draft] = []
    section: str | None = "front" if contents.sections else None
    for i, draft in enumerate(found):
        following = next((later for later in found[i + 1 :] if later.kind != "footnote"), None)
        draft = settle_heading(draft, following, contents)
        if draft.kind == "heading" and contents.sections:
            if draft.numbered:
                section = str(_NUMBERED.match(draft.text).group(1))  # type: ignore[union-attr]
            elif _SUMMARY.match(draft.text) and section == "front":
                section, draft = "Sammanfattning", replace(draft, level=2, numbered=True)
            elif _BIBLIOGRAPHY.match(draft.text):
                section = None
        out.append(replace(draft, section=section, page=draft.page or contents.page(section)))
    return out


def settle_heading(draft: Draft, following: Draft | None, contents: Contents) -> Draft:
    """A heading stands over text: the last line, or one above a figure's caption or a table, is none."""
    if draft.kind != "heading" or _BIBLIOGRAPHY.match(draft.text) or _SUMMARY.match(draft.text):
        return draft
    number = _NUMBERED.match(draft.text)
    if number and contents.sections and number.group(1) not in contents.sections:
        return replace(draft, kind="paragraph", level=0, numbered=False)
    if draft.level < 6:
        return draft
    over = following is not None and following.kind in ("paragraph", "list") and not following.text.startswith("Figur")
    if over and following is not None and (len(following.text) > 80 or following.kind == "list"):
        return draft
    return replace(draft, kind="paragraph", level=0)


def footnotes_last(found: list[Draft]) -> list[Draft]:
    """Moves footnotes behind the text under their heading: they stand where a page ended, in the midst of things."""
    out: list[Draft] = []
    held: list[Draft] = []
    for draft in found:
        if draft.kind == "heading":
            out, held = out + held, []
        (held if draft.kind == "footnote" else out).append(draft)
    return out + held


def join_cut(found: list[Draft]) -> list[Draft]:
    """Joins a paragraph without an end to the rest of it that follows."""
    out: list[Draft] = []
    for draft in found:
        if out and is_rest(out[-1], draft):
            out[-1] = replace(out[-1], text=f"{out[-1].text} {draft.text}")
        else:
            out.append(draft)
    return out


def is_rest(before: Draft, after: Draft) -> bool:
    """Whether the second block is the rest of the first."""
    return (
        after.kind == "paragraph"
        and before.kind in ("paragraph", "list")
        and bool(re.match(r"[a-zåäö]", after.text) or (before.text.endswith(",") and after.text[:1].isalpha()))
        and not re.search(r"[.!?:;]$", before.text)
    )
