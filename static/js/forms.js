// A form is sent once; errors are read out first; "select all" and the selection bar follow the rows.
import { each, on } from "./dom.js";

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.classList.contains("is-sending") || !mayLeave(form)) event.preventDefault();
  else form.classList.add("is-sending");
});

// A page of several forms comes back anew when one of them is sent: what is typed in another would be gone.
function mayLeave(form) {
  const field = [...document.querySelectorAll('form[method="post"]:not([data-autosave]) textarea')].find(
    (other) => other.form !== form && !other.closest("dialog") && other.value.trim() && other.value !== other.defaultValue,
  );
  if (!field) return true;
  const name = field.labels[0] ? field.labels[0].textContent.trim() : "another field";
  if (window.confirm(`What you typed in “${name}” is not sent with this and would be lost. Send this all the same?`)) return true;
  field.focus();
  return false;
}
// Coming back with the browser's back button must not find a dead form.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form.is-sending")) form.classList.remove("is-sending");
});

each("[data-error-summary]", (summary) => summary.focus());

// <a data-adds-fact="…">: opens the form at that fact in place; following the link would lose what is typed elsewhere.
on("click", "[data-adds-fact]", (event, link) => {
  const form = document.getElementById("add-fact");
  if (!form || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  form.open = true;
  form.querySelector("select").value = link.dataset.addsFact;
  const field = form.querySelector('input[name="value"]');
  field.scrollIntoView({ block: "center" });
  field.focus({ preventScroll: true });
});

function showSelection(scope) {
  const boxes = [...scope.querySelectorAll('tbody .pick input[type="checkbox"]')];
  const chosen = boxes.filter((box) => box.checked).length;
  const all = scope.querySelector("[data-select-all]");
  if (all) {
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  }
  const bar = scope.querySelector("[data-selection-bar]");
  if (!bar) return;
  bar.toggleAttribute("data-empty", chosen === 0);
  bar.querySelector("[data-selected-count]").textContent = `${chosen} selected`;
}

on("change", "[data-selection]", (event, scope) => {
  if (event.target.matches("[data-select-all]")) {
    for (const box of scope.querySelectorAll('tbody .pick input[type="checkbox"]')) box.checked = event.target.checked;
  }
  showSelection(scope);
});
each("[data-selection]", showSelection);

// <button data-fill-email="…">: puts the value into the field of that name.
on("click", "[data-fill-email]", (event, button) => {
  for (const [name, value] of Object.entries(button.dataset)) {
    const field = document.getElementById(`id_${name.replace("fill", "").toLowerCase()}`);
    if (field) field.value = value;
  }
  document.querySelector('main form button[type="submit"]').focus();
});
