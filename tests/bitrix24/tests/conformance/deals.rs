//! Points 8 to 10: what a deal keeps, its stages, its rows.

use serde_json::{json, Value};

use super::support::Portal;
use super::text;

#[test]
fn point_08_read_only_and_unknown_fields_are_dropped() {
    let portal = Portal::start();
    let id = portal.deal(json!({"TITLE": "a", "ID": 99, "DATE_CREATE": "2001-01-01", "NONSENSE": 1, "CREATED_BY_ID": 6, "CATEGORY_ID": 5}));
    assert_eq!(id, 1);
    let deal = portal.deal_of(id);
    assert_eq!((text(&deal["CREATED_BY_ID"]), text(&deal["CATEGORY_ID"])), ("1", "5"));
    assert!(!text(&deal["DATE_CREATE"]).starts_with("2001"));
    portal.call(
        "crm.deal.update",
        &json!({"id": id, "fields": {"CATEGORY_ID": 0, "STAGE_SEMANTIC_ID": "S", "BEGINDATE": "nonsense"}}),
    );
    let deal = portal.deal_of(id);
    assert_eq!((text(&deal["CATEGORY_ID"]), text(&deal["STAGE_SEMANTIC_ID"])), ("5", "P"));
    let item = portal.call("crm.item.update", &json!({"entityTypeId": 2, "id": id, "fields": {"categoryId": 0, "stageId": "EXECUTING", "nonsense": 1}}));
    assert_eq!((&item["item"]["categoryId"], &item["item"]["stageId"]), (&json!(0), &json!("EXECUTING")));
    assert_eq!(portal.deal(json!({"TITLE": "", "CATEGORY_ID": 77})), 2);
    assert_eq!(text(&portal.deal_of(2)["CATEGORY_ID"]), "0");
    assert_eq!(text(&portal.deal_of(2)["TITLE"]), "Сделка #2");
}

#[test]
fn point_09_a_stage_change_moves_what_follows_from_it() {
    let portal = Portal::start();
    let id = portal.deal(json!({"TITLE": "a", "CATEGORY_ID": 5}));
    let before = portal.deal_of(id);
    portal.switch(json!({"clock_shift": 3600}));
    portal.call("crm.deal.update", &json!({"id": id, "fields": {"STAGE_ID": "C5:NEW"}}));
    let touched = portal.deal_of(id);
    assert_ne!(touched["DATE_MODIFY"], before["DATE_MODIFY"]);
    assert_eq!(touched["MOVED_TIME"], before["MOVED_TIME"]);
    portal.switch(json!({"clock_shift": 864_000}));
    portal.admin("ui/move", &json!({"deal": id.to_string(), "stage": "C5:WON"}));
    let won = portal.deal_of(id);
    assert_ne!(won["MOVED_TIME"], before["MOVED_TIME"]);
    assert_eq!((text(&won["MOVED_BY_ID"]), text(&won["MODIFY_BY_ID"])), ("6", "6"));
    assert_eq!((text(&won["CLOSED"]), text(&won["STAGE_SEMANTIC_ID"])), ("Y", "S"));
    assert_eq!(text(&won["CLOSEDATE"])[..10], text(&won["DATE_MODIFY"])[..10]);
    portal.call("crm.deal.update", &json!({"id": id, "fields": {"STAGE_ID": "C5:LOSE"}}));
    assert_eq!(text(&portal.deal_of(id)["STAGE_SEMANTIC_ID"]), "F");
    portal.call("crm.deal.update", &json!({"id": id, "fields": {"STAGE_ID": "C5:EXECUTING"}}));
    assert_eq!(text(&portal.deal_of(id)["CLOSED"]), "N");
    // The old path stores a stage of another funnel as it is; the new one does not.
    portal.call("crm.deal.update", &json!({"id": id, "fields": {"STAGE_ID": "WON"}}));
    assert_eq!(text(&portal.deal_of(id)["STAGE_SEMANTIC_ID"]), "P");
    let (_, error, _) = portal
        .refuse("crm.item.update", &json!({"entityTypeId": 2, "id": id, "fields": {"stageId": "LOSE"}}));
    assert_eq!(error, "CRM_FIELD_ERROR_VALUE_NOT_VALID");
}

