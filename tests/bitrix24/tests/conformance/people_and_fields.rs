//! Points 11 to 13: contacts, duplicates, user fields.

use serde_json::{json, Value};

use super::support::Portal;
use super::text;

#[test]
fn point_11_contacts_and_their_phones() {
    let portal = Portal::start();
    let add = json!({"fields": {"NAME": "Иван", "LAST_NAME": "Петров", "PHONE": [{"VALUE": "+79991234567", "VALUE_TYPE": "MOBILE"}]}});
    let id = portal.call("crm.contact.add", &add);
    let get = || portal.call("crm.contact.get", &json!({"id": id}));
    assert_eq!(
        get()["PHONE"],
        json!([{"ID": "1", "VALUE_TYPE": "MOBILE", "VALUE": "+79991234567", "TYPE_ID": "PHONE"}])
    );
    assert!(get().get("EMAIL").is_none());
    assert_eq!(
        (&get()["HAS_PHONE"], &get()["HAS_EMAIL"], &get()["BIRTHDATE"]),
        (&json!("Y"), &json!("N"), &json!(""))
    );
    let update = |fields: Value| portal.call("crm.contact.update", &json!({"id": id, "fields": fields}));
    update(json!({"PHONE": [{"VALUE": "+79991234567", "VALUE_TYPE": "WORK"}]}));
    assert_eq!(get()["PHONE"].as_array().unwrap().len(), 2);
    update(json!({"PHONE": [{"ID": "1", "VALUE": "+70000000000", "VALUE_TYPE": "HOME"}]}));
    assert_eq!(
        get()["PHONE"][0],
        json!({"ID": "1", "VALUE_TYPE": "HOME", "VALUE": "+70000000000", "TYPE_ID": "PHONE"})
    );
    update(json!({"PHONE": [{"ID": "1", "DELETE": "Y"}, {"ID": "2", "VALUE": ""}]}));
    assert!(get().get("PHONE").is_none());
    update(json!({"EMAIL": [{"VALUE": "a@b.ru", "VALUE_TYPE": "WORK"}]}));
    let row = portal.call("crm.contact.list", &json!({"filter": {"EMAIL": "a@b.ru"}}));
    assert!(row[0].get("EMAIL").is_none(), "{row}");
    let row = portal.call("crm.contact.list", &json!({"select": ["ID", "EMAIL"]}));
    assert_eq!(text(&row[0]["EMAIL"][0]["VALUE"]), "a@b.ru");
    let (status, error, text) = portal.refuse(
        "crm.contact.add",
        &json!({"fields": {"NAME": "x", "EMAIL": [{"VALUE": "broken", "VALUE_TYPE": "WORK"}]}}),
    );
    assert_eq!(
        (status, error, text.as_str()),
        (400, json!("ERROR_CORE"), "Поле Рабочий e-mail содержит некорректный адрес")
    );
    let item = portal.call("crm.item.update", &json!({"entityTypeId": 3, "id": id, "fields": {"fm": {
        "n0": {"typeId": "PHONE", "valueType": "WORK", "value": "+71111111111"}, "3": {"typeId": "EMAIL", "value": ""}}}}));
    assert_eq!(
        item["item"]["fm"],
        json!([{"id": 4, "valueType": "WORK", "value": "+71111111111", "typeId": "PHONE"}])
    );
    assert_eq!(item["item"]["phoneWork"], "+71111111111");
}

#[test]
fn point_12_duplicates_by_phone_and_email() {
    let portal = Portal::start();
    let add = |phone: &str| {
        let fields = json!({"NAME": "x", "PHONE": [{"VALUE": phone, "VALUE_TYPE": "WORK"}], "EMAIL": [{"VALUE": "Some@Mail.ru", "VALUE_TYPE": "WORK"}]});
        portal.call("crm.contact.add", &json!({ "fields": fields }))
    };
    let first = add("8 (999) 123-45-67");
    let find = |kind: &str, value: &str| {
        portal.call("crm.duplicate.findbycomm", &json!({"type": kind, "values": [value]}))
    };
    for spelling in ["+7 999 123-45-67", "79991234567", "89991234567", "8(999)1234567 доб. #15"] {
        assert_eq!(find("PHONE", spelling), json!({"CONTACT": [first]}), "{spelling}");
    }
    assert_eq!(find("PHONE", "9991234567"), json!([]));
    assert_eq!(find("EMAIL", " some@mail.RU "), json!({"CONTACT": [first]}));
    for _ in 0..24 {
        add("+70000000001");
    }
    portal.call("crm.company.add", &json!({"fields": {"TITLE": "x", "PHONE": [{"VALUE": "+70000000001"}]}}));
    let found = find("PHONE", "+70000000001");
    assert_eq!(found["CONTACT"].as_array().unwrap().len(), 20);
    assert!(found.get("COMPANY").is_none());
    let company = json!({"type": "PHONE", "values": ["+70000000001"], "entity_type": "COMPANY"});
    assert_eq!(portal.call("crm.duplicate.findbycomm", &company), json!({"COMPANY": [1]}));
    let (status, error, text) = portal.refuse("crm.duplicate.findbycomm", &json!({"values": ["1"]}));
    assert_eq!(
        (status, error, text.as_str()),
        (400, json!("Communication type is not defined"), "Parameter 'type' is required.")
    );
}

