"""bitrix24-rest: GET with bracket keys, pages, errors; and its broken nested lists."""

import warnings

from bitrix24 import Bitrix24, BitrixError

from check import WEBHOOK, admin, check, raises, switch

warnings.simplefilter("ignore")
client = Bitrix24(WEBHOOK)
admin("seed", {"deals": 130})


@check("all pages of a list")
def _():
    deals = client.callMethod("crm.deal.list", select=["ID"], order={"ID": "ASC"})
    assert len(deals) == 130, len(deals)


@check("a filter in the address")
def _():
    deals = client.callMethod("crm.deal.list", filter={">ID": 125})
    assert [d["ID"] for d in deals] == ["126", "127", "128", "129", "130"]


@check("all pages of a universal list")
def _():
    deals = client.callMethod("crm.item.list", entityTypeId=2)
    assert len(deals["items"]) == 130, len(deals["items"])


@check("create, read, update, delete")
def _():
    deal = client.callMethod("crm.deal.add", fields={"TITLE": "Заказ 17", "CATEGORY_ID": 5})
    assert client.callMethod("crm.deal.update", id=deal, fields={"STAGE_ID": "C5:WON"}) is True
    read = client.callMethod("crm.deal.get", id=deal)
    assert read["TITLE"] == "Заказ 17" and read["CLOSED"] == "Y", read
    assert client.callMethod("crm.deal.delete", id=deal) is True


@check("its mangled rows wipe the deal, as they do in a real portal")
def _():
    client.callMethod("crm.deal.productrows.set", {"id": 1, "rows": [{"PRODUCT_NAME": "x", "PRICE": 5}]})
    assert client.callMethod("crm.deal.productrows.get", id=1) == []


@check("an error is an exception")
def _():
    raises(BitrixError, "400", lambda: client.callMethod("crm.deal.get", id=999999))
    raises(BitrixError, "404", lambda: client.callMethod("crm.nonsense"))


@check("it does not survive a rate limit, and says so")
def _():
    switch(rate_limit={"x": 1, "y": 1})
    client.callMethod("profile")
    raises(BitrixError, "503", lambda: [client.callMethod("profile") for _ in range(3)])
