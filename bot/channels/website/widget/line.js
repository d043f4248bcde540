/*
 * The line to the desk: sends what waits, in order and each once; hears by WebSocket or else by long polling; tries again
 * until it is stopped. A message's own id makes a repeated send harmless, so every doubt is settled by sending again.
 */

import { WORDS } from "./words.js";

class Gone extends Error {} // the conversation is over: its token opens nothing any more, or it was left meanwhile

export class Line {
  #server; #memory; #hooks; #pauses = new Set(); #socket; #failedSockets = 0; #pollUntil = 0; #doubted; #left = 0;
  #listening = false; #sending = false; #stopped = false;

  /** `hooks`: heard(message), typing(on), changed(item), online(yes), gone(), opening() for what opens a
   * conversation, customer() for who is at this browser. */
  constructor(server, memory, hooks) {
    this.#server = server;
    this.#memory = memory;
    this.#hooks = hooks;
    this.seen = 0;
  }

  /** Give the conversation and its token, where there is one of whoever is at this browser. */
  get chat() {
    const chat = this.#memory.get("chat");
    return chat?.customer === this.#hooks.customer() ? chat : undefined;
  }

  /** Try at once what waits for a better moment. */
  wake() {
    this.#pauses.forEach((end) => end());
    this.#socket?.check?.();
    this.send();
  }

  stop() {
    this.#stopped = true;
    this.forget({ keep: true });
    this.wake();
  }

  /** Leave the conversation; `keep` its token for another time. */
  forget({ keep } = {}) {
    if (!keep) this.#memory.set("chat");
    this.seen = 0;
    this.#left++;
    this.#socket?.end?.({});
  }

  /** End the conversation on the server too. */
  async end() {
    await this.#call("DELETE", "conversations");
  }

  /** Give the address of a photo of this conversation, good in this page. */
  async photo(id) {
    const { ok, said } = await this.#call("GET", `photos/${id}`, undefined, 60, "blob");
    return ok && URL.createObjectURL(said);
  }

  async #call(method, path, body, seconds = 20, read = "json") {
    const token = this.chat?.token, left = this.#left;
    const response = await fetch(`${this.#server}/api/website/${path}`, {
      method,
      headers: { ...(body && { "content-type": "application/json" }), ...(token && { authorization: `Bearer ${token}` }) },
      body: body?.at ? body : body && JSON.stringify(body),
      credentials: "omit",
      signal: AbortSignal.timeout(seconds * 1000),
    });
    const said = await response[read]().catch(() => ({}));
    if (left !== this.#left) throw new Gone("left"); // what comes now belongs to nobody here
    if (response.status === 401) throw new Gone();
    const again = response.status === 429 || response.status >= 500; // not now, but later
    return { ok: response.ok, said, pause: again && (Number(response.headers.get("retry-after")) || 5) };
  }

  #pause(seconds) {
    return new Promise((resolve) => {
      const end = () => (clearTimeout(timer), this.#pauses.delete(end), resolve());
      const timer = setTimeout(end, seconds * 1000);
      this.#pauses.add(end);
    });
  }

