"""What the packages of all OpenCarts share, wherever each of them wants it."""

import pathlib

import packing

HERE = pathlib.Path(__file__).resolve().parent


def library(folder: str, version: pathlib.Path, core: pathlib.Path) -> dict:
    """The adapter with one version's differences, the bridge and the core."""
    entries = {folder + name: HERE / name for name in ("boot.php", "cli.php")}
    entries |= {f"{folder}adapter/{name}": path for name, path in packing.files(HERE / "adapter")}
    entries |= {f"{folder}edition/{name}": path for name, path in packing.files(version / "edition")}
    entries |= packing.bridge(folder, core)
    entries[folder + "LICENSE"] = packing.ROOT / "LICENSE"
    return entries


def admin(texts: str, view: str, assets: str, core: pathlib.Path) -> dict:
    """The admin's page: its texts, its view, and the settings app with the core for the browser."""
    entries = {texts.format(path.stem): path for _, path in packing.files(HERE / "language")}
    entries[view] = HERE / "view" / "orderbridge.twig"
    for name, path in packing.app("", core).items():
        entries[assets + name.removeprefix("pkg/admin/").removeprefix("pkg/js/")] = path
    return entries
