//! Points 1 to 4: addresses, bodies, spellings, refusals.

use serde_json::json;

use super::support::{Portal, TOKEN};
use super::text;

#[test]
fn point_01_address_shapes_reach_the_same_method() {
    let portal = Portal::start();
    let id = portal.deal(json!({"TITLE": "a"}));
    let shapes = [
        ("POST", "crm.deal.list.json", "application/x-www-form-urlencoded", "filter[ID]=1"),
        ("POST", "crm.deal.list", "application/json", r#"{"filter":{"ID":1}}"#),
        ("POST", "crm.deal.list/", "application/json", r#"{"filter":{"ID":1}}"#),
        ("POST", "/crm.deal.list/", "application/json", r#"{"filter":{"ID":1}}"#),
        ("GET", "crm.deal.list.json?filter[ID]=1", "", ""),
        ("GET", "CRM.Deal.LIST?filter%5BID%5D=1", "", ""),
    ];
    for (verb, method, kind, body) in shapes {
        let answer = portal.send(verb, &format!("/rest/1/{TOKEN}/{method}"), kind, body).unwrap();
        let json = answer.json();
        assert_eq!(json["total"], 1, "{method}: {}", answer.body);
        assert_eq!(text(&json["result"][0]["ID"]), id.to_string());
        assert!(answer.headers.contains("application/json; charset=utf-8"), "{}", answer.headers);
    }
}

#[test]
fn point_02_form_json_and_query_are_one() {
    let portal = Portal::start();
    let target = format!("/rest/1/{TOKEN}/crm.deal.add");
    let form = "application/x-www-form-urlencoded";
    let multipart =
        "--B\r\nContent-Disposition: form-data; name=\"fields[TITLE]\"\r\n\r\nЗаказ +1\r\n--B--\r\n";
    let encoded = "fields%5BTITLE%5D=%D0%97%D0%B0%D0%BA%D0%B0%D0%B7%20%2B1";
    for (verb, target, kind, body) in [
        ("POST", target.clone(), form, encoded),
        ("POST", target.clone(), "multipart/form-data; boundary=B", multipart),
        ("POST", target.clone(), "application/json; charset=UTF-8", r#"{"fields":{"TITLE":"Заказ +1"}}"#),
        ("GET", format!("{target}?{encoded}"), "", ""),
    ] {
        let id = portal.send(verb, &target, kind, body).unwrap().json()["result"].as_i64().unwrap();
        assert_eq!(text(&portal.deal_of(id)["TITLE"]), "Заказ +1", "{kind}");
    }
    // JSON keys override those of the address; text that claims to be a form is not read as JSON.
    let answer = portal.send(
        "POST",
        &format!("{target}?fields[TITLE]=q"),
        "application/json",
        r#"{"fields":{"TITLE":"j"}}"#,
    );
    let id = answer.unwrap().json()["result"].as_i64().unwrap();
    assert_eq!(text(&portal.deal_of(id)["TITLE"]), "j");
    let answer = portal.send("POST", &target, form, r#"{"fields":{"TITLE":"j"}}"#).unwrap();
    assert_eq!(text(&answer.json()["error_description"]), "Parameter 'fields' must be array");
    for broken in ["{", "[1,2", "{\"fields\":{\"TITLE\":\"x\"}", "nonsense"] {
        let answer = portal.send("POST", &target, "application/json", broken).unwrap();
        assert_eq!(answer.status, 400);
        assert_eq!(answer.json()["error"], "", "{broken}");
    }
    let item = format!("/rest/1/{TOKEN}/crm.item.add");
    let answer = portal.send("POST", &item, "application/json", "{").unwrap().json();
    assert_eq!(answer["error"], 100);
}

#[test]
fn point_03_spellings_of_fields() {
    let portal = Portal::start();
    for name in ["fields", "FIELDS", "Fields", "arFields"] {
        let id = portal.call("crm.deal.add", &json!({name: {"TITLE": name}})).as_i64().unwrap();
        assert_eq!(text(&portal.deal_of(id)["TITLE"]), name);
    }
    assert!(portal.call("crm.item.add", &json!({"entityTypeId": 2, "fields": {"title": "a"}})).is_object());
    for name in ["FIELDS", "Fields", "arFields"] {
        let (status, error, text) =
            portal.refuse("crm.item.add", &json!({"entityTypeId": 2, name: {"title": "a"}}));
        assert_eq!(
            (status, error, text.as_str()),
            (400, json!(100), "Could not find value for parameter {fields}")
        );
    }
}

#[test]
fn point_04_unknown_method_wrong_token_missing_scope() {
    let portal = Portal::start();
    let (status, error, _) = portal.refuse("crm.deal.nonsense", &json!({}));
    assert_eq!((status, error), (404, json!("ERROR_METHOD_NOT_FOUND")));
    for path in ["/rest/1/wrong/profile", "/rest/2/tok123/profile"] {
        let answer = portal.send("GET", path, "", "").unwrap();
        assert_eq!(answer.status, 401);
        let expected =
            json!({"error": "INVALID_CREDENTIALS", "error_description": "Invalid request credentials"});
        assert_eq!(answer.json(), expected);
    }
    let answer = portal.send("GET", "/rest/profile", "", "").unwrap();
    assert_eq!((answer.status, answer.json()["error"].clone()), (401, json!("NO_AUTH_FOUND")));
    portal.switch(json!({"scopes": ["user"], "invalid_credentials_status": 403}));
    let (status, error, _) = portal.refuse("crm.item.list", &json!({"entityTypeId": 2}));
    assert_eq!((status, error), (403, json!("insufficient_scope")));
    assert_eq!(
        portal.call("method.get", &json!({"name": "crm.item.list"})),
        json!({"isExisting": true, "isAvailable": false})
    );
    assert_eq!(portal.call("scope", &json!({})), json!(["user"]));
    assert_eq!(portal.send("GET", "/rest/1/wrong/profile", "", "").unwrap().status, 403);
}
