"""fast-bitrix24: list-all over pages and batches, by id, create, update, errors, rate limit."""

from fast_bitrix24 import Bitrix
from fast_bitrix24.server_response import ErrorInServerResponseException

from check import WEBHOOK, admin, check, raises, switch

# The bucket of the portal is off, so the client may be generous with its own.
client = Bitrix(WEBHOOK, verbose=False, request_pool_size=1000, requests_per_second=1000.0)
admin("seed", {"deals": 230})


@check("get_all collects 230 deals over pages")
def _():
    deals = client.get_all("crm.deal.list", {"select": ["ID", "TITLE"], "filter": {">ID": 0}})
    assert len(deals) == 230, len(deals)
    assert {d["ID"] for d in deals} == {str(n) for n in range(1, 231)}


@check("get_all of the universal list")
def _():
    deals = client.get_all("crm.item.list", {"entityTypeId": 2, "select": ["id"]})
    assert len(deals) == 230, len(deals)
    assert isinstance(deals[0]["id"], int)


@check("get_all of lists without pages")
def _():
    assert len(client.get_all("crm.status.list", {"filter": {"ENTITY_ID": "DEAL_STAGE_5"}})) == 8
    assert len(client.get_all("crm.category.list", {"entityTypeId": 2})) == 2
    assert [c["CURRENCY"] for c in client.get_all("crm.currency.list")] == ["RUB", "USD"]


@check("get_by_ID in batches")
def _():
    deals = client.get_by_ID("crm.deal.get", [str(n) for n in range(1, 121)])
    assert len(deals) == 120
    assert deals["7"]["ORIGIN_ID"] == "6"


@check("list_and_get")
def _():
    assert len(client.list_and_get("crm.contact")) == 230


@check("create, read, update a deal with its contact and rows")
def _():
    contact = client.call("crm.contact.add", {"fields": {"NAME": "Анна", "PHONE": [{"VALUE": "+79990001122", "VALUE_TYPE": "MOBILE"}]}})
    deal = client.call("crm.deal.add", {"fields": {"TITLE": "Заказ & «17»", "CATEGORY_ID": 5, "CONTACT_IDS": [contact]}})
    client.call("crm.deal.productrows.set", {"id": deal, "rows": [{"PRODUCT_NAME": "Чай", "PRICE": 10.5, "QUANTITY": 2}]})
    client.call("crm.deal.update", {"id": deal, "fields": {"STAGE_ID": "C5:EXECUTING"}})
    read = client.call("crm.deal.get", {"id": deal}, raw=True)["result"]
    assert read["TITLE"] == "Заказ & «17»" and read["STAGE_ID"] == "C5:EXECUTING", read
    assert read["OPPORTUNITY"] == "21.00" and read["CONTACT_ID"] == str(contact), read


@check("many calls at once become batches")
def _():
    made = client.call("crm.deal.add", [{"fields": {"TITLE": f"n{n}"}} for n in range(120)])
    assert len(made) == 120
    read = client.get_by_ID("crm.deal.get", made)
    # Batches overtake each other in this client, so only the set is certain.
    assert {read[str(i)]["TITLE"] for i in made} == {f"n{n}" for n in range(120)}


@check("call_batch with references")
def _():
    answer = client.call_batch(
        {
            "halt": 1,
            "cmd": {
                "deal": "crm.deal.add?fields[TITLE]=chained",
                "rows": "crm.deal.productrows.set?id=$result[deal]&rows[0][PRICE]=7&rows[0][PRODUCT_NAME]=x",
                "read": "crm.deal.get?id=$result[deal]",
            },
        }
    )
    assert answer["read"]["OPPORTUNITY"] == "7.00", answer


@check("an error names its method")
def _():
    raises((ErrorInServerResponseException, RuntimeError), "Not found", lambda: client.call("crm.deal.get", {"id": 999999}))


@check("a 503 is tried again")
def _():
    switch(faults=[{"kind": "error", "method": "crm.deal.get", "times": 1, "status": 503, "error": "QUERY_LIMIT_EXCEEDED"}])
    assert client.call("crm.deal.get", {"id": 1}, raw=True)["result"]["ID"] == "1"
