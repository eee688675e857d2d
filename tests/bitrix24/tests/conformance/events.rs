//! Points 14 and 15: stage history and events.

use serde_json::json;

use super::support::{part, Handler, Portal, TOKEN};

#[test]
fn point_14_stage_history() {
    let portal = Portal::start();
    let step = |kind: i64, stage: &str| (kind, stage.to_owned());
    let go = |id: i64, stage: &str| portal.admin("ui/move", &json!({"deal": id, "stage": stage}));
    let id = portal.deal(json!({"CATEGORY_ID": 5}));
    portal.call("crm.deal.update", &json!({"id": id, "fields": {"STAGE_ID": "C5:NEW"}}));
    assert_eq!(portal.steps(id), [step(1, "C5:NEW")]);
    go(id, "C5:EXECUTING");
    go(id, "C5:WON");
    assert_eq!(portal.steps(id), [step(1, "C5:NEW"), step(2, "C5:EXECUTING"), step(3, "C5:WON")]);
    go(id, "C5:PREPARATION");
    assert_eq!(portal.steps(id), [step(1, "C5:NEW"), step(2, "C5:EXECUTING"), step(2, "C5:PREPARATION")]);
    let won = portal.deal(json!({"CATEGORY_ID": 5, "STAGE_ID": "C5:WON"}));
    assert_eq!(portal.steps(won), [step(3, "C5:WON")]);
    go(id, "NEW");
    assert_eq!(portal.steps(id).last(), Some(&step(5, "NEW")));
    portal.switch(json!({"history_mode": "old"}));
    go(id, "C5:NEW");
    assert_eq!(portal.steps(id), [step(2, "C5:NEW")]);
    portal.call("crm.deal.delete", &json!({"id": id}));
    assert_eq!(portal.steps(id), []);
    let (status, error, _) =
        portal.refuse("crm.stagehistory.list", &json!({"entityTypeId": 2, "filter": {"NONSENSE": 1}}));
    assert_eq!((status, error), (400, json!("INVALID_ARG_VALUE")));
    let row = portal.call("crm.stagehistory.list", &json!({"entityTypeId": 2, "filter": {"OWNER_ID": won}}))
        ["items"][0]
        .clone();
    assert!(row["ID"].is_i64() && row["CATEGORY_ID"].is_i64() && row["STAGE_SEMANTIC_ID"] == "S");
}

