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
// What names a passage: per event a siglum stands for an article.
const outletsOf = (node) => JSON.parse(node.closest(".event").dataset.outlets);
