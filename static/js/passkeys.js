// Passkeys: the browser makes one, or signs in with one. What the server says goes to the browser as it is.
import { csrfToken, each } from "./dom.js";

const possible = Boolean(window.PublicKeyCredential?.parseRequestOptionsFromJSON);

async function ask(url, body = {}) {
  const headers = { "X-CSRFToken": csrfToken(), "Content-Type": "application/json", Accept: "application/json" };
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body), redirect: "error" });
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.detail ?? "Please try again.");
  return told;
}

async function make(form) {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(await ask(form.dataset.options));
  const credential = await navigator.credentials.create({ publicKey });
  await ask(form.action, { credential: credential.toJSON(), name: form.elements.name.value });
  location.reload();
}

async function enter(form) {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(await ask(form.dataset.options));
  const credential = await navigator.credentials.get({ publicKey });
  location.assign((await ask(form.action, { credential: credential.toJSON(), next: form.elements.next.value })).next);
}

each("[data-passkey]", (form) => {
  form.hidden = !possible;
  const said = form.querySelector("[data-passkey-said]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.textContent = "";
    try {
      await (form.dataset.passkey === "make" ? make(form) : enter(form));
    } catch (error) {
      // The browser's own refusals mean that the person closed its window or that time ran out.
      said.textContent = error instanceof DOMException ? "Nothing happened: the passkey was not confirmed." : error.message;
    }
  });
});
