// Drives the server with the official TypeScript clients: node.mjs sdk|client stdio|sse|http|remote initialize|auto
//
// `sdk` is the package of the revisions up to 2025-11-25, `client` the split package that also speaks 2026-07-28; their
// interfaces are near enough for one list of steps. `remote` is stdio through the bridge mcp-remote.
// Reads BINARY, URL, SSE_URL, KEY and NPM (the folder with node_modules) from the environment; prints one line a check.

import { createRequire } from "node:module";

const [packageName, transportName, mode] = process.argv.slice(2);
const { BINARY, URL: url, SSE_URL: sseUrl, KEY: key, NPM: npm } = process.env;
const load = createRequire(`${npm}/`);
const TOOL = "calculate_npv";
const MODERN = "2026-07-28";

const kit =
  packageName === "sdk"
    ? {
        ...load("@modelcontextprotocol/sdk/client/index.js"),
        ...load("@modelcontextprotocol/sdk/client/stdio.js"),
        ...load("@modelcontextprotocol/sdk/client/sse.js"),
        ...load("@modelcontextprotocol/sdk/client/streamableHttp.js"),
      }
    : { ...load("@modelcontextprotocol/client"), ...load("@modelcontextprotocol/client/stdio") };

// --- reporting -----------------------------------------------------------------------------------------------------------

function ensure(condition, why) {
  if (!condition) throw new Error(typeof why === "string" ? why : JSON.stringify(why));
}

async function within(seconds, work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${seconds} s`)), seconds * 1000);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

async function check(name, work) {
  try {
    await within(30, work());
    console.log(`ok ${name}`);
    return true;
  } catch (error) {
    console.log(`FAIL ${name}: ${`${error?.message ?? error}`.replaceAll(/\s+/g, " ")}`);
    return false;
  }
}

/** A check of what a server may leave out. */
async function optional(name, advertised, work, why = "the server does not advertise it") {
  if (advertised) await check(name, work);
  else console.log(`skip ${name}: ${why}`);
}

// --- the steps -----------------------------------------------------------------------------------------------------------

function transport(withKey) {
  const options = { requestInit: { headers: { Authorization: `Bearer ${withKey}` } } };
  switch (transportName) {
    case "stdio":
      return new kit.StdioClientTransport({ command: BINARY, stderr: "ignore" });
    case "sse":
      return new kit.SSEClientTransport(new URL(sseUrl), options);
    case "http":
      return new kit.StreamableHTTPClientTransport(new URL(url), options);
    default: {
      // The bridge keeps state below HOME, which the runner points at a folder of its own.
      const how = transportName === "remote-sse" ? [sseUrl, "--transport", "sse-only"] : [url, "--transport", "http-only"];
      const args = [load.resolve("mcp-remote/dist/proxy.js"), ...how, "--header", `Authorization: Bearer ${withKey}`];
      return new kit.StdioClientTransport({ command: process.execPath, args, stderr: "ignore" });
    }
  }
}

async function connect(withKey = key) {
  const client = new kit.Client(
    { name: "client-test", version: "1.0.0" },
    mode === "auto" ? { versionNegotiation: { mode: "auto" } } : {},
  );
  const wire = transport(withKey);
  await client.connect(wire);
  return { client, wire };
}

/** The older package takes a result schema before the options. */
function call(client, name, args, options) {
  const params = { name, arguments: args };
  return packageName === "sdk" ? client.callTool(params, undefined, options) : client.callTool(params, options);
}

async function npv(client) {
  const result = await call(client, TOOL, { rate: 0.1, cashFlows: [-100, 121] });
  ensure(!result.isError && Math.abs(result.structuredContent?.npv - 10) <= 1e-12, result);
}

/** Every page by hand, since the split package gathers them itself only when no cursor is asked for. */
async function pages(method, field) {
  const all = [];
  let cursor;
  for (let page = 0; page < 100; page++) {
    const result = await method(cursor === undefined ? {} : { cursor });
    all.push(...result[field]);
    cursor = result.nextCursor;
    if (cursor === undefined) return all;
  }
  throw new Error("more than 100 pages");
}

async function tools(client) {
  const names = (await pages((params) => client.listTools(params), "tools")).map((tool) => tool.name);
  ensure(names.includes(TOOL), `no ${TOOL} among ${names.length} tools`);
  ensure(new Set(names).size === names.length, "a tool is listed twice");
}

async function refusal(client) {
  const result = await call(client, TOOL, { rate: "abc", cashFlows: [] });
  const text = result.content.map((part) => part.text).join("\n");
  ensure(result.isError === true, `not an error: ${text}`);
  ensure(text.includes("rate") && text.includes("cashFlows"), `does not name both problems: ${text}`);
}

async function unknownTool(client) {
  const outcome = await call(client, "no_such_tool", {}).then((result) => result, (error) => error);
  ensure(outcome?.code === -32602, `wanted error -32602, got ${outcome?.message ?? JSON.stringify(outcome)}`);
}

async function read(client, uri, wanted) {
  const { contents } = await client.readResource({ uri });
  ensure(contents[0]?.uri === uri && contents[0].text.includes(wanted), contents);
}

async function resources(client) {
  const uri = "docs://tvm-formulas";
  const uris = (await pages((params) => client.listResources(params), "resources")).map((resource) => resource.uri);
  ensure(uris.includes(uri), `${uri} is not among ${uris.length}`);
  await read(client, uri, "NPV");
}

async function templates(client) {
  const listed = await pages((params) => client.listResourceTemplates(params), "resourceTemplates");
  ensure(listed.some((template) => template.uriTemplate === "docs://tools/{name}"), listed);
  await read(client, `docs://tools/${TOOL}`, TOOL);
}

