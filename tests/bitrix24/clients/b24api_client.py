"""b24api: typed envelopes, four ways to list, batches, retries."""

import logging
import os

os.environ["BITRIX24_API_WEBHOOK_URL"] = os.environ["WEBHOOK"]
os.environ["BITRIX24_API_RETRY_DELAY"] = "0.05"

from b24api import Bitrix24  # noqa: E402
from b24api.entity import Request  # noqa: E402
from b24api.error import ApiResponseError  # noqa: E402

from check import admin, check, raises, switch  # noqa: E402

logging.disable(logging.WARNING)
client = Bitrix24()
admin("seed", {"deals": 160})


@check("a call")
def _():
    assert client.call({"method": "profile"})["ID"] == "1"


@check("list_sequential")
def _():
    assert len(list(client.list_sequential({"method": "crm.deal.list", "parameters": {"select": ["ID"]}}))) == 160


@check("list_batched")
def _():
    deals = list(client.list_batched({"method": "crm.item.list", "parameters": {"entityTypeId": 2}}))
    assert len(deals) == 160, len(deals)


@check("list_batched_no_count")
def _():
    deals = list(client.list_batched_no_count({"method": "crm.deal.list", "parameters": {"select": ["ID"]}}))
    assert sorted(int(d["ID"]) for d in deals) == list(range(1, 161)), len(deals)


@check("reference_batched_no_count")
def _():
    updates = ({"=ORIGIN_ID": str(n)} for n in range(5))
    request = {"method": "crm.deal.list", "parameters": {"select": ["ID", "ORIGIN_ID"]}}
    found = list(client.reference_batched_no_count(request, updates))
    assert sorted(d["ORIGIN_ID"] for d in found) == ["0", "1", "2", "3", "4"], found


@check("a batch of 120 reads with payload")
def _():
    requests = ((Request(method="crm.deal.get", parameters={"id": n}), n) for n in range(1, 121))
    answers = list(client.batch(requests, with_payload=True))
    assert [(a["ID"], n) for a, n in answers] == [(str(n), n) for n in range(1, 121)]


@check("create and read rows")
def _():
    deal = client.call({"method": "crm.item.add", "parameters": {"entityTypeId": 2, "fields": {"title": "x", "categoryId": 5}}})["item"]
    rows = [{"productName": "Чай", "price": 0.1, "quantity": 3}]
    parameters = {"ownerType": "D", "ownerId": deal["id"], "productRows": rows}
    row = client.call({"method": "crm.item.productrow.set", "parameters": parameters})["productRows"][0]
    assert (row["price"], row["quantity"], row["measureCode"]) == (0.1, 3, 0), row


@check("errors with empty and numeric codes")
def _():
    raises(ApiResponseError, "Not found", lambda: client.call({"method": "crm.deal.get", "parameters": {"id": 999999}}))
    raises(ApiResponseError, "100", lambda: client.call({"method": "crm.item.get", "parameters": {"entityTypeId": 2}}))
    raises(ApiResponseError, "insufficient_scope", lambda: switch(scopes=["user"]) or client.call({"method": "crm.deal.list"}))


@check("the leaky bucket is waited for")
def _():
    switch(rate_limit={"x": 3, "y": 20})
    assert all(client.call({"method": "profile"}) for _ in range(10))


@check("a 502 page, a cut connection and an operating limit are tried again")
def _():
    switch(faults=[
        {"kind": "html", "times": 1},
        {"kind": "cut", "times": 1},
        {"kind": "error", "times": 1, "status": 429, "error": "OPERATION_TIME_LIMIT"},
    ])
    assert client.call({"method": "crm.deal.get", "parameters": {"id": 1}})["ID"] == "1"
