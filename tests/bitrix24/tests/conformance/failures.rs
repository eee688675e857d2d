//! Points 16 to 20: errors, doubles, lost answers, merges.

use serde_json::json;

use super::support::{Portal, TOKEN};

#[test]
fn point_16_error_envelopes() {
    let portal = Portal::start();
    assert_eq!(portal.refuse("crm.deal.get", &json!({"id": 77})), (400, json!(""), "Not found".to_owned()));
    let missing = portal.refuse("crm.category.add", &json!({"entityTypeId": 2, "fields": {"sort": 5}}));
    assert_eq!(missing, (400, json!(0), "Field 'NAME' is required".to_owned()));
    assert_eq!(portal.refuse("crm.item.get", &json!({"entityTypeId": 2})).1, json!(100));
    portal.switch(json!({"numeric_error_codes": false}));
    assert_eq!(portal.refuse("crm.item.get", &json!({"entityTypeId": 2})).1, json!("100"));
    assert_eq!(portal.refuse("event.bind", &json!({})).1, json!("WRONG_AUTH_TYPE"));
    assert_eq!(portal.refuse("app.info", &json!({})).0, 403);
}

#[test]
fn point_17_dismissed_owner() {
    let portal = Portal::start();
    portal.switch(json!({"owner_active": false}));
    let refused = portal.refuse("profile", &json!({}));
    assert_eq!(refused, (401, json!("authorization_error"), "Unable to authorize user".to_owned()));
    let (status, error, _) = portal.refuse("batch", &json!({"cmd": ["profile"]}));
    assert_eq!((status, error), (401, json!("authorization_error")));
}

#[test]
fn point_18_nothing_is_unique() {
    let portal = Portal::start();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| portal.deal(json!({"ORIGINATOR_ID": "shop-1", "ORIGIN_ID": "17"})));
        }
    });
    let filter = json!({"filter": {"=ORIGINATOR_ID": "shop-1", "=ORIGIN_ID": "17"}, "select": ["ID"]});
    assert_eq!(portal.whole("crm.deal.list", &filter)["total"], 2);
}

#[test]
fn point_19_cut_after_commit() {
    let portal = Portal::start();
    portal.switch(json!({"faults": [{"kind": "cut", "method": "crm.deal.add", "commit": true, "times": 1}]}));
    let target = format!("/rest/1/{TOKEN}/batch");
    let body = json!({"cmd": {"d": "crm.deal.add?fields[ORIGIN_ID]=17"}}).to_string();
    assert!(portal.send("POST", &target, "application/json", &body).is_none());
    let found = portal.whole("crm.deal.list", &json!({"filter": {"ORIGIN_ID": "17"}}));
    assert_eq!(found["total"], 1);
    let journal = portal.look("journal");
    let entry = &journal["entries"][0];
    assert_eq!((&entry["status"], &entry["fault"]), (&json!(0), &json!("cut after commit")));
    assert!(portal.send("POST", &target, "application/json", &body).is_some());
}

#[test]
fn point_20_merge() {
    let portal = Portal::start();
    let add = |phone: &str| {
        portal.call("crm.contact.add", &json!({"fields": {"NAME": "x", "PHONE": [{"VALUE": phone}]}}))
    };
    let (first, second) = (add("+71"), add("+72"));
    let deal = portal.deal(json!({"CONTACT_IDS": [second]}));
    let merged = portal
        .call("crm.entity.mergeBatch", &json!({"params": {"entityTypeId": 3, "entityIds": [first, second]}}));
    assert_eq!(merged, json!({"STATUS": "SUCCESS", "ENTITY_IDS": [second]}));
    assert_eq!(
        portal.refuse("crm.contact.get", &json!({"id": second})),
        (400, json!(""), "Not found".to_owned())
    );
    let survivor = portal.call("crm.contact.get", &json!({"id": first}));
    assert_eq!(survivor["PHONE"].as_array().unwrap().len(), 2);
    assert_eq!(portal.deal_of(deal)["CONTACT_ID"], "1");
}