  #lost({ message }) {
    if (message) return;
    this.forget();
    this.#hooks.gone();
  }

  /* Hearing. */

  /** Listen for as long as there is a conversation. */
  async listen() {
    if (this.#listening) return;
    this.#listening = true;
    for (let failures = 0; this.chat && !this.#stopped; ) {
      const began = Date.now();
      try {
        if (!WORDS.end) await this.#learn();
        await this.#read(0);
        this.#hooks.online(true);
        this.send();
        await (Date.now() < this.#pollUntil ? this.#read(25) : this.#hearSocket());
        this.#hooks.typing(false);
        failures = 0;
        if (Date.now() - began < 1000) await this.#pause(1);
      } catch (error) {
        if (this.#stopped) break;
        if (error instanceof Gone) this.#lost(error);
        else {
          this.#hooks.online(false);
          await this.#pause(Math.min(30, 2 ** failures++ / 2) * (0.75 + Math.random() / 2));
        }
      }
    }
    this.#listening = false;
  }

  /** Fetch the words that are not needed before the desk has been heard. */
  async #learn() {
    const { ok, said } = await this.#call("GET", "../../widget/words.json");
    if (!ok) throw new Error("unreadable");
    Object.assign(WORDS, said);
  }

  #hear(message) {
    if (message.seq <= this.seen) return;
    this.seen = message.seq;
    this.#hooks.heard(message);
  }

  /** Read what is new, waiting for it up to `wait` seconds. */
  async #read(wait) {
    for (let rows = 100; rows >= 100; wait = 0) {
      const { ok, said } = await this.#call("GET", `messages?after=${this.seen}&wait=${wait}`, undefined, wait + 15);
      if (!ok) throw new Error("unreadable");
      said.messages.forEach((message) => this.#hear(message));
      rows = said.messages.length;
    }
  }

  /** Hear by WebSocket until it closes. When two in a row don't come to life, a minute of long polling follows. */
  #hearSocket() {
    return new Promise((resolve, reject) => {
      const address = `${this.#server.replace(/^http/, "ws")}/api/website/socket?after=${this.seen}`;
      const socket = (this.#socket = new WebSocket(address, ["saamjyu", `token.${this.chat.token}`]));
      const end = ({ code }) => {
        clearTimeout(silence);
        socket.onclose = socket.onmessage = this.#socket = undefined;
        socket.close();
        if (code === 4401) reject(new Gone());
        else if (socket.ready) this.#failedSockets = 0;
        else if (++this.#failedSockets > 1) this.#pollUntil = Date.now() + 60_000;
        resolve();
      };
      socket.end = end;
      let silence = setTimeout(end, 8000, {});
      const check = () => {
        socket.send('{"type":"ping"}');
        clearTimeout(silence);
        silence = setTimeout(end, 6000, {});
      };
      socket.onclose = end;
      socket.onmessage = ({ data }) => {
        const { type, message, on } = JSON.parse(data);
        clearTimeout(silence);
        silence = setTimeout(check, 25_000);
        if (type === "ready") socket.ready = socket.check = check;
        if (type === "message") this.#hear(message);
        if (type === "typing") this.#hooks.typing(on);
        if (type === "message" || type === "trouble") this.#hooks.online(type === "message");
      };
    });
  }

  /* Sending. */

  /** Send what waits, in order, until nothing is left. */
  async send() {
    if (this.#sending) return;
    this.#sending = true;
    const locks = navigator.locks ?? { request: (_, work) => work() }; // one tab at a time, where the browser can
    for (let failures = 0, pause = 0; !this.#stopped && pause !== undefined; ) {
      pause = await locks.request(`saamjyu ${this.#server}`, () => this.#sendNext().catch(() => NaN));
      failures = pause === pause ? 0 : failures + 1;
      if (pause !== 0 && pause !== undefined) await this.#pause(pause || Math.min(30, 2 ** failures / 2));
    }
    this.#sending = false;
  }

  /** Send the first that waits. Give the seconds to wait before the next one, or nothing when all is sent. */
  async #sendNext() {
    const item = this.#memory.queue().find((one) => !one.refused);
    const now = (outcome) => item && this.#hooks.changed({ ...item, ...outcome });
    const { customer, ...opening } = this.#hooks.opening();
    const signed = customer && customer !== this.#doubted; // a signed customer's history is fetched at once
    let answer;
    now({ state: "sending" });
    try {
      if (!this.chat && (item || signed)) answer = await this.#open(signed ? { ...opening, customer } : opening);
      if (signed && answer && !answer.ok && !answer.pause) return (this.#doubted = customer), 0; // a stranger, then
      if (!item) return answer?.pause;
      const { id, text, choice, photo } = item;
      if (this.chat) answer = photo
        ? await this.#call("POST", `photos?client_message_id=${id}`, Uint8Array.from(atob(photo.split(",")[1]), (one) => one.charCodeAt()), 60)
        : await this.#call("POST", "messages", { client_message_id: id, ...(choice ? { choice } : { text }) });
      this.#hooks.online(true);
      if (answer.pause) return now({ state: "waiting" }), answer.pause;
      const refused = answer.ok ? undefined : answer.said.text || " ";
      this.#memory.set(`queue ${id}`, refused && { ...item, refused });
      now({ state: "sent", refused });
      if (!this.#socket?.ready && !refused) this.#hooks.typing(true); // no socket tells it; an answer usually comes soon
      this.listen();
      return 0;
    } catch (error) {
      now({ state: "waiting" });
      if (error instanceof Gone) return this.#lost(error), 0;
      this.#hooks.online(false);
      throw error;
    }
  }

  async #open(opening) {
    const answer = await this.#call("POST", "conversations", opening);
    if (answer.ok) {
      this.#memory.set("chat", { ...answer.said, customer: this.#hooks.customer() });
      this.listen();
    }
    return answer;
  }
}
