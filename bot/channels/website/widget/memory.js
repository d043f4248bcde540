/*
 * What a browser remembers for one desk: across pages and tabs, or (kind "sessionStorage") in this tab alone.
 */

export class Memory {
  #store; #prefix;

  constructor(kind, server) {
    this.#prefix = `saamjyu ${server} `;
    try {
      this.#store = globalThis[kind];
      this.#store[""]; // where storage is forbidden this throws, or there is none
    } catch {
      this.#store = {}; // until the page is left
    }
  }

  get(name) {
    try {
      return JSON.parse(this.#store[this.#prefix + name]);
    } catch {
      return undefined;
    }
  }

  /** Remember a value; undefined is forgotten. */
  set(name, value) {
    try {
      if (value === undefined) delete this.#store[this.#prefix + name];
      else this.#store[this.#prefix + name] = JSON.stringify(value);
    } catch { /* full: goes on without */ }
  }

  /** Give what waits to be sent, oldest first. Each has an entry of its own, so that tabs don't undo each other's. */
  queue() {
    const start = `${this.#prefix}queue `;
    const keys = Object.keys(this.#store).filter((key) => key.startsWith(start));
    return keys.map((key) => this.get(key.slice(this.#prefix.length))).filter(Boolean).sort((a, b) => a.order - b.order);
  }
}
