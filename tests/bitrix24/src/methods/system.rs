//! Connection check: profile, scope, methods, server time.

use crate::model::changes::Hit;
use crate::model::clock;
use crate::model::portal::Portal;
use crate::model::switches::AppInfo;
use crate::php::{list, obj, Php};
use crate::rest::call::{Body, Params, Reply};
use crate::rest::error::RestError;

use super::registry;

/// The methods of this family.
pub static METHODS: &[(&str, Body)] = &[
    ("profile", profile),
    ("server.time", server_time),
    ("scope", scope),
    ("methods", methods),
    ("method.get", method_get),
    ("feature.get", feature_get),
    ("app.info", app_info),
    ("events", application_only),
    ("event.bind", wrong_auth),
    ("event.unbind", wrong_auth),
    ("event.get", wrong_auth),
    ("event.test", wrong_auth),
    ("event.offline.get", wrong_auth),
    ("event.offline.clear", wrong_auth),
    ("event.offline.error", wrong_auth),
    ("event.offline.list", wrong_auth),
    ("bizproc.robot.add", application_only),
];

fn profile(portal: &mut Portal, hit: &mut Hit, _: &Params) -> Reply {
    let user = portal.users.get(hit.user).ok_or_else(RestError::not_found)?;
    Ok(obj([
        ("ID", hit.user.to_string().into()),
        ("ADMIN", portal.switches.owner_admin.into()),
        ("NAME", user.name.as_str().into()),
        ("LAST_NAME", user.last_name.as_str().into()),
        ("PERSONAL_GENDER", "".into()),
        ("TIME_ZONE", "".into()),
    ])
    .into())
}

fn server_time(_: &mut Portal, hit: &mut Hit, _: &Params) -> Reply {
    Ok(Php::from(clock::iso(hit.now)).into())
}

fn scope(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    if params.loose("full").is_some_and(|f| !f.is_empty() && f.text() != "false") {
        let all = [
            "bizproc",
            "calendar",
            "catalog",
            "crm",
            "department",
            "disk",
            "im",
            "log",
            "sale",
            "task",
            "user",
        ];
        return Ok(list(all).into());
    }
    Ok(list(portal.switches.scopes.iter().map(String::as_str)).into())
}

fn methods(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    let full = params.loose("full").is_some_and(|f| !f.is_empty());
    let scope = params.loose("scope").map(|s| s.text().into_owned());
    let fits = |m: &registry::Method| match &scope {
        Some(scope) => m.scope == scope,
        None => full || portal.switches.grants(m.scope),
    };
    let names = registry::all().filter(|m| !portal.switches.lacks(m.name)).filter(fits).map(|m| m.name);
    Ok(list(names).into())
}

fn method_get(portal: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    let name = params.loose("name").map(|n| n.text().into_owned()).unwrap_or_default();
    let batch = name.eq_ignore_ascii_case("batch");
    let found = registry::find(&name).filter(|_| !portal.switches.lacks(&name));
    let available = found.is_some_and(|m| portal.switches.grants(m.scope));
    Ok(obj([("isExisting", (found.is_some() || batch).into()), ("isAvailable", (available || batch).into())])
        .into())
}

fn feature_get(_: &mut Portal, _: &mut Hit, params: &Params) -> Reply {
    match params.loose("code").map(Php::text).as_deref() {
        Some("rest_offline_extended" | "rest_auth_connector") => Ok(obj([("value", "Y".into())]).into()),
        _ => Ok(obj([("value", "N".into())]).into()),
    }
}

fn app_info(portal: &mut Portal, hit: &mut Hit, params: &Params) -> Reply {
    match portal.switches.app_info_for_webhook {
        AppInfo::Denied => application_only(portal, hit, params),
        AppInfo::Scope => Ok(obj([
            ("SCOPE", list(portal.switches.scopes.iter().map(String::as_str))),
            ("LICENSE", "ru_selfhosted".into()),
        ])
        .into()),
    }
}

fn application_only(_: &mut Portal, _: &mut Hit, _: &Params) -> Reply {
    Err(RestError::new(403, "ACCESS_DENIED", "Access denied! Application context required"))
}

fn wrong_auth(_: &mut Portal, _: &mut Hit, _: &Params) -> Reply {
    Err(RestError::new(403, "WRONG_AUTH_TYPE", "Current authorization type is denied for this method"))
}
