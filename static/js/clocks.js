// Clocks in the open page count down and turn to *late* by themselves. The server's moment of rendering (data-now) is the
// reference, so a wrong device clock, or a demo network moved in time, shows the same words as the server would.

const MINUTE = 60000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const loaded = performance.now();

function span(length) {
  if (length >= DAY) return length < 2 * DAY ? "1 day" : `${Math.floor(length / DAY)} days`;
  if (length >= HOUR) return `${Math.floor(length / HOUR)} h`;
  return `${Math.max(1, Math.floor(length / MINUTE))} min`;
}

function turn(clock) {
  const arrived = Number((clock.dataset.arrived ??= performance.now()));
  const first = arrived - loaded < 5000 ? loaded : arrived;
  const now = Date.parse(clock.dataset.now) + (performance.now() - first);
  const left = Date.parse(clock.dataset.due) - now;
  if (left > DAY) return; // the server counted business days; that is still right
  const words = clock.querySelector("[data-left]");
  const said = left > 0 ? `${span(left)} left` : `late by ${span(-left)}`;
  if (words.textContent !== said) words.textContent = said;
  clock.classList.toggle("is-soon", left > 0 && left < 4 * HOUR);
  if (left <= 0 && !clock.classList.contains("is-late")) {
    clock.classList.add("is-late");
    const use = clock.querySelector("use");
    use?.setAttribute("href", use.getAttribute("href").replace(/#.*/, "#alarm"));
  }
}

const turnAll = () => document.querySelectorAll("[data-due][data-now]").forEach(turn);

turnAll();
setInterval(turnAll, 1000);
document.addEventListener("htmx:afterSettle", turnAll);
