/*
 * <saamjyu-chat>: the launcher, the panel, and what holds memory, line, log and composer together.
 */

import { Composer, fits } from "./composer.js";
import { h, icon, iconButton } from "./elements.js";
import { Line } from "./line.js";
import { Log } from "./log.js";
import looks from "./looks.css";
import { Memory } from "./memory.js";
import { closeMenu, toggleMenu } from "./menu.js";
import { interfaceFor, LANGUAGES, MANNERS, WORDS } from "./words.js";

const SOURCE = document.currentScript?.src;
const TOUCH = "(pointer: coarse)", DARK = "(prefers-color-scheme: dark)", NARROW = "(max-width: 520px), (max-height: 480px)";
const idOf = () => crypto.getRandomValues(new Uint32Array(5)).join("-"); // crypto.randomUUID needs https

class SaamjyuChat extends HTMLElement {
  static observedAttributes = ["customer", "heading", "language", "theme"];

  #memory; #tab; #line; #tabs; #leave;
  #root; #launcher; #badge; #panel; #header; #title; #banner; #status; #log; #composer;
  #words = "en"; #typing = false; #online = true; #ended = false; #live = false; #unread = 0; #order = 0; #arriving;
  #said = new Map(); // seq: message
  #waiting = new Map(); // id: message of the customer that the desk has not given back yet
  #narrow = matchMedia(NARROW);

