// Taking a claim along: its readings with their places and digests, as Markdown or plain text.
const bare = (node) => {
  const copy = node.cloneNode(true);
  all("sup,.g,.same,abbr", copy).forEach((part) => part.remove());
  all(".sd", copy).forEach((part) => part.replaceWith(` (${words(part)})`));
  return words(copy);
};

function citation(reading, outlets) {
  const places = all(".pl a", reading).map(words);
  const names = [...new Set(places.map((place) => place.split(" ")[0]))];
  const pages = names.map((siglum) => {
    const { name, published, url, sha256 } = outlets[siglum];
    return [name, published || "no date known", url, `sha256 ${sha256.slice(0, 12)}`].filter(Boolean).join(", ");
  });
  return `${pages.join("; ")}; characters ${places.join(", ")}`;
}

function claimText(row, strong) {
  const below = row.nextElementSibling;
  const outlets = outletsOf(row);
  const bold = (text) => (strong ? `**${text}**` : text);
  const lines = [`${strong ? "### " : ""}Claim ${row.dataset.n}: ${words(one(".lb", row))}`, ""];
  for (const reading of all(".rd", below)) {
    const printed = one("blockquote", reading);
    const name = bold(all("h3 bdi", reading).map(words).join(", "));
    if (!printed) lines.push(`- ${name}: ${bare(one(".abs", reading))}`);
    else {
      const said = all(".sl", reading).map(bare).join("; ");
      lines.push(`- ${name} (${said}): ${bare(printed)}`, `  [${citation(reading, outlets)}]`);
    }
  }
  const found = all(".fd", below);
  if (found.length) lines.push("");
  for (const card of found) {
    const { decision, note } = review.findings[card.dataset.finding] || {};
    const judged = decision || note ? ` [reviewer: ${[decision, note].filter(Boolean).join(", ")}]` : "";
    const name = `${words(one(".code", card))} ${words(one(".fh b", card))}`;
    lines.push(`- ${name}: ${bare(one(".fm", card))} (${words(one(".conf", card))})${judged}`);
  }
  lines.push("", words(one(".mast .r")).split(" · ")[0]);
  return lines.join("\n");
}

async function copyOut(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = make("textarea", text, {});
    doc.body.append(area);
    area.select();
    const done = doc.execCommand("copy");
    area.remove();
    return done;
  }
}

async function copying(text, said) {
  said.textContent = (await copyOut(text)) ? "Copied." : "The browser refused; select the text by hand.";
  setTimeout(() => (said.textContent = ""), 2500);
}
const status = () => make("span", "", { class: "said", role: "status" });
dressers.push((root) => {
  for (const readings of within(".rds", root)) {
    const row = readings.closest(".dr").previousElementSibling;
    const line = make("p", "", { class: "act" });
    const said = status();
    line.append(
      button("Copy as Markdown", () => copying(claimText(row, true), said)),
      button("Copy as text", () => copying(claimText(row, false), said)),
      said,
    );
    detail(row).append(line);
  }
});

// The first screen to take along: its sentences, and a card for a notice board as a picture or on paper.
function summaryText(event) {
  const named = (node) => {
    const copy = node.cloneNode(true);
    all("a", copy).forEach((part) => part.remove());
    all("abbr", copy).forEach((part) => part.replaceWith(part.title + (part.nextElementSibling && part.nextElementSibling.matches("abbr") ? "," : "")));
    all("q", copy).forEach((part) => part.replaceWith(`“${words(part)}”`));
    return words(copy).replace(/ ([;:,.])/g, "$1");
  };
  const lines = all(".sum ol>li:not(.mute)", event).map((line) => `- ${named(line)}`);
  return [words(one("h1", event)), words(one(".dek", event)), "", ...lines, "", words(one(".mast .r")).split(" · ")[0]].join("\n");
}

function cardOf(event) {
  const card = one("template.card", event).content.firstElementChild.cloneNode(true);
  return { card, text: new XMLSerializer().serializeToString(card) };
}

async function png(event) {
  const { card, text } = cardOf(event);
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  await image.decode();
  const canvas = make("canvas", "", {});
  [canvas.width, canvas.height] = [1600, 2 * card.getAttribute("height")];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  canvas.toBlob((blob) => save("card.png", "image/png", blob));
}

function printing(kind, nodes = []) {
  doc.body.dataset.print = kind;
  doc.body.append(...nodes);
  const done = () => {
    delete doc.body.dataset.print;
    nodes.forEach((node) => node.remove());
    removeEventListener("afterprint", done);
  };
  addEventListener("afterprint", done);
  print();
}

for (const event of all(".event")) {
  const tools = one(".sum .tools", event);
  if (!tools || !one("template.card", event)) continue;
  const said = status();
  const paper = () => {
    const sheet = make("div", "", { class: "sheet" });
    sheet.append(cardOf(event).card);
    printing("card", [sheet]);
  };
  tools.append(
    button("Copy summary", () => copying(summaryText(event), said)),
    button("Card: PNG", () => png(event)),
    button("SVG", () => save("card.svg", "image/svg+xml", cardOf(event).text), { "aria-label": "Card: SVG" }),
    button("print", paper, { "aria-label": "Card: print" }),
    said,
  );
}
