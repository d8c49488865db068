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

// A siglum says its outlet's name.
for (const event of all(".event[data-outlets]")) {
  const outlets = outletsOf(event);
  for (const siglum of all("abbr", event)) siglum.title = outlets[siglum.textContent].name;
  for (const link of all("a.k", event)) {
    const [siglum, place] = words(link).split(" ");
    link.setAttribute("aria-label", `${siglum} ${place}, ${outlets[siglum].name}, show in the text`);
  }
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
    const said = one(".srt", body.parentElement);
    said.dataset.first ||= said.textContent;
    said.textContent = select.selectedIndex ? `Sorted ${select.value}` : said.dataset.first;
    one("caption", body.parentElement).textContent = `Claims by outlet, sorted ${select.value}. Every cell opens its claim.`;
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

// With many outlets, copies of one origin that differ nowhere stand in one column, unfolded by a button.
function collapse(event, rows) {
  const heads = all(".oh", event);
  const look = (row, k) => {
    const cell = row.cells[k + 1];
    const letter = one("sup", cell);
    return `${cell.className} ${letter ? letter.textContent : ""} ${words(one("small", cell))}`;
  };
  const alike = heads.map((head, k) => [head.dataset.o, ...rows.map((row) => look(row, k))].join("|"));
  const folded = new Map();
  alike.forEach((name, k) => {
    const first = alike.indexOf(name);
    if (first < k) folded.set(first, [...(folded.get(first) || []), k]);
  });
  const spread = (columns, on) => {
    for (const row of all(".mx>*>tr:not(.dr):not(.orow)", event)) for (const k of columns) row.cells[k + 1].hidden = !on;
    const shown = heads.filter((head) => !head.hidden).length;
    for (const below of all(".dr>td", event)) below.colSpan = shown + 1;
    one(".orow", event).hidden = shown < heads.length;
  };
  for (const [first, columns] of folded) {
    const names = columns.map((k) => words(one("bdi", heads[k]))).join(", ");
    const turn = (knob) => {
      const on = knob.getAttribute("aria-expanded") !== "true";
      knob.setAttribute("aria-expanded", String(on));
      spread(columns, on);
    };
    heads[first].append(button(`+${columns.length}`, turn, { class: "cp", "aria-expanded": "false", title: `the same in ${names}`, "aria-label": `The same in ${names}: show` }));
    spread(columns, false);
  }
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

// Arrows go from claim to claim, Escape closes one, a slash leads to Find.
doc.addEventListener("keydown", (e) => {
  if (e.altKey || e.ctrlKey || e.metaKey || e.target.closest("input,textarea,select")) return;
  const knob = e.target.closest(".tg");
  const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
  if (knob && step) {
    const knobs = all(".tg", knob.closest(".mx")).filter((other) => other.offsetParent);
    const next = knobs[knobs.indexOf(knob) + step];
    if (!next) return;
    e.preventDefault();
    next.focus();
  } else if (e.key === "Escape") {
    const below = e.target.closest(".dr");
    const row = knob ? knob.closest(".cr") : below && below.previousElementSibling;
    if (!row) return;
    open(row, false);
    one(".tg", row).focus();
  } else if (e.key === "/") {
    const field = one("input[type=search]", e.target.closest(".event") || doc);
    if (!field) return;
    e.preventDefault();
    field.focus();
  }
});

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
  if (all(".oh", event).length > 6) collapse(event, rows);
  muting(event, one(".fams", tools));
  tools.prepend(filter(event, rows, show), sorter(rows, show));
  tools.append(button("Open all", turn));
}
