"""Prints one line a check, and talks to the portal's admin API."""

import json
import os
import ssl
import traceback
import urllib.request

WEBHOOK = os.environ["WEBHOOK"]
BASE = WEBHOOK.split("/rest/")[0]
CONTEXT = ssl.create_default_context(cafile=os.environ["CA_FILE"]) if BASE.startswith("https") else None


def admin(path, body=None, method=None):
    """Calls the admin API."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{BASE}/_/{path}", data, method=method)
    with urllib.request.urlopen(request, context=CONTEXT) as answer:
        return json.load(answer)


def switch(**switches):
    """Turns switches, everything else back to its default."""
    admin("switches", switches, "PUT")


def check(name):
    """Runs a check at once and says how it went."""

    def run(work):
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - a client may raise anything
            place = traceback.extract_tb(error.__traceback__)[-1]
            text = " ".join(f"{type(error).__name__}: {error} ({place.name}:{place.lineno})".split())
            print(f"not ok - {name}: {text[:400]}", flush=True)
        else:
            print(f"ok - {name}", flush=True)
        return work

    return run


def raises(kind, part, work):
    """The work must fail with this error and say this."""
    try:
        work()
    except kind as error:
        assert part.lower() in f"{type(error).__name__} {error}".lower(), f"{type(error).__name__}: {error}"
    else:
        raise AssertionError("nothing was raised")
