/*
 * Make ../static/widget.js, the one file that is served, from the pieces beside this script:
 *
 *   cd bot/channels/website/widget && npm install --no-package-lock && npm run build
 *
 * The result is committed, so that nobody needs node to run the desk; built.json lets a test see when it is out of date.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { build, transform } from "esbuild";
import { minify } from "terser";
import { WORDS } from "./words.js";

const HERE = new URL("./", import.meta.url);
const BROWSERS = ["chrome111", "firefox113", "safari16.4"]; // the spring of 2023
// what the pieces call each other's things by; nothing of it is a name of the browser's, of the server's or of a page's
const OURS = /^(announce|around|askPerson|atEnd|changed|drafted|forget|gone|hear|heard|listen|nodes|opened|opening|quiet|relabel|seen|spent|toEnd|wake|word)$/;
if (Object.keys(WORDS).some((key) => OURS.test(key))) throw new Error("a word is looked up by its name: it cannot be shortened");
const sha256 = (data) => createHash("sha256").update(data).digest("hex");

// Variables that no page sets, by shorter names, and no space where CSS needs none
const tight = (code) => {
  const ours = [...new Set(code.match(/--(?!saamjyu)[a-z-]+/g))];
  return code.trim().replace(/--(?!saamjyu)[a-z-]+/g, (name) => `--${ours.indexOf(name).toString(36)}`).replace(/(?<=--[\w-]+:|,) /g, "");
};

const css = {
  name: "css as text",
  setup: (bundle) => bundle.onLoad({ filter: /\.css$/ }, async ({ path }) => {
    const { code } = await transform(readFileSync(path, "utf8"), { loader: "css", minify: true, charset: "utf8", target: BROWSERS });
    return { loader: "text", contents: tight(code) };
  }),
};

const bundle = await build({
  entryPoints: [new URL("chat.js", HERE).pathname],
  bundle: true, minify: true, mangleProps: OURS, format: "iife", charset: "utf8", target: BROWSERS, plugins: [css], write: false,
});
const { code } = await minify(bundle.outputFiles[0].text, {
  compress: { passes: 3, ecma: 2022, unsafe: true, unsafe_arrows: true, unsafe_methods: true, keep_fargs: false }, ecma: 2022, format: { comments: false },
});
const pieces = readdirSync(HERE).filter((name) => /\.(m?js|css)$/.test(name)).sort();
const sources = sha256(pieces.map((name) => readFileSync(new URL(name, HERE), "utf8")).join("\0"));
writeFileSync(new URL("../static/widget.js", HERE), code);
writeFileSync(new URL("built.json", HERE), `${JSON.stringify({ sources, widget: sha256(code) }, null, 2)}\n`);
console.log(`widget.js: ${code.length} characters`);
