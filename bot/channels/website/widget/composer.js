/*
 * What one writes into, and the questions that take its place.
 */

import { h, iconButton } from "./elements.js";

const MOST_CHARACTERS = 1000;
export const lengthOf = (text) => [...text.trim()].length;
export const fits = (text) => lengthOf(text) > 0 && lengthOf(text) <= MOST_CHARACTERS;

export class Composer {
  #desk; #form; #sheet; #count; #send;

  /** `desk`: word(key, n), relabel(), say(text), show(file), askPerson(), drafted(draft). */
  constructor(desk, draft) {
    this.#desk = desk;
    this.field = h("textarea", { rows: 1, autocomplete: "off", enterkeyhint: "send", "aria-describedby": "count", oninput: () => this.#measure(), onkeydown: (event) => this.#keyed(event) });
    this.#send = iconButton("send", "send", undefined, { mute: true, class: "send", type: "submit" });
    const files = h("input", { type: "file", accept: "image/*", multiple: "", hidden: "", onchange: () => ([...files.files].forEach(desk.show), (files.value = "")) });
    this.#count = h("span", { id: "count", role: "status" });
    this.#form = h("form", { onsubmit: (event) => (event.preventDefault(), this.#submit()) },
      h("div.field", {}, this.field, files, iconButton("photo", "photo", () => files.click(), { mute: true, class: "photo" }), this.#send),
      h("div.foot", {}, iconButton("person", "person", () => desk.askPerson()), this.#count));
    this.#sheet = h("div.sheet", { role: "group", "aria-labelledby": "question", hidden: true });
    this.nodes = [this.#form, this.#sheet];
    this.field.value = draft ?? "";
    this.#measure();
  }

  /** Ask something in place of writing: `answers` are [word, what it does], the safest last; none: write again. */
  ask(question, ...answers) {
    this.#form.hidden = Boolean(question);
    this.#sheet.hidden = !question;
    if (!question) return;
    const buttons = answers.map(([word, act], n) => h(n ? "button.plain" : "button.solid", { "data-word": word, onclick: act }));
    this.#sheet.replaceChildren(h("p", { id: "question", role: "status", "data-word": question }), h("div", {}, ...buttons));
    this.#desk.relabel();
    if (!this.#sheet.closest("dialog").open) return;
    buttons.at(-1).focus();
  }

  focus() {
    if (!this.#form.hidden) this.field.focus();
  }

  /** Fit the field to its text, and say when that becomes too long. */
  #measure() {
    const { value, style } = this.field, length = lengthOf(value), over = length > MOST_CHARACTERS;
    style.height = "";
    if (value) style.height = `${this.field.scrollHeight}px`;
    this.field.ariaInvalid = `${over}`;
    this.#count.textContent = length > MOST_CHARACTERS - 100 ? `${length} / ${MOST_CHARACTERS}` : "";
    this.#count.className = over ? "over" : "";
    this.#send.ariaDisabled = `${!fits(value)}`;
    this.#desk.drafted(value);
  }

  #keyed(event) {
    // The Enter that ends a composition belongs to the input method; Safari tells it by 229 only
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.#submit();
  }

  #submit() {
    const { value } = this.field;
    this.focus();
    if (!fits(value)) return;
    this.field.value = "";
    this.#measure();
    this.#desk.say({ text: value.trim() });
  }
}
