//! To-dos, notifications, the automation trigger, payments.

use crate::model::changes::Hit;
use crate::model::clock;
use crate::model::data::Loose;
use crate::model::fields::{Entity, F};
use crate::model::portal::Portal;
use crate::php::{list, obj, Arr, Php};
use crate::rest::call::{Body, Params, Reply};
use crate::rest::error::RestError;

use super::loose::get;

/// The methods that need the scope `crm`.
pub static METHODS: &[(&str, Body)] = &[
    ("crm.activity.todo.add", todo_add),
    ("crm.automation.trigger", trigger),
    ("crm.item.payment.add", payment_add),
    ("crm.item.payment.list", payments),
    ("crm.item.payment.pay", |p, h, q| pay(p, h, q, "Y")),
    ("crm.item.payment.unpay", |p, h, q| pay(p, h, q, "N")),
];

/// The methods that need the scope `pay_system`.
pub static PAY_METHODS: &[(&str, Body)] = &[("sale.paysystem.list", pay_systems)];

/// The methods that need the scope `im`.
pub static IM_METHODS: &[(&str, Body)] =
    &[("im.notify.personal.add", notify), ("im.notify.system.add", notify), ("im.notify", notify)];

fn todo_add(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    let owner_type = params.need_int("ownerTypeId")?;
    let owner_id = params.need_int("ownerId")?;
    let deadline = params.need("deadline")?.text().into_owned();
    let owner = Entity::of_type(owner_type).and_then(|e| portal.shelf(e).get(owner_id));
    if owner.is_none() {
        return Err(RestError::new(400, "OWNER_NOT_FOUND", "Owner was not found"));
    }
    if clock::parse(&deadline, hit.now).is_none() {
        return Err(RestError::new(400, "WRONG_DATETIME_FORMAT", "Wrong datetime format"));
    }
    let mut thing = Loose { kind: "todo".to_owned(), created: hit.now, changed: hit.now, ..Loose::default() };
    for name in ["ownerTypeId", "ownerId", "deadline", "title", "description", "responsibleId", "colorId"] {
        if let Some(value) = params.exact(name) {
            thing.set(name, portal.storable(&value.text()));
        }
    }
    let id = portal.loose.add(|_| thing);
    Ok(obj([("id", id.into())]).into())
}

fn trigger(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    let target = params.loose("target").map(|t| t.text().into_owned()).unwrap_or_default();
    let code = params.loose("code").map(|c| c.text().into_owned()).unwrap_or_default();
    let deal = target.strip_prefix("DEAL_").and_then(|id| id.parse().ok()).and_then(|id| portal.deal(id));
    if deal.is_none() || code.is_empty() {
        return Err(RestError::not_found());
    }
    Ok(Php::Bool(true).into())
}

fn notify(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    let value = |name: &str| params.loose(name).map(|v| v.text().into_owned()).unwrap_or_default();
    let user = params.loose("user_id").map_or(0, Php::int);
    if user <= 0 || portal.users.get(user).is_none() {
        return Err(RestError::new(400, "USER_ID_EMPTY", "User ID can't be empty"));
    }
    let message = value("message");
    if message.trim().is_empty() {
        return Err(RestError::new(400, "MESSAGE_EMPTY", "Message can't be empty"));
    }
    let mut thing = Loose { kind: "notification".to_owned(), created: hit.now, ..Loose::default() };
    thing.set("USER_ID", user.to_string());
    thing.set("MESSAGE", portal.storable(&message));
    thing.set("TAG", value("tag"));
    let id = portal.loose.add(|_| thing);
    Ok(Php::Int(id).into())
}

fn deal_of(portal: &Portal, params: &Params) -> Result<i64, RestError> {
    let id = params.need_int("entityId")?;
    if params.need_int("entityTypeId")? != 2 || portal.deal(id).is_none() {
        return Err(RestError::numeric(0, "Entity not found"));
    }
    Ok(id)
}

fn payment_add(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    let deal = deal_of(portal, params)?;
    let record = portal.deal(deal).ok_or_else(RestError::no_element)?;
    let (sum, currency) = (record.money(F::Opportunity).to_string(), record.text(F::CurrencyId).to_owned());
    let mut thing = Loose { kind: "payment".to_owned(), created: hit.now, ..Loose::default() };
    for (name, value) in
        [("deal", deal.to_string()), ("paid", "N".to_owned()), ("sum", sum), ("currency", currency)]
    {
        thing.set(name, value);
    }
    let id = portal.loose.add(|_| thing);
    Ok(Php::Int(id).into())
}

fn payments(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    let deal = deal_of(portal, params)?;
    let rows =
        portal.loose.iter().filter(|(_, l)| l.kind == "payment" && l.int("deal") == deal).map(|(id, l)| {
            let mut out = Arr::new();
            out.put("id", id);
            out.put("accountNumber", format!("{deal}/{id}"));
            out.put("paid", l.text("paid"));
            out.put("datePaid", (l.text("paid") == "Y").then(|| clock::iso(l.changed)));
            out.put("empPaidId", 1);
            out.put("paySystemId", 6);
            out.put("sum", Php::from(l.text("sum")).decimal().map_or(Php::Int(0), Php::number));
            out.put("currency", l.text("currency"));
            out.put("paySystemName", "Наличные");
            out
        });
    Ok(list(rows).into())
}

fn pay(portal: &mut Portal, hit: &mut Hit, params: &Params, paid: &str) -> Reply {
    let id = params.need_int("id")?;
    get(portal, "payment", id).ok_or_else(|| RestError::numeric(0, "Payment not found"))?;
    if let Some(payment) = portal.loose.get_mut(id) {
        payment.set("paid", paid);
        payment.changed = hit.now;
    }
    Ok(Php::Bool(true).into())
}

fn pay_systems(_: &mut Portal, _: &mut Hit, _: &Params) -> Reply {
    let rows = [("6", "Наличные", "Y"), ("7", "Банковская карта", "N")].map(|(id, name, cash)| {
        obj([
            ("ID", id.into()),
            ("NAME", name.into()),
            ("ACTIVE", "Y".into()),
            ("IS_CASH", cash.into()),
            ("CURRENCY", "RUB".into()),
        ])
    });
    Ok(list(rows).into())
}
