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

for (const row of all(".cr")) {
  const line = make("p", "", { class: "act" });
  const said = make("span", "", { class: "said", role: "status" });
  const copy = async (strong) => {
    const done = await copyOut(claimText(row, strong));
    said.textContent = done ? "Copied." : "The browser refused; select the text by hand.";
    setTimeout(() => (said.textContent = ""), 2500);
  };
  line.append(
    button("Copy as Markdown", () => copy(true)),
    button("Copy as text", () => copy(false)),
    said,
  );
  detail(row).append(line);
}
