#!/usr/bin/env python3
"""Puts Vue and React, as ES modules, into examples/vendor/ for the example pages: python3 examples/vendor.py

They come out of two packages of PyPI that carry them (nicegui has Vue 3, dash has React 18), so neither npm nor a build step is
needed. A page of one's own names in its import map wherever it has them from.
"""

import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

VENDOR = Path(__file__).resolve().parent / "vendor"
# What example pages and adapters take from React by name.
REACT_NAMES = ("Fragment StrictMode createContext createElement forwardRef lazy memo useCallback useContext useDeferredValue useEffect useId "
               "useLayoutEffect useMemo useReducer useRef useState useSyncExternalStore useTransition").split()


def newest(names, pattern):
    """The name with the highest version: numbers in it compare as numbers."""
    found = [name for name in names if re.fullmatch(pattern, name)]
    if not found:
        sys.exit(f"vendor.py: the package has no file like {pattern} any more")
    return max(found, key=lambda name: [int(number) for number in re.findall(r"\d+", name)])


def as_module(source, *, imports="", exports=""):
    """A UMD script, which looks for `module`, `exports` and `require`, as an ES module."""
    return f"{imports}const module = {{ exports: {{}} }}, exports = module.exports;\n{source}\nexport default module.exports;\n{exports}"


def main():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, "nicegui", "dash"], check=True)
        wheels = {path.name.split("-")[0]: zipfile.ZipFile(path) for path in Path(folder).glob("*.whl")}
        dash, nicegui = wheels["dash"], wheels["nicegui"]
        react = dash.read(newest(dash.namelist(), r"dash/deps/react@18[\d.]*\.min\.js")).decode()
        dom = dash.read(newest(dash.namelist(), r"dash/deps/react-dom@18[\d.]*\.min\.js")).decode()
        vue = nicegui.read("nicegui/static/vue.esm-browser.prod.js")
    VENDOR.mkdir(exist_ok=True)
    (VENDOR / "vue.js").write_bytes(vue)
    names = json.dumps(REACT_NAMES)[1:-1].replace('"', "")
    (VENDOR / "react.js").write_text(as_module(react, exports=f"export const {{ {names} }} = module.exports;\n"))
    (VENDOR / "react-dom.js").write_text(as_module(
        dom, imports='import React from "react";\nconst require = () => React;\n', exports="export const { createRoot, hydrateRoot } = module.exports;\n"))


if __name__ == "__main__":
    main()
