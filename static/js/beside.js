// Note and checklist point at each other: "Show" leads to the sentence, a marked sentence to its element.
import { on } from "./dom.js";

function lit(beside, element) {
  for (const one of beside.querySelectorAll(".is-lit")) one.classList.remove("is-lit");
  const marks = [...beside.querySelectorAll("mark[data-elements]")].filter((mark) => mark.dataset.elements.split(" ").includes(element));
  const row = beside.querySelector(`[data-element="${CSS.escape(element)}"]`);
  for (const one of [...marks, row]) one?.classList.add("is-lit");
  const fold = row?.closest("details");
  if (fold) fold.open = true;
  return { mark: marks[0], row };
}

on("click", "[data-show]", (event, button) => {
  lit(button.closest("[data-beside]"), button.dataset.show).mark?.scrollIntoView({ block: "center" });
});
on("click", "mark[data-elements]", (event, mark) => {
  lit(mark.closest("[data-beside]"), mark.dataset.elements.split(" ")[0]).row?.scrollIntoView({ block: "nearest" });
});