#[test]
fn point_15_event_bytes_and_order() {
    let portal = Portal::with(&["--domain", "crm.example.ru"]);
    let handler = Handler::start(|_| String::new());
    let events = json!(["ONCRMDEALADD", "ONCRMDEALUPDATE", "ONCRMDEALDELETE"]);
    portal.admin(
        "webhooks",
        &json!({"id": 975, "url": handler.url, "events": events, "application_token": "jvh9y1"}),
    );
    let batch = json!({"cmd": {"d": "crm.deal.add?fields[TITLE]=x", "r": "crm.deal.productrows.set?id=$result[d]&rows[0][PRICE]=1",
        "u": "crm.deal.update?id=$result[d]&fields[TITLE]=y"}});
    portal.call("batch", &batch);
    let (line, body, _) = handler.next();
    assert_eq!(line, "POST /hook HTTP/1.1");
    let ts = part(&body, "ts");
    assert_eq!(body, format!(
        "event=ONCRMDEALADD&event_handler_id=975&data%5BFIELDS%5D%5BID%5D=1&ts={ts}&auth%5Bdomain%5D=crm.example.ru\
         &auth%5Bclient_endpoint%5D=https%3A%2F%2Fcrm.example.ru%2Frest%2F\
         &auth%5Bserver_endpoint%5D=https%3A%2F%2Foauth.bitrix24.tech%2Frest%2F\
         &auth%5Bmember_id%5D=d897063e1ce7c5eb9f04b9751eef5915&auth%5Bapplication_token%5D=jvh9y1"
    ));
    // One call tells an event once, however often the deal changed.
    assert_eq!(part(&handler.next().1, "event"), "ONCRMDEALUPDATE");
    portal.call("crm.deal.delete", &json!({"id": 1}));
    assert_eq!(part(&handler.next().1, "event"), "ONCRMDEALDELETE");
    assert!(handler.is_silent());
    // A change of funnel is told to nobody; the next event is the next change's.
    let id = portal.deal(json!({"CATEGORY_ID": 5}));
    assert_eq!(part(&handler.next().1, "event"), "ONCRMDEALADD");
    portal.admin("ui/move", &json!({"deal": id, "stage": "NEW"}));
    portal.admin("ui/move", &json!({"deal": id, "stage": "EXECUTING"}));
    assert_eq!(part(&handler.next().1, "event"), "ONCRMDEALUPDATE");
    portal.switch(json!({"event_transport": {"duplicates": 3}}));
    portal.admin("ui/update", &json!({"deal": id, "fields": {"TITLE": "z"}}));
    let copies: Vec<String> = (0..4).map(|_| handler.next().1).collect();
    assert!(copies.iter().all(|c| part(c, "data%5BFIELDS%5D%5BID%5D") == id.to_string()));
    portal.switch(json!({"event_transport": {"duplicates": 0, "loss": 100}}));
    portal.admin("ui/update", &json!({"deal": id, "fields": {"TITLE": "lost"}}));
    let last = portal.look("deliveries");
    assert_eq!(last.as_array().unwrap().last().unwrap()["state"], "lost");
}

#[test]
fn point_15_event_before_the_rows_are_saved() {
    let portal = Portal::start();
    let address = portal.address.clone();
    let handler = Handler::start(move |_| {
        let probe = std::net::TcpStream::connect(&address).and_then(|mut stream| {
            use std::io::{Read, Write};
            let request = format!("GET /rest/1/{TOKEN}/crm.deal.productrows.get?id=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            stream.write_all(request.as_bytes())?;
            let mut text = String::new();
            stream.read_to_string(&mut text)?;
            Ok(text)
        });
        probe.unwrap().contains("\"result\":[]").to_string()
    });
    portal.admin("webhooks", &json!({"url": handler.url, "events": ["ONCRMDEALADD"]}));
    portal.switch(json!({"event_transport": {"before_rows_ms": 1500}}));
    portal.call("batch", &json!({"cmd": {"d": "crm.deal.add?fields[TITLE]=x", "r": "crm.deal.productrows.set?id=$result[d]&rows[0][PRICE]=1"}}));
    assert_eq!(handler.next().2, "true", "the handler must see a deal without rows");
    assert_eq!(portal.call("crm.deal.productrows.get", &json!({"id": 1})).as_array().unwrap().len(), 1);
}

#[test]
fn point_15_robot_bytes() {
    let portal = Portal::with(&["--domain", "crm.example.ru"]);
    let handler = Handler::start(|_| String::new());
    portal.admin(
        "robots",
        &json!({"stage": "C5:EXECUTING", "url": format!("{}?secret=s&ID={{{{ID}}}}", handler.url)}),
    );
    let id = portal.deal(json!({"CATEGORY_ID": 5}));
    portal.admin("ui/move", &json!({"deal": id, "stage": "C5:EXECUTING"}));
    let (line, body, _) = handler.next();
    assert_eq!(line, "POST /hook?secret=s&ID=1 HTTP/1.1");
    let ts = part(&body, "ts");
    assert_eq!(body, format!(
        "document_id%5B0%5D=crm&document_id%5B1%5D=CCrmDocumentDeal&document_id%5B2%5D=DEAL_1&auth%5Bdomain%5D=crm.example.ru\
         &auth%5Bmember_id%5D=d897063e1ce7c5eb9f04b9751eef5915&ts={ts}"
    ));
}
