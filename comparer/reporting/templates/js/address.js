// A passage is framed whole: from its first character to its last, over marks and paragraphs.
let wanted = 0; // where the passage ends to which the clicked link leads
function frame(target) {
  for (const old of all(".fr")) {
    const home = old.parentNode;
    old.replaceWith(...old.childNodes);
    home.normalize();
  }
  const column = target.closest(".tc");
  const start = Number((/\d+$/.exec(target.id) || [])[0]);
  const end = wanted || Number(target.dataset.e);
  wanted = 0;
  if (!column || !end || Number.isNaN(start)) return;
  for (const paragraph of all(".p[data-at]", column)) {
    let at = Number(paragraph.dataset.at);
    if (at >= end) break;
    const walker = doc.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.closest(".vn") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
    );
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    for (const node of nodes) {
      const points = [...node.data];
      const from = Math.max(0, start - at);
      const to = Math.min(points.length, end - at);
      at += points.length;
      if (from >= to) continue;
      const range = doc.createRange();
      range.setStart(node, points.slice(0, from).join("").length);
      range.setEnd(node, points.slice(0, to).join("").length);
      range.surroundContents(make("span", "", { class: "fr" }));
    }
  }
}

// Addresses: an id opens what hides it, scrolls there and takes the focus.
function go() {
  const id = decodeURIComponent(location.hash.slice(1));
  if (id && !doc.getElementById(id)) reach(`id="${id}"`);
  const target = id && doc.getElementById(id);
  if (!target) return;
  show(target);
  frame(target);
  const claim = target.closest(".cr") || (target.closest(".dr") && target.closest(".dr").previousElementSibling);
  if (claim && claim.showLater) claim.showLater();
  if (claim) open(claim, true);
  all(".rd.hot").forEach((node) => node.classList.remove("hot"));
  const reading = target.closest(".rd");
  if (reading) reading.classList.add("hot");
  const column = target.closest(".tc");
  if (column && column.showColumn) column.showColumn();
  for (let node = target.parentElement; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
  target.scrollIntoView({ block: column ? "center" : "start", inline: "nearest" });
  if (target.matches(".cr")) one(".tg", target).focus({ preventScroll: true });
  else if (!target.matches("a,button")) {
    target.setAttribute("tabindex", "-1");
    target.focus({ preventScroll: true });
  }
}
addEventListener("hashchange", go);
doc.addEventListener("click", (e) => {
  const link = e.target.closest('a[href^="#"]');
  const place = link && /\d+–(\d+)$/.exec(link.matches("a.k") ? words(link) : link.getAttribute("aria-label") || "");
  wanted = place ? Number(place[1]) : 0;
  if (link && link.getAttribute("href") === location.hash) {
    e.preventDefault();
    go();
  }
});
dress(doc.body);
if (location.hash) go();
