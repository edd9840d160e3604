// The answer page: the ways beside answering open where they stand, and a note can be written into a form's sections.
import { csrfToken, each, on } from "./dom.js";

on("click", "[data-way]", (event, link) => {
  const field = document.getElementById(link.hash.slice(1));
  const fold = field?.closest("details");
  if (!fold) return;
  event.preventDefault();
  fold.open = true;
  field.scrollIntoView({ block: "center" });
  field.focus();
});

const FORMS = {
  free: { name: "Free text", sections: [] },
  soap: { name: "SOAP", sections: ["Subjective", "Objective", "Assessment", "Plan"] },
  dap: { name: "DAP", sections: ["Data", "Assessment", "Plan"] },
  birp: { name: "BIRP", sections: ["Behavior", "Intervention", "Response", "Plan"] },
};

/** The text of each section; what stands before the first heading belongs to the first section. */
function parted(text, sections) {
  const found = sections.map(() => []);
  let at = 0;
  for (const line of text.split("\n")) {
    const next = sections.findIndex((name) => line.trim().toLowerCase() === `${name.toLowerCase()}:`);
    if (next >= 0) at = next;
    else found[at].push(line);
  }
  return found.map((lines) => lines.join("\n").trim());
}

function joined(sections, texts) {
  const written = sections.map((name, at) => (texts[at].trim() ? `${name}:\n${texts[at].trim()}` : ""));
  return written.filter(Boolean).join("\n\n");
}

class NoteForm {
  constructor(root) {
    this.root = root;
    this.whole = root.querySelector("textarea");
    this.place = root.querySelector(".field");
    this.sections = Object.assign(document.createElement("div"), { className: "note-form__sections" });
    root.prepend(this.heading(), this.choice(), this.sections);
    this.show(root.dataset.noteForm);
  }

  choice() {
    const set = Object.assign(document.createElement("fieldset"), { className: "note-form__choice" });
    set.append(Object.assign(document.createElement("legend"), { className: "visually-hidden", textContent: "Form of the note" }));
    for (const [key, { name }] of Object.entries(FORMS)) {
      const label = Object.assign(document.createElement("label"), { className: "check" });
      const box = Object.assign(document.createElement("input"), { type: "radio", name: "note_form_choice", value: key });
      box.setAttribute("form", "none"); // a choice of the page's, no part of the draft or the answer
      box.checked = key === this.root.dataset.noteForm;
      box.addEventListener("change", () => this.choose(key));
      label.append(box, Object.assign(document.createElement("span"), { textContent: name }));
      set.append(label);
    }
    return set;
  }

  // The words over the field stand over the choice of its form, too; the field keeps its label for who hears the page.
  heading() {
    const label = this.place.querySelector("label");
    const words = Object.assign(document.createElement("p"), { className: "field__label", textContent: label.textContent });
    words.setAttribute("aria-hidden", "true");
    label.classList.add("visually-hidden");
    return words;
  }

  choose(key) {
    this.show(key);
    const headers = { "X-CSRFToken": csrfToken(), "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" };
    fetch(this.root.dataset.remember, { method: "POST", headers, body: new URLSearchParams({ form: key }), redirect: "manual", keepalive: true }).catch(() => undefined);
  }

  show(key) {
    const { sections } = FORMS[key];
    this.place.hidden = sections.length > 0;
    this.sections.replaceChildren();
    const texts = parted(this.whole.value, sections.length ? sections : [""]);
    sections.forEach((name, at) => this.sections.append(this.section(name, texts[at])));
  }

  section(name, text) {
    const field = Object.assign(document.createElement("div"), { className: "field" });
    const id = `section-${name.toLowerCase()}`;
    const label = Object.assign(document.createElement("label"), { htmlFor: id, textContent: name });
    const area = Object.assign(document.createElement("textarea"), { className: "textarea", id, rows: 3, value: text });
    area.dataset.section = name;
    area.addEventListener("input", (event) => {
      event.stopPropagation();
      this.join();
    });
    field.append(label, area);
    return field;
  }

  join() {
    const areas = [...this.sections.querySelectorAll("[data-section]")];
    this.whole.value = joined(areas.map((area) => area.dataset.section), areas.map((area) => area.value));
    this.whole.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

each("[data-note-form]", (root) => new NoteForm(root));

const PAUSE = 900; // milliseconds without a key: long enough not to ask in the middle of a word

/** Under the note: what it says already and what to add. The list is read when wanted; only its summary is announced. */
class Found {
  constructor(root) {
    this.url = root.dataset.found;
    this.whole = root.querySelector('textarea[name="text"]');
    this.box = Object.assign(document.createElement("div"), { className: "note-form__found", hidden: true });
    this.summary = document.createElement("p");
    this.summary.setAttribute("role", "status");
    this.list = Object.assign(document.createElement("ul"), { className: "checklist" });
    this.there = Object.assign(document.createElement("ul"), { className: "checklist" });
    this.folded = document.createElement("details"); // what is there is good to know, and long on a phone
    const head = Object.assign(document.createElement("summary"), { className: "link-button", textContent: "What was found" });
    this.folded.append(head, this.there);
    this.box.append(this.summary, this.list, this.folded);
    root.append(this.box);
    this.timer = 0;
    this.asked = "";
    this.whole.addEventListener("input", () => this.later());
    if (this.whole.value.trim()) this.later();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const text = this.whole.value;
    if (text === this.asked) return;
    this.asked = text;
    const headers = { "X-CSRFToken": csrfToken(), "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" };
    const answer = await fetch(this.url, { method: "POST", headers, body: new URLSearchParams({ text }), redirect: "manual" }).catch(() => undefined);
    if (answer?.ok && text === this.whole.value) this.show(await answer.json());
  }

  show({ found, missing, more, unread }) {
    this.box.hidden = !this.whole.value.trim();
    this.summary.textContent = unread || `${found.length} found, ${missing.length + more} not found yet. A hint, not a verdict.`;
    this.list.replaceChildren(...missing.map((words) => this.row("is-missing", "question", words)));
    this.there.replaceChildren(...found.map((words) => this.row("is-there", "check", `Found: ${words}`)));
    this.folded.hidden = !found.length;
    if (more) this.list.append(Object.assign(document.createElement("li"), { textContent: `and ${more} more` }));
  }

  row(state, picture, words) {
    const item = Object.assign(document.createElement("li"), { className: state });
    const drawing = document.querySelector(`template[data-picture="${picture}"]`).content.cloneNode(true);
    item.append(drawing, Object.assign(document.createElement("span"), { textContent: words }));
    return item;
  }
}

each("[data-found]", (root) => new Found(root));
