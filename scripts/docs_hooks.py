"""For mkdocs (mkdocs.yml): the first page is README.md, which lies outside of the folder; the reference of the API is made from openapi.yaml
and the schemas beside it."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import yaml
from mkdocs.structure.files import File

ROOT = Path(__file__).resolve().parents[1]
METHODS = ("get", "put", "post", "delete", "patch")


# Pages outside of the folder that pages in it lead to, and where they are in the site.
OUTSIDE = {"README.md": "index.md", "CONTRIBUTING.md": "CONTRIBUTING.md", "examples/README.md": "examples/README.md"}


def on_files(files, config):
    for name, place in OUTSIDE.items():
        text = (ROOT / name).read_text(encoding="utf-8")
        files.append(File.generated(config, place, content=re.sub(r"(\]\((?:\.\./)?|src(?:set)?=\")docs/", r"\1", text)))
    files.append(File.generated(config, "api-reference.md", content=reference()))
    return files


def on_page_markdown(markdown, page, **_):
    # A page of the folder is one level higher in the site than in the source.
    return markdown if "/" in page.file.src_uri else re.sub(r"\]\(\.\./(?=examples/|CONTRIBUTING)", "](", markdown)


def reference() -> str:
    """Every route with its parameters, bodies and answers, by the groups that openapi.yaml has."""
    api = yaml.safe_load((ROOT / "docs/openapi.yaml").read_text(encoding="utf-8"))
    lines = [
        "# API reference", "",
        "Made from [openapi.yaml](openapi.yaml). What the parts mean, and the rules that hold for all of them, is in [api.md](api.md). Members in "
        "**bold** are always there.", "",
    ]  # fmt: skip
    for tag in api["tags"]:
        lines += [f"## {tag['name'][0].upper()}{tag['name'][1:]}", ""]
        if "description" in tag:
            lines += [f"{tag['description']}.", ""]
        for path, entry in api["paths"].items():
            for method in METHODS:
                if tag["name"] in entry.get(method, {}).get("tags", []):
                    lines += operation(api, method, path, entry[method])
    return "\n".join(lines) + "\n"


def operation(api: dict, method: str, path: str, entry: dict) -> list[str]:
    lines = [f"### `{method.upper()} {path}`", "", f"{entry['summary']}.", ""]
    if "description" in entry:
        lines += [entry["description"].strip(), ""]
    if entry.get("security") == []:
        lines += ["Without an identity.", ""]
    parameters = [resolved(api, parameter) for parameter in entry.get("parameters", [])]
    if parameters:
        lines += ["| parameter | in | | |", "|---|---|---|---|"]
        for one in parameters:
            need = "required" if one.get("required") else ""
            lines.append(f"| `{one['name']}` | {one['in']} | {need} | {cell(kind(one.get('schema', {}), ROOT / 'docs/openapi.yaml'))} {cell(one.get('description', ''))} |")
        lines.append("")
    body = resolved(api, entry.get("requestBody", {}))
    for media, content in body.get("content", {}).items():
        lines += [f"Body, `{media}`:", "", *members(content.get("schema", {}))]
    lines += ["| status | | |", "|---|---|---|"]
    shown = []
    for status, answer in entry["responses"].items():
        answer = resolved(api, answer)
        kinds = []
        for media, content in answer.get("content", {}).items():
            kinds.append(f"`{media}`")
            schema = content.get("x-event") if media == "text/event-stream" else content.get("schema")
            if str(status).startswith("2") and schema:
                what = "each event" if media == "text/event-stream" else media
                shown.append((what, schema))
        lines.append(f"| {status} | {cell(answer.get('description', ''))} | {', '.join(kinds)} |")
    lines.append("")
    for what, schema in shown:
        described = members(schema)
        if described:
            lines += [f"Answer, {what}:", "", *described]
    return lines


def resolved(api: dict, node: dict) -> dict:
    """What `#/components/…` names."""
    while "$ref" in node:
        target = api
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        node = target
    return node


@cache
def schema_file(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def follow(schema: dict, file: Path) -> tuple[dict, Path]:
    """The schema that a reference leads to, and the file in which it stands."""
    while isinstance(schema, dict) and "$ref" in schema:
        name, _, pointer = schema["$ref"].partition("#")
        if name:
            file = (file.parent / name).resolve()
        if file.suffix != ".json":
            return {}, file
        target = schema_file(file)
        for part in filter(None, pointer.split("/")):
            target = target[part]
        schema = target
    return schema, file


def members(schema: dict, file: Path = ROOT / "docs/openapi.yaml") -> list[str]:
    """A table of an object's members; of several possible objects, a table each."""
    schema, file = follow(schema, file)
    choices = schema.get("oneOf") or schema.get("anyOf")
    if choices and not schema.get("properties"):
        return [line for choice in choices for line in members(choice, file)]
    if "properties" not in schema:
        return []
    required = schema.get("required", [])
    lines = ["| member | |", "|---|---|"]
    for name, value in schema["properties"].items():
        text = f"`{name}`"
        lines.append(f"| {f'**{text}**' if name in required else text} | {cell(kind(value, file))} |")
    return [*lines, ""]


def kind(schema, file: Path, depth: int = 0) -> str:
    """What a value may be, in a line."""
    if not isinstance(schema, dict):
        return ""
    name = schema.get("$ref", "").rpartition("/")[2].removesuffix(".json")
    schema, file = follow(schema, file)
    if "const" in schema:
        return f"`{json.dumps(schema['const'])}`"
    if "enum" in schema:
        return " or ".join(f"`{json.dumps(value)}`" for value in schema["enum"])
    choices = schema.get("oneOf") or schema.get("anyOf")
    if choices and depth < 2:
        return " or ".join(filter(None, (kind(choice, file, depth + 1) for choice in choices)))
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    if "array" in types:
        return f"array of {kind(schema.get('items', {}), file, depth + 1) or 'values'}"
    text = " or ".join(types) or name
    if name and "object" in types:
        text = name
    bounds = [f"{word} {schema[key]}" for key, word in (
        ("minimum", "from"), ("maximum", "to"), ("minLength", "at least"), ("maxLength", "at most"), ("pattern", "of the form"),
    ) if key in schema]  # fmt: skip
    return text + (f" ({', '.join(bounds)})" if bounds else "")


def cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
