// A sign-in ends after some minutes without use (meta idle-seconds; the server decides, this only shows it). Somebody who
// types or reads without sending anything is in use: the server is told so now and then. When the time is over, the page
// is covered; what was typed stays beneath and can be sent after signing in again. Tabs share what they know.
const limit = Number(document.querySelector('meta[name="idle-seconds"]')?.content ?? 0) * 1000;
const ALIVE = "/account/alive";
const WARNING = 60000;
const PING = Math.min(240000, limit / 3);
const channel = new BroadcastChannel("clawguard-use");

let contact = Date.now(); // when the server last heard from this browser
let used = contact;

function heard(at) {
  contact = Math.max(contact, at);
  document.getElementById("leaving").hidden = true;
  if (document.getElementById("cover").open) document.getElementById("cover").close();
}

function tell() {
  heard(Date.now());
  channel.postMessage(contact);
}

async function ping() {
  const answer = await fetch(ALIVE, { cache: "no-store" }).catch(() => undefined);
  if (answer?.ok) tell();
  else if (answer?.status === 401) cover();
}

function cover() {
  document.getElementById("leaving").hidden = true;
  const dialog = document.getElementById("cover");
  if (dialog.open) return;
  for (const other of document.querySelectorAll("dialog[open]")) other.close();
  dialog.showModal();
}

function look() {
  const now = Date.now();
  const left = limit - (now - contact);
  if (left <= 0) return cover();
  document.getElementById("leaving").hidden = left > WARNING;
  if (used > contact && now - contact > PING) ping();
}

function start() {
  for (const type of ["keydown", "pointerdown", "wheel"]) {
    document.addEventListener(type, () => { used = Date.now(); }, { passive: true });
  }
  channel.addEventListener("message", (event) => heard(event.data));
  document.addEventListener("htmx:afterRequest", (event) => event.detail.successful && tell());
  document.addEventListener("visibilitychange", look);
  document.querySelector("[data-stay]").addEventListener("click", ping);
  // The cover is no dialog to be dismissed.
  document.getElementById("cover").addEventListener("cancel", (event) => event.preventDefault());
  // An answer that ended on the sign-in page belongs into the window, not into a part of the page.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (new URL(event.detail.xhr.responseURL || "/", location.href).pathname !== document.getElementById("cover").dataset.signIn) return;
    event.detail.shouldSwap = false;
    cover();
  });
  channel.postMessage(contact);
  setInterval(look, 1000);
}

if (limit) start();
