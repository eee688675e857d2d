//! Points 5 to 7: types, pages, batches.

use serde_json::{json, Value};

use super::support::Portal;
use super::text;

#[test]
fn point_05_classic_strings_and_item_numbers() {
    let portal = Portal::start();
    let id = portal.deal(json!({
        "TITLE": "Новая сделка #1", "TYPE_ID": "COMPLEX", "CATEGORY_ID": 0, "STAGE_ID": "PREPARATION", "PROBABILITY": 99,
        "OPPORTUNITY": 1_000_000, "IS_MANUAL_OPPORTUNITY": "Y", "BEGINDATE": "2024-08-30", "CLOSEDATE": "09.09.2024",
        "COMMENTS": "[B]text[/B]", "SOURCE_ID": "WEB", "ORIGINATOR_ID": "shop-1", "ORIGIN_ID": "100017",
    }));
    let deal = portal.deal_of(id);
    for (name, value) in [
        ("ID", json!("1")),
        ("PROBABILITY", json!("99")),
        ("CURRENCY_ID", json!("RUB")),
        ("OPPORTUNITY", json!("1000000.00")),
        ("IS_MANUAL_OPPORTUNITY", json!("Y")),
        ("TAX_VALUE", json!("0.00")),
        ("LEAD_ID", Value::Null),
        ("CONTACT_ID", Value::Null),
        ("CATEGORY_ID", json!("0")),
        ("BEGINDATE", json!("2024-08-30T03:00:00+03:00")),
        ("CLOSEDATE", json!("2024-09-09T03:00:00+03:00")),
        ("ASSIGNED_BY_ID", json!("1")),
        ("OPENED", json!("Y")),
        ("CLOSED", json!("N")),
        ("STAGE_SEMANTIC_ID", json!("P")),
        ("IS_NEW", json!("N")),
        ("SOURCE_DESCRIPTION", Value::Null),
        ("MOVED_BY_ID", json!("1")),
    ] {
        assert_eq!(deal[name], value, "{name}");
    }
    assert!(deal.as_object().unwrap().values().all(|v| v.is_string() || v.is_null()), "{deal}");
    let item = portal.call("crm.item.get", &json!({"entityTypeId": 2, "id": id}))["item"].clone();
    for (name, value) in [
        ("id", json!(1)),
        ("opportunity", json!(1_000_000)),
        ("probability", json!(99)),
        ("categoryId", json!(0)),
        ("companyId", json!(0)),
        ("contactId", json!(0)),
        ("contactIds", json!([])),
        ("taxValue", json!(0)),
        ("isManualOpportunity", json!("Y")),
        ("closed", json!("N")),
        ("stageId", json!("PREPARATION")),
        ("movedBy", json!(1)),
        ("entityTypeId", json!(2)),
        ("originId", json!("100017")),
        ("isWork", Value::Null),
    ] {
        assert_eq!(item[name], value, "{name}");
    }
    assert_eq!(item["createdTime"], deal["DATE_CREATE"]);
    assert_eq!(item["updatedTime"], deal["DATE_MODIFY"]);
    let user = portal.call("user.get", &json!({"FILTER": {"ID": 7}}));
    assert_eq!(
        (&user[0]["ID"], &user[0]["ACTIVE"], &user[0]["TIMESTAMP_X"]),
        (&json!("7"), &json!(false), &json!({}))
    );
}

#[test]
fn point_06_paging() {
    let portal = Portal::start();
    portal.admin("seed", &json!({"deals": 120}));
    let page = |method: &str, params: Value| portal.whole(method, &params);
    for (start, next, rows) in [(0, json!(50), 50), (50, json!(100), 50), (100, Value::Null, 20)] {
        let classic = page("crm.deal.list", json!({"start": start, "select": ["ID"]}));
        let item = page("crm.item.list", json!({"entityTypeId": 2, "start": start, "select": ["id"]}));
        assert_eq!((&classic["next"], &classic["total"]), (&next, &json!(120)));
        assert_eq!((&item["next"], &item["total"]), (&next, &json!(120)));
        assert_eq!(classic["result"].as_array().unwrap().len(), rows);
        assert_eq!(item["result"]["items"].as_array().unwrap().len(), rows);
    }
    let classic = page("crm.deal.list", json!({"start": 60, "select": ["ID"]}));
    assert_eq!(classic["result"][0], json!({"ID": "51"}));
    let item = page("crm.item.list", json!({"entityTypeId": 2, "start": 60, "select": ["id"]}));
    assert_eq!(item["result"]["items"][0]["id"], 61);
    let uncounted =
        page("crm.deal.list", json!({"start": -1, "filter": {">ID": 100}, "order": {"ID": "ASC"}}));
    assert_eq!((&uncounted["total"], uncounted.get("next")), (&json!(0), None));
    assert_eq!(uncounted["result"].as_array().unwrap().len(), 20);
    let history =
        page("crm.stagehistory.list", json!({"entityTypeId": 2, "filter": {">ID": 110}, "start": -1}));
    assert_eq!((history["result"]["items"].as_array().unwrap().len(), &history["total"]), (10, &json!(0)));
    assert_eq!(page("crm.currency.list", json!({}))["total"], 0);
}

