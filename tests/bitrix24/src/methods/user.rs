//! Employees.

use crate::model::changes::{Family, Hit};
use crate::model::clock;
use crate::model::data::User;
use crate::model::filter::{parse, Operand, Sort, Strictness};
use crate::model::portal::Portal;
use crate::php::{list, Arr, Php};
use crate::rest::call::{Answer, Body, Params, Reply};
use crate::rest::error::RestError;

use super::lists::Start;

/// The methods of this family.
pub static METHODS: &[(&str, Body)] =
    &[("user.current", current), ("user.get", get), ("user.search", search)];

fn print(portal: &Portal, id: i64, user: &User, now: i64) -> Arr {
    let mut out = Arr::new();
    out.put("ID", id.to_string());
    out.put("ACTIVE", user.active);
    out.put("NAME", user.name.as_str());
    out.put("LAST_NAME", user.last_name.as_str());
    out.put("SECOND_NAME", "");
    if portal.switches.scopes.iter().any(|s| s == "user") {
        out.put("EMAIL", user.email.as_str());
    }
    out.put("LAST_LOGIN", clock::iso(now - 3600));
    out.put("DATE_REGISTER", "2024-01-10T03:00:00+03:00");
    out.put("IS_ONLINE", if user.active { "Y" } else { "N" });
    out.put("LAST_ACTIVITY_DATE", clock::iso(now - 60).replace('T', " ").get(..19).unwrap_or_default());
    out.put("PERSONAL_GENDER", "");
    out.put("PERSONAL_BIRTHDAY", "");
    out.put("WORK_POSITION", user.position.as_str());
    out.put("UF_EMPLOYMENT_DATE", "");
    out.put("UF_DEPARTMENT", list([1_i64]));
    out
}

fn current(portal: &mut Portal, hit: &mut Hit, _: &Params) -> Reply {
    let user = portal.users.get(hit.user).ok_or_else(RestError::not_found)?;
    Ok(Php::Arr(print(portal, hit.user, user, hit.now)).into())
}

fn resolve(name: &str) -> Option<(String, Sort)> {
    let sort = match name {
        "ID" => Sort::Int,
        "ACTIVE" => Sort::Flag,
        "NAME" | "LAST_NAME" | "SECOND_NAME" | "EMAIL" | "WORK_POSITION" | "USER_TYPE" => Sort::Text,
        _ => return None,
    };
    Some((name.to_owned(), sort))
}

fn read(id: i64, user: &User, field: &str) -> Operand {
    match field {
        "ID" => Operand::Int(id),
        "ACTIVE" => Operand::Int(i64::from(user.active)),
        "NAME" => Operand::text(&user.name),
        "LAST_NAME" => Operand::text(&user.last_name),
        "EMAIL" => Operand::text(&user.email),
        "WORK_POSITION" => Operand::text(&user.position),
        "USER_TYPE" => Operand::text("employee"),
        _ => Operand::Blank,
    }
}

fn get(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    let filter = match params.loose("filter") {
        Some(Php::Arr(filter)) => filter.clone(),
        _ => params.0.clone(),
    };
    listed(portal, hit, params, &filter, |_| true)
}

fn search(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    let filter = match params.loose("filter") {
        Some(Php::Arr(filter)) => filter.clone(),
        _ => params.0.clone(),
    };
    let find = filter.get("FIND").map(|f| f.text().to_lowercase());
    match find {
        Some(find) => listed(portal, hit, params, &Arr::new(), |u| {
            format!("{} {} {} {}", u.name, u.last_name, u.email, u.position).to_lowercase().contains(&find)
        }),
        None => listed(portal, hit, params, &filter, |_| true),
    }
}

fn listed(portal: &Portal, hit: &Hit, params: &Params, filter: &Arr, also: impl Fn(&User) -> bool) -> Reply {
    let node = parse(filter, Strictness::Lenient, hit.now, &resolve).map_err(|_| RestError::plain(""))?;
    let field = params.loose("sort").map_or_else(|| "ID".to_owned(), |s| s.text().to_uppercase());
    let down = params.loose("order").is_some_and(|o| o.text().eq_ignore_ascii_case("desc"));
    let fits = |(id, u): &(i64, &User)| also(u) && node.fits(&|f: &String| read(*id, u, f));
    let mut found: Vec<(i64, &User)> = portal.users.iter().filter(fits).collect();
    found.sort_by(|a, b| read(a.0, a.1, &field).order(&read(b.0, b.1, &field)).then(a.0.cmp(&b.0)));
    if down {
        found.reverse();
    }
    let (rows, total, next) = Start::read(params.exact("start"), Family::Classic).cut(&found);
    let rows = rows.into_iter().map(|(id, user)| {
        let mut row = print(portal, id, user, hit.now);
        row.put("USER_TYPE", "employee");
        row.put("TIMESTAMP_X", Php::EmptyObject);
        row
    });
    Ok(Answer { result: list(rows), total: Some(total), next })
}
