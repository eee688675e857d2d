//! The companion module that a box may have: its pushes and its own method.

use serde_json::{json, Value};

use super::support::{Handler, Portal};

const METHOD: &str = "orderbridge.changes.list";

fn with_module(handler: &Handler) -> Portal {
    let portal = Portal::start();
    let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    portal.switch(
        json!({"companion": {"url": handler.url, "secret": secret}, "event_transport": {"silent": true}}),
    );
    portal
}

fn types(list: &Value) -> Vec<String> {
    list["items"].as_array().unwrap().iter().map(|item| item["TYPE"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn an_isolated_box_pushes_signed() {
    let handler = Handler::start(|_| String::new());
    let portal = with_module(&handler);
    portal.deal(json!({"CATEGORY_ID": 5, "TITLE": "no order"}));
    let id = portal.deal(json!({"CATEGORY_ID": 5, "ORIGINATOR_ID": "shop-1", "ORIGIN_ID": "1042"}));
    let (line, body, _) = handler.next();
    assert!(line.starts_with("POST /hook"));
    let body: Value = serde_json::from_str(&body).unwrap();
    assert_eq!((&body["type"], &body["event"]), (&json!("orderbridge.deal"), &json!("ONCRMDEALUPDATE")));
    assert_eq!(body["data"]["FIELDS"]["ID"], json!(id.to_string()), "the deal without an order is nobody's");
    assert_eq!(body["data"]["ORDER_ID"], "1042");
    let head = handler.next_head();
    for name in [
        "webhook-id: msg_",
        "webhook-timestamp: 1",
        "webhook-signature: v1,",
        "Content-Type: application/json",
    ] {
        assert!(head.contains(name), "{name} in {head}");
    }

    // What changes nothing of it is told nobody.
    portal.call("crm.deal.update", &json!({"id": id, "fields": {"TITLE": "y", "STAGE_ID": "C5:NEW"}}));
    portal.admin("ui/move", &json!({"deal": id, "stage": "C5:WON"}));
    let (_, body, _) = handler.next();
    let body: Value = serde_json::from_str(&body).unwrap();
    let data = &body["data"];
    assert_eq!((&data["OLD_STAGE_ID"], &data["STAGE_ID"]), (&json!("C5:NEW"), &json!("C5:WON")));
    assert_eq!(data["STAGE_SEMANTIC_ID"], "S");
    portal.call("crm.deal.delete", &json!({"id": id}));
    assert!(handler.next().1.contains("ONCRMDEALDELETE"));
}

#[test]
fn its_method_tells_every_change_after_a_cursor() {
    let handler = Handler::start(|_| String::new());
    let bare = Portal::start();
    assert_eq!(bare.refuse(METHOD, &json!({})).1, "ERROR_METHOD_NOT_FOUND");
    assert_eq!(bare.call("method.get", &json!({"name": METHOD}))["isExisting"], false);

    let portal = with_module(&handler);
    assert_eq!(portal.call("method.get", &json!({"name": METHOD}))["isAvailable"], true);
    let id = portal.deal(json!({"CATEGORY_ID": 5, "OPPORTUNITY": 10}));
    portal.admin("ui/move", &json!({"deal": id, "stage": "C5:WON"}));
    portal.admin("ui/move", &json!({"deal": id, "stage": "NEW"}));
    portal.admin("ui/update", &json!({"deal": id, "fields": {"OPPORTUNITY": 20}}));
    portal.call("crm.deal.delete", &json!({"id": id}));
    let all = portal.call(METHOD, &json!({}));
    assert_eq!(types(&all), ["add", "update", "move", "update", "delete"]);
    assert_eq!((&all["complete"], &all["items"][0]["ID"]), (&json!(false), &json!(2)), "1 is where it began");
    let moved = &all["items"][2];
    assert_eq!((&moved["OLD_STAGE_ID"], &moved["STAGE_ID"]), (&json!("C5:WON"), &json!("NEW")));
    assert_eq!((&moved["OLD_CATEGORY_ID"], &moved["CATEGORY_ID"]), (&json!("5"), &json!("0")));
    assert_eq!(all["items"][3]["OPPORTUNITY"], "20.00");

    let page = portal.call(METHOD, &json!({"after": "2", "limit": 2}));
    assert_eq!(types(&page), ["update", "move"]);
    assert_eq!((&page["next"], &page["last"], &page["more"]), (&json!(4), &json!(6), &json!(true)));
    let rest = portal.call(METHOD, &json!({"after": page["next"]}));
    assert_eq!((types(&rest).len(), &rest["more"], &rest["complete"]), (2, &json!(false), &json!(true)));
    assert_eq!(portal.refuse(METHOD, &json!({"after": "-1"})).1, "INVALID_ARG_VALUE");
    assert_eq!(portal.refuse(METHOD, &json!({"limit": 501})).1, "INVALID_ARG_VALUE");
    assert_eq!(portal.refuse(METHOD, &json!({"after": "1000000000000000000"})).1, "INVALID_ARG_VALUE");
    // After all there ever will be: only where it ends.
    let end = portal.call(METHOD, &json!({"after": "999999999999999", "limit": null}));
    assert_eq!((&end["next"], &end["last"]), (&json!(999_999_999_999_999_i64), &json!(6)));
    assert_eq!((types(&end).len(), &end["more"], &end["complete"]), (0, &json!(false), &json!(true)));
}

#[test]
fn what_it_knew_is_worth_nothing_when_it_comes_back() {
    let handler = Handler::start(|_| String::new());
    let portal = with_module(&handler);
    let module = portal.look("switches")["companion"].clone();
    let id = portal.deal(json!({"CATEGORY_ID": 5}));
    let last = |portal: &Portal| portal.call(METHOD, &json!({}))["last"].clone();
    assert_eq!(last(&portal), 2);

    // Its tables stay: it goes on counting, but has forgotten, and tells so.
    let mut keeps = module.clone();
    keeps["keep"] = json!(true);
    portal.switch(json!({"companion": keeps}));
    assert_eq!(last(&portal), 2, "other settings are no installation");
    portal.switch(json!({"companion": null}));
    assert_eq!(portal.refuse(METHOD, &json!({})).1, "ERROR_METHOD_NOT_FOUND");
    assert_eq!(portal.call("method.get", &json!({"name": METHOD}))["isExisting"], false);
    portal.admin("ui/move", &json!({"deal": id, "stage": "C5:WON"}));
    portal.switch(json!({"companion": module}));
    let back = portal.call(METHOD, &json!({"after": 2}));
    assert_eq!((types(&back).len(), &back["last"], &back["complete"]), (0, &json!(3), &json!(false)));

    // They went with it: it counts from one.
    portal.switch(json!({"companion": null}));
    portal.switch(json!({"companion": module}));
    let anew = portal.call(METHOD, &json!({"after": 2}));
    assert_eq!((&anew["next"], &anew["last"], &anew["complete"]), (&json!(2), &json!(1), &json!(true)));
}

#[test]
fn a_history_that_is_deleted_stays_so() {
    let portal = Portal::start();
    let id = portal.deal(json!({"CATEGORY_ID": 5}));
    assert_eq!(portal.steps(id).len(), 1);
    portal.switch(json!({"history_mode": "deleted"}));
    portal.admin("ui/move", &json!({"deal": id, "stage": "C5:WON"}));
    assert!(portal.steps(id).is_empty());
    portal.switch(json!({"history_mode": "modern"}));
    portal.admin("ui/move", &json!({"deal": id, "stage": "C5:NEW"}));
    let all = portal.call("crm.stagehistory.list", &json!({"entityTypeId": 2, "filter": {"OWNER_ID": id}}));
    assert_eq!(all["items"].as_array().unwrap().len(), 1, "its numbers go on");
}
