"""Documents to chunks: spans, headings, and what is never broken."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import Document, Metadata
from ingest import corpus_data, load
from ingest.chunk import LONGEST_PARAGRAPH, chunks
from ingest.structure import Draft, assemble

SENTENCE = "Kommunen ska anmäla sig till tillsynsmyndigheten så snart det kan ske. "


def document(*drafts: Draft, **questions: tuple[str, ...]) -> Document:
    text, blocks = assemble(drafts)
    return Document(Metadata(id="d", title="Titel"), text, blocks, questions)


def heading(text: str, level: int, numbered: bool = False) -> Draft:
    return Draft("heading", text, level, "3.1", 7, numbered)


def paragraph(text: str) -> Draft:
    return Draft("paragraph", text, 0, "3.1", 7)


WORDS = st.text(alphabet="abcåäö ABC.,:;-\n0123456789§", min_size=1, max_size=400)
DRAFTS = st.lists(
    st.one_of(
        st.builds(lambda t, level: Draft("heading", " ".join(t.split()), level), WORDS, st.integers(1, 6)),
        st.builds(lambda t, n: Draft("paragraph", t * n), WORDS, st.integers(1, 12)),
        st.builds(
            lambda items: Draft("list", "\n".join(f"- {i}" for i in items)), st.lists(WORDS, min_size=1, max_size=8)
        ),
        st.builds(lambda t: Draft("table", t), WORDS),
        st.builds(lambda t: Draft("footnote", t), WORDS),
        st.builds(lambda t: Draft("reference", t), WORDS),
    ),
    max_size=15,
)


@given(DRAFTS)
def test_every_chunk_is_the_documents_text_at_its_span(drafts: list[Draft]) -> None:
    whole = document(*drafts)
    found = chunks(whole)
    assert all(c.text == whole.text[c.start : c.end] and c.text.strip() for c in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert len({c.id for c in found}) == len(found)


@given(DRAFTS)
def test_no_list_or_table_is_broken_and_nothing_is_lost(drafts: list[Draft]) -> None:
    whole = document(*drafts)
    found = chunks(whole)
    for block in whole.blocks:
        inside = [c for c in found if c.start < block.end and block.start < c.end]
        if block.kind in ("list", "table", "reference"):
            assert len(inside) == 1
            assert inside[0].start <= block.start
            assert block.end <= inside[0].end
        elif block.kind == "paragraph":
            kept = "".join(whole.text[max(c.start, block.start) : min(c.end, block.end)] for c in inside)
            assert "".join(kept.split()) == "".join(whole.text[block.start : block.end].split())
        elif block.kind == "heading":
            assert not inside


def test_the_path_leads_from_the_title_to_the_innermost_heading() -> None:
    found = chunks(
        document(heading("Titel", 1), heading("A", 2), heading("B", 3), paragraph("x"), heading("C", 2), paragraph("y"))
    )
    assert [c.path for c in found] == [("Titel", "A", "B"), ("Titel", "C")]
    assert [c.heading for c in found] == ["B", "C"]
    assert {(c.section, c.page) for c in found} == {("3.1", 7)}


def test_the_title_stands_first_even_where_the_text_lacks_it() -> None:
    assert chunks(document(paragraph("x")))[0].path == ("Titel",)
    assert chunks(document(heading("3.1 Numrerad", 3, numbered=True), paragraph("x")))[0].heading is None


def test_a_list_stays_with_the_line_that_leads_into_it_at_any_length() -> None:
    items = "\n".join(f"- {SENTENCE * 3}" for _ in range(10))
    found = chunks(document(paragraph("Kravet har tio delar:"), Draft("list", items)))
    assert len(found) == 1
    assert found[0].text.startswith("Kravet har tio delar:")


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    found = chunks(document(paragraph(SENTENCE * 60)))
    assert len(found) > 1
    for c in found:
        assert c.text.startswith("Kommunen")
        assert c.text.endswith("ske.")
        assert len(c.text) <= LONGEST_PARAGRAPH


def test_footnotes_are_no_chunks_and_references_stand_alone() -> None:
    found = chunks(document(paragraph("Text."), Draft("footnote", "(X, 2020)"), Draft("reference", "X, 2020. Bok.")))
    assert [c.text for c in found] == ["Text.", "X, 2020. Bok."]


def test_questions_follow_their_heading_and_the_pair_goes_before_the_name() -> None:
    drafts = [heading("A", 2), heading("IT", 3), paragraph("x"), heading("B", 2), heading("IT", 3), paragraph("y")]
    whole = document(*drafts, **{"IT": ("Vad?",), "B / IT": ("Hur?",)})
    assert [c.questions for c in chunks(whole)] == [("Vad?",), ("Hur?",)]


def test_every_document_of_the_corpus_is_cut_whole(corpus: Path) -> None:
    for path in [*load.files([corpus]), *sorted(corpus.glob("survey/*.yaml"))]:
        whole = load.load(path) if path.suffix == ".md" else corpus_data.load(path)
        assert whole is not None
        found = chunks(whole)
        assert found, path
        assert all(c.text == whole.text[c.start : c.end] for c in found)


def test_every_original_is_cut_whole(originals: Path) -> None:
    for path in load.files([originals]):
        whole = load.load(path)
        assert all(c.text == whole.text[c.start : c.end] for c in chunks(whole))


@pytest.mark.parametrize("text", ["", " \n "])
def test_nothing_gives_nothing(text: str) -> None:
    assert chunks(document(paragraph(text))) == []
