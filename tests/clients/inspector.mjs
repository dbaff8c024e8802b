// Drives the server with the inspector's command line: inspector.mjs stdio|sse|http legacy|auto
//
// Every step is one process that connects, asks one thing and prints JSON, so each one reconnects; the command line has no
// ping, completion or cancellation. Reads BINARY, URL, SSE_URL, KEY and NPM from the environment; prints one line a check.

import { execFile } from "node:child_process";

const [transport, era] = process.argv.slice(2);
const { BINARY, URL: url, SSE_URL: sseUrl, KEY: key, NPM: npm } = process.env;
const TOOL = "calculate_npv";

function ensure(condition, why) {
  if (!condition) throw new Error(typeof why === "string" ? why : JSON.stringify(why));
}

function target(withKey) {
  if (transport === "stdio") return [BINARY];
  const where = ["--transport", transport, "--server-url", transport === "sse" ? sseUrl : url];
  return [...where, "--header", `Authorization: Bearer ${withKey}`, "--stored-auth-only"];
}

/** One run: its result, or the error that it reports; a refused call has both a result and an exit code. */
function inspect(method, args = [], withKey = key) {
  const main = `${npm}/node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js`;
  // The target comes first: options that take several words would swallow it.
  const how = ["--format", "json", "--quiet", "--protocol-era", era];
  const words = [main, "--cli", ...target(withKey), ...how, "--method", method, ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, words, { timeout: 30_000, maxBuffer: 1 << 28 }, (failure, stdout, stderr) => {
      const lines = `${stdout}\n${stderr}`.split("\n").filter((line) => line.startsWith("{"));
      const said = Object.assign({}, ...lines.map((line) => JSON.parse(line)));
      said.exit = failure ? failure.code : 0;
      if (!said.result && !said.error) said.error = { code: "silent", message: stderr || String(failure) };
      resolve(said);
    });
  });
}

async function result(method, args) {
  const said = await inspect(method, args);
  ensure(said.result, said.error);
  return said.result;
}

async function check(name, work) {
  try {
    await work();
    console.log(`ok ${name}`);
  } catch (error) {
    console.log(`FAIL ${name}: ${error.message.replaceAll(/\s+/g, " ")}`);
  }
}

async function optional(name, advertised, work, why = "the server does not advertise it") {
  if (advertised) await check(name, work);
  else console.log(`skip ${name}: ${why}`);
}

const opening = await inspect("initialize");
const can = opening.result?.capabilities ?? {};
const modern = opening.result?.protocolVersion === "2026-07-28";

await check("connect", async () => ensure(opening.result?.serverInfo?.name === "businessmath-mcp-server", opening));
if (era === "auto") {
  await optional("revision 2026-07-28", modern, async () => {}, "the server answered in an older one");
}
await check("tools", async () => {
  const names = (await result("tools/list")).tools.map((tool) => tool.name);
  ensure(names.includes(TOOL), `no ${TOOL} among ${names.length} tools`);
  ensure(new Set(names).size === names.length, "a tool is listed twice");
});
// What a client of some make cannot read in a schema; the findings themselves go to stderr, which quiet leaves out.
await check("portable schemas", async () => {
  const { exit } = await inspect("tools/list", ["--strict"]);
  ensure(exit === 0, `exit code ${exit}, see tools/list --strict`);
});
await check("call", async () => {
  const called = await result("tools/call", ["--tool-name", TOOL, "--tool-args-json", '{"rate":0.1,"cashFlows":[-100,121]}']);
  ensure(!called.isError && Math.abs(called.structuredContent?.npv - 10) <= 1e-12, called);
});
// Not a text where a number is wanted: the inspector turns that into null before it sends the call.
await check("refusal", async () => {
  const refused = await result("tools/call", ["--tool-name", TOOL, "--tool-args-json", '{"rate":-2,"cashFlows":[]}']);
  const text = refused.content.map((part) => part.text).join("\n");
  ensure(refused.isError === true, `not an error: ${text}`);
  ensure(text.includes("rate") && text.includes("cashFlows"), `does not name both problems: ${text}`);
});
// The inspector looks a tool up in the list before it calls, so the refusal is its own.
await check("unknown tool", async () => {
  const said = await inspect("tools/call", ["--tool-name", "no_such_tool"]);
  ensure(said.error && !said.result, said);
});
await optional("resources", can.resources, async () => {
  const uri = "docs://tvm-formulas";
  const uris = (await result("resources/list")).resources.map((resource) => resource.uri);
  ensure(uris.includes(uri), `${uri} is not among ${uris.length}`);
  const { contents } = await result("resources/read", ["--uri", uri]);
  ensure(contents[0]?.uri === uri && contents[0].text.includes("NPV"), contents);
});
await optional("resource templates", can.resources, async () => {
  const listed = (await result("resources/templates/list")).resourceTemplates;
  ensure(listed.some((template) => template.uriTemplate === "docs://tools/{name}"), listed);
  const { contents } = await result("resources/read", ["--uri", `docs://tools/${TOOL}`]);
  ensure(contents[0]?.text.includes(TOOL), contents);
});
await optional("prompts", can.prompts, async () => {
  const name = "analyze_investment";
  const names = (await result("prompts/list")).prompts.map((prompt) => prompt.name);
  ensure(names.includes(name), `${name} is not among ${names.length}`);
  const values = ["investment_amount=-100000", "discount_rate=0.12"];
  const text = JSON.stringify((await result("prompts/get", ["--prompt-name", name, "--prompt-args", ...values])).messages);
  ensure(text.includes("100000") && text.includes("0.12"), `the arguments are not in ${text}`);
});
if (transport !== "stdio") {
  await check("a wrong key is refused", async () => {
    const said = await inspect("tools/list", [], "not-a-key-of-this-server");
    ensure(said.error && !said.result, said);
    ensure(/auth|401/i.test(`${said.error.code} ${said.error.message}`), said);
  });
}