#[test]
fn point_13_user_fields() {
    let portal = Portal::start();
    let add = |fields: Value| portal.post("crm.deal.userfield.add", &json!({ "fields": fields })).json();
    let field = json!({"FIELD_NAME": "shop_order_id", "USER_TYPE_ID": "string", "SHOW_FILTER": "Y", "EDIT_IN_LIST": "N", "LABEL": "Номер заказа",
        "EDIT_FORM_LABEL": {"en": "Order No"}});
    assert_eq!(add(field.clone())["result"], 1);
    assert_eq!(add(field)["error"], "ERROR_CORE");
    for name in ["UF_SHOP_ORDER_ID", "UF_CRM_SHOP_ORDER_ID"] {
        assert_eq!(add(json!({"FIELD_NAME": name, "USER_TYPE_ID": "string"}))["error"], "ERROR_CORE");
    }
    for (bad, part) in [("ИМЯ", "недопустимые символы"), (&*"X".repeat(44), "слишком длинное")]
    {
        let answer = add(json!({"FIELD_NAME": bad, "USER_TYPE_ID": "string"}));
        assert!(text(&answer["error_description"]).contains(part), "{answer}");
    }
    assert_eq!(
        add(json!({"FIELD_NAME": "A", "USER_TYPE_ID": "nonsense"}))["error_description"],
        "Указан неверный пользовательский тип."
    );
    assert_eq!(
        add(json!({"USER_TYPE_ID": "string"}))["error_description"],
        "The 'FIELD_NAME' field is not found."
    );
    let list = |filter: Value| portal.whole("crm.deal.userfield.list", &json!({ "filter": filter }));
    let plain = list(json!({"FIELD_NAME": "UF_CRM_SHOP_ORDER_ID"}));
    assert_eq!(plain["total"], 1);
    let row = &plain["result"][0];
    assert_eq!(
        (&row["ID"], &row["SHOW_FILTER"], &row["EDIT_IN_LIST"], &row["ENTITY_ID"]),
        (&json!("1"), &json!("E"), &json!("N"), &json!("CRM_DEAL"))
    );
    assert!(row.get("EDIT_FORM_LABEL").is_none());
    let labelled = list(json!({"FIELD_NAME": "UF_CRM_SHOP_ORDER_ID", "LANG": "ru"}));
    assert_eq!(labelled["result"][0]["EDIT_FORM_LABEL"], "Номер заказа");
    let full = portal.call("crm.deal.userfield.get", &json!({"id": 1}));
    assert_eq!(full["EDIT_FORM_LABEL"], json!({"ru": "Номер заказа", "en": "Order No"}));
    let id = portal.deal(json!({"UF_CRM_SHOP_ORDER_ID": "17"}));
    assert_eq!(portal.deal_of(id)["UF_CRM_SHOP_ORDER_ID"], "17");
    let found = portal.call("crm.item.list", &json!({"entityTypeId": 2, "filter": {"ufCrmShopOrderId": "17"}, "select": ["id", "ufCrmShopOrderId"]}));
    assert_eq!(found["items"], json!([{"id": 1, "ufCrmShopOrderId": "17"}]));
    let original =
        portal.call("crm.item.get", &json!({"entityTypeId": 2, "id": id, "useOriginalUfNames": "Y"}));
    assert_eq!(original["item"]["UF_CRM_SHOP_ORDER_ID"], "17");
    let fields = portal.call("crm.item.fields", &json!({"entityTypeId": 2}));
    assert_eq!(fields["fields"]["ufCrmShopOrderId"]["upperName"], "UF_CRM_SHOP_ORDER_ID");
}

#[test]
fn point_13_the_newer_door_to_user_fields() {
    let portal = Portal::start();
    let field = json!({"entityId": "CRM_DEAL", "fieldName": "UF_CRM_KIND", "userTypeId": "enumeration",
        "editFormLabel": {"ru": "Вид"}, "enum": [{"value": "первый", "sort": 10, "def": "Y"}, {"value": "второй", "sort": 20}]});
    let add = json!({"moduleId": "crm", "field": field});
    assert_eq!(portal.refuse("userfieldconfig.add", &add).1, json!("insufficient_scope"));
    portal.switch(json!({"scopes": ["crm", "userfieldconfig"]}));
    let made = portal.call("userfieldconfig.add", &add)["field"].clone();
    assert_eq!((&made["id"], &made["fieldName"]), (&json!("1"), &json!("UF_CRM_KIND")));
    assert_eq!(made["enum"][1]["value"], "второй");
    assert_eq!(made["editFormLabel"]["ru"], "Вид");
    let same = portal.call("crm.deal.userfield.list", &json!({"filter": {"FIELD_NAME": "UF_CRM_KIND"}}));
    assert_eq!(same[0]["LIST"][0]["VALUE"], "первый");
    let id = portal.deal(json!({"UF_CRM_KIND": same[0]["LIST"][1]["ID"]}));
    let item = portal.call("crm.item.get", &json!({"entityTypeId": 2, "id": id}));
    assert_eq!(item["item"]["ufCrmKind"], 2);
    let listed =
        portal.whole("userfieldconfig.list", &json!({"moduleId": "crm", "filter": {"entityId": "CRM_DEAL"}}));
    assert_eq!(
        (&listed["total"], &listed["result"]["fields"][0]["userTypeId"]),
        (&json!(1), &json!("enumeration"))
    );
    portal.call("userfieldconfig.delete", &json!({"moduleId": "crm", "id": 1}));
    assert_eq!(
        portal.refuse("userfieldconfig.get", &json!({"moduleId": "crm", "id": 1})).1,
        json!("NOT_FOUND")
    );
    assert!(portal.deal_of(id).get("UF_CRM_KIND").is_none());
}
