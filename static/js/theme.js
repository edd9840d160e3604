// Light, dark or as the device says; kept in a cookie so that the server draws the next page right from the start.
import { on } from "./dom.js";

const YEAR = 31536000;

on("click", "[data-theme-choice]", (event, button) => {
  const choice = button.dataset.themeChoice;
  if (choice) document.documentElement.dataset.theme = choice;
  else delete document.documentElement.dataset.theme;
  document.cookie = `theme=${choice}; path=/; max-age=${choice ? YEAR : 0}; samesite=lax`;
  for (const other of document.querySelectorAll("[data-theme-choice]")) {
    other.setAttribute("aria-pressed", String(other === button));
  }
});
