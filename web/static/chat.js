// Asks without leaving the page and shows the answer piece by piece. Without this file the form works as it stands.
import { isPersonal } from "./privacy.js";
import { events } from "./stream.js";

const form = document.getElementById("fragor");
const field = document.getElementById("fraga");
const talk = document.getElementById("samtal");
const fault = document.getElementById("fel");
const status = document.getElementById("besked");
const hint = document.getElementById("fraga-hjalp");
const advice = hint.textContent;
const words = document.getElementById("texter").dataset;
const KEPT = "fyrlots-samtal";
const TOLD_MS = 4000;
let running = null;
let untold = 0;

form.addEventListener("submit", (event) => {
  if (event.submitter?.hasAttribute("formaction")) return;
  event.preventDefault();
  ask(field.value);
});

field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

// The browser cuts a text that is too long without a word; the reader is told.
field.addEventListener("input", () => {
  const text = field.value.length < field.maxLength ? advice : words.full;
  if (hint.textContent === text) return;
  hint.textContent = text;
  if (text !== advice) status.textContent = text;
});

// In another language the whole conversation is asked for anew, so that none of it is lost.
document.querySelector("a[data-language]")?.addEventListener("click", (event) => {
  if (!talk.querySelector("[name=historik]")) return;
  event.preventDefault();
  form.action = `/samtal?lang=${event.currentTarget.dataset.language}`;
  form.submit();
});

document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-question], [data-edit], [data-copy], [data-link], [data-print], [data-stop], [data-new]");
  if (!target || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if ("new" in target.dataset) return forget();
  event.preventDefault();
  if (target.dataset.question) ask(target.dataset.question);
  else if ("edit" in target.dataset) edit(target.closest(".answer"));
  else if ("copy" in target.dataset) copy(target.closest(".answer"));
  else if (target.dataset.link) copyLink(target.dataset.link);
  else if ("print" in target.dataset) window.print();
  else running?.abort();
});

async function ask(question) {
  if (running) return;
  field.value = question;
  if (!question.trim()) return refuse(words.empty);
  if (isPersonal(question)) return refuse(words.private);
  refuse("");
  const body = new URLSearchParams(new FormData(form));
  const article = wait(question);
  running = new AbortController();
  try {
    const response = await fetch("/fraga/strom", { method: "POST", body, signal: running.signal });
    if (!response.ok) throw new Refused((await response.json()).detail);
    for await (const { name, data } of events(response)) show(article, name, data);
  } catch (error) {
    article.remove();
    refuse(error.name === "AbortError" ? words.stopped : error instanceof Refused ? error.message : words.failed);
  } finally {
    running = null;
  }
}

class Refused extends Error {}

function begin() {
  document.querySelector(".hello h1")?.classList.add("visually-hidden");
  document.querySelector(".hello .lead")?.setAttribute("hidden", "");
  document.querySelector(".examples")?.setAttribute("hidden", "");
}

function wait(question) {
  const article = document.getElementById("vantar").content.cloneNode(true).firstElementChild;
  article.querySelector(".question").textContent = question;
  talk.append(article);
  begin();
  hint.textContent = advice;
  status.className = "visually-hidden";
  status.textContent = "";
  article.scrollIntoView({ block: "start" });
  return article;
}

function show(article, name, data) {
  if (name === "claim") {
    article.querySelector(".claims").insertAdjacentHTML("beforeend", data.html);
    return;
  }
  const holder = document.createElement("template");
  holder.innerHTML = data.html;
  const answer = holder.content.firstElementChild;
  article.replaceWith(answer);
  prepare();
  remember();
  if (data.keep) field.value = "";
  status.textContent = data.announce;
}

// What the page has where there is an answer on it, and what only this file can do.
function prepare() {
  document.getElementById("hela").hidden = !talk.querySelector(".answer");
  document.querySelector("label[for=fraga]").textContent = field.dataset.again;
  for (const button of document.querySelectorAll("[data-copy], [data-link]")) button.parentElement.hidden = !navigator.clipboard;
  document.querySelector("[data-print]").parentElement.hidden = false;
}

function refuse(text) {
  fault.hidden = !text;
  document.getElementById("fel-text").textContent = text;
  field.toggleAttribute("aria-invalid", false);
  if (!text) return;
  form.before(fault);
  field.setAttribute("aria-invalid", "true");
  field.focus();
  fault.scrollIntoView({ block: "center" });
}

function edit(answer) {
  field.value = answer.querySelector(".question").textContent;
  while (answer.nextElementSibling) answer.nextElementSibling.remove();
  answer.remove();
  prepare();
  remember();
  field.focus();
}

async function copy(answer) {
  const numbered = [...answer.querySelectorAll(".quotes > li")].sort((a, b) => a.value - b.value);
  const quotes = numbered.map((quote) => {
    const title = quote.closest(".source").querySelector("h4").textContent;
    const place = quote.querySelector(".place").textContent;
    return `[${quote.value}] ${[title, place].filter(Boolean).join(", ")}: ”${quote.querySelector("mark").textContent}”`;
  });
  const reply = answer.querySelector(".reply").cloneNode(true);
  for (const definition of reply.querySelectorAll(".definition")) definition.remove();
  for (const cite of reply.querySelectorAll(".cite")) cite.textContent = ` [${cite.textContent}]`;
  for (const item of reply.querySelectorAll("li")) item.prepend("- ");
  const blocks = [...reply.querySelectorAll("p, li")].map((b) => b.textContent.replace(/\s+/g, " ").replaceAll("\u2060", "").trim());
  await navigator.clipboard.writeText([answer.querySelector(".question").textContent, ...blocks, "", ...quotes].join("\n"));
  tell(words.copied);
}

async function copyLink(address) {
  await navigator.clipboard.writeText(new URL(address, location.href).href);
  tell(words.linkCopied);
}

// Says what was done to those who see the page and to those who hear it.
function tell(text) {
  status.textContent = text;
  status.className = "told";
  clearTimeout(untold);
  untold = setTimeout(() => (status.className = "visually-hidden"), TOLD_MS);
}

// The conversation stays in this tab, so that it is still here after a look at a source.
function remember() {
  try {
    sessionStorage.setItem(KEPT, talk.innerHTML);
  } catch {
    // A browser that keeps nothing, or a conversation that is too long for it.
  }
}

function forget() {
  try {
    sessionStorage.removeItem(KEPT);
  } catch {
    // Nothing was kept.
  }
}

function restore() {
  try {
    talk.innerHTML = sessionStorage.getItem(KEPT) ?? "";
  } catch {
    // Nothing was kept.
  }
  if (talk.querySelector(".answer")) begin();
}

if (!talk.querySelector(".answer") && !location.search && fault.hidden) restore();
if (talk.querySelector(".answer")) {
  prepare();
  remember();
}
