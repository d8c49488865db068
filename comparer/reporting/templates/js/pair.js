// Two texts side by side: scrolled together by what both tell, with bands from passage to passage.
function addPair(event) {
  const grid = one(".syn", event);
  const tools = one(".texts .tools", event);
  if (!grid || all(".tc", grid).length < 2 || !one(".p", grid)) return;
  const shape = "http://www.w3.org/2000/svg";
  const bands = doc.createElementNS(shape, "svg");
  bands.setAttribute("class", "bands");
  bands.setAttribute("aria-hidden", "true");
  let pair = [];
  let links = [];
  let at = -1;

  // The first words of each claim and of each shared passage that both columns print.
  const joined = () => {
    const places = pair.map((column) => {
      const found = new Map();
      for (const node of all("[data-r],[data-p]", column))
        for (const id of `${node.dataset.r || ""} ${node.dataset.p || ""}`.split(" "))
          if (id && !found.has(id)) found.set(id, node);
      return found;
    });
    return [...places[0].keys()]
      .filter((id) => places[1].has(id))
      .map((id) => {
        const row = doc.getElementById(id);
        return { ends: places.map((found) => found.get(id)), shared: !row, differs: Boolean(row && Number(row.dataset.found)) };
      });
  };
  const draw = () => {
    const box = grid.getBoundingClientRect();
    const [left, right] = pair.map((column) => column.getBoundingClientRect());
    bands.setAttribute("width", box.width);
    bands.setAttribute("height", box.height);
    bands.replaceChildren(
      ...links.flatMap(({ ends, shared, differs }) => {
        const [a, b] = ends.map((node) => node.getBoundingClientRect());
        const outside = (r, column) => r.bottom < column.top || r.top > column.bottom;
        if (outside(a, left) || outside(b, right)) return [];
        const [x, y] = [left.right - box.left - 14, right.left - box.left];
        const middle = (x + y) / 2;
        const curve = (p, q) => `${middle} ${p} ${middle} ${q} ${y} ${q}`;
        const [t1, b1, t2, b2] = [a.top, a.bottom, b.top, b.bottom].map((v) => v - box.top);
        const band = doc.createElementNS(shape, "path");
        band.setAttribute("class", shared ? "sh" : differs ? "df" : "");
        band.setAttribute("d", `M${x} ${t1}C${curve(t1, t2)}V${b2}C${middle} ${b2} ${middle} ${b1} ${x} ${b1}Z`);
        return [band];
      }),
    );
  };
  const top = (node, column) => node.getBoundingClientRect().top - column.getBoundingClientRect().top;
  let led = null;
  const follow = (column) => {
    if (led && led !== column) return;
    led = column;
    clearTimeout(follow.rest);
    follow.rest = setTimeout(() => (led = null), 120);
    const k = pair.indexOf(column);
    const near = [...links].sort((a, b) => Math.abs(top(a.ends[k], column) - 80) - Math.abs(top(b.ends[k], column) - 80))[0];
    if (near) pair[1 - k].scrollTop += top(near.ends[1 - k], pair[1 - k]) - top(near.ends[k], column);
    draw();
  };
  const go = (step) => {
    const differing = links.filter((link) => link.differs);
    if (!differing.length) return;
    at = (at + step + differing.length) % differing.length;
    all(".hl", grid).forEach((node) => node.classList.remove("hl"));
    led = grid;
    clearTimeout(follow.rest);
    follow.rest = setTimeout(() => (led = null), 400);
    pair.forEach((column, k) => {
      const node = differing[at].ends[k];
      node.classList.add("hl");
      column.scrollTop += top(node, column) - 80;
    });
    draw();
    said.textContent = `Difference ${at + 1} of ${differing.length}`;
  };
  const said = make("span", "", { class: "said", role: "status" });
  const step = button("Next difference (n)", () => go(1));
  step.hidden = true;
  const knob = button(
    "Two side by side",
    () => {
      const on = knob.getAttribute("aria-pressed") !== "true";
      const shown = all(".tc", grid).filter((column) => !column.hidden);
      if (on && shown.length < 2) return;
      knob.setAttribute("aria-pressed", String(on));
      for (const column of shown.slice(2)) if (on && column.hideColumn) column.hideColumn();
      pair = on ? shown.slice(0, 2) : [];
      at = -1;
      grid.classList.toggle("pair", on);
      step.hidden = !on;
      said.textContent = "";
      for (const column of all(".tc", grid)) {
        if (pair.includes(column)) column.tabIndex = 0;
        else column.removeAttribute("tabindex");
      }
      links = on ? joined() : [];
      if (on) grid.append(bands);
      else bands.remove();
      if (on) draw();
    },
    { "aria-pressed": "false" },
  );
  tools.append(knob, step, said);
  for (const column of all(".tc", grid)) column.addEventListener("scroll", () => pair.includes(column) && follow(column), { passive: true });
  addEventListener("resize", () => pair.length && draw());
  doc.addEventListener("keydown", (e) => {
    if (e.key === "n" && pair.length && !e.target.closest("input,textarea,select") && !e.ctrlKey && !e.metaKey) go(1);
  });
}
all(".event").forEach(addPair);
