/*
 * Texts: which language they are in, their links, their Jyutping; all of it as nodes.
 */

import { h } from "./elements.js";

const HAN = /\p{Script=Han}/u;
const SOUND = /\p{Script=Han}|(?<![a-z0-9])[a-z]{1,6}[1-6](?![a-z0-9])/giu; // a character, or a Jyutping syllable
const LINK = /https?:\/\/[^\s<>"'\u3000-\u303f\uff00-\uffef]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+\d[\d -]{7,18}\d|RT-[0-9A-Z]{4}-[0-9A-Z]{4}/gi;
const TICKET = /\bRT(?!-8K3M-52QD)-[0-9A-Z]{4}-[0-9A-Z]{4}\b/; // save the one that the desk itself gives as an example

/** Give the `lang` of a text in a language and script of ours; unknown Han is Chinese, around it Chinese of its kind. */
export function tagOf(text, language, script, around) {
  if (!language) return HAN.test(text) && around === "en" ? "zh" : undefined;
  if (language === "en") return "en";
  if (script === "latin") return `${language}-Latn`;
  if (language === "yue") return script === "simplified" ? "yue-Hans" : "yue";
  return script === "simplified" ? "zh-Hans" : "zh-Hant";
}

/** Give a text as nodes, with addresses of the web, of mail and of telephones made into links. */
function linked(text) {
  const nodes = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(LINK)) {
    const shown = found.replace(/[.,!?;:)\]}*_~]+$/, "");
    const node = /^RT-/i.test(shown) ? h("span.number", {}, shown) : link(shown);
    if (!node) continue;
    nodes.push(text.slice(from, index), node);
    from = index + shown.length;
  }
  return [...nodes, text.slice(from)];
}

function link(shown) {
  if (shown.startsWith("+")) return h("a", { href: `tel:${shown.replace(/[ -]/g, "")}` }, shown);
  if (!/^https?:/i.test(shown)) return h("a", { href: `mailto:${shown}` }, shown);
  const url = URL.canParse?.(shown) && new URL(shown);
  if (!url || url.username) return undefined; // https://bank.example@elsewhere.example misleads
  return h("a", { href: url.href, target: "_blank", rel: "noopener noreferrer nofollow" }, shown);
}

const soundsOf = (line) => line.match(SOUND) ?? [];

/** Tell whether a line of Jyutping says the same as a line of characters: a syllable for each, what is kept equal. */
function saysTheSame(characters, jyutping) {
  const [a, b] = [soundsOf(characters), soundsOf(jyutping)];
  return a.length === b.length && b.every((sound, n) => !HAN.test(sound) || sound === a[n]);
}

/** Pair lines of characters with the lines of Jyutping behind them, be it line by line or a block behind a block. */
function paired(text) {
  const lines = text.split("\n"), pairs = [];
  for (let at = 0; at < lines.length; ) {
    let size = 1;
    const fits = () => {
      const block = lines.slice(at, at + size);
      return block.some((line, n) => HAN.test(line) && !saysTheSame(lines[at + size + n], line)) &&
        block.every((line, n) => saysTheSame(line, lines[at + size + n]));
    };
    while (at + 2 * size <= lines.length && !fits()) size++;
    if (at + 2 * size > lines.length) pairs.push([lines[at++]]);
    else {
      for (let n = 0; n < size; n++) pairs.push([lines[at + n], lines[at + size + n]]);
      at += 2 * size;
    }
  }
  return pairs;
}

/** Give characters with their Jyutping above them. */
function ruby(characters, jyutping) {
  const sounds = soundsOf(jyutping), nodes = [];
  let from = 0, n = 0;
  for (const { 0: found, index } of characters.matchAll(SOUND)) {
    const sound = sounds[n++];
    if (sound === found) continue;
    nodes.push(...linked(characters.slice(from, index)), h("ruby", {}, found, h("rt", { lang: "yue-Latn" }, sound)));
    from = index + found.length;
  }
  return h("span.sounded", { lang: "yue" }, ...nodes, ...linked(characters.slice(from)));
}

/** Give what somebody said as nodes. */
export function spoken(text, language, script) {
  if (language !== "yue" || script !== "both") return linked(text);
  return paired(text).map(([line, jyutping]) =>
    jyutping === undefined ? h("span.line", { lang: HAN.test(line) ? "yue" : "yue-Latn" }, ...linked(`${line}\n`)) : ruby(line, jyutping));
}

/** Find a repair number in a text. */
export const ticketIn = (text) => TICKET.exec(text)?.[0];

/** Give the first line of a label: its characters, where Jyutping stands below. */
export const lineOf = (label) => label.split("\n")[0];

/** Order the choices of a rating from 1 to 5 when that is what they are. */
export function starsOf(message) {
  const byNumber = message.choices.map((choice) => [parseInt(choice.label, 10), choice]);
  const stars = [1, 2, 3, 4, 5].map((n) => byNumber.find(([number]) => number === n)?.[1]);
  if (message.choices.length === 5 && stars.every(Boolean)) return stars;
  return message.extras?.rating && !message.choices.length ? [1, 2, 3, 4, 5].map((n) => ({ label: `${n}` })) : undefined;
}
