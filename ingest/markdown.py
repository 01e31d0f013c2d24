"""Markdown to drafts of blocks, through markdown-it."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from ingest.structure import Draft


def drafts(body: str) -> Iterator[Draft]:
    """The blocks of a Markdown text, marks taken away."""
    tree = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(body))
    for node in tree.children:
        yield from block(node)


def block(node: SyntaxTreeNode) -> Iterator[Draft]:
    """One block of the syntax tree."""
    if node.type == "heading":
        yield Draft("heading", inline(node), level=int(node.tag[1]))
    elif node.type in ("bullet_list", "ordered_list"):
        yield Draft("list", "\n".join(f"- {' '.join(texts(item))}" for item in node.children))
    elif node.type == "table":
        yield Draft("table", "\n".join(" | ".join(inline(c) for c in row.children) for row in rows(node)))
    elif node.type in ("fence", "code_block"):
        yield Draft("paragraph", node.content)
    elif node.type in ("blockquote", "html_block"):
        for child in node.children:
            yield from block(child)
    elif node.type == "paragraph":
        yield Draft("paragraph", inline(node))


def rows(node: SyntaxTreeNode) -> Iterator[SyntaxTreeNode]:
    """The rows of a table, its head first."""
    for part in node.children:
        yield from part.children


def texts(node: SyntaxTreeNode) -> Iterator[str]:
    """The running texts below a node, nested lists included."""
    if node.type == "inline":
        yield inline(node)
    for child in node.children:
        if child.type == "inline":
            yield words(child)
        else:
            yield from texts(child)


def inline(node: SyntaxTreeNode) -> str:
    """The text of a node's inline children."""
    return " ".join(words(child) for child in node.children if child.type == "inline").strip()


def words(node: SyntaxTreeNode) -> str:
    """Text without marks; a soft break is a space; images give their description; raw HTML is dropped."""
    if node.type in ("text", "code_inline"):
        return node.content
    if node.type in ("softbreak", "hardbreak"):
        return " "
    return "".join(words(child) for child in node.children)