#[test]
fn point_07_batch() {
    let portal = Portal::start();
    let answer = portal.whole("batch", &json!({"halt": 0, "cmd": {
        "d": "crm.deal.add?fields[TITLE]=Order%2017&fields[OPPORTUNITY]=100",
        "p": "crm.deal.productrows.set?id=$result[d]&rows[0][PRODUCT_NAME]=A&rows[0][PRICE]=100&rows[0][QUANTITY]=1",
        "g": "crm.deal.get?id=$result[d]",
        "n": "crm.deal.update?id=$result[d]&fields[TITLE]=n-$result[g][OPPORTUNITY]",
        "l": "crm.deal.list?select[]=ID",
    }}));
    let result = &answer["result"];
    assert_eq!((&result["result"]["d"], &result["result"]["p"]), (&json!(1), &json!(true)));
    assert_eq!(result["result_error"], json!([]));
    assert_eq!(result["result_total"], json!({"l": 1}));
    assert_eq!(result["result_next"], json!([]));
    assert!(result["result_time"]["d"]["operating"].is_number());
    assert_eq!(text(&portal.deal_of(1)["TITLE"]), "n-100.00");

    let failing = json!({
        "d": "crm.deal.add?fields[TITLE]=x",
        "rows": "crm.deal.productrows.set?id=$result[d]&rows[0][PRICE]=1&rows[0][DISCOUNT_TYPE_ID]=2",
        "z": "crm.deal.delete?id=$result[none]",
    });
    let result = portal.call("batch", &json!({"halt": 0, "cmd": failing}));
    assert_eq!(result["result_error"]["rows"]["error"], "ERROR_CORE");
    assert_eq!(
        result["result_error"]["z"],
        json!({"error": "", "error_description": "ID is not defined or invalid"})
    );
    assert!(result["result_time"].get("rows").is_none());
    let result = portal.call("batch", &json!({"halt": 1, "cmd": failing}));
    assert!(result["result_error"].get("z").is_none() && result["result"].get("z").is_none());

    let many: Vec<&str> = vec!["server.time"; 51];
    let result = portal.call("batch", &json!({"cmd": many}));
    assert_eq!(result["result"].as_array().unwrap().len(), 50);
    assert_eq!(result["result_error"]["50"]["error"], "ERROR_BATCH_LENGTH_EXCEEDED");
    let result = portal
        .call("batch", &json!({"cmd": ["server.time", "batch?cmd[0]=server.time", "nonsense", "profile"]}));
    assert_eq!(result["result_error"]["1"]["error"], "ERROR_BATCH_METHOD_NOT_ALLOWED");
    assert_eq!(result["result_error"]["2"]["error"], "ERROR_METHOD_NOT_FOUND");
    let gap: Vec<&String> = result["result"].as_object().unwrap().keys().collect();
    assert_eq!(gap, ["0", "3"]);
    let empty = portal.call("batch", &json!({"cmd": {}}));
    assert_eq!(empty["result"], json!([]));
    assert_eq!(empty["result_time"], json!([]));
}

