// Small helpers shared by the modules.

export const csrfToken = () => document.querySelector('meta[name="csrf-token"]').content;

/** Listen for `type` anywhere and act when it happened inside something matching `selector`. */
export function on(type, selector, act) {
  document.addEventListener(type, (event) => {
    const found = event.target.closest?.(selector);
    if (found) act(event, found);
  });
}

/** Run `act` for every present and later `selector`, once per element. */
export function each(selector, act) {
  const seen = new WeakSet();
  const visit = (root) => {
    for (const element of root.querySelectorAll(selector)) {
      if (seen.has(element)) continue;
      seen.add(element);
      act(element);
    }
  };
  visit(document);
  document.addEventListener("htmx:afterSettle", () => visit(document));
}

export const typing = (element) =>
  element.isContentEditable || element.matches('textarea, select, input:not([type="checkbox"], [type="radio"], [type="submit"], [type="button"])');
