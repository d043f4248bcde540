/*
 * One message as it is seen: who, what, choices or stars or a ticket's number, and whether it has arrived.
 */

import { copy, h, icon, iconButton, walk } from "./elements.js";
import { lineOf, spoken, starsOf, tagOf, ticketIn } from "./texts.js";

/**
 * Make a message's node, whose method `show({row, first, last, open, reply})` fits it to its state and its neighbours.
 * `desk`: word(key, n), around() for the interface's language, time(date), take(choice), retry(row), remove(row), announce(key).
 */
export function messageNode(row, desk, fresh) {
  const mine = row.author === "customer", lang = tagOf(row.text, row.language, row.script, desk.around());
  const who = h("span", {}, desk.word(row.author));
  const number = !mine && (row.extras?.ticket?.number ?? ticketIn(row.text));
  const offer = mine ? undefined : offerOf(row, desk, lang);
  const meta = h("div.meta", { "aria-live": "off" });
  const node = h(`div.item.${row.author}${fresh ? ".fresh" : ""}`, {},
    who, h("div.bubble", { lang }, ...(photoOf(row, desk) ?? spoken(row.text, row.language, row.script))), number && ticketCard(`${number}`, desk), offer?.node, meta);
  let shown;
  node.show = (state) => {
    const { row, first, last } = state, looks = `${first}${last}${row.state}${row.refused}`;
    offer?.show(state);
    if (looks === shown) return;
    shown = looks;
    who.className = row.author === "agent" && first ? "who" : "unseen";
    node.classList.toggle("first", first);
    node.classList.toggle("unsent", /ing$/.test(row.state) && !row.refused);
    node.classList.toggle("refused", Boolean(row.refused));
    meta.replaceChildren(...metaOf(row, last, desk));
  };
  return node;
}

function photoOf({ photo, extras, text }, desk) {
  if (!extras?.photo) return undefined;
  const { id, ...size } = extras.photo, image = h("img", { alt: text, src: photo, ...size });
  if (id) desk.photo(id).then((address) => (image.src = address), () => {});
  return [image];
}

function metaOf(row, last, desk) {
  const act = (name, does) => h("button", { onclick: () => does(row) }, desk.word(name));
  if (row.refused) return [`${desk.word("failed")} · ${row.refused}`, act("retry", desk.retry), act("remove", desk.remove)];
  if (row.state === "waiting") return [icon("clock"), desk.word("waiting"), act("retry", desk.retry)];
  if (row.state === "sending") return [icon("clock"), desk.word("sending")];
  const time = h("time", { datetime: row.sent_at }, desk.time(row.sent_at));
  if (!last) return [];
  return row.author === "customer" ? [time, icon("tick"), h("span.unseen", {}, desk.word("sent"))] : [time];
}

function ticketCard(number, desk) {
  const digits = h("b", { translate: "no" }, number);
  const button = iconButton("copy", "copy", async () => {
    await copy(digits);
    desk.announce("copied");
    done(true);
    setTimeout(done, 2500);
  });
  const done = (yes) => button.replaceChildren(icon(yes ? "tick" : "copy"), desk.word(yes ? "copied" : "copy"));
  done();
  return h("div.card", { role: "group", "aria-label": desk.word("ticket") },
    h("p", {}, desk.word("ticket")), h("div", {}, digits, button));
}

/** Make a group of buttons for some choices. */
export function choiceGroup(look, buttons, ...more) {
  return h(`div.${look}`, { role: "group", onkeydown: (event) => walk(event, buttons) }, ...buttons, ...more);
}

function offerOf(row, desk, lang) {
  const stars = starsOf(row);
  if (stars) return starOffer(stars, desk, lang);
  if (!row.choices.length) return undefined;
  const buttons = row.choices.map((choice) => {
    const label = h("span", {}, ...spoken(choice.label, row.language, row.script));
    return h("button", { lang, onclick: () => desk.take(choice) }, label);
  });
  const show = ({ open, reply }) => row.choices.forEach(({ id, label }, n) => {
    const button = buttons[n], taken = !open && reply === label;
    button.disabled = !open || desk.spent.has(id);
    if (taken === button.classList.toggle("taken", taken) && taken !== button.childElementCount > 1) taken ? button.prepend(icon("tick")) : button.firstChild.remove();
  });
  return { node: choiceGroup("choices", buttons), show };
}

function starOffer(stars, desk, lang) {
  const caption = h("p", { lang });
  const names = stars.map(({ label }, n) => (label === `${n + 1}` ? `${label}/5` : lineOf(label)));
  const buttons = names.map((name, n) =>
    h("button", { lang, "aria-label": name, onclick: () => desk.take(stars[n]), onpointerenter: () => light(n), onfocus: () => light(n) }, icon("star")));
  let chosen;
  const light = (upTo) => {
    buttons.forEach((button, n) => button.classList.toggle("lit", n <= upTo));
    caption.textContent = names[upTo] ?? `${names[0]}  …  ${names[4]}`;
  };
  const rest = () => light(chosen);
  const show = ({ open, reply }) => {
    buttons.forEach((button) => (button.disabled = !open));
    chosen = open ? -1 : stars.findIndex(({ label }) => label === reply || reply?.trim() === `${parseInt(label, 10)}`);
    rest();
  };
  const node = choiceGroup("stars", buttons, caption);
  node.ariaLabel = desk.word("rating");
  node.addEventListener("pointerleave", rest);
  node.addEventListener("focusout", rest);
  return { node, show };
}
