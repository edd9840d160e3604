// <form data-upload="/url">, or a part of the form its files go with: files go as soon as they are chosen, dropped or photographed, one request per file.
// Contract of the address: docs/design-system.md, "Upload well".
import { csrfToken, each, on } from "./dom.js";
import { possible, sendInPieces } from "./pieces.js";

const underway = new Set(); // rows whose file is not whole yet; leaving the page would break them off

function size(count) {
  if (count < 1000) return `${count} bytes`;
  return count < 1e6 ? `${Math.round(count / 1000)} KB` : `${(count / 1e6).toFixed(1)} MB`;
}

function row(well, name) {
  const made = well.querySelector("[data-file-template]").content.cloneNode(true);
  const item = made.firstElementChild;
  item.querySelector(".well__name").textContent = name;
  item.querySelector("[data-remove]").setAttribute("aria-label", `Remove ${name}`);
  well.querySelector("[data-files]").append(made);
  return item;
}

function say(well, item, state, words) {
  item.classList.remove("is-received", "is-refused");
  if (state) item.classList.add(state);
  item.querySelector(".well__status").textContent = words;
  well.querySelector("[data-announce]").textContent = `${item.querySelector(".well__name").textContent}: ${words}`;
}

function reason(request) {
  try {
    const body = JSON.parse(request.responseText);
    const first = body.errors?.[0]?.message;
    return first ?? body.detail ?? body.title;
  } catch {
    return undefined;
  }
}

function refusal(request) {
  if ([200, 401, 403].includes(request.status)) return "Not sent: you were signed out. Sign in and choose it again.";
  if (request.status === 413) return "Not accepted: the file is too large.";
  return `Not accepted: ${reason(request) ?? "please try again, or send another format."}`;
}

function finished(well, item, request, file) {
  const told = request.getResponseHeader("Content-Type")?.includes("json"); // a page instead means: sent to sign in
  if (request.status < 200 || request.status > 299 || !told) {
    item.querySelector("progress")?.remove();
    say(well, item, "is-refused", refusal(request));
    return;
  }
  received(well, item, JSON.parse(request.responseText), file);
}

function received(well, item, answer, file) {
  item.querySelector("progress")?.remove();
  const there = answer.id && well.querySelector(`[data-file="${answer.id}"]`);
  if (there) { // the same file a second time
    item.remove();
    say(well, there, "is-received", `${answer.message ?? "Received"} · ${size(answer.size ?? file.size)}`);
    return;
  }
  if (answer.id) item.dataset.file = answer.id;
  item.dataset.removeUrl = answer.remove_url ?? "";
  item.querySelector("[data-remove]").hidden = !answer.remove_url;
  if (well.dataset.names) item.append(Object.assign(document.createElement("input"), { type: "hidden", name: well.dataset.names, value: answer.id }));
  say(well, item, "is-received", `${answer.message ?? "Received"} · ${size(answer.size ?? file.size)}`);
  well.dispatchEvent(new CustomEvent("upload:received", { bubbles: true, detail: answer }));
}

function begin(well, file) {
  const item = row(well, file.name);
  const bar = Object.assign(document.createElement("progress"), { max: 100, value: 0 });
  bar.setAttribute("aria-label", `Sending ${file.name}`);
  item.append(bar);
  say(well, item, "", `Sending · ${size(file.size)}`);
  underway.add(item);
  return { item, bar };
}

function over(well, item) {
  underway.delete(item);
  if (underway.size === 0) well.dispatchEvent(new CustomEvent("upload:idle", { bubbles: true }));
}

async function sendPieces(well, file) {
  const { item, bar } = begin(well, file);
  const stop = new AbortController();
  item.addEventListener("upload:cancel", () => stop.abort());
  const status = item.querySelector(".well__status");
  const told = (news) => {
    if (news.waiting) return say(well, item, "", `${news.waiting} · ${Math.round(bar.value)} % arrived`);
    bar.value = news.share * 100;
    item.dataset.removeUrl = news.remove_url;
    well.querySelector(`[data-unfinished="${news.id}"]`)?.remove(); // the same file, begun earlier
    status.textContent = `Sending · ${Math.round(bar.value)} % of ${size(file.size)}`; // shown, not announced each time
  };
  try {
    received(well, item, await sendInPieces(file, well.dataset.pieces, told, stop.signal), file);
  } catch (error) {
    bar.remove();
    item.dataset.removeUrl = "";
    if (error.name !== "AbortError") say(well, item, "is-refused", `Not accepted: ${error.message}`);
  } finally {
    over(well, item);
  }
}

