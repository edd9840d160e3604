// Sends one file piece by piece: each is safe on the server before the next goes, so a lost connection, a reload or
// another device goes on where it stopped. Contract: docs/design-system.md, "Upload well".
import { csrfToken } from "./dom.js";

const WAITS = [1000, 3000, 8000, 15000, 30000];

export const possible = () => Boolean(globalThis.crypto?.subtle); // only where the page came over a safe connection

class Refused extends Error {}

async function digestOf(file) {
  const hash = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function reason(answer) {
  try {
    const body = await answer.json();
    return body.errors?.[0]?.message ?? body.detail ?? body.title;
  } catch {
    return undefined;
  }
}

// What came back as an object with `done` (the file is whole), `where` (go on there) or `wait` (words: why not now).
async function understood(answer) {
  if (answer.type === "opaqueredirect" || [401, 403].includes(answer.status)) {
    return { wait: "You were signed out. Sign in in another tab; it goes on by itself" };
  }
  if (answer.ok) {
    const body = await answer.json();
    return body.send_to ? { where: body } : { done: body };
  }
  if (answer.status === 408) return { wait: "The connection is slow. It goes on by itself" };
  if (answer.status === 409) return { where: undefined };
  if (answer.status === 429 || answer.status >= 500) return { wait: "The server is busy. It goes on by itself" };
  throw new Refused((await reason(answer)) ?? "please try again, or send another format.");
}

async function post(url, body, type, signal) {
  const headers = { "X-CSRFToken": csrfToken(), "Content-Type": type, Accept: "application/json" };
  try {
    return await understood(await fetch(url, { method: "POST", headers, body, redirect: "manual", signal }));
  } catch (error) {
    if (error instanceof Refused || error.name === "AbortError") throw error;
    return { wait: "No connection. It goes on by itself" };
  }
}

function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const done = () => resolve();
    const timer = setTimeout(done, milliseconds);
    window.addEventListener("online", done, { once: true });
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new DOMException("", "AbortError"));
    }, { once: true });
  });
}

/**
 * Send `file` to the address that hands out places. `told` hears `{share, id, remove_url}` and `{waiting: words}`.
 * Resolves to the server's answer about the whole file; rejects with the server's words when it will not take it.
 */
export async function sendInPieces(file, url, told, signal) {
  const about = new URLSearchParams({ name: file.name, size: file.size, digest: await digestOf(file) }).toString();
  let where;
  let tries = 0;
  let piece = 0;
  for (;;) {
    const answer = where
      ? await post(where.send_to, file.slice(where.offset, where.offset + piece), "application/octet-stream", signal)
      : await post(url, about, "application/x-www-form-urlencoded", signal);
    if (answer.done) return answer.done;
    if (answer.wait) {
      told({ waiting: answer.wait });
      await pause(WAITS[Math.min(tries, WAITS.length - 1)], signal);
      tries += 1;
      where = undefined; // what arrived meanwhile is for the server to say
      continue;
    }
    tries = 0;
    where = answer.where;
    if (where) {
      piece = where.piece ?? piece;
      told({ share: where.offset / file.size, id: where.id, remove_url: where.remove_url });
    }
  }
}
