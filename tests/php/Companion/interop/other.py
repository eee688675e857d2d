"""PyPI's `standardwebhooks`: judges what the module has signed, and signs the same messages itself."""

import json
import sys
from datetime import datetime, timezone

from standardwebhooks.webhooks import Webhook

answers = []
for case in json.load(sys.stdin):
    webhook = Webhook(case["secret"])
    try:
        webhook.verify(case["body"], case["headers"])
        good = True
    except Exception:
        good = False
    at = datetime.now(timezone.utc).replace(microsecond=0)
    name = "msg_python_" + case["headers"]["webhook-id"]
    answers.append({
        "good": good,
        "signed": {
            "webhook-id": name,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": webhook.sign(name, at, case["body"]),
        },
    })
json.dump(answers, sys.stdout)
