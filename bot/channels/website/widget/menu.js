/*
 * The menus of the panel's header, for mouse and keyboard alike.
 */

import { h, icon, walk } from "./elements.js";

/** Open or close the menu of a button. `entries`: [label, icon, what it does, further attributes]. */
export function toggleMenu(button, entries) {
  const open = button.ariaExpanded === "true";
  closeMenu(button.parentNode);
  if (open) return;
  const items = entries.map(([label, picture, act, attributes]) =>
    h("button", { role: "menuitem", tabindex: -1, onclick: () => (closeMenu(menu.parentNode, true), act()), ...attributes }, icon(picture), label));
  const menu = h("div.menu", { role: "menu", "aria-label": button.ariaLabel, onkeydown: (event) => {
    if (event.key === "Tab") closeMenu(menu.parentNode, true);
    const at = items.indexOf(event.target);
    walk(event, items, { ArrowDown: 1, ArrowUp: -1, Home: -at, End: -at - 1 });
  } }, ...items);
  button.ariaExpanded = "true";
  button.after(menu);
  (items.find((item) => item.ariaChecked === "true") ?? items[0]).focus();
}

/** Close the menu that is open, and tell whether there was one. */
export function closeMenu(header, refocus) {
  const menu = header.querySelector(".menu");
  if (!menu) return false;
  const button = menu.previousSibling;
  button.ariaExpanded = "false";
  menu.remove();
  if (refocus) button.focus();
  return true;
}
