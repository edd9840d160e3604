// <button data-dialog="id"> opens, data-close closes; the browser gives Escape, focus trap and focus return.
// <details class="menu|filter"> close on Escape and when focus or pointer goes elsewhere.
import { on } from "./dom.js";

export function open(id) {
  const dialog = document.getElementById(id);
  if (dialog && !dialog.open) {
    dialog.showModal();
    dialog.dispatchEvent(new CustomEvent("dialog:open"));
  }
}

on("click", "[data-dialog]", (event, button) => {
  button.closest("details")?.removeAttribute("open");
  open(button.dataset.dialog);
});
on("click", "[data-close]", (event, button) => button.closest("dialog").close());
on("click", "dialog", (event, dialog) => {
  if (event.target === dialog) dialog.close();
});

const foldables = () => document.querySelectorAll("details.menu[open], details.filter[open]");

document.addEventListener("click", (event) => {
  for (const fold of foldables()) if (!fold.contains(event.target)) fold.open = false;
});
document.addEventListener("focusin", (event) => {
  for (const fold of foldables()) if (!fold.contains(event.target)) fold.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const fold of foldables()) {
    fold.open = false;
    fold.querySelector("summary").focus();
  }
});
