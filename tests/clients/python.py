"""Drives the server with the official Python client: python.py stdio|sse|http initialize|auto

Runs on the 1.x line of the package as on the 2.x line: what a method returns is looked at in its wire form, which both share.
Reads BINARY, URL, SSE_URL and KEY from the environment; prints one line a check: `ok`, `skip` or `FAIL`, and its name.
"""

import asyncio
import importlib.metadata
import os
import sys
import warnings
from contextlib import asynccontextmanager

import anyio
from mcp import ClientSession, StdioServerParameters
from mcp.client.sse import sse_client
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client

# Methods that only the older revisions have are deprecated in 2.x; those revisions are exactly what is driven here.
warnings.simplefilter("ignore")

TRANSPORT, MODE = sys.argv[1:3]
BINARY, URL, SSE_URL, KEY = (os.environ[name] for name in ("BINARY", "URL", "SSE_URL", "KEY"))
NEW = int(importlib.metadata.version("mcp").split(".")[0]) >= 2
TOOL = "calculate_npv"
MODERN = "2026-07-28"

if NEW:
    import httpx2 as httpx
    import mcp_types as types
    from mcp import Client, MCPError as McpError
else:
    import httpx
    from mcp import McpError, types
    from pydantic import AnyUrl


# --- reporting ---------------------------------------------------------------------------------------------------------------


def ensure(condition, why):
    if not condition:
        raise AssertionError(str(why))


def reason(error):
    """The innermost errors of a group: task groups wrap what really happened."""
    if isinstance(error, BaseExceptionGroup):
        return "; ".join(reason(inner) for inner in error.exceptions)
    return " ".join(f"{type(error).__name__}: {error}".split())


async def check(name, work):
    try:
        async with asyncio.timeout(30):
            await work
        print(f"ok {name}", flush=True)
    except Exception as error:
        print(f"FAIL {name}: {reason(error)}", flush=True)


async def optional(name, advertised, work, why="the server does not advertise it"):
    """A check of what a server may leave out."""
    if advertised:
        await check(name, work)
    else:
        work.close()
        print(f"skip {name}: {why}", flush=True)


# --- one interface over both lines ---------------------------------------------------------------------------------------------


def wire(result):
    return result.model_dump(by_alias=True, mode="json", exclude_none=True)


class Connection:
    """An open client, whatever the package calls it; `answers` are the HTTP answers seen so far."""

    def __init__(self, client, server, answers):
        self.client, self.server, self.answers = client, server, answers

    async def page(self, method, cursor):
        call = getattr(self.client, method)
        if NEW:
            return wire(await call(cursor=cursor))
        return wire(await call(params=types.PaginatedRequestParams(cursor=cursor)))

    async def pages(self, method, field):
        found, cursor = [], None
        for _ in range(100):
            result = await self.page(method, cursor)
            found += result[field]
            cursor = result.get("nextCursor")
            if cursor is None:
                return found
        raise AssertionError("more than 100 pages")

    async def call(self, name, arguments):
        return wire(await self.client.call_tool(name, arguments))

    async def read(self, uri, wanted):
        contents = wire(await self.client.read_resource(uri if NEW else AnyUrl(uri)))["contents"]
        ensure(contents[0]["uri"] == uri and wanted in contents[0]["text"], contents)

    async def complete(self, kind, key, value, argument, text):
        model = types.PromptReference if kind == "ref/prompt" else types.ResourceTemplateReference
        result = await self.client.complete(model(type=kind, **{key: value}), {"name": argument, "value": text})
        return wire(result)["completion"]["values"]

    async def ping(self):
        await self.client.send_ping()

    async def tell_cancelled(self):
        """2.x tells the server by itself when a call is abandoned; 1.x leaves that, and the id, to its caller."""
        if not NEW:
            params = types.CancelledNotificationParams(requestId=self.client._request_id - 1, reason="abandoned")
            await self.client.send_notification(types.ClientNotification(types.CancelledNotification(params=params)))


@asynccontextmanager
async def transport(key, answers):
    async def seen(response):
        answers.append((response.request.method, response.status_code, response.headers.get("mcp-session-id")))

    headers = {"Authorization": f"Bearer {key}"}
    if TRANSPORT == "stdio":
        with open(os.devnull, "w") as nowhere:
            async with stdio_client(StdioServerParameters(command=BINARY), errlog=nowhere) as streams:
                yield streams
    elif TRANSPORT == "sse":
        async with sse_client(SSE_URL, headers=headers) as streams:
            yield streams
    else:
        async with httpx.AsyncClient(headers=headers, timeout=30, event_hooks={"response": [seen]}) as client:
            async with streamable_http_client(URL, http_client=client) as streams:
                yield streams[:2]


