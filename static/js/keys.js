// Keyboard: Ctrl K, ?, /, the rows' keys and two-key chords (G T). Single keys can be switched off in the sheet
// and never act while somebody is typing or a dialog is open.
import { open } from "./dialogs.js";
import { each, on, typing } from "./dom.js";
import { rowKeys } from "./rows.js";

const CHORD = 1200;
const commands = JSON.parse(document.getElementById("palette-commands")?.textContent ?? "[]");
const chords = new Map(commands.filter((command) => command.keys).map((command) => [command.keys, command.url]));
let before = { key: "", at: 0 };

const switchedOff = () => document.cookie.split("; ").includes("keys=off");

function focusSearch() {
  const field = document.querySelector("main [data-search], main input[type='search']");
  field?.focus();
  return Boolean(field);
}

// Elements may offer their own key: <button data-key="1">; a field that does is gone to, and of a fold that opens its
// first field.
function pressed(key) {
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!target || target.disabled) return false;
  if (target.matches("select, textarea, input")) target.focus();
  else target.click();
  if (target.matches("details[open] > summary")) target.parentElement.querySelector("textarea, select, input:not([type='hidden'])")?.focus();
  return true;
}

function singleKey(key) {
  const chord = chords.get(`${before.key} ${key}`);
  if (chord && performance.now() - before.at < CHORD) {
    location.assign(chord);
    return true;
  }
  before = { key, at: performance.now() };
  if (key === "?") {
    open("shortcuts");
    return true;
  }
  if (key === "/") return focusSearch();
  return rowKeys[key]?.() || pressed(key);
}

function keydown(event) {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && document.getElementById("palette")) {
    event.preventDefault();
    open("palette");
    return;
  }
  const busy = event.ctrlKey || event.metaKey || event.altKey || event.repeat && event.key.length > 1;
  if (busy || typing(event.target) || document.querySelector("dialog[open]") || switchedOff()) return;
  if (singleKey(event.key.toLowerCase())) event.preventDefault();
}
// Not before every other script has taken its forms up: a key would send them the slow way.
document.addEventListener("DOMContentLoaded", () => document.addEventListener("keydown", keydown));

each("[data-keys-switch]", (box) => {
  box.checked = !switchedOff();
});
on("change", "[data-keys-switch]", (event, box) => {
  document.cookie = `keys=off; path=/; max-age=${box.checked ? 0 : 31536000}; samesite=lax`;
});
