"""b24pysdk over https with an authority of our own: typed wrappers, lists, batches, typed errors."""

from b24pysdk import BitrixWebhook, Client, Config
from b24pysdk import errors

from check import WEBHOOK, admin, check, raises, switch

domain = WEBHOOK.split("//")[1].split("/")[0]
Config().configure(default_initial_retry_delay=0.05, default_retry_delay_increment=0.05)
token = BitrixWebhook(domain=domain, webhook_token="/".join(WEBHOOK.rstrip("/").split("/")[-2:]))
client = Client(token)
admin("seed", {"deals": 130})


@check("profile over https")
def _():
    assert client.profile().result["ADMIN"] is True


@check("a page with total and next")
def _():
    request = client.crm.deal.list(select=["ID"], order={"ID": "ASC"})
    assert (len(request.result), request.response.total, request.response.next) == (50, 130, 50)
    assert request.time.operating is not None


@check("as_list over pages")
def _():
    assert len(client.crm.deal.list(select=["ID"]).as_list().result) == 130


@check("as_list_fast by id")
def _():
    found = [d["ID"] for d in client.crm.deal.list(select=["ID"]).as_list_fast().result]
    assert sorted(map(int, found)) == list(range(1, 131)), len(found)


@check("the universal list")
def _():
    assert len(client.crm.item.list(entity_type_id=2, select=["id"]).as_list().result) == 130


@check("deal, contact, rows and user field")
def _():
    field = client.crm.deal.userfield.add(fields={"FIELD_NAME": "SHOP_ORDER_ID", "USER_TYPE_ID": "string", "LABEL": "Номер заказа"}).result
    assert isinstance(field, int)
    contact = client.crm.contact.add(fields={"NAME": "Анна", "EMAIL": [{"VALUE": "a@b.ru", "VALUE_TYPE": "WORK"}]}).result
    deal = client.crm.deal.add(fields={"TITLE": "Заказ", "CATEGORY_ID": 5, "CONTACT_ID": contact, "UF_CRM_SHOP_ORDER_ID": "17"}).result
    rows = [{"PRODUCT_NAME": "Чай", "PRICE": 99.9, "QUANTITY": 2, "TAX_RATE": 20}]
    assert client.crm.deal.productrows.set(bitrix_id=deal, rows=rows).result is True
    assert client.crm.deal.productrows.get(bitrix_id=deal).result[0]["PRICE"] == 99.9
    assert client.crm.deal.update(bitrix_id=deal, fields={"STAGE_ID": "C5:WON"}).result is True
    read = client.crm.deal.get(bitrix_id=deal).result
    assert (read["UF_CRM_SHOP_ORDER_ID"], read["OPPORTUNITY"], read["CLOSED"]) == ("17", "199.80", "Y"), read
    found = client.crm.duplicate.findbycomm(type="EMAIL", values=["A@b.ru"]).result
    assert found == {"CONTACT": [contact]}, found


@check("call_batch keeps keys")
def _():
    requests = {"a": client.crm.deal.get(bitrix_id=1), "b": client.crm.deal.get(bitrix_id=2)}
    result = client.call_batch(requests).result.result
    assert [result["a"]["ID"], result["b"]["ID"]] == ["1", "2"], result


@check("call_batches of 120")
def _():
    requests = [client.crm.deal.get(bitrix_id=n) for n in range(1, 121)]
    # The client itself merges its batches into one mapping.
    found = client.call_batches(requests).result.result
    assert [d["ID"] for d in found.values()] == [str(n) for n in range(1, 121)], len(found)


@check("errors have their types")
def _():
    raises(errors.BitrixAPIError, "Not found", lambda: client.crm.deal.get(bitrix_id=999999).result)
    raises(errors.BitrixAPIInvalidArgValue, "nonsense", lambda: client.crm.item.list(entity_type_id=2, filter={"nonsense": 1}).result)
    raises(errors.BitrixAPIWrongAuthType, "denied", lambda: token.call_method("event.get", {}))
    bad = BitrixWebhook(domain=domain, webhook_token="1/wrongtoken")
    raises(errors.BitrixAPIInvalidCredentials, "credentials", lambda: bad.call_method("profile", {}))


@check("a rate limit is waited for")
def _():
    switch(rate_limit={"x": 2, "y": 20})
    assert all(token.call_method("profile", {})["result"]["ID"] == "1" for _ in range(6))
