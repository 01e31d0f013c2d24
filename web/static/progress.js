// Keeps the reader's place on the reading path, in this browser only.
const KEY = "fyrlots-introduktion";
const read = new Set(JSON.parse(localStorage.getItem(KEY) ?? "[]"));
const here = document.querySelector("[data-here]");

if (here) {
  read.add(here.dataset.here);
  localStorage.setItem(KEY, JSON.stringify([...read]));
}
for (const step of document.querySelectorAll("[data-step]")) {
  if (!read.has(step.dataset.step)) continue;
  step.classList.add("read");
  const note = document.createElement("span");
  note.className = "tag";
  note.textContent = step.dataset.done;
  step.querySelector("h2").append(" ", note);
}
