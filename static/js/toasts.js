// Toasts leave after eight seconds, but not while they are pointed at, hold the focus, or offer an undo being read.
// From the server: Django messages (clawguard/ui/toasts.py) or the header HX-Trigger: {"toast": {"text": …, "undo_url": …}}.
import { each, on } from "./dom.js";

const STAY = 8000;

export function toast(text, undoUrl = "") {
  const made = document.getElementById("toast-template").content.cloneNode(true);
  made.querySelector(".toast__text").textContent = text;
  if (undoUrl) {
    const form = made.querySelector("[data-undo]");
    form.action = undoUrl;
    form.hidden = false;
  }
  const element = made.firstElementChild;
  document.getElementById("toasts").append(made);
  leaveLater(element);
}

function leaveLater(element) {
  const leave = () => {
    if (element.matches(":hover, :focus-within")) setTimeout(leave, STAY / 2);
    else element.remove();
  };
  setTimeout(leave, element.querySelector("[data-undo]:not([hidden])") ? STAY * 2 : STAY);
}

each("#toasts [data-toast]", leaveLater);
on("click", "[data-dismiss]", (event, button) => button.closest("[data-toast]").remove());
document.addEventListener("toast", (event) => toast(event.detail.text, event.detail.undo_url));
document.addEventListener("htmx:sendError", () => toast("No connection. Nothing was changed; please try again."));
document.addEventListener("htmx:responseError", (event) => {
  const known = { 401: "You were signed out. Sign in again to go on.", 403: "This is not open to you any more. Reload the page.", 409: "Somebody changed this meanwhile. Reload the page.", 429: "That was a lot at once. Wait a moment and try again." };
  toast(known[event.detail.xhr.status] ?? "That did not work. Nothing was changed; please try again.");
});
