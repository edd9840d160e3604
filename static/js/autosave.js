// <form data-autosave="/url">: the draft is sent 0.8 s after the last change, and the form says so in words
// ([data-autosave-status]): "Saved" stands there only while all that was typed is. A draft that could not be sent is
// tried again, and leaving the page then warns.
import { csrfToken, each } from "./dom.js";

const PAUSE = 800;
const RETRIES = [3000, 10000, 30000];

class Draft {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-autosave-status]");
    this.saved = this.content();
    this.tries = 0;
    this.timer = 0;
    this.sending = false;
    form.addEventListener("input", () => {
      if (this.status?.dataset.state !== "waiting") this.say("changed", "");
      this.later(PAUSE);
    });
    form.addEventListener("submit", () => {
      clearTimeout(this.timer);
      this.saved = this.content(); // the answer itself carries everything now
    });
    window.addEventListener("beforeunload", (event) => {
      if (this.content() !== this.saved) event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.save();
    });
  }

  content() {
    const fields = new FormData(this.form);
    for (const [name, value] of [...fields]) if (value instanceof File) fields.delete(name);
    fields.delete("csrfmiddlewaretoken");
    return new URLSearchParams(fields).toString();
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  say(state, words) {
    if (!this.status) return;
    this.status.dataset.state = state;
    this.status.textContent = words;
  }

  async save() {
    clearTimeout(this.timer);
    const content = this.content();
    if (this.sending || content === this.saved) return;
    this.sending = true;
    this.say("saving", "Saving…");
    try {
      const answer = await fetch(this.form.dataset.autosave, { method: "POST", headers: { "X-CSRFToken": csrfToken(), "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" }, body: content, redirect: "manual", keepalive: content.length < 60000 });
      this.answered(answer, content);
    } catch {
      this.again("Not saved yet: no connection. Trying again…");
    } finally {
      this.sending = false;
    }
    if (this.tries === 0 && this.content() !== content) this.later(PAUSE);
  }

  answered(answer, content) {
    if (answer.ok) {
      this.saved = content;
      this.tries = 0;
      if (this.content() !== content) return; // typed on meanwhile: that goes next
      const time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });
      this.say("saved", `Saved ${time}`);
    } else if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
      this.again("Not saved: you were signed out. Sign in in another tab; what you typed stays here.");
    } else if (answer.status === 409) {
      this.say("waiting", "Not saved: this was changed elsewhere. Copy your text and reload the page.");
    } else if (answer.status === 422) {
      this.tries = 0;
      this.say("waiting", "Saved but for a field that cannot be read yet.");
    } else this.again("Not saved yet. Trying again…");
  }

  again(words) {
    this.say("waiting", words);
    this.later(RETRIES[Math.min(this.tries, RETRIES.length - 1)]);
    this.tries += 1;
  }
}

each("form[data-autosave]", (form) => new Draft(form));
