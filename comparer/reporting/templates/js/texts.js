// Columns of the full texts, and linked hover between readings of one claim.
function addColumns(event) {
  const grid = one(".syn", event);
  const tools = one(".texts .tools", event);
  if (!grid) return;
  const columns = all(".tc", grid);
  const pressed = () => all("[aria-pressed=true]", tools);
  const shown = () => {
    grid.dataset.n = String(pressed().length);
  };
  if (columns.length > 1)
    columns.forEach((column, k) => {
      const on = k < 4;
      const turn = (knob) => {
        const now = knob.getAttribute("aria-pressed") !== "true";
        if (!now && pressed().length === 1) return;
        knob.setAttribute("aria-pressed", String(now));
        column.hidden = !now;
        shown();
      };
      const knob = button(one("h3", column).dataset.name, turn, { "data-col": "", "aria-pressed": String(on) });
      column.hidden = !on;
      column.showColumn = () => column.hidden && knob.click();
      column.hideColumn = () => column.hidden || knob.click();
      tools.append(knob);
    });
  if (columns.length > 1) shown();
  let lit = [];
  const link = (names) => {
    lit.forEach((node) => node.classList.remove("hl"));
    lit = names ? all("[data-r]", grid).filter((n) => n.dataset.r.split(" ").some((r) => names.includes(r))) : [];
    lit.forEach((node) => node.classList.add("hl"));
  };
  for (const kind of ["mouseover", "focusin"])
    grid.addEventListener(kind, (e) => {
      const verse = e.target.closest(".vn[href]");
      const run = e.target.closest("[data-r]");
      link(run ? run.dataset.r.split(" ") : verse ? [verse.getAttribute("href").slice(1)] : null);
    });
  grid.addEventListener("mouseleave", () => link(null));
}

all(".event").forEach(addColumns);
