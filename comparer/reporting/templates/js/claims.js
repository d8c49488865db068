// Claims: roles of the table, opening and closing, sorting, muting families.
const detail = (row) => one(".det", row.nextElementSibling);

// The phone layout takes the display of a table away: keep its roles.
for (const table of all(".mx,.stk")) {
  table.setAttribute("role", "table");
  all("thead,tbody", table).forEach((part) => part.setAttribute("role", "rowgroup"));
  for (const row of all(":scope>*>tr", table)) {
    row.setAttribute("role", "row");
    for (const cell of row.cells) {
      const role = cell.tagName === "TD" ? "cell" : cell.scope === "row" ? "rowheader" : "columnheader";
      cell.setAttribute("role", role);
    }
  }
}

for (const link of all("a.k")) {
  const [siglum, place] = link.textContent.split(" ");
  const event = link.closest(".event");
  const outlet = all(".outs abbr", event).find((node) => node.textContent === siglum);
  link.setAttribute("aria-label", `${siglum} ${place}, ${outlet ? outlet.title : ""}, show in the text`);
}

// Claims: closed at load, found by find-in-page, opened by button or address.
function open(row, on) {
  const button = one(".tg", row);
  button.setAttribute("aria-expanded", String(on));
  if (on) detail(row).removeAttribute("hidden");
  else detail(row).setAttribute("hidden", "until-found");
  row.classList.toggle("open", on);
  row.nextElementSibling.classList.toggle("shut", !on);
}
for (const row of all(".cr")) {
  const button = one(".tg", row);
  button.setAttribute("aria-controls", row.nextElementSibling.id);
  button.addEventListener("click", () => open(row, button.getAttribute("aria-expanded") !== "true"));
  detail(row).addEventListener("beforematch", () => open(row, true));
  open(row, false);
}

function addTools(event, tools) {
  const rows = all(".cr", event);
  const body = one(".mx tbody", event);
  const label = make("label", "Sort ", {});
  const select = make("select", "", {});
  for (const [value, text] of [["n", "by disagreement"], ["first", "by place in the texts"], ["cov", "by outlets"]])
    select.append(make("option", text, { value }));
  label.append(select);
  const order = {
    n: (a, b) => a.dataset.n - b.dataset.n,
    first: (a, b) => a.dataset.first - b.dataset.first,
    cov: (a, b) => b.dataset.cov - a.dataset.cov || a.dataset.n - b.dataset.n,
  };
  select.addEventListener("change", () => {
    for (const row of [...rows].sort(order[select.value])) {
      const below = row.nextElementSibling;
      body.append(row, below);
    }
  });
  const families = one(".fams", tools);
  const off = new Set();
  if (families)
    for (const old of all("span[data-fam]", families)) {
      const button = make("button", "", { type: "button", "aria-pressed": "true" });
      button.append(...old.childNodes);
      old.replaceWith(button);
      button.addEventListener("click", () => {
        const on = button.getAttribute("aria-pressed") !== "true";
        button.setAttribute("aria-pressed", String(on));
        if (on) off.delete(old.dataset.fam);
        else off.add(old.dataset.fam);
        for (const cell of all(".c", event)) {
          const letters = one(".ml", cell);
          if (letters)
            cell.classList.toggle("mute", letters.dataset.f.split(" ").every((family) => off.has(family)));
        }
        for (const found of all(".fd", event)) found.hidden = off.has(found.dataset.fam);
      });
    }
  const whole = make("button", "Open all", { type: "button" });
  whole.addEventListener("click", () => {
    const on = whole.textContent === "Open all";
    rows.forEach((row) => open(row, on));
    whole.textContent = on ? "Close all" : "Open all";
  });
  tools.prepend(label);
  tools.append(whole);

  // A long matrix shows the claims that differ most; the rest stands behind one button.
  const later = rows.length > 24 ? rows.slice(20) : [];
  if (later.length) {
    const table = one(".mx", event);
    const findings = later.reduce((sum, row) => sum + all(".fd", row.nextElementSibling).length, 0);
    const line = make("p", "", { class: "more" });
    const button = make("button", `Show ${later.length} more claims, ${findings} findings`, { type: "button" });
    const show = () => {
      later.forEach((row) => [row, row.nextElementSibling].forEach((part) => part.classList.remove("later")));
      line.remove();
    };
    later.forEach((row) => [row, row.nextElementSibling].forEach((part) => part.classList.add("later")));
    button.addEventListener("click", () => {
      show();
      one(".tg", later[0]).focus();
    });
    select.addEventListener("change", show);
    whole.addEventListener("click", show);
    later.forEach((row) => (row.showLater = show));
    line.append(button);
    table.after(line);
  }
}

for (const event of all(".event")) {
  const tools = one(".bar1 .tools", event);
  if (tools) addTools(event, tools);
}
