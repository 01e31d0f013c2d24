"""The strategist's workbench: choose, write, see what is supported, keep. Nothing is stored on the server."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, Response

from web import papers, plan, word
from web.answer_files import attachment
from web.languages import copy_of
from web.problems import Problem
from web.site import Site, site_of

router = APIRouter(prefix="/handlingsplan", default_response_class=HTMLResponse)
Shared = Annotated[Site, Depends(site_of)]
Text = Annotated[str, Form()]
Texts = Annotated[list[str] | None, Form()]
MOST_PARTS = 40


def drafted(
    titel: Text = "", mal: Text = "", atgarder: Text = "", avsnitt: Texts = None, text: Texts = None
) -> plan.Draft:
    """The draft that the workbench's form sends."""
    pairs = zip(avsnitt or (), text or (), strict=False)
    return plan.Draft(titel, mal, atgarder, tuple(plan.Part(id, body) for id, body in pairs)[:MOST_PARTS])


Drafted = Annotated[plan.Draft, Depends(drafted)]


@router.get("", response_model=None)
def choose(request: Request, site: Shared) -> Response:
    """What to put in the plan, or a saved draft to go on with."""
    metas = site.engines.current().index.metadata
    return site.page(request, "plan.html", groups=plan.choices(metas, copy_of(request).plan))


@router.post("", response_model=None)
def begin(request: Request, site: Shared, titel: Text = "", val: Texts = None) -> Response:
    """The workbench with the beginning of each chosen source."""
    return bench(request, site, plan.begun(site.engines.current(), titel, (val or [])[:MOST_PARTS]), fresh=True)


@router.post("/utkast", response_model=None)
def review(request: Request, site: Shared, draft: Drafted, val: Texts = None) -> Response:
    """The workbench, every sentence looked up anew, and what is chosen to be added."""
    more = (val or [])[: MOST_PARTS - len(draft.parts)]
    return bench(request, site, plan.added(draft, site.engines.current(), more), reviewed=True)


@router.post("/oppna", response_model=None)
def resume(request: Request, site: Shared, utkast: Annotated[UploadFile, File()]) -> Response:
    """A saved draft in the workbench."""
    draft = plan.opened(utkast.file.read())
    if draft is None:
        raise Problem(422, "not_draft")
    return bench(request, site, draft, fresh=True)


@router.post("/spara", response_model=None)
def save(draft: Drafted) -> Response:
    """The draft as a file that can be opened again."""
    return attachment(plan.saved(draft).encode(), "application/json", "handlingsplan-utkast.json")


@router.post("/word", response_model=None)
def as_word(site: Shared, draft: Drafted) -> Response:
    """The plan as a Word file with footnotes."""
    blob = word.write(plan.paper(draft, site.engines.current()))
    return attachment(blob, word.MEDIA_TYPE, "handlingsplan.docx")


@router.post("/markdown", response_model=None)
def as_markdown(site: Shared, draft: Drafted) -> Response:
    """The plan in Markdown with footnotes."""
    text = papers.markdown(plan.paper(draft, site.engines.current()))
    return attachment(text.encode(), "text/markdown; charset=utf-8", "handlingsplan.md")


def bench(request: Request, site: Site, draft: plan.Draft, *, fresh: bool = False, reviewed: bool = False) -> Response:
    """The workbench: each text to edit, and beside it which of its sentences stand in a source.

    What the writer has on a source that is gone stays theirs to use.
    """
    engine = site.engines.current()
    known = plan.places(engine.index)
    metas = engine.index.metadata
    rows = [
        {
            "id": part.id,
            "meta": metas.get(part.id),
            "text": part.text,
            "paragraphs": list(plan.paragraphs(part.text, known)),
            "errata": plan.to_think_of(engine, part.id),
            "figures": plan.figures(engine, metas[part.id]) if part.id in metas else [],
        }
        for part in draft.parts
    ]
    own = {name: list(plan.paragraphs(getattr(draft, name), known)) for name in ("goals", "measures")}
    texts = (draft.goals, draft.measures, *(part.text for part in draft.parts))
    judged = [s.own for text in texts for p in plan.paragraphs(text, known) for s in p.statements]
    there = {part.id for part in draft.parts}
    return site.page(
        request,
        "plan_draft.html",
        draft=draft,
        rows=rows,
        own=own,
        known=known,
        plain=plan.plain,
        fresh=fresh,
        reviewed=(len(judged) - sum(judged), sum(judged)) if reviewed else None,
        groups=[
            (name, [m for m in listed if m.id not in there])
            for name, listed in plan.choices(metas, copy_of(request).plan)
        ],
    )
