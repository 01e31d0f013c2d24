// Sends an opinion without leaving the page. Without this file the form works as it stands.
import { isPersonal } from "./privacy.js";

const status = document.getElementById("besked");

document.addEventListener("submit", async (event) => {
  const form = event.target.closest(".opinion");
  if (!form) return;
  event.preventDefault();
  const button = form.querySelector("[type=submit]");
  if (isPersonal(form.elements.ord.value)) return refuse(form, button.dataset.personal);
  button.disabled = true;
  try {
    const response = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const made = page.querySelector(".opinion, .thanks");
    if (!made) return refuse(form, page.querySelector("main .lead").textContent);
    form.replaceWith(made);
    if (made.matches(".thanks")) status.textContent = made.textContent;
  } catch {
    refuse(form, document.getElementById("texter").dataset.failed);
  } finally {
    button.disabled = false;
  }
});

function refuse(form, text) {
  form.querySelector(".fault").textContent = text;
  form.querySelector(".alert").hidden = false;
  form.elements.ord.focus();
}