  connectedCallback() {
    const server = (this.getAttribute("server") || (SOURCE ? new URL(SOURCE).origin : location.origin)).replace(/\/+$/, "");
    this.#memory = new Memory("localStorage", server);
    this.#tab = new Memory("sessionStorage", server);
    this.#line = new Line(server, this.#memory, {
      heard: (message) => this.#heard(message),
      typing: (on) => this.#render((this.#typing = on)),
      changed: (item) => this.#changed(item),
      online: (yes) => this.#setOnline(yes),
      gone: () => this.#startOver(),
      opening: () => this.#opening(),
      customer: () => this.#customer(),
    });
    this.#tabs = new BroadcastChannel(`saamjyu ${server}`);
    this.#tabs.onmessage = ({ data }) => this.#told(data);
    this.#build();
    this.#watch();
    this.#readQueue();
    this.#speak(this.#firstWords());
    if (this.#tab.get("open") && !this.#narrow.matches) this.open({ focus: false });
    this.#meet();
    this.#line.listen();
    this.#line.send();
  }

  /** Name who is at this browser, as the site has signed it. */
  #customer() {
    return this.getAttribute("customer")?.replace(/\.\d+\.\w+$/, "");
  }

  /** Meet who is at this browser now: a new customer finds nothing of the last one's. */
  #meet() {
    const customer = this.#customer();
    if (customer === this.#memory.get("customer")) return;
    this.#memory.set("customer", customer);
    this.#memory.queue().forEach(({ id }) => this.#discard(id));
    this.#startOver();
  }

  disconnectedCallback() {
    this.#line.stop();
    this.#tabs.close();
    this.#leave.abort();
    this.#said.clear();
    this.#root.remove();
    this.#root = undefined;
    this.#live = false;
  }

  attributeChangedCallback(name) {
    if (!this.#root) return;
    if (name === "customer") this.#meet();
    this.#speak(name === "language" ? this.#firstWords() : this.#words);
  }

  /* What a page may call. */

  /** Open the panel. */
  open({ focus = true } = {}) {
    if (!this.#panel.open) {
      this.#narrow.matches ? this.#panel.showModal() : this.#panel.show();
      this.#launcher.hidden = true;
      this.#tab.set("open", true);
      this.#log.toEnd();
      this.#markRead();
      this.#emit("open");
    }
    if (!focus) this.shadowRoot.activeElement?.blur();
    else if (this.#ended || matchMedia(TOUCH).matches) this.#title.focus();
    else this.#composer.focus();
  }

  /** Close the panel; the conversation goes on. */
  close() {
    if (!this.#panel.open) return;
    this.#panel.close();
    this.#launcher.hidden = false;
    this.#launcher.focus();
    this.#tab.set("open");
    this.#emit("close");
  }

  /** Say something for the customer, as if it had been typed. */
  send(text) {
    if (fits(`${text}`) && !this.#ended) this.#say({ text: `${text}`.trim() });
  }

  /* The frame, made once; its words are put in by `#speak`. */

  #build() {
    const shadow = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(looks);
    shadow.adoptedStyleSheets = [sheet];
    const desk = {
      word: (key, n) => this.#word(key, n),
      around: () => this.#words,
      relabel: () => this.#relabel(),
      announce: (key) => (this.#status.textContent = this.#word(key)),
      time: (at) => new Date(at).toLocaleTimeString(this.#locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
      day: (date) => this.#dayOf(date),
      say: (said) => this.#say(said),
      show: (file) => this.#show(file),
      photo: (id) => this.#line.photo(id),
      take: ({ id, label }) => {
        this.#say(id ? { choice: id, label } : { text: label });
        matchMedia(TOUCH).matches ? this.#log.node.focus() : this.#composer.focus();
      },
      askPerson: () => this.#say({ text: this.#word("person") }),
      retry: ({ refused, state, ...item }) => this.#put(item),
      remove: ({ id }) => (this.#discard(id), this.#tell("queue"), this.#render()),
      drafted: (draft) => this.#tab.set("draft", draft || undefined),
      spent: new Set(), // ids of choices that the desk has refused
    };
    this.desk = desk;
    this.#log = new Log(desk);
    this.#composer = new Composer(desk, this.#tab.get("draft"));
    this.#badge = h("span.badge", { "aria-hidden": "true" });
    this.#launcher = h("button.launcher", { "aria-haspopup": "dialog", onclick: () => this.open() }, icon("chat"), this.#badge);
    this.#banner = h("p.banner", { role: "status", hidden: true });
    this.#status = h("p.unseen", { role: "status" });
    this.#title = h("h2", { id: "title", tabindex: -1 });
    const menu = (word, picture, entries) => iconButton(word, picture, (event) => toggleMenu(event.currentTarget, entries()), { mute: true, "aria-haspopup": "menu", "aria-expanded": "false" });
    this.#header = h("header", {},
      h("span.mark", {}, icon("chat")),
      h("div.name", {}, this.#title, h("p", { lang: "en" }, "English · ", h("span", { lang: "zh-Hans" }, "普通话"), " · ", h("span", { lang: "yue" }, "廣東話"))),
      menu("language", "language", () => this.#manners()),
      menu("more", "more", () => this.#more()),
      iconButton("minimise", "down", () => this.close(), { mute: true }));
    this.#panel = h("dialog", { "aria-labelledby": "title", onkeydown: (event) => this.#keyed(event), oncancel: (event) => event.preventDefault() },
      this.#header, this.#log.node, h("div.below", {}, this.#log.newer, this.#banner, ...this.#composer.nodes), this.#status);
    this.#root = h("section", {}, this.#launcher, this.#panel);
    shadow.append(this.#root);
  }

  #keyed(event) {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    if (!closeMenu(this.#header, true)) this.close();
  }

  #more() {
    const entries = [[this.#word("person"), "person", this.desk.askPerson]];
    if (this.#said.size) entries.push([this.#word("save"), "save", () => this.#save()]);
    if (this.#said.size && this.#line.chat) entries.push([this.#word("end"), "end", () => this.#askEnd()]);
    return this.#ended ? entries.slice(1) : entries;
  }

  /* Words. */

  #word(key, n) {
    const word = WORDS[key]?.[LANGUAGES.indexOf(this.#words)] ?? "";
    return n === undefined ? word : word.replace("{n}", n);
  }

  /** A browser without Cantonese dates has Hong Kong's. */
  get #locale() {
    return [this.#words, "zh-HK"];
  }

  #firstWords() {
    const chosen = MANNERS[this.#memory.get("manner")?.n]?.[1];
    return [chosen, this.getAttribute("language"), ...navigator.languages, "en"].map(interfaceFor).find(Boolean);
  }

  /** Have the interface in a language; what is being written is left alone. */
  #speak(words) {
    this.#words = words;
    const theme = this.getAttribute("theme");
    this.#root.className = theme === "dark" || (theme !== "light" && matchMedia(DARK).matches) ? "dark" : "";
    this.#root.lang = words;
    this.#log.quiet = true;
    this.#log.clear();
    this.#render();
    this.#relabel();
    if (this.#live) setTimeout(() => (this.#log.quiet = false));
  }

  #relabel() {
    const each = (name, fit) => this.#root.querySelectorAll(`[data-${name}]`).forEach((node) => fit(node, this.#word(node.dataset[name])));
    each("word", (node, word) => (node.textContent = word));
    each("label", (node, word) => (node.ariaLabel = node.title = word));
    this.#log.node.ariaLabel = this.#word("log");
    this.#composer.field.ariaLabel = this.#composer.field.placeholder = this.#word("write");
    this.#root.ariaLabel = this.#title.textContent = this.getAttribute("heading") || this.#word("title");
    this.#banner.textContent = this.#online ? "" : this.#word("offline");
    this.#count();
  }

  #dayOf(date) {
    const days = Math.round((new Date().setHours(0, 0, 0, 0) - date) / 86_400_000), locale = this.#locale;
    const name = days < 2
      ? new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(-days, "day")
      : date.toLocaleDateString(locale, { weekday: "long", day: "numeric", month: "long", year: days > 300 ? "numeric" : undefined });
    return name[0].toUpperCase() + name.slice(1);
  }

  #manners() {
    const chosen = this.#memory.get("manner")?.n ?? MANNERS.findIndex((manner) => manner[1] === this.#words);
    return MANNERS.map(([label, words], n) =>
      [h("span", { lang: words }, label), "tick", () => this.#choose(n), { role: "menuitemradio", "aria-checked": `${n === chosen}` }]);
  }

  /** Have the interface, and the assistant, speak in a manner of the menu. */
  #choose(n) {
    const [, words, language, script, wish] = MANNERS[n];
    this.#memory.set("manner", { n });
    this.#tell("manner");
    this.#speak(words);
    // Before the first message a language is only where one begins; Latin letters have to be asked for
    if (this.#line.chat || this.#waiting.size) this.#say({ text: wish });
    else this.#memory.set("wish", /latin|both/.test(script) && language === "yue" ? wish : undefined);
    this.#emit("language", { interface: words, language, script });
  }

  /** Follow the language the assistant answers in; one chosen on the menu has to come into force first. */
  #follow({ language, script }) {
    const n = MANNERS.findIndex((manner) => manner[2] === language && manner[3] === script);
    const chosen = this.#memory.get("manner");
    if (n < 0 || (chosen && !chosen.settled && chosen.n !== n)) return;
    this.#memory.set("manner", { n, settled: true });
    if (MANNERS[n][1] !== this.#words) this.#speak(MANNERS[n][1]);
  }

  /** Give what a conversation is opened with: the language to begin in, and a customer whom the site has signed. */
  #opening() {
    const [, , language, script] = MANNERS[this.#memory.get("manner")?.n] ?? MANNERS.find((manner) => manner[1] === this.#words);
    return { language, script, customer: this.getAttribute("customer") ?? undefined };
  }

  /* What is said. */

  #say(said) {
    const wish = this.#memory.get("wish");
    this.#memory.set("wish");
    for (const one of wish ? [{ text: wish }, said] : [said]) {
      this.#order = Math.max(Date.now(), this.#order + 0.01);
      this.#put({ ...one, id: idOf(), order: this.#order, at: new Date().toISOString() });
    }
  }

  /** Send a photo, drawn anew already here: where it was taken never leaves the browser. */
  async #show(file) {
    let photo, size;
    try {
      const image = await createImageBitmap(file), { width, height } = image, scale = Math.min(1, 1600 / Math.max(width, height));
      const canvas = h("canvas", { width: width * scale, height: height * scale }), pen = canvas.getContext("2d");
      pen.scale(scale, scale);
      pen.drawImage(image, 0, 0);
      photo = canvas.toDataURL("image/jpeg", 0.8);
      size = { width: canvas.width, height: canvas.height };
    } catch { // its beginning is enough for the desk to say what is wrong with it
      photo = `data:;base64,${btoa(String.fromCharCode(...new Uint8Array(await file.slice(0, 4096).arrayBuffer())))}`;
    }
    this.#say({ photo, label: this.#word("photo"), extras: { photo: { ...size } } });
  }

  #discard(id) {
    this.#memory.set(`queue ${id}`);
    this.#waiting.delete(id);
  }

  /** Put a message among those to be sent, again maybe. */
  #put(item) {
    this.#memory.set(`queue ${item.id}`, item);
    const refused = this.#memory.get(`queue ${item.id}`) ? undefined : " "; // the browser's memory is full
    this.#waiting.set(item.id, { ...item, state: "sending", refused });
    this.#tell("queue");
    this.#goLive();
    this.#render();
    this.#log.toEnd();
    this.#line.wake();
  }

  /** Take over what waits in the browser's memory, from this tab or another. */
  #readQueue() {
    const queue = new Map(this.#memory.queue().map((item) => [item.id, item]));
    for (const [id, item] of queue) this.#waiting.set(id, { state: "waiting", ...this.#waiting.get(id), ...item });
    for (const [id, { state }] of this.#waiting) if (state !== "sent" && !queue.has(id)) this.#waiting.delete(id);
  }

  #changed(item) {
    const before = this.#waiting.get(item.id);
    if (!before && !item.refused) return; // the desk has given it back already
    this.#waiting.set(item.id, item);
    if (item.refused && item.choice) this.desk.spent.add(item.choice);
    if (item.state === "sent") this.#tell("queue");
    if (item.refused || (item.state === "waiting" && before?.state !== "waiting")) this.desk.announce(item.refused ? "failed" : "waiting");
    this.#render();
  }

  #heard(message) {
    const { seq, author, client_message_id: id } = message, stuck = this.#log.atEnd;
    this.#said.set(seq, { ...message, choices: message.choices ?? [] });
    if (id) {
      this.#log.number(id, seq);
      this.#discard(id);
    }
    if (author !== "customer") this.#typing = false;
    if (this.#live) this.#emit("message", message);
    if (this.#live && message.extras?.ticket) this.#emit("ticket", message.extras.ticket);
    clearTimeout(this.#arriving);
    this.#arriving = setTimeout(() => this.#arrived(stuck), this.#live ? 0 : 30); // history comes as one
  }

  #arrived(stuck) {
    const last = [...this.#said.values()].findLast((message) => message.author !== "customer");
    this.#render();
    if (last) this.#follow(last);
    if (stuck || !this.#live) this.#log.toEnd();
    else this.#log.newer.hidden = false;
    this.#goLive();
    this.#markRead();
  }

  #goLive() {
    this.#live = true;
    this.#log.quiet = false;
  }

  #setOnline(yes) {
    if (yes === this.#online) return;
    this.#online = yes;
    this.#banner.hidden = yes;
    this.#relabel();
  }

  #render() {
    const stuck = this.#log.atEnd;
    const said = [...this.#said.values()].sort((a, b) => a.seq - b.seq), waiting = [...this.#waiting.values()].sort((a, b) => a.order - b.order);
    this.#log.show(said, waiting, { typing: this.#typing && !this.#ended, ended: this.#ended, fresh: this.#live });
    if (this.#typing && stuck) this.#log.toEnd();
    this.#count();
  }

  /* What has been read. */

  #markRead() {
    if (this.#panel.open && document.visibilityState === "visible" && this.#line.seen > (this.#memory.get("read") ?? 0)) {
      this.#memory.set("read", this.#line.seen);
      this.#tell("read");
    }
    this.#count();
  }

  #count() {
    const read = this.#memory.get("read") ?? 0, before = this.#unread;
    const count = (this.#unread = [...this.#said.values()].filter(({ author, seq }) => author !== "customer" && seq > read).length);
    this.#badge.hidden = !count;
    this.#badge.textContent = count > 9 ? "9+" : count;
    this.#launcher.ariaLabel = this.#root.ariaLabel + (count ? `, ${this.#word("unread", count)}` : "");
    if (count !== before) this.#emit("unread", { count });
  }

  /* The end, and the beginning. */

  #askEnd() {
    this.#composer.ask("endAsk", ["end", () => this.#end()], ["endNo", () => (this.#composer.ask(), this.#composer.focus())]);
  }

  async #end() {
    try {
      await this.#line.end();
    } catch {
      this.#composer.ask();
      return this.#setOnline(false);
    }
    this.#tell("ended");
    this.#close();
  }

  #close() {
    this.#ended = true;
    this.#forget();
    for (const [id, { refused }] of this.#waiting) if (refused) this.#discard(id);
    this.#render();
    this.#composer.ask("ended", ["again", () => this.#begin()], ["save", () => this.#save()]);
    this.#log.toEnd();
    this.#emit("ended");
  }

  #forget() {
    this.#line.forget();
    this.#memory.set("read");
    this.#typing = false;
  }

  /** Begin with nothing said; what waits to be sent opens the next conversation. */
  #startOver() {
    this.#forget();
    this.#said.clear();
    this.#log.clear();
    this.#readQueue();
    this.#render();
    this.#line.wake();
  }

  #begin() {
    this.#ended = false;
    this.#waiting.clear();
    this.#startOver();
    this.#composer.ask();
    this.#composer.focus();
  }

  #save() {
    const rows = [...this.#said.values()].sort((a, b) => a.seq - b.seq).map(({ sent_at, author, text }) =>
      `[${new Date(sent_at).toLocaleString(this.#locale, { hourCycle: "h23" })}] ${this.#word(author)}: ${text.replace(/\n/g, "\n    ")}\n`);
    const href = URL.createObjectURL(new Blob(rows, { type: "text/plain;charset=utf-8" }));
    h("a", { href, download: `chat-${new Date().toISOString().slice(0, 10)}.txt` }).click();
    setTimeout(() => URL.revokeObjectURL(href), 10_000);
  }

  /* Other tabs, and the world around. */

  #tell(what) {
    this.#tabs.postMessage(what);
  }

  #told(what) {
    if (what === "ended") this.#close();
    if (what === "manner") this.#speak(this.#firstWords());
    if (what === "read") this.#count();
    if (what !== "queue") return;
    this.#readQueue();
    this.#render();
    this.#line.send();
  }

  #watch() {
    const { signal } = (this.#leave = new AbortController());
    const on = (target, name, act) => target?.addEventListener(name, act, { signal });
    const wake = () => document.visibilityState === "visible" && (this.#line.wake(), this.#markRead());
    on(window, "online", wake);
    on(window, "storage", () => { // what other tabs remember; their broadcasts may come before it
      this.#readQueue();
      this.#render();
      this.#line.listen();
    });
    on(document, "visibilitychange", wake);
    on(document, "pointerdown", (event) => event.composedPath().includes(this.#header) || closeMenu(this.#header));
    on(matchMedia(DARK), "change", () => this.#speak(this.#words));
    on(this.#narrow, "change", () => this.#panel.open && (this.#panel.close(), this.open()));
    on(globalThis.visualViewport, "resize", () => {
      // stay above a phone's keyboard; pinch zoom is left alone
      if (visualViewport.scale === 1) this.#panel.style.setProperty("--saamjyu-seen", `${visualViewport.height}px`);
    });
  }

  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(`saamjyu-${name}`, { bubbles: true, composed: true, detail }));
  }
}

if (!customElements.get("saamjyu-chat")) customElements.define("saamjyu-chat", SaamjyuChat);
