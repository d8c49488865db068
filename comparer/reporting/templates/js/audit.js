// Audit: a blind sample drawn evenly from the families; the share judged right, with its Wilson interval.
function wilson(right, total, z = 1.959963984540054) {
  const share = right / total;
  const scale = 1 + (z * z) / total;
  const middle = (share + (z * z) / (2 * total)) / scale;
  const half = (z * Math.sqrt((share * (1 - share)) / total + (z * z) / (4 * total * total))) / scale;
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

// A small generator of numbers (mulberry32), so that one seed draws one sample.
function numbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const codeOf = (card) => words(one(".code", card));

function draw(cards, size, seed) {
  const next = numbers(seed);
  const families = new Map();
  for (const card of cards) {
    const family = codeOf(card)[0];
    families.set(family, [...(families.get(family) || []), card]);
  }
  const piles = [...families.values()].map((pile) => {
    for (let k = pile.length - 1; k > 0; k -= 1) {
      const other = Math.floor(next() * (k + 1));
      [pile[k], pile[other]] = [pile[other], pile[k]];
    }
    return pile;
  });
  const sample = [];
  while (sample.length < size && piles.some((pile) => pile.length))
    for (const pile of piles) if (pile.length && sample.length < size) sample.push(pile.pop());
  return sample;
}

function figures(judgements) {
  const families = [...new Set(judgements.map((j) => j.family))].sort();
  const rows = [...families, "all"].map((family) => {
    const here = judgements.filter((j) => family === "all" || j.family === family);
    const sure = here.filter((j) => j.verdict !== "unsure");
    const right = sure.filter((j) => j.verdict === "right").length;
    const range = sure.length ? wilson(right, sure.length).map((v) => v.toFixed(3)).join("–") : "–";
    return [family, `${right} of ${sure.length}`, sure.length ? (right / sure.length).toFixed(3) : "–", range, here.length - sure.length];
  });
  const table = make("table", "", { class: "dt", id: "au-table" });
  const head = make("tr", "", {});
  for (const name of ["Family", "Right", "Share", "95 % interval (Wilson)", "Unsure"])
    head.append(make("th", name, { scope: "col" }));
  const body = make("tbody", "", {});
  for (const [family, ...rest] of rows) {
    const line = make("tr", "", {});
    line.append(make("th", family, { scope: "row" }), ...rest.map((text) => make("td", text, {})));
    body.append(line);
  }
  const top = make("thead", "", {});
  top.append(head);
  table.append(make("caption", "Share of the judged marks that is right", { class: "vh" }), top, body);
  return table;
}

// What a coder sees of a mark: the readings of its claim where it has one, the words it rests on, what it says.
function shown(card) {
  const parts = [];
  const quote = (names, text, printed = true) => {
    const node = make(printed ? "blockquote" : "p", text, { dir: "auto", class: "q" });
    node.prepend(make("span", `${names}: `, { class: "tm" }));
    parts.push(node);
  };
  const claim = card.closest(".dr");
  for (const reading of claim ? all(".rd", claim) : []) {
    const printed = one("blockquote", reading);
    quote(all("h3 bdi", reading).map(words).join(", "), bare(printed || one(".abs", reading)), Boolean(printed));
  }
  const alone = card.closest("li.ln1");
  if (alone) {
    const link = one("a", alone);
    const home = doc.getElementById(link.getAttribute("href").slice(1));
    if (home) quote(words(one("summary bdi", alone.closest("details"))), words(home));
  }
  const around = new Map();
  for (const link of claim || alone ? [] : all(".sds a.k", card)) {
    if (!doc.getElementById(link.getAttribute("href").slice(1))) reach(`id="${link.getAttribute("href").slice(1)}"`);
    const target = doc.getElementById(link.getAttribute("href").slice(1));
    const paragraph = target && target.closest(".p");
    if (paragraph) around.set(paragraph, outletsOf(card)[words(link).split(" ")[0]].name);
  }
  for (const [paragraph, name] of [...around].slice(0, 4)) {
    const copy = paragraph.cloneNode(true);
    all(".vn", copy).forEach((part) => part.remove());
    quote(name, words(copy));
  }
  const sides = make("ul", "", { class: "evs" });
  const outlets = outletsOf(card);
  for (const line of all(".sds>li", card)) {
    const names = all("abbr", line).map((siglum) => outlets[words(siglum)].name);
    const item = make("li", `${[...new Set(names)].join(", ")}: `, {});
    item.append(words(one(".val", line)));
    sides.append(item);
  }
  if (sides.children.length) parts.push(make("p", "It rests on:", { class: "auq" }), sides);
  const said = alone ? "No other of these texts prints this." : bare(one(".fm", card));
  parts.push(make("p", `Does this hold? ${said}`, { class: "ask" }));
  return parts;
}

const auditing = one("#au-panel");
let cards = [];
if (auditing && Number(doc.body.dataset.findings)) {
  const box = one("#au-box");
  const size = one("#au-size");
  const seed = one("#au-seed");
  const coder = one("#au-coder");
  let sample = [];
  let judgements = [];

  const ask = () => {
    const parts = [];
    const card = sample[judgements.length];
    if (card) {
      parts.push(make("p", `Mark ${judgements.length + 1} of ${sample.length}`, { class: "auq" }));
      parts.push(...shown(card));
      const line = make("p", "", { class: "tools" });
      for (const verdict of ["right", "wrong", "unsure"])
        line.append(
          button(verdict, () => {
            judgements.push({ id: card.dataset.finding, code: codeOf(card), family: codeOf(card)[0], verdict });
            ask();
            (one(".tools button", box) || csv).focus();
          }),
        );
      const claim = card.closest(".dr");
      if (claim) line.append(make("a", "read the claim", { href: `#${claim.previousElementSibling.id}` }));
      parts.push(line);
    } else parts.push(make("p", `Done: ${several(sample.length, "mark")} judged.`, { class: "auq" }));
    if (judgements.length) parts.push(figures(judgements));
    box.replaceChildren(...parts);
    csv.disabled = !judgements.length;
  };
  const csv = button("Export CSV", () => {
    const safe = (text) => `"${String(text).replace(/"/g, '""').replace(/^([=+\-@\t\r])/, "'$1")}"`;
    const lines = judgements.map((j) => [coder.value, seed.value, j.id, j.code, j.family, j.verdict].map(safe).join(","));
    save("audit.csv", "text/csv", ["coder,seed,finding,code,family,judgement", ...lines].join("\r\n") + "\r\n");
  });
  csv.disabled = true;
  one("#au-tools").append(
    button("Draw a sample", () => {
      reach("data-finding=");
      cards = all("[data-finding]");
      const wanted = Math.max(1, Math.min(cards.length, Number(size.value) || 1));
      sample = draw(cards, wanted, Number(seed.value) || 0);
      judgements = [];
      ask();
      one("button", box).focus();
    }),
    csv,
  );
  auditing.hidden = false;
}
