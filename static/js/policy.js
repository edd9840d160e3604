// Typing a value means that it is decided here; choosing "as inherited" empties what was typed.
document.addEventListener("input", (event) => {
  const field = event.target.closest(".policy-value");
  if (!field) return;
  const mode = field.querySelector("select");
  const value = field.querySelector("input");
  if (event.target === value && value.value && mode.value === "") mode.value = "here";
  if (event.target === mode && mode.value !== "here" && value) value.value = "";
  field.classList.toggle("is-decided", mode.value !== "");
});
