// A button with data-copy="id" puts the value of that field on the clipboard. Without script it stays hidden, and where a
// browser refuses (a page without TLS), the value is selected so that one keystroke copies it.
import { each, on } from "./dom.js";
import { toast } from "./toasts.js";

each("[data-copy]", (button) => (button.hidden = false));
on("click", "[data-copy]", async (event, button) => {
  const field = document.getElementById(button.dataset.copy);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    toast("Copied.");
  } catch {
    toast("It is selected: copy it with Ctrl C or ⌘ C.");
  }
});