#[test]
fn point_10_product_rows() {
    let portal = Portal::start();
    let id = portal.deal(json!({"TITLE": "a"}));
    let set = |rows: Value| portal.call("crm.deal.productrows.set", &json!({"id": id, "rows": rows}));
    let get = || portal.call("crm.deal.productrows.get", &json!({"id": id}));
    set(json!([
        {"PRODUCT_NAME": "1", "PRICE": 80000, "DISCOUNT_TYPE_ID": 2, "DISCOUNT_RATE": 20, "TAX_RATE": 20, "TAX_INCLUDED": "Y", "SORT": 10},
        {"PRODUCT_NAME": "2", "PRICE": 90000, "DISCOUNT_TYPE_ID": 2, "DISCOUNT_RATE": 10, "TAX_RATE": 10, "SORT": 20},
        {"PRODUCT_NAME": "3", "PRICE": 899.1, "DISCOUNT_TYPE_ID": 2, "DISCOUNT_RATE": 10, "SORT": 30},
    ]));
    let rows = get();
    for (at, money) in [
        json!([66666.67, 83333.34, 100_000.01, 16666.67]),
        json!([81818.18, 90909.09, 100_000, 9090.91]),
        json!([899.1, 999, 999, 99.9]),
    ]
    .into_iter()
    .enumerate()
    {
        let row = &rows[at];
        assert_eq!(
            json!([row["PRICE_EXCLUSIVE"], row["PRICE_NETTO"], row["PRICE_BRUTTO"], row["DISCOUNT_SUM"]]),
            money
        );
    }
    assert_eq!(
        (&rows[0]["ID"], &rows[0]["OWNER_ID"], &rows[0]["PRICE_ACCOUNT"]),
        (&json!("1"), &json!("1"), &json!("80000.00"))
    );
    assert_eq!(
        (&rows[0]["PRODUCT_ID"], &rows[2]["TAX_RATE"], &rows[1]["TAX_INCLUDED"]),
        (&json!(0), &Value::Null, &json!("N"))
    );
    assert_eq!(text(&portal.deal_of(id)["OPPORTUNITY"]), "170899.10");
    portal.call(
        "crm.deal.update",
        &json!({"id": id, "fields": {"OPPORTUNITY": "5", "IS_MANUAL_OPPORTUNITY": "Y"}}),
    );
    set(json!([{"PRODUCT_NAME": "x", "PRICE": "10,50", "QUANTITY": "2"}]));
    assert_eq!(text(&portal.deal_of(id)["OPPORTUNITY"]), "5.00");
    portal.call("crm.deal.update", &json!({"id": id, "fields": {"IS_MANUAL_OPPORTUNITY": "N"}}));
    assert_eq!(text(&portal.deal_of(id)["OPPORTUNITY"]), "21.00");
    // A stale id makes its row vanish.
    set(json!([{"ID": 999, "PRODUCT_NAME": "gone", "PRICE": 1}, {"PRODUCT_NAME": "stays", "PRICE": 1}]));
    assert_eq!(get().as_array().unwrap().len(), 1);
    for wipe in [
        json!({"id": id}),
        json!({"id": id, "rows": []}),
        json!({"id": id, "rowz": [{"PRICE": 1}]}),
        json!({"id": id, "rows": "x"}),
    ] {
        set(json!([{"PRODUCT_NAME": "x", "PRICE": 1}]));
        assert_eq!(portal.call("crm.deal.productrows.set", &wipe), json!(true));
        assert_eq!(get(), json!([]), "{wipe}");
        assert_eq!(text(&portal.deal_of(id)["OPPORTUNITY"]), "0.00");
    }
    for (row, start) in [
        (json!({"PRICE": 1, "DISCOUNT_TYPE_ID": 2}), "Discount Rate"),
        (
            json!({"PRICE": 1, "DISCOUNT_TYPE_ID": 2, "DISCOUNT_RATE": 100}),
            "Discount Sum (DISCOUNT_SUM) is required if Percentage",
        ),
        (json!({"PRICE": 1, "DISCOUNT_TYPE_ID": 1}), "Discount Sum (DISCOUNT_SUM) is required if Monetary"),
    ] {
        let (status, error, text) =
            portal.refuse("crm.deal.productrows.set", &json!({"id": id, "rows": [row]}));
        assert_eq!((status, error), (400, json!("ERROR_CORE")));
        assert!(text.starts_with(start) && text.ends_with("<br>"), "{text}");
    }
    let (_, error, _) = portal.refuse("crm.item.productrow.set", &json!({"ownerType": "D", "ownerId": id}));
    assert_eq!(error, 100);
    let (_, error, _) = portal
        .refuse("crm.item.productrow.set", &json!({"ownerType": "D", "ownerId": 999, "productRows": []}));
    assert_eq!(error, "OWNER_NOT_FOUND");
    let (_, error, _) = portal.refuse("crm.item.productrow.list", &json!({"filter": {"ownerId": id}}));
    assert_eq!(error, "INVALID_ARG_VALUE");
}