@asynccontextmanager
async def connect(key=KEY, answers=None):
    answers = [] if answers is None else answers
    if NEW:
        async with Client(transport(key, answers), mode="auto" if MODE == "auto" else "legacy") as client:
            server = {"name": client.server_info and client.server_info.name}
            server |= {"revision": client.protocol_version, "can": wire(client.server_capabilities)}
            yield Connection(client, server, answers)
    else:
        async with transport(key, answers) as streams, ClientSession(*streams) as client:
            opened = wire(await client.initialize())
            server = {"name": opened["serverInfo"]["name"], "revision": opened["protocolVersion"], "can": opened["capabilities"]}
            yield Connection(client, server, answers)


# --- the steps -----------------------------------------------------------------------------------------------------------------


async def opening(c):
    ensure(c.server["name"] == "businessmath-mcp-server", c.server)


async def npv(c):
    result = await c.call(TOOL, {"rate": 0.1, "cashFlows": [-100, 121]})
    ensure(not result.get("isError") and abs(result["structuredContent"]["npv"] - 10) <= 1e-12, result)


async def tools(c):
    names = [tool["name"] for tool in await c.pages("list_tools", "tools")]
    ensure(TOOL in names, f"no {TOOL} among {len(names)} tools")
    ensure(len(set(names)) == len(names), "a tool is listed twice")


async def refusal(c):
    result = await c.call(TOOL, {"rate": "abc", "cashFlows": []})
    text = "\n".join(part["text"] for part in result["content"])
    ensure(result["isError"] is True, f"not an error: {text}")
    ensure("rate" in text and "cashFlows" in text, f"does not name both problems: {text}")


async def unknown_tool(c):
    try:
        result = await c.call("no_such_tool", {})
    except McpError as error:
        ensure(error.error.code == -32602, error)
    else:
        raise AssertionError(f"wanted error -32602, got {result}")


async def resources(c):
    uri = "docs://tvm-formulas"
    uris = [resource["uri"] for resource in await c.pages("list_resources", "resources")]
    ensure(uri in uris, f"{uri} is not among {len(uris)}")
    await c.read(uri, "NPV")


async def templates(c):
    listed = await c.pages("list_resource_templates", "resourceTemplates")
    ensure(any(template["uriTemplate"] == "docs://tools/{name}" for template in listed), listed)
    await c.read(f"docs://tools/{TOOL}", TOOL)


async def prompts(c):
    name = "analyze_investment"
    names = [prompt["name"] for prompt in await c.pages("list_prompts", "prompts")]
    ensure(name in names, f"{name} is not among {len(names)}")
    got = wire(await c.client.get_prompt(name, {"investment_amount": "-100000", "discount_rate": "0.12"}))
    text = str(got["messages"])
    ensure("100000" in text and "0.12" in text, f"the arguments are not in {text}")


async def completion(c):
    await c.complete("ref/prompt", "name", "analyze_investment", "discount_rate", "0.")
    values = await c.complete("ref/resource", "uri", "docs://tools/{name}", "name", "calculate_np")
    ensure(TOOL in values, values)


async def cancel(c):
    """A call that takes a while by its sheer size; whether it ends or not, the connection must go on."""
    with anyio.move_on_after(0.005):
        await c.call(TOOL, {"rate": 0.01, "cashFlows": list(range(200_000))})
    await c.tell_cancelled()
    await npv(c)


async def reconnect():
    async with connect() as c:
        await npv(c)


async def wrong_key():
    answers = []
    try:
        async with connect("not-a-key-of-this-server", answers):
            pass
    except Exception as error:
        ensure("401" in reason(error) or any(status == 401 for _, status, _ in answers), reason(error))
    else:
        raise AssertionError("it was accepted")


async def ended(answers):
    deleted = [status for method, status, _ in answers if method == "DELETE"]
    ensure(deleted and deleted[-1] in (200, 202, 204), f"answers to DELETE: {deleted}")


async def main():
    answers = []
    try:
        async with asyncio.timeout(180), connect(answers=answers) as c:
            can, modern = c.server["can"], c.server["revision"] == MODERN
            await check("connect", opening(c))
            if MODE == "auto":
                await optional(f"revision {MODERN}", modern, asyncio.sleep(0), "the server answered in an older one")
            await check("tools", tools(c))
            await check("call", npv(c))
            await check("refusal", refusal(c))
            await check("unknown tool", unknown_tool(c))
            await optional("resources", "resources" in can, resources(c))
            await optional("resource templates", "resources" in can, templates(c))
            await optional("prompts", "prompts" in can, prompts(c))
            await optional("completion", "completions" in can, completion(c))
            if not modern:
                await check("ping", c.ping())
            await check("cancel", cancel(c))
    except Exception as error:
        print(f"FAIL connection: {reason(error)}")
        return
    if TRANSPORT == "http" and not modern:
        has_session = any(session for _, _, session in answers)
        await optional("end of session", has_session, ended(answers), "the server gave no session id")
    await check("reconnect", reconnect())
    if TRANSPORT != "stdio":
        await check("a wrong key is refused", wrong_key())


asyncio.run(main())
