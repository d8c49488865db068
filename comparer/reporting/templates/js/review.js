// Review: what a person thinks of findings, rows and blocks; kept in this browser, exported as a review file.
const KEY = `comparer-review-${doc.body.dataset.report}`;
const FORMAT = { format: "comparer-review", format_version: 1 };
const review = { reviewer: "", findings: {}, rows: [], blocks: {} };
const judged = (mark) => mark.decision || mark.note;

function restore(kept) {
  review.reviewer = typeof kept.reviewer === "string" ? kept.reviewer : "";
  review.findings = {};
  for (const { id, decision, note } of kept.findings || [])
    review.findings[id] = { decision: decision === "note" ? "" : decision, note: note || "" };
  review.rows = kept.rows || [];
  review.blocks = {};
  for (const block of kept.blocks || []) review.blocks[`${block.article}:${block.start}-${block.end}`] = block;
}

// What a reader of the file wants to know of a finding beside its id.
function nameOf(id) {
  reach(`data-finding="${id}"`);
  const node = one(`[data-finding="${CSS.escape(id)}"]`);
  if (!node) return "not in this report";
  const claim = node.closest(".dr");
  const said = one(".fm", node);
  const place = claim ? `, claim ${claim.previousElementSibling.dataset.n}` : "";
  return `${words(one(".code", node))}${place}: ${bare(said || node.closest("li"))}`;
}

function exported() {
  const findings = Object.entries(review.findings).filter(([, mark]) => judged(mark));
  return {
    ...FORMAT,
    ...(review.reviewer ? { reviewer: review.reviewer } : {}),
    about: { title: doc.title, findings: Object.fromEntries(findings.map(([id]) => [id, nameOf(id)])) },
    findings: findings.map(([id, { decision, note }]) => ({
      id,
      decision: decision || "note",
      ...(note ? { note } : {}),
    })),
    rows: review.rows,
    blocks: Object.values(review.blocks),
  };
}

function keep() {
  paint();
  try {
    localStorage.setItem(KEY, JSON.stringify(exported()));
  } catch {
    one("#rv-said").textContent = "This browser keeps nothing: export before you close the page.";
  }
}

function paint(root = doc) {
  for (const node of root === doc ? all("[data-finding]") : within("[data-finding]", root)) {
    const mark = review.findings[node.dataset.finding] || {};
    for (const decision of ["accept", "reject"]) {
      node.classList.toggle(decision, mark.decision === decision);
      const control = one(`[data-rv=${decision}]`, node);
      if (control) control.setAttribute("aria-pressed", String(mark.decision === decision));
    }
    const said = one(".rvn", node);
    if (said) said.textContent = mark.note ? `Note: ${mark.note}` : "";
  }
  const touched = new Set(review.rows.flatMap((fix) => fix.rows || [fix.row]));
  for (const row of all(".cr")) row.classList.toggle("fix", touched.has(row.dataset.row));
  for (const line of all(".led [data-at]")) {
    const block = review.blocks[blockOf(line)];
    line.classList.toggle("rb", Boolean(block));
    const control = one(".bk", line);
    if (control) control.setAttribute("aria-pressed", String(Boolean(block)));
  }
  const total = Number(doc.body.dataset.findings);
  const done = Object.values(review.findings).filter(judged).length;
  const blocks = Object.keys(review.blocks).length;
  one("#rv-count").textContent =
    `${done} of ${several(total, "finding")} reviewed, ${several(review.rows.length, "correction")} of rows, ` +
    `${several(blocks, "block")} marked otherwise.`;
  one("#rv-list").replaceChildren(...review.rows.map(rowLine), ...Object.entries(review.blocks).map(blockLine));
}

const rowName = (key) => {
  const row = one(`.cr[data-row="${CSS.escape(key)}"]`);
  return row ? `claim ${row.dataset.n}` : key;
};

function placeName({ article, start, end }) {
  const known = all(".event[data-outlets]").flatMap((event) => Object.values(outletsOf(event)));
  const outlet = known.find(({ id }) => id === article);
  return `${outlet ? outlet.name : article}, characters ${start}–${end}`;
}

function rowLine(fix, at) {
  const text =
    fix.action === "join"
      ? `Join ${fix.rows.map(rowName).join(" and ")}.`
      : `Take ${placeName(fix.claim)} out of ${rowName(fix.row)}.`;
  return undoLine(text, () => review.rows.splice(at, 1));
}

function blockLine([key, block]) {
  const article = block.decision === "keep" ? "article" : block.decision === "drop" ? "not part of the report" : block.decision;
  return undoLine(`${placeName(block)}: ${article}.`, () => delete review.blocks[key]);
}

function undoLine(text, undo) {
  const line = make("li", `${text} `, {});
  line.append(
    button("Undo", () => {
      undo();
      keep();
    }),
  );
  return line;
}

function blockOf(line) {
  const siglum = line.closest("[data-s]").dataset.s;
  return `${outletsOf(line)[siglum].id}:${line.dataset.at}`;
}

