//! Every way the portal can be made to misbehave, and what survives a restart.

mod support;

use std::time::Instant;

use serde_json::{json, Value};
use support::{Handler, Portal, TOKEN};

fn add(portal: &Portal) -> Option<support::Answer> {
    let target = format!("/rest/1/{TOKEN}/crm.deal.add");
    portal.send("POST", &target, "application/json", r#"{"fields":{"TITLE":"x"}}"#)
}

fn deals(portal: &Portal) -> Value {
    portal.look("state?only=deals")["deals"].as_array().unwrap().len().into()
}

#[test]
fn faults_without_effect_and_after_commit() {
    let portal = Portal::start();
    let mut expected = 0;
    for (kind, status) in [
        ("cut", None),
        ("html", Some(502)),
        ("error", Some(500)),
        ("login_page", Some(200)),
        ("redirect", Some(302)),
    ] {
        for commit in [false, true] {
            portal.switch(
                json!({"faults": [{"kind": kind, "method": "crm.deal.*", "times": 1, "commit": commit}]}),
            );
            expected += i64::from(commit);
            let answer = add(&portal);
            assert_eq!(answer.as_ref().map(|a| a.status), status, "{kind}");
            assert_eq!(deals(&portal), expected, "{kind} {commit}");
            assert!(add(&portal).unwrap().json()["result"].is_i64(), "{kind} must strike once");
            expected += 1;
        }
    }
    for kind in ["truncated_json", "truncated_body", "empty"] {
        portal.switch(json!({"faults": [{"kind": kind, "times": 1}]}));
        let answer = add(&portal);
        let broken = answer.is_none_or(|a| serde_json::from_str::<Value>(&a.body).is_err());
        assert!(broken, "{kind}");
        expected += 1;
        assert_eq!(deals(&portal), expected, "{kind}");
    }
}

#[test]
fn a_hanging_portal() {
    let portal = Portal::start();
    portal.switch(json!({"faults": [{"kind": "hang", "seconds": 1, "times": 2, "skip": 1}]}));
    assert!(add(&portal).is_some());
    let start = Instant::now();
    assert!(add(&portal).is_none());
    assert!(start.elapsed().as_millis() >= 1000);
    assert_eq!(deals(&portal), 1);
    portal.switch(json!({"faults": [{"kind": "hang", "seconds": 1, "commit": true}]}));
    assert_eq!(add(&portal).unwrap().status, 200);
    assert_eq!(deals(&portal), 2);
}

#[test]
fn an_error_of_one_command_in_a_batch() {
    let portal = Portal::start();
    portal.switch(json!({"faults": [{"kind": "error", "method": "crm.deal.productrows.set", "status": 503,
        "error": "QUERY_LIMIT_EXCEEDED", "error_description": "Too many requests"}]}));
    let cmd = json!({"d": "crm.deal.add?fields[TITLE]=x", "r": "crm.deal.productrows.set?id=$result[d]"});
    let result = portal.call("batch", &json!({ "cmd": cmd }));
    assert_eq!(result["result"]["d"], 1);
    assert_eq!(result["result_error"]["r"]["error"], "QUERY_LIMIT_EXCEEDED");
}

#[test]
fn chance_repeats_itself() {
    let rounds = |seed: u64| {
        let portal = Portal::start();
        portal.switch(json!({"chance_seed": seed, "faults": [{"kind": "html", "percent": 50}]}));
        (0..20).map(|_| add(&portal).unwrap().status == 502).collect::<Vec<_>>()
    };
    let first = rounds(7);
    assert_eq!(first, rounds(7));
    assert!(first.contains(&true) && first.contains(&false));
}

#[test]
fn rate_limits() {
    let portal = Portal::start();
    portal.switch(json!({"rate_limit": {"x": 5, "y": 1}}));
    let statuses: Vec<u16> = (0..8).map(|_| portal.post("profile", &json!({})).status).collect();
    assert_eq!(statuses[..5], [200; 5]);
    assert_eq!(statuses[7], 503);
    portal.switch(json!({"rate_limit": null, "operating_limit": 1, "operating_cost_ms": 600}));
    let list = json!({"select": ["ID"]});
    assert_eq!(portal.post("crm.deal.list", &list).status, 200);
    assert!(portal.whole("crm.deal.list", &list)["time"]["operating"].as_f64().unwrap() > 1.1);
    let refused = portal.refuse("crm.deal.list", &list);
    assert_eq!((refused.0, refused.1), (429, json!("OPERATION_TIME_LIMIT")));
    assert_eq!(portal.post("profile", &json!({})).status, 200, "other methods go on");
}

#[test]
fn states_of_the_portal() {
    let portal = Portal::start();
    for (switch, status, error) in [
        (json!({"https_required": true}), 400, "INVALID_REQUEST"),
        (json!({"portal_closed": true}), 500, "PORTAL_DELETED"),
        (json!({"overload": true}), 503, "OVERLOAD_LIMIT"),
        (json!({"token_revoked": true}), 401, "INVALID_CREDENTIALS"),
        (json!({"missing_methods": ["crm.item.*", "profile"]}), 404, "ERROR_METHOD_NOT_FOUND"),
    ] {
        portal.switch(switch);
        let refused = portal.refuse("profile", &json!({}));
        assert_eq!((refused.0, refused.1), (status, json!(error)));
        portal.send("DELETE", "/_/switches", "", "").unwrap();
    }
    portal.switch(json!({"missing_methods": ["crm.item.productrow.*"]}));
    let probe = portal.call("method.get", &json!({"name": "crm.item.productrow.set"}));
    assert_eq!(probe, json!({"isExisting": false, "isAvailable": false}));
    portal.switch(json!({"time_block": "none"}));
    assert!(portal.whole("profile", &json!({})).get("time").is_none());
    portal.switch(json!({"time_block": "no_operating"}));
    let time = portal.whole("profile", &json!({}))["time"].clone();
    assert!(time.get("operating").is_none() && time["duration"].is_number());
    let bad = portal.send("POST", "/_/switches", "application/json", r#"{"time_blok":1}"#).unwrap();
    assert_eq!(bad.status, 400);
}

#[test]
fn rights_and_old_databases() {
    let portal = Portal::start();
    let hidden = portal.deal(json!({"CATEGORY_ID": 5, "TITLE": "☕ 😀 кофе"}));
    let open = portal.deal(json!({"CATEGORY_ID": 0}));
    portal.switch(json!({"denied_funnels": [5], "owner_admin": false}));
    let listed = portal.call("crm.deal.list", &json!({"select": ["ID"]}));
    assert_eq!(listed, json!([{"ID": open.to_string()}]));
    assert_eq!(portal.refuse("crm.deal.get", &json!({"id": hidden})).2, "Access denied");
    assert_eq!(
        portal.refuse("crm.item.get", &json!({"entityTypeId": 2, "id": hidden})).1,
        json!("ACCESS_DENIED")
    );
    assert_eq!(
        portal.call("crm.stagehistory.list", &json!({"entityTypeId": 2}))["items"].as_array().unwrap().len(),
        1
    );
    assert_eq!(portal.whole("crm.category.list", &json!({"entityTypeId": 2}))["total"], 1);
    assert_eq!(portal.call("profile", &json!({}))["ADMIN"], false);
    let field = json!({"fields": {"FIELD_NAME": "X", "USER_TYPE_ID": "string"}});
    assert_eq!(portal.refuse("crm.deal.userfield.add", &field).0, 403);
    portal.switch(json!({"denied_funnels": [], "emoji": "utf8mb3"}));
    assert_eq!(portal.deal_of(hidden)["TITLE"], "☕ 😀 кофе");
    let id = portal.deal(json!({"TITLE": "☕ 😀 кофе"}));
    assert_eq!(portal.deal_of(id)["TITLE"], "☕ ");
}

#[test]
fn operation_write_path_and_required_fields() {
    let portal = Portal::start();
    let id = portal.deal(json!({"CATEGORY_ID": 5}));
    portal.switch(json!({"write_path": "operation", "required_on_stage": {"C5:EXECUTING": ["COMMENTS"]}}));
    let before = portal.deal_of(id);
    portal.switch(json!({"clock_shift": 3600}));
    portal.call("crm.deal.update", &json!({"id": id, "fields": {"STAGE_ID": "C5:NEW"}}));
    assert_eq!(portal.deal_of(id), before, "an update without changes saves nothing");
    let to = |stage: &str| json!({"id": id, "fields": {"STAGE_ID": stage}});
    assert!(portal.refuse("crm.deal.update", &to("WON")).2.contains("Стадия"));
    assert_eq!(portal.refuse("crm.deal.update", &to("C5:EXECUTING")).1, json!("CRM_FIELD_ERROR_REQUIRED"));
    portal.call("crm.deal.update", &to("C5:LOSE"));
    portal.switch(json!({"unknown_filter_classic": "error"}));
    assert_eq!(portal.post("crm.deal.list", &json!({"filter": {"ORIGIN": 1}})).status, 400);
    portal.switch(json!({"unknown_filter_classic": "ignore"}));
    assert_eq!(portal.whole("crm.deal.list", &json!({"filter": {"ORIGIN": 1}}))["total"], 1);
    assert_eq!(portal.whole("crm.deal.list", &json!({"filter": {"@ID": []}}))["total"], 1);
    let strict = portal.refuse("crm.item.list", &json!({"entityTypeId": 2, "filter": {"origin": 1}}));
    assert_eq!((strict.0, strict.1), (400, json!("INVALID_ARG_VALUE")));
}

#[test]
fn robots_move_deals_but_not_imported_ones() {
    let portal = Portal::start();
    portal.switch(json!({"auto_move": [{"on": "C5:NEW", "to": "C5:PREPARATION"}]}));
    let id = portal.deal(json!({"CATEGORY_ID": 5}));
    assert_eq!(portal.deal_of(id)["STAGE_ID"], "C5:PREPARATION");
    let data = json!({"entityTypeId": 2, "data": [{"title": "a", "categoryId": 5}, {"title": "b", "currencyId": "XXX"}]});
    let items = portal.call("crm.item.batchImport", &data)["items"].clone();
    let imported = items[0]["item"]["id"].as_i64().unwrap();
    assert_eq!(portal.deal_of(imported)["STAGE_ID"], "C5:NEW");
    assert_eq!(items[1]["error"], "CRM_FIELD_ERROR_VALUE_NOT_VALID");
}

#[test]
fn bursts_are_held_back() {
    let portal = Portal::start();
    let handler = Handler::start(|_| String::new());
    portal.admin("webhooks", &json!({"url": handler.url, "events": ["ONCRMDEALADD"]}));
    portal.switch(json!({"event_transport": {"burst": 3, "reorder": true}}));
    for _ in 0..2 {
        portal.deal(json!({}));
    }
    assert!(handler.is_silent());
    portal.deal(json!({}));
    for id in 1..=3 {
        assert_eq!(support::part(&handler.next().1, "data%5BFIELDS%5D%5BID%5D"), id.to_string());
    }
    portal.deal(json!({}));
    portal.admin("deliveries/flush", &json!({}));
    handler.next();
}

#[test]
fn recycle_bin() {
    let portal = Portal::start();
    let id = portal.deal(json!({"TITLE": "kept", "ORIGIN_ID": "1"}));
    portal.admin("ui/delete", &json!({"deal": id}));
    assert_eq!(portal.refuse("crm.deal.get", &json!({"id": id})).2, "Not found");
    portal.admin("ui/restore", &json!({"deal": id}));
    assert_eq!(portal.deal_of(id)["TITLE"], "kept");
    portal.switch(json!({"recycle_bin": false}));
    portal.call("crm.item.delete", &json!({"entityTypeId": 2, "id": id}));
    let answer = portal.send("POST", "/_/ui/restore", "application/json", &json!({"deal": id}).to_string());
    assert_eq!(answer.unwrap().status, 404);
}

#[test]
fn a_killed_portal_comes_back_with_everything() {
    let file = std::env::temp_dir().join(format!("portal-{}.state", std::process::id()));
    let options = ["--state", file.to_str().unwrap()];
    let portal = Portal::with(&options);
    portal.call("crm.deal.userfield.add", &json!({"fields": {"FIELD_NAME": "X", "USER_TYPE_ID": "double"}}));
    let id = portal.deal(json!({"TITLE": "a", "CATEGORY_ID": 5, "ORIGIN_ID": "17", "UF_CRM_X": "1.50"}));
    portal.call(
        "crm.deal.productrows.set",
        &json!({"id": id, "rows": [{"PRODUCT_NAME": "x", "PRICE": "0.10"}]}),
    );
    portal.admin("webhooks", &json!({"url": "http://127.0.0.1:9/", "events": ["ONCRMDEALADD"]}));
    let (deal, rows) = (portal.deal_of(id), portal.call("crm.deal.productrows.get", &json!({"id": id})));
    let hooks = portal.look("webhooks");
    portal.kill();
    let portal = Portal::with(&options);
    assert_eq!(portal.deal_of(id), deal);
    assert_eq!(portal.call("crm.deal.productrows.get", &json!({"id": id})), rows);
    assert_eq!(portal.steps(id), [(1, "C5:NEW".to_owned())]);
    assert_eq!(portal.look("webhooks"), hooks);
    let found = portal.whole("crm.item.list", &json!({"entityTypeId": 2, "filter": {"originId": "17"}}));
    assert_eq!(found["total"], 1);
    assert_eq!(portal.deal(json!({})), id + 1);
    portal.kill();
    std::fs::remove_file(file).unwrap();
}

#[test]
fn companies_requisites_and_catalogue() {
    let portal = Portal::start();
    let company = portal.call("crm.company.add", &json!({"fields": {"TITLE": "ООО «Ромашка»"}}));
    let add = |fields: Value| portal.post("crm.requisite.add", &json!({ "fields": fields })).json();
    let whole = json!({"ENTITY_TYPE_ID": 4, "ENTITY_ID": format!("0{company}"), "PRESET_ID": 1, "NAME": "Организация", "RQ_INN": "7717586110"});
    let requisite = add(whole)["result"].clone();
    let read = portal.call("crm.requisite.get", &json!({"id": requisite}));
    assert_eq!((&read["RQ_INN"], &read["ENTITY_ID"]), (&json!("7717586110"), &json!("1")));
    assert_eq!(
        add(json!({"ENTITY_TYPE_ID": 4, "ENTITY_ID": 99, "PRESET_ID": 1}))["error_description"],
        "Entity not found."
    );
    let address =
        json!({"fields": {"TYPE_ID": 1, "ENTITY_TYPE_ID": 8, "ENTITY_ID": requisite, "CITY": "Тула"}});
    assert_eq!(portal.call("crm.address.add", &address), json!(true));
    assert!(portal.refuse("crm.address.add", &address).2.starts_with("TypeAddress exists"));
    assert_eq!(portal.call("crm.requisite.preset.list", &json!({})).as_array().unwrap().len(), 3);
    let with_inn = |inn: &str| {
        let filter = json!({"filter": {"ENTITY_TYPE_ID": 4, "RQ_INN": inn}, "order": {"ID": "ASC"}});
        let rows = portal.call("crm.requisite.list", &filter);
        rows.as_array().unwrap().iter().map(|row| row["ENTITY_ID"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(with_inn("7717586110"), ["1"]);
    assert!(with_inn("7707083893").is_empty());
    let second = portal.call("crm.company.add", &json!({"fields": {"TITLE": "Ромашка"}}));
    let merge = json!({"params": {"entityTypeId": 4, "entityIds": [second, company]}});
    assert_eq!(portal.call("crm.entity.mergeBatch", &merge)["STATUS"], "SUCCESS");
    assert_eq!(with_inn("7717586110"), ["2"]);
    portal.call("crm.company.delete", &json!({"id": second}));
    assert!(with_inn("7717586110").is_empty());
    let product = json!({"fields": {"iblockId": 14, "name": "Кофе", "xmlId": "sku-1"}});
    let id = portal.call("catalog.product.add", &product)["element"]["id"].clone();
    let price = json!({"fields": {"productId": id, "catalogGroupId": 1, "price": 2000, "currency": "RUB"}});
    assert_eq!(portal.call("catalog.price.add", &price)["price"]["price"], 2000);
    let list = json!({"select": ["id", "iblockId", "name"], "filter": {"iblockId": 14, "xmlId": "sku-1"}});
    let found = portal.call("catalog.product.list", &list);
    assert_eq!(found["products"], json!([{"id": id, "iblockId": 14, "name": "Кофе"}]));
    assert_eq!(portal.call("catalog.vat.list", &json!({}))["vats"][0]["rate"], Value::Null);
    let deal = portal.deal(json!({}));
    portal.call("crm.deal.productrows.set", &json!({"id": deal, "rows": [{"PRODUCT_ID": id, "PRICE": 1}]}));
    let row = portal.call("crm.deal.productrows.get", &json!({"id": deal}))[0].clone();
    assert_eq!((&row["PRODUCT_NAME"], &row["MEASURE_CODE"]), (&json!("Кофе"), &json!(796)));
}

#[test]
fn people_come_and_go() {
    let portal = Portal::start();
    portal.admin("ui/user", &json!({"id": 6, "active": false}));
    let active = portal.call("user.get", &json!({"FILTER": {"ACTIVE": true}}));
    let ids: Vec<&str> = active.as_array().unwrap().iter().map(|u| u["ID"].as_str().unwrap()).collect();
    assert_eq!(ids, ["1", "8"]);
    assert_eq!(portal.admin("ui/user", &json!({"name": "Анна"})), json!({"id": 9}));
    portal.switch(json!({"scopes": ["crm", "user_brief"]}));
    assert!(portal.call("user.get", &json!({"ID": 9}))[0].get("EMAIL").is_none());
    let contact = portal.call("crm.contact.add", &json!({"fields": {"NAME": "x"}}));
    let other = portal.call("crm.contact.add", &json!({"fields": {"NAME": "y"}}));
    let deal = portal.deal(json!({"CONTACT_IDS": [contact, other]}));
    portal.call("crm.contact.delete", &json!({"id": contact}));
    assert_eq!(portal.deal_of(deal)["CONTACT_ID"], other.to_string());
    let items = portal.call("crm.deal.contact.items.get", &json!({"id": deal}));
    assert_eq!(items, json!([{"CONTACT_ID": other, "SORT": 10, "ROLE_ID": 0, "IS_PRIMARY": "Y"}]));
}
