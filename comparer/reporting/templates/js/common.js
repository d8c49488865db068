const doc = document;
const one = (selector, from = doc) => from.querySelector(selector);
const all = (selector, from = doc) => [...from.querySelectorAll(selector)];
const make = (tag, text, attributes) => {
  const node = doc.createElement(tag);
  node.textContent = text;
  for (const name in attributes) node.setAttribute(name, attributes[name]);
  return node;
};
const button = (text, action, attributes = {}) => {
  const node = make("button", text, { type: "button", ...attributes });
  node.addEventListener("click", () => action(node));
  return node;
};
const several = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;
const words = (node) => node.textContent.replace(/\s+/g, " ").trim();
const save = (name, type, text) => {
  const link = make("a", "", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};
const within = (selector, root) => [...(root.matches && root.matches(selector) ? [root] : []), ...all(selector, root)];

// What is folded stands in a noscript until it is opened; without scripts the browser shows all of it.
const dressers = [];
const dress = (root) => dressers.forEach((work) => work(root));
function fill(home) {
  for (const part of within("noscript", home)) {
    const parsed = make("template", "", {});
    parsed.innerHTML = part.textContent;
    const parts = [...parsed.content.children];
    part.replaceWith(parsed.content);
    parts.forEach(dress);
  }
}
// Fill whatever holds these characters, such as an id that an address names.
function reach(text) {
  for (const part of all("noscript")) if (part.textContent.includes(text)) fill(part.parentElement);
}
doc.addEventListener("toggle", (e) => e.target.open && fill(e.target), true);

// What names a passage: per event a siglum stands for an article, and in a class its place among the columns.
const outletsOf = (node) => {
  const outlets = JSON.parse(node.closest(".event").dataset.outlets);
  for (const outlet of Object.values(outlets)) outlets[outlet.at] = outlet;
  return outlets;
};
