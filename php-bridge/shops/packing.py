"""What the packages of all shops have in common.

The same input gives the same bytes: names sorted, rights fixed, one compression level, times made of the contents.
"""

import argparse
import pathlib
import sys
import time
import zipfile
import zlib

BRIDGE = pathlib.Path(__file__).resolve().parent.parent
ROOT = BRIDGE.parent
# What PHP needs of pkg/; core.wasm and the JavaScript door are for other hosts.
CORE = ["core.php", "selftest.json", "BUILD.json"]
LIMIT = 1_500_000


def files(folder: pathlib.Path):
    """Every file below a folder, hidden ones and editors' leavings aside."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and not any(part.startswith(".") or part.endswith("~") for part in inside.parts):
            yield inside.as_posix(), path


def bridge(library: str, core: pathlib.Path) -> dict:
    """The bridge and the built core below a folder of the package; it finds pkg/ beside its own folder."""
    entries = {}
    for part in ("src", "bin", "migrations/mysql"):
        for name, path in files(BRIDGE / part):
            entries[f"{library}bridge/{part}/{name}"] = path
    entries[library + "bridge/autoload.php"] = BRIDGE / "autoload.php"
    for name in CORE:
        entries[f"{library}pkg/{name}"] = core / name
    return entries


def app(library: str, core: pathlib.Path) -> dict:
    """The settings app and the core that it runs in the browser, where `make build` leaves them below pkg/."""
    names = ["admin/app.js", "js/orderbridge_bg.wasm"]
    names += [f"admin/{name}" for name, _ in files(core / "admin") if name != "app.js" and not name.endswith(".map")]
    return {f"{library}pkg/{name}": core / name for name in names}


def moment(content: bytes) -> tuple:
    """A time before 2020 that changes with the file: PHP's opcache takes one of the same time for the same, and an
    owner who unpacks an update over the module would run the old code."""
    return time.gmtime(946684800 + 2 * (zlib.crc32(content) % 315_000_000))[:6]


def write(out: pathlib.Path, entries: dict, first: str) -> int:
    """Writes the zip and returns the exit code; an entry is a file's path or its bytes, `first` comes first."""
    absent = sorted(str(path) for path in entries.values() if isinstance(path, pathlib.Path) and not path.is_file())
    if absent:
        print("pack: absent: " + ", ".join(absent) + " (run `make build` first)", file=sys.stderr)
        return 1
    out.parent.mkdir(parents=True, exist_ok=True)
    names = [first] + sorted(name for name in entries if name != first)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in names:
            content = entries[name] if isinstance(entries[name], bytes) else entries[name].read_bytes()
            entry = zipfile.ZipInfo(name, moment(content))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, content, compresslevel=9)
    size = out.stat().st_size
    print(f"{out.relative_to(ROOT) if out.is_relative_to(ROOT) else out}: {len(names)} files, {size} bytes")
    if size > LIMIT:
        print(f"pack: larger than {LIMIT} bytes", file=sys.stderr)
        return 1
    return 0


def told(about: str, name: str) -> argparse.Namespace:
    """What the command line says: where the package goes, and which build of the core goes into it."""
    arguments = argparse.ArgumentParser(description=about.splitlines()[0])
    arguments.add_argument("--dist", type=pathlib.Path, default=ROOT / "dist", help="the folder to pack into")
    arguments.add_argument("--out", type=pathlib.Path, help="the package's file, instead")
    arguments.add_argument("--pkg", type=pathlib.Path, default=ROOT / "pkg", help="another build of the core")
    given = arguments.parse_args()
    given.out, given.pkg = (given.out or given.dist / name).resolve(), given.pkg.resolve()
    return given
