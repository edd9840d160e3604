// J and K walk the rows of a table marked data-rows, X ticks, Enter opens (the focus is on the row's own link).

const links = () => [...document.querySelectorAll("table[data-rows] [data-row-link]")].filter((link) => link.offsetParent);

function step(by) {
  const rows = links();
  if (!rows.length) return false;
  const here = rows.findIndex((link) => link.closest("tr").contains(document.activeElement));
  const next = here < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, here + by));
  rows[next].focus({ focusVisible: true });
  rows[next].scrollIntoView({ block: "nearest" });
  return true;
}

function tick() {
  const box = document.activeElement.closest?.("table[data-rows] tr")?.querySelector(".pick input");
  box?.click();
  return Boolean(box);
}

// On narrow screens the list of views is a strip that scrolls sideways: begin where the reader is.
document.querySelector(".side a[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

export const rowKeys = { j: () => step(1), k: () => step(-1), x: tick };
