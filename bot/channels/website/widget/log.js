/*
 * The log: what was said, day by day, and what is on its way; nodes are made once and then only fitted.
 */

import { h, icon } from "./elements.js";
import { choiceGroup, messageNode } from "./message.js";
import { MANNERS } from "./words.js";

const TOGETHER = 300_000; // milliseconds within which one author's messages stand close

export class Log {
  #desk; #nodes = new Map(); #typing; #stuck = true;

  /** `desk`: as for `messageNode`, with day(date). */
  constructor(desk) {
    this.#desk = desk;
    this.node = h("div.log", { role: "log", tabindex: 0, onscroll: () => (this.#stuck = this.atEnd) && (this.newer.hidden = true) });
    new ResizeObserver(() => this.#stuck && this.toEnd()).observe(this.node); // what is written in has grown or shrunk
    this.newer = h("button.newer", { hidden: true, onclick: () => this.toEnd() }, icon("down"), h("span", { "data-word": "newer" }));
    this.quiet = true;
  }

  /** Whether what is shown is history or a change of words, and not to be read out. */
  set quiet(yes) {
    this.node.ariaLive = yes ? "off" : "polite";
  }

  get atEnd() {
    return this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < 80;
  }

  toEnd() {
    this.node.scrollTop = this.node.scrollHeight;
    this.newer.hidden = true;
  }

  /** Make every node anew next time. */
  clear() {
    this.#nodes.clear();
  }

  /** A message that was on its way has got its number: its node stays where it is. */
  number(id, seq) {
    if (this.#nodes.has(id)) this.#nodes.set(seq, this.#nodes.get(id));
  }

  /** Show `said` by the desk's count and `waiting` messages; `fresh` ones come in softly. */
  show(said, waiting, { typing, ended, fresh }) {
    const rows = [...said, ...waiting.map((item) => ({ ...item, author: "customer", text: item.text ?? item.label, sent_at: item.at }))];
    const offer = said.findLast((row) => row.choices.length || row.extras?.rating);
    const shown = [];
    let reply, after, pending = false;
    for (const row of rows.reverse()) {
      const near = (other) => other?.author === row.author && Math.abs(new Date(other.sent_at) - new Date(row.sent_at)) < TOGETHER;
      const before = rows[rows.indexOf(row) + 1], day = new Date(row.sent_at).toDateString();
      const node = this.#keep(row.seq ?? row.id, () => this.#make(row, fresh));
      node.show?.({ row, first: !near(before), last: !near(after), open: row === offer && !pending && !ended, reply });
      shown.unshift(node);
      if (!before || new Date(before.sent_at).toDateString() !== day) shown.unshift(this.#keep(day, () => h("div.day", {}, this.#desk.day(new Date(day)))));
      if (row.author === "customer" && !row.refused && !row.extras?.photo) [reply, pending] = [row.text, true];
      after = row;
    }
    if (!rows.length) shown.push(this.#keep("welcome", () => this.#welcome()));
    if (typing) shown.push((this.#typing ??= h("div.typing", { role: "img", "data-label": "typing" }, h("i"), h("i"), h("i"))));
    this.#place(shown);
  }

  #place(shown) {
    const { children } = this.node;
    for (const node of [...children]) if (!shown.includes(node)) node.remove();
    shown.forEach((node, n) => children[n] !== node && this.node.insertBefore(node, children[n] ?? null));
  }

  #keep(key, make) {
    if (!this.#nodes.has(key)) this.#nodes.set(key, make());
    return this.#nodes.get(key);
  }

  #make(row, fresh) {
    const manner = row.author === "customer" && MANNERS.find((one) => one[4] === row.text); // a wish made on the menu
    return manner && !row.refused ? h("div.note", { lang: manner[1] }, manner[0]) : messageNode(row, this.#desk, fresh);
  }

  #welcome() {
    const desk = this.#desk;
    const buttons = desk.word("starters").map((label) => h("button", { onclick: () => desk.take({ label }) }, label));
    return h("div.welcome", {}, h("div.mark", {}, icon("chat")), h("h3", {}, desk.word("hello")), h("p", {}, desk.word("hint")),
      choiceGroup("choices", buttons));
  }
}