// Findings: accept, reject, note.
function judge(node) {
  const id = node.dataset.finding;
  const name = words(one(".code", node));
  const mark = () => (review.findings[id] = review.findings[id] || { decision: "", note: "" });
  const group = make("span", "", { class: "rv", role: "group", "aria-label": `Review ${name}` });
  for (const [decision, text] of [["accept", "Accept"], ["reject", "Reject"]])
    group.append(
      button(
        text,
        () => {
          mark().decision = mark().decision === decision ? "" : decision;
          keep();
        },
        { "data-rv": decision, "aria-pressed": "false" },
      ),
    );
  group.append(
    button(
      "Note",
      (control) => {
        const old = one("textarea", node);
        if (old) old.remove();
        else {
          const area = make("textarea", mark().note, { "aria-label": `Note on ${name}`, rows: "2" });
          area.addEventListener("input", () => {
            mark().note = area.value;
            keep();
          });
          node.append(area);
          area.focus();
        }
        control.setAttribute("aria-expanded", String(!old));
      },
      { "aria-expanded": "false" },
    ),
  );
  if (node.matches(".fd")) group.append(button("Seen", () => see(node), { title: "fold it (s); next (j), the one before (k)" }));
  node.append(group, make("span", "", { class: "rvn" }));
}

// Rows: take a claim out, join with another.
function correct(row, control) {
  const home = detail(row);
  const old = one(".fixing", home);
  control.setAttribute("aria-expanded", String(!old));
  if (old) return old.remove();
  const outlets = outletsOf(row);
  const box = make("div", "", { class: "fixing", role: "group", "aria-label": `Correct claim ${row.dataset.n}` });
  const list = make("ul", "", {});
  for (const link of all(".pl a", home)) {
    const [siglum, start, end] = words(link).split(/[\s–]/);
    const line = make("li", `${siglum} ${start}–${end}: `, {});
    line.append(make("q", link.dataset.w || words(one("blockquote", link.closest(".rd"))), { dir: "auto" }), " ");
    line.append(
      button("Take out of this claim", () => {
        const claim = { article: outlets[siglum].id, start: Number(start), end: Number(end) };
        review.rows.push({ action: "take_out", row: row.dataset.row, claim });
        keep();
      }),
    );
    list.append(line);
  }
  const label = make("label", "The same as ", {});
  const select = make("select", "", {});
  for (const other of all(".cr", row.closest(".event")))
    if (other !== row) select.append(make("option", `${other.dataset.n} ${words(one(".lb", other))}`, { value: other.dataset.row }));
  label.append(select);
  const join = make("p", "", {});
  join.append(
    label,
    button("Join the two claims", () => {
      review.rows.push({ action: "join", rows: [row.dataset.row, select.value] });
      keep();
    }),
  );
  box.append(list);
  if (select.options.length) box.append(join);
  box.append(make("p", "Corrections are listed at the end of the page and take effect when the review file is applied.", { class: "use" }));
  home.append(box);
  one("button", box).focus();
}

function flips(line) {
  const kept = line.classList.contains("kp");
  const text = kept ? "leave out" : "keep";
  const flip = () => {
    const key = blockOf(line);
    const [article, place] = key.split(":");
    const [start, end] = place.split("-").map(Number);
    if (review.blocks[key]) delete review.blocks[key];
    else review.blocks[key] = { article, start, end, decision: kept ? "drop" : "keep" };
    keep();
  };
  line.append(button(text, flip, { class: "bk", "aria-pressed": "false", "aria-label": `${text}: ${words(one(".bt", line)).slice(0, 40)}` }));
}

const panel = one("#rv-panel");
if (panel) {
  try {
    restore(JSON.parse(localStorage.getItem(KEY) || "{}"));
  } catch {
    restore({});
  }
  dressers.push((root) => {
    within("[data-finding]", root).forEach(judge);
    within(".rds", root).forEach((readings) => {
      const row = readings.closest(".dr").previousElementSibling;
      one(".act", detail(row)).insertBefore(
        button("Correct this row…", (control) => correct(row, control), { "aria-expanded": "false" }),
        one(".said", detail(row)),
      );
    });
    within(".led [data-at]", root).forEach(flips);
    paint(root);
  });
  const name = one("#rv-name");
  name.value = review.reviewer;
  name.addEventListener("input", () => {
    review.reviewer = name.value;
    keep();
  });
  one("#rv-tools").append(
    button("Export review (JSON)", () => {
      const file = { ...exported(), made: new Date().toISOString().slice(0, 19) + "Z" };
      save("review.json", "application/json", JSON.stringify(file, null, 1) + "\n");
    }),
    button("Forget this review", () => {
      restore({});
      name.value = "";
      keep();
    }),
  );
  one("#rv-file").addEventListener("change", async (e) => {
    const said = one("#rv-said");
    try {
      const file = JSON.parse(await e.target.files[0].text());
      if (file.format !== FORMAT.format || file.format_version !== FORMAT.format_version) throw new TypeError();
      restore(file);
      name.value = review.reviewer;
      keep();
      said.textContent = "Review read.";
    } catch {
      said.textContent = "Not read: this is not a review file of this version.";
    }
  });
  panel.hidden = false;
}