async function prompts(client) {
  const name = "analyze_investment";
  const names = (await pages((params) => client.listPrompts(params), "prompts")).map((prompt) => prompt.name);
  ensure(names.includes(name), `${name} is not among ${names.length}`);
  const got = await client.getPrompt({ name, arguments: { investment_amount: "-100000", discount_rate: "0.12" } });
  const text = JSON.stringify(got.messages);
  ensure(text.includes("100000") && text.includes("0.12"), `the arguments are not in ${text}`);
}

async function completion(client) {
  const prompt = await client.complete({
    ref: { type: "ref/prompt", name: "analyze_investment" },
    argument: { name: "discount_rate", value: "0." },
  });
  ensure(Array.isArray(prompt.completion.values), prompt);
  const variable = await client.complete({
    ref: { type: "ref/resource", uri: "docs://tools/{name}" },
    argument: { name: "name", value: "calculate_np" },
  });
  ensure(variable.completion.values.includes(TOOL), variable);
}

/** A call that takes a while by its sheer size; whether it ends or not, the connection must go on. */
async function cancel(client) {
  const abort = new AbortController();
  const flows = Array.from({ length: 200_000 }, (_, t) => t);
  const outcome = call(client, TOOL, { rate: 0.01, cashFlows: flows }, { signal: abort.signal }).catch((error) => error);
  setTimeout(() => abort.abort("not wanted any more"), 5);
  await outcome;
  await npv(client);
}

/** The session ends when the client says so: afterwards its id is unknown. */
async function endOfSession(wire, id) {
  await wire.terminateSession();
  const answer = await fetch(url, {
    method: "POST",
    headers: {
      Authorization: `Bearer ${key}`,
      "Content-Type": "application/json",
      Accept: "application/json, text/event-stream",
      "Mcp-Session-Id": id,
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" }),
  });
  ensure(answer.status === 404, `wanted 404 for an ended session, got ${answer.status}`);
}

async function reconnect() {
  const again = await connect();
  await npv(again.client).finally(() => again.client.close());
}

async function wrongKey() {
  const error = await connect("not-a-key-of-this-server").then(
    (made) => made.client.close().then(() => undefined),
    (error) => error,
  );
  ensure(error !== undefined, "it was accepted");
  const said = `${error.status} ${error.code} ${error.name} ${error.message}`;
  ensure(/\b401\b|unauthorized/i.test(said), `refused for another reason: ${said}`);
}

// --- in order --------------------------------------------------------------------------------------------------------------

let opened;
if (
  await check("connect", async () => {
    opened = await connect();
    ensure(opened.client.getServerVersion()?.name === "businessmath-mcp-server", opened.client.getServerVersion() ?? "nameless");
  })
) {
  const { client, wire } = opened;
  const can = client.getServerCapabilities() ?? {};
  const modern = client.getNegotiatedProtocolVersion?.() === MODERN;
  if (mode === "auto") await optional(`revision ${MODERN}`, modern, async () => {}, "the server answered in an older one");
  await check("tools", () => tools(client));
  await check("call", () => npv(client));
  await check("refusal", () => refusal(client));
  await check("unknown tool", () => unknownTool(client));
  await optional("resources", can.resources, () => resources(client));
  await optional("resource templates", can.resources, () => templates(client));
  await optional("prompts", can.prompts, () => prompts(client));
  await optional("completion", can.completions, () => completion(client));
  if (!modern) await check("ping", () => client.ping());
  await check("cancel", () => cancel(client));
  if (transportName === "http" && !modern) {
    const id = wire.sessionId;
    await optional("end of session", id !== undefined, () => endOfSession(wire, id), "the server gave no session id");
  }
  await client.close();
  await check("reconnect", reconnect);
  if (transportName === "http" || transportName === "sse") await check("a wrong key is refused", wrongKey);
}
// Timers and sockets of a failed client must not keep this process.
process.exit(0);
