/*
 * Elements: made by hand, so that nothing is ever parsed as markup.
 */

const ICONS = {
  chat: "M6 4h12q3 0 3 3v8q0 3-3 3h-6l-5 4v-4H6q-3 0-3-3V7q0-3 3-3zM8 8h8M9 11h6M7.5 14h9",
  down: "m6 9 6 6 6-6",
  language: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3q-8 9 0 18M12 3q8 9 0 18",
  more: "M5 11.5a.5.5 0 1 0 .1 0zM12 11.5a.5.5 0 1 0 .1 0zM19 11.5a.5.5 0 1 0 .1 0z",
  send: "M12 19V5M6 11l6-6 6 6",
  person: "M4 15v-3a8 8 0 0 1 16 0v3M4 13h4v6H6q-2 0-2-2zM20 13h-4v6h2q2 0 2-2zM20 17q0 4-6 4",
  photo: "M4 7h4l2-3h4l2 3h4v13H4zM12 16.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  copy: "M9 9h11v11H9zM5 15V4h11",
  tick: "m5 12 5 5 9-10",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3 2",
  save: "M12 4v11M7 10l5 5 5-5M5 20h14",
  end: "M6 6l12 12M18 6 6 18",
  star: "m12 3 2.8 5.8 6.2.8-4.5 4.3 1.1 6.1-5.6-3-5.6 3 1.1-6.1L3 9.6l6.2-.8z",
};

/** Make an element, `what` like "div.class"; names beginning with "on" are listeners, strings among the children text. */
export function h(what, attributes = {}, ...children) {
  const [tag, ...looks] = what.split(".");
  const element = document.createElement(tag);
  element.className = looks.join(" ");
  if (tag === "button") element.type = "button";
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter(Boolean));
  return element;
}

/** Draw one of the icons; it says nothing to a screen reader. */
export function icon(name) {
  const [svg, path] = ["svg", "path"].map((tag) => document.createElementNS("http://www.w3.org/2000/svg", tag));
  path.setAttribute("d", ICONS[name]);
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.append(path);
  return svg;
}

/** Make a button with an icon. `word` names what is written on it, or, with `mute`, only said of it. */
export function iconButton(word, picture, onclick, { mute, ...attributes } = {}) {
  const named = mute ? { "data-label": word } : {};
  return h("button", { onclick, ...named, ...attributes }, icon(picture), !mute && h("span", { "data-word": word }));
}

/** Let arrow keys go through a group of buttons. */
export function walk(event, buttons, keys = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }) {
  const step = keys[event.key];
  if (!step) return;
  event.preventDefault();
  buttons.at((buttons.indexOf(event.target) + step) % buttons.length).focus();
}

/** Copy the text of a node, also where a page without https has no clipboard of its own. */
export async function copy(node) {
  try {
    await navigator.clipboard.writeText(node.textContent);
  } catch {
    getSelection().selectAllChildren(node);
    document.execCommand("copy");
  }
}