#[test]
fn point_07_a_number_within_a_text_decides() {
    let portal = Portal::start();
    // Commands run in the order of their keys here: `json!` sorts them.
    let once = json!({"halt": 0, "cmd": {
        "1twin": "crm.item.list?entityTypeId=2&filter[%3DoriginId]=17&select[]=id",
        "2deal": "crm.item.add?entityTypeId=$total[1twin]00002&fields[originId]=17&fields[title]=x",
        "3rows": "crm.item.productrow.set?ownerType=D&ownerId=0$result[2deal][item][id]&productRows[0][productName]=A",
        "4lost": "crm.item.add?entityTypeId=$total[none]00002&fields[originId]=18",
    }});
    let first = portal.call("batch", &once);
    assert_eq!(first["result"]["2deal"]["item"]["entityTypeId"], 2);
    assert_eq!(first["result"]["3rows"]["productRows"][0]["ownerId"], 1);
    assert_eq!(first["result_error"].as_object().unwrap().keys().collect::<Vec<_>>(), ["4lost"]);
    for round in [1, 12] {
        for _ in 1..round {
            portal.deal(json!({"ORIGIN_ID": "17"}));
        }
        let again = portal.call("batch", &once);
        assert_eq!(again["result_error"]["2deal"]["error"], "NOT_FOUND");
        assert_eq!(again["result_total"]["1twin"], round);
        let found = portal.whole("crm.item.list", &json!({"entityTypeId": 2, "filter": {"=originId": "17"}}));
        assert_eq!(found["total"], round);
    }
}

#[test]
fn point_07_a_reference_within_a_filter() {
    let portal = Portal::start();
    let phone = json!([{"VALUE": "8 (999) 123-45-67"}]);
    let contact = portal.call("crm.contact.add", &json!({"fields": {"NAME": "Иван", "PHONE": phone}}));
    let deal = portal.deal(json!({"CONTACT_IDS": [contact], "ASSIGNED_BY_ID": 6}));
    portal.deal(json!({"CONTACT_IDS": [contact], "STAGE_ID": "WON"}));
    portal.deal(json!({}));
    let cmd = |phone: &str| {
        json!({"halt": 0, "cmd": {
            "1phone": format!("crm.duplicate.findbycomm?type=PHONE&entity_type=CONTACT&values[]={phone}"),
            "2seen": "crm.item.get?entityTypeId=3&id=0$result[1phone][CONTACT][0]",
            "3open": "crm.item.list?entityTypeId=2&filter[%3Dclosed]=N&filter[%3DcontactId]=0$result[1phone][CONTACT][0]&select[]=id&select[]=contactId&select[]=assignedById&select[]=closed",
        }})
    };
    let found = portal.call("batch", &cmd("%2B79991234567"));
    assert_eq!(found["result"]["2seen"]["item"]["fm"][0]["value"], "8 (999) 123-45-67");
    let open = json!([{"id": deal, "contactId": contact, "assignedById": 6, "closed": "N"}]);
    assert_eq!(found["result"]["3open"]["items"], open);
    let nobody = portal.call("batch", &cmd("%2B79990000000"));
    assert_eq!(nobody["result"]["1phone"], json!([]));
    assert_eq!(nobody["result"]["3open"]["items"], json!([]));
    assert_eq!(nobody["result_error"]["2seen"]["error"], "NOT_FOUND");
}

#[test]
fn point_07_batch_as_a_form_is_encoded_twice() {
    let portal = Portal::start();
    let form = "halt=1&cmd[deal]=crm.deal.add%3Ffields%5BTITLE%5D%3D%25D0%2597%25D0%25B0%25D0%25BA%25D0%25B0%25D0%25B7%2B17\
        %26fields%5BCATEGORY_ID%5D%3D5%26fields%5BORIGINATOR_ID%5D%3Dshop-1%26fields%5BORIGIN_ID%5D%3D17\
        &cmd[rows]=crm.deal.productrows.set%3Fid%3D%24result%5Bdeal%5D%26rows%5B0%5D%5BPRODUCT_NAME%5D%3DA\
        %26rows%5B0%5D%5BPRICE%5D%3D100%26rows%5B0%5D%5BQUANTITY%5D%3D2";
    let answer = portal.form("batch.json", form).json();
    assert_eq!(answer["result"]["result"], json!({"deal": 1, "rows": true}));
    let deal = portal.deal_of(1);
    assert_eq!((text(&deal["TITLE"]), text(&deal["OPPORTUNITY"])), ("Заказ 17", "200.00"));
    let journal = portal.look("journal");
    assert_eq!((&journal["http"], &journal["commands"]), (&json!(2), &json!(3)));
    assert_eq!(journal["entries"][0]["commands"][1]["params"]["id"], 1);
}
