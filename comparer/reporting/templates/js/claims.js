// Claims: roles of the table, opening and closing, sorting, muting families.
const MANY = 24; // claims that are all shown; of more, the FIRST are
const FIRST = 20;
const detail = (row) => one(".det", row.nextElementSibling);

// The phone layout takes the display of a table away: keep its roles.
dressers.push((root) => {
  for (const table of within(".mx,.stk", root)) {
    table.setAttribute("role", "table");
    all("thead,tbody", table).forEach((part) => part.setAttribute("role", "rowgroup"));
    const heads = all("thead tr:last-child>*", table).map(words);
    for (const row of all(":scope>*>tr", table)) {
      row.setAttribute("role", "row");
      for (const cell of row.cells) {
        if (row.cells.length === heads.length && cell.tagName === "TD") cell.dataset.h ||= heads[cell.cellIndex];
        const role = cell.tagName === "TD" ? "cell" : cell.scope === "row" ? "rowheader" : "columnheader";
        cell.setAttribute("role", role);
      }
    }
  }
});

// A siglum says its outlet's name, a term what it means.
const terms = new Map(all(".gl dt").map((term) => [words(term), words(term.nextElementSibling)]));
dressers.push((root) => {
  const event = root.closest(".event[data-outlets]");
  for (const term of within(".gt", root)) term.title = terms.get(words(term)) || "";
  for (const [selector, word] of [[".conf", "confidence"], [".brk,.ogl,.dek b", "origin"], [".bar1 h2", "claim"]])
    for (const term of within(selector, root)) term.title = terms.get(word) || "";
  for (const home of event ? [event] : all(".event[data-outlets]", root)) {
    const outlets = outletsOf(home);
    for (const siglum of within("abbr", event ? root : home)) siglum.title = (outlets[siglum.textContent] || {}).name || "";
    for (const link of within("a.k", event ? root : home)) {
      const [siglum, place] = words(link).split(" ");
      link.setAttribute("aria-label", `${siglum} ${place || ""}, ${outlets[siglum].name}, show in the text`);
    }
  }
});

// Claims: closed at load, filled when opened, then found by find-in-page; opened by button or address.
function open(row, on) {
  const knob = one(".tg", row);
  knob.setAttribute("aria-expanded", String(on));
  if (on) fill(detail(row));
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

// Muting a family hides it everywhere: sentences, words in cells, tints, notes, cards; what several share stays for one.
const off = new Set();
function mute(root) {
  for (const node of within("[data-fams]", root))
    node.classList.toggle("mute", Boolean(node.dataset.fams) && node.dataset.fams.split(" ").every((family) => off.has(family)));
  for (const cell of within(".c.hf", root)) cell.classList.toggle("flat", all(".ml:not(.mute)", cell).length === 0);
}
dressers.push((root) => off.size && mute(root));
function muting(families) {
  for (const old of all("span[data-fam]", families)) {
    const toggle = (knob) => {
      const on = knob.getAttribute("aria-pressed") !== "true";
      if (on) off.delete(old.dataset.fam);
      else off.add(old.dataset.fam);
      for (const other of all(`[data-knob="${old.dataset.fam}"]`)) other.setAttribute("aria-pressed", String(on));
      mute(doc.body);
    };
    const knob = button("", toggle, { "aria-pressed": String(!off.has(old.dataset.fam)), "data-knob": old.dataset.fam });
    knob.append(...old.childNodes);
    const only = () => all("[data-knob]", families).forEach((other) => (other.getAttribute("aria-pressed") === "true") !== (other === knob) && other.click());
    old.replaceWith(knob, button("only", only, { "aria-label": `Only ${words(knob)}` }));
  }
}

// Only the claims on which there are findings.
function differing(rows, changed) {
  const label = make("label", "", { class: "ck" });
  const box = make("input", "", { type: "checkbox" });
  label.append(box, " with findings only");
  box.addEventListener("change", () => {
    changed();
    for (const row of rows)
      if (!Number(row.dataset.found)) [row, row.nextElementSibling].forEach((part) => part.classList.toggle("plainrow", box.checked));
  });
  return label;
}

// A long matrix shows the claims that differ most; the rest stands behind one button.
function fold(event, later) {
  const findings = later.reduce((sum, row) => sum + Number(row.dataset.found), 0);
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
    return `${cell.className} ${letter ? letter.textContent : ""} ${cell.dataset.f || ""}`;
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

// The words of a claim's readings, whether they were filled yet or not.
const known = new Map();
function readingsOf(row) {
  if (!known.has(row)) {
    const parsed = make("template", "", {});
    const folded = one("noscript", row.nextElementSibling);
    if (folded) parsed.innerHTML = folded.textContent;
    const told = all("blockquote", folded ? parsed.content : row.nextElementSibling);
    for (const raised of told.flatMap((quote) => all("sup", quote))) if (folded) raised.remove();
    known.set(row, `${row.textContent} ${told.map(words).join(" ")}`.replace(/\s+/g, " ").toLowerCase());
  }
  return known.get(row);
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
    const wanted = field.value.toLowerCase().replace(/\s+/g, " ").trim();
    changed();
    let shown = 0;
    for (const row of rows) {
      const below = row.nextElementSibling;
      const here = !wanted || readingsOf(row).includes(wanted);
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
  if (all(".oh", event).length > 5) collapse(event, rows);
  muting(one(".fams", tools));
  tools.prepend(filter(event, rows, show), sorter(rows, show), differing(rows, show));
  tools.append(button("Open all", turn));
}
