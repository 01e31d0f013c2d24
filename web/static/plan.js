// Keeps the plan in this tab while it is written, so that neither a look at a source nor a server that falls silent
// loses any of it. Without this file the forms work as they stand.
const KEPT = "fyrlots-plan";
const FILED = "fyrlots-plan-filed";
const plan = document.getElementById("plan");
const going = document.getElementById("pagaende");
const FIELDS = ["titel", "mal", "avsnitt", "text", "atgarder"];
const silent = document.getElementById("tyst");
let answering = false;
let leaving = false;

if (plan) write();
else if (going) offer();

function write() {
  const visit = performance.getEntriesByType("navigation")[0]?.type;
  if (visit === "back_forward" || visit === "reload") restore();
  keep();
  if ("fresh" in plan.dataset && !["back_forward", "reload"].includes(visit)) filed();
  plan.addEventListener("input", keep);
  plan.addEventListener("submit", send);
  document.addEventListener("click", (event) => {
    if (event.target.closest("a[href]") && !event.ctrlKey && !event.metaKey && !event.shiftKey) leave();
  });
  // The tab is about to be closed: what it keeps would go with it.
  addEventListener("beforeunload", (event) => {
    if (!leaving && read(FILED) !== written()) event.preventDefault();
  });
}

// The page is not left for a server that does not answer.
async function send(event) {
  keep();
  if (!answering) {
    event.preventDefault();
    answering = await fetch("/healthz", { cache: "no-store" }).then((response) => response.ok, () => false);
    silent.hidden = answering;
    if (answering) plan.requestSubmit(event.submitter);
    else silent.scrollIntoView({ block: "center" });
    return;
  }
  answering = false;
  if (event.submitter?.formAction.endsWith("/handlingsplan/spara")) filed();
  leave();
}

// Pages of ours are left without a question, for the plan is still here afterwards.
function leave() {
  leaving = true;
  setTimeout(() => (leaving = false), 2000);
}

function written() {
  return JSON.stringify([...new FormData(plan)].filter(([name]) => FIELDS.includes(name)));
}

function keep() {
  store(KEPT, written());
}

function filed() {
  store(FILED, written());
}

// After a step back the server's page is older than what was written in it.
function restore() {
  const pairs = JSON.parse(read(KEPT) ?? "[]");
  const sections = (list) => list.filter(([name]) => name === "avsnitt").join();
  if (!pairs.length || sections(pairs) !== sections(JSON.parse(written()))) return;
  for (const name of FIELDS) {
    const values = pairs.filter(([known]) => known === name).map(([, value]) => value);
    for (const [n, field] of plan.querySelectorAll(`[name="${name}"]`).entries()) field.value = values[n] ?? "";
  }
}

function offer() {
  const pairs = JSON.parse(read(KEPT) ?? "[]");
  if (!pairs.some(([name, value]) => ["titel", "mal", "text", "atgarder"].includes(name) && value.trim())) return;
  for (const [name, value] of pairs) {
    const field = document.createElement("textarea");
    [field.name, field.value, field.hidden] = [name, value, true];
    going.append(field);
    if (name === "titel" && value.trim()) going.querySelector(".name").textContent = value;
  }
  going.hidden = false;
}

function read(name) {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

function store(name, value) {
  try {
    sessionStorage.setItem(name, value);
  } catch {
    // A browser that keeps nothing, or a plan that is too long for it.
  }
}