function sendWhole(well, file) {
  const { item, bar } = begin(well, file);
  const request = new XMLHttpRequest();
  request.open("POST", well.dataset.upload);
  request.setRequestHeader("X-CSRFToken", csrfToken());
  request.setRequestHeader("Accept", "application/json");
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) bar.value = (event.loaded / event.total) * 100;
  });
  request.addEventListener("load", () => finished(well, item, request, file));
  request.addEventListener("error", () => {
    bar.remove();
    say(well, item, "is-refused", "Not sent: no connection. Choose it again when you are back online.");
  });
  request.addEventListener("abort", () => item.remove());
  request.addEventListener("loadend", () => over(well, item));
  item.addEventListener("upload:cancel", () => request.abort());
  const body = new FormData();
  body.append(well.dataset.field, file, file.name);
  request.send(body);
}

const send = (well, file) => (well.dataset.pieces && possible() ? sendPieces(well, file) : sendWhole(well, file));

async function remove(well, item) {
  const button = item.querySelector("[data-remove]");
  item.dispatchEvent(new CustomEvent("upload:cancel"));
  if (!item.dataset.removeUrl) item.remove();
  else {
    button.disabled = true;
    const answer = await fetch(item.dataset.removeUrl, { method: "POST", headers: { "X-CSRFToken": csrfToken(), Accept: "application/json" } }).catch(() => undefined);
    button.disabled = false;
    if (!answer?.ok) {
      say(well, item, "is-received", "Still here: it could not be removed. Please try again.");
      return;
    }
    item.remove();
  }
  well.querySelector("[data-announce]").textContent = `${item.querySelector(".well__name").textContent} removed`;
  well.dispatchEvent(new CustomEvent("upload:removed", { bubbles: true }));
  well.querySelector('input[type="file"]').focus();
}

function prepare(well) {
  const input = well.querySelector('input[type="file"]');
  const drop = well.querySelector(".well__drop");
  well.querySelector("[data-drop-words]").hidden = matchMedia("(pointer: coarse)").matches;
  input.addEventListener("change", () => {
    for (const file of input.files) send(well, file);
    input.value = "";
    input.removeAttribute("capture");
  });
  well.querySelector("[data-camera]").addEventListener("click", () => {
    input.setAttribute("capture", "environment");
    input.click();
  });
  drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    well.classList.add("is-over");
  });
  drop.addEventListener("dragleave", () => well.classList.remove("is-over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    well.classList.remove("is-over");
    for (const file of event.dataTransfer.files) send(well, file);
  });
}

each("[data-upload]", prepare);
on("click", "[data-upload] [data-remove]", (event, button) => remove(button.closest("[data-upload]"), button.closest("li")));
window.addEventListener("beforeunload", (event) => {
  if (underway.size > 0) event.preventDefault();
});

// An answer that is sent while its files are still on their way waits for them, and then goes by the button pressed last:
// a question must not arrive as an answer.
const waiting = new Map(); // form → that button

function go(form) {
  const button = waiting.get(form);
  waiting.delete(form);
  form.querySelector("[data-waiting-words]").hidden = true;
  const refused = document.querySelector(".well__file.is-refused:not([data-unfinished])");
  if (!refused) return form.requestSubmit(button);
  form.querySelector("[data-refused-words]").hidden = false;
  refused.querySelector("[data-remove]").focus();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-waits-for-uploads]")) return;
  form.querySelector("[data-refused-words]").hidden = true;
  if (underway.size === 0) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  form.querySelector("[data-waiting-words]").hidden = false;
  if (!waiting.has(form)) document.addEventListener("upload:idle", () => go(form), { once: true });
  waiting.set(form, event.submitter);
}, true);
