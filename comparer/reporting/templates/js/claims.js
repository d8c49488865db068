// Claims: roles of the table, opening and closing, sorting, muting families.
const MANY = 24; // claims that are all shown; of more, the FIRST are
const FIRST = 20;
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
  const knob = one(".tg", row);
  knob.setAttribute("aria-expanded", String(on));
  if (on) detail(row).removeAttribute("hidden");
  else detail(row).setAttribute("hidden", "until-found");
  row.classList.toggle("open", on);
  row.nextElementSibling.classList.toggle("shut", !on);
}
for (const row of all(".cr")) {
  const knob = one(".tg", row);
  knob.setAttribute("aria-controls", row.nextElementSibling.id);
  knob.addEventListener("click", () => open(row, knob.getAttribute("aria-expanded") !== "true"));
  detail(row).addEventListener("beforematch", () => open(row, true));
  open(row, false);
}

// Sorting changes the order, never the numbers.
const ORDERS = {
  "by disagreement": (a, b) => a.dataset.n - b.dataset.n,
  "by place in the texts": (a, b) => a.dataset.first - b.dataset.first,
  "by outlets": (a, b) => b.dataset.cov - a.dataset.cov || a.dataset.n - b.dataset.n,
};

function sorter(rows, changed) {
  const label = make("label", "Sort ", {});
  const select = make("select", "", {});
  for (const text in ORDERS) select.append(make("option", text, {}));
  label.append(select);
  select.addEventListener("change", () => {
    const body = rows[0].parentElement;
    for (const row of [...rows].sort(ORDERS[select.value])) {
      const below = row.nextElementSibling;
      body.append(row, below);
    }
    changed();
  });
  return label;
}

// Muting a family hides its findings and its letters in the cells.
function muting(event, families) {
  const off = new Set();
  for (const old of all("span[data-fam]", families)) {
    const toggle = (knob) => {
      const on = knob.getAttribute("aria-pressed") !== "true";
      knob.setAttribute("aria-pressed", String(on));
      if (on) off.delete(old.dataset.fam);
      else off.add(old.dataset.fam);
      for (const cell of all(".c", event)) {
        const letters = one(".ml", cell);
        if (letters) cell.classList.toggle("mute", letters.dataset.f.split(" ").every((family) => off.has(family)));
      }
      for (const found of all(".fd", event)) found.hidden = off.has(found.dataset.fam);
    };
    const knob = button("", toggle, { "aria-pressed": "true" });
    knob.append(...old.childNodes);
    old.replaceWith(knob);
  }
}

// A long matrix shows the claims that differ most; the rest stands behind one button.
function fold(event, later) {
  const findings = later.reduce((sum, row) => sum + all(".fd", row.nextElementSibling).length, 0);
  const line = make("p", "", { class: "more" });
  const hide = (on) => later.forEach((row) => [row, row.nextElementSibling].forEach((part) => part.classList.toggle("later", on)));
  const show = () => {
    hide(false);
    line.remove();
  };
  const text = `Show ${several(later.length, "more claim")}, ${several(findings, "finding")}`;
  line.append(
    button(text, () => {
      show();
      one(".tg", later[0]).focus();
    }),
  );
  later.forEach((row) => (row.showLater = show));
  hide(true);
  one(".mx", event).after(line);
  return show;
}

// A filter shows the claims of which any reading holds the words.
function filter(event, rows, changed) {
  const label = make("label", "Find ", {});
  const field = make("input", "", { type: "search", size: "12", autocomplete: "off" });
  const none = make("p", "No claim holds these words.", { class: "none", role: "status" });
  none.hidden = true;
  one(".mx", event).after(none);
  label.append(field);
  field.addEventListener("input", () => {
    const wanted = field.value.toLowerCase().trim();
    changed();
    let shown = 0;
    for (const row of rows) {
      const below = row.nextElementSibling;
      const here = !wanted || `${row.textContent} ${all("blockquote", below).map(words).join(" ")}`.toLowerCase().includes(wanted);
      row.hidden = below.hidden = !here;
      shown += here;
    }
    none.hidden = shown > 0;
  });
  return label;
}

for (const event of all(".event")) {
  const tools = one(".bar1 .tools", event);
  const rows = all(".cr", event);
  if (!tools || !rows.length) continue;
  const show = rows.length > MANY ? fold(event, rows.slice(FIRST)) : () => {};
  const turn = (knob) => {
    const on = knob.textContent === "Open all";
    show();
    rows.forEach((row) => open(row, on));
    knob.textContent = on ? "Close all" : "Open all";
  };
  muting(event, one(".fams", tools));
  tools.prepend(filter(event, rows, show), sorter(rows, show));
  tools.append(button("Open all", turn));
}
