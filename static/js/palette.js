// The command palette: a combobox over the commands the server offers; what was typed can also be looked for ("asks").

const dialog = document.getElementById("palette");

function score(label, words) {
  const text = label.toLowerCase();
  return words.every((word) => text.includes(word)) ? (text.startsWith(words[0]) ? 2 : 1) : 0;
}

function start() {
  const input = dialog.querySelector("[data-palette-input]");
  const list = dialog.querySelector('[role="listbox"]');
  const none = dialog.querySelector(".palette__none");
  const offered = JSON.parse(document.getElementById("palette-commands").textContent);
  const commands = offered.filter((command) => !command.asks);
  const searches = offered.filter((command) => command.asks);
  const icons = document.querySelector("svg use").getAttribute("href").replace(/#.*/, "");
  let chosen = 0;

  function option(command, index) {
    const row = document.createElement("li");
    row.id = `palette-option-${index}`;
    row.setAttribute("role", "option");
    row.dataset.url = command.url;
    row.innerHTML = '<svg class="icon" aria-hidden="true" width="16" height="16"><use/></svg><span></span><span class="palette__keys"></span>';
    row.querySelector("use").setAttribute("href", `${icons}#${command.icon}`);
    row.children[1].textContent = command.label;
    for (const key of (command.keys ?? "").split(" ").filter(Boolean)) {
      const cap = document.createElement("kbd");
      cap.textContent = key.toUpperCase();
      row.lastElementChild.append(cap);
    }
    return row;
  }

  function choose(index) {
    const rows = list.children;
    chosen = rows.length ? (index + rows.length) % rows.length : 0;
    for (const [at, row] of [...rows].entries()) row.setAttribute("aria-selected", String(at === chosen));
    if (rows[chosen]) {
      input.setAttribute("aria-activedescendant", rows[chosen].id);
      rows[chosen].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  function show() {
    const asked = input.value.trim();
    const words = asked.toLowerCase().split(/\s+/).filter(Boolean);
    const found = words.length ? commands.map((command) => [score(command.label, words), command]).filter(([points]) => points).sort((a, b) => b[0] - a[0]).map(([, command]) => command) : [...commands];
    if (asked) {
      for (const { label, url, icon } of searches) found.push({ label: `${label} “${asked}”`, icon, url: url + encodeURIComponent(asked) });
    }
    list.replaceChildren(...found.map(option));
    none.hidden = found.length > 0;
    choose(0);
  }

  input.addEventListener("input", show);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen - 1);
    else if (event.key === "Enter" && list.children[chosen]) location.assign(list.children[chosen].dataset.url);
    else return;
    event.preventDefault();
  });
  list.addEventListener("click", (event) => {
    const row = event.target.closest('[role="option"]');
    if (row) location.assign(row.dataset.url);
  });
  dialog.addEventListener("dialog:open", () => {
    input.value = "";
    show();
    input.focus();
  });
}

if (dialog) start();
