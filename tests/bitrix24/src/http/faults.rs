//! Things that go wrong on command.

use bytes::Bytes;
use hyper::Response;

use crate::model::portal::Portal;
use crate::model::switches::{matches, Fault, FaultKind};

use super::body::{json, respond, Out};

impl Portal {
    /// The fault that strikes a call of these methods now, if any; its count goes down.
    pub fn strike(&mut self, methods: &[&str], command: bool) -> Option<Fault> {
        if self.switches.faults.is_empty() {
            return None;
        }
        for at in 0..self.switches.faults.len() {
            let fault = self.switches.faults[at].clone();
            // An error for a command's own method strikes the command, everything else the call.
            let own_error = fault.kind == FaultKind::Error && !matches(&fault.method, "batch");
            let fits = methods.iter().any(|m| matches(&fault.method, m));
            if !fits || command != own_error {
                continue;
            }
            if fault.skip > 0 {
                self.switches.faults[at].skip -= 1;
                continue;
            }
            if fault.percent < 100 && self.chance(100) >= u64::from(fault.percent) {
                continue;
            }
            match fault.times {
                Some(0) => continue,
                Some(n) => self.switches.faults[at].times = Some(n - 1),
                None => {}
            }
            self.switches.faults.retain(|f| f.times != Some(0));
            return Some(fault);
        }
        None
    }
}

/// The wrong answer; `None` cuts the connection.
pub fn wrong(fault: &Fault, right: &Bytes) -> Option<Response<Out>> {
    let html = "text/html; charset=utf-8";
    let status = fault.status;
    match fault.kind {
        FaultKind::Cut | FaultKind::Hang => None,
        FaultKind::Html => {
            let status = status.unwrap_or(502);
            let page = format!(
                "<html>\r\n<head><title>{status}</title></head>\r\n<body>\r\n<center><h1>{status}</h1></center>\r\n\
                 <hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
            );
            Some(respond(status, html, Out::whole(page)))
        }
        FaultKind::Error => {
            let code = fault.error.as_deref().unwrap_or("INTERNAL_SERVER_ERROR");
            let text = fault.error_description.as_deref().unwrap_or("Internal server error");
            let body = crate::php::encode(&crate::php::obj([
                ("error", code.into()),
                ("error_description", text.into()),
            ]));
            Some(json(status.unwrap_or(500), body))
        }
        FaultKind::TruncatedJson => Some(json(200, right.slice(..right.len() / 2))),
        FaultKind::TruncatedBody => Some(respond(200, "application/json; charset=utf-8", Out::half(right))),
        FaultKind::Empty => Some(json(200, Bytes::new())),
        FaultKind::LoginPage => {
            let page = "<!DOCTYPE html><html><head><title>Авторизация</title></head><body>\
                <form method=\"post\">Логин <input name=\"USER_LOGIN\"> Пароль <input name=\"USER_PASSWORD\"></form>\
                </body></html>";
            Some(respond(200, html, Out::whole(page)))
        }
        FaultKind::Redirect => {
            let mut answer = respond(302, html, Out::whole(Bytes::new()));
            let login = hyper::header::HeaderValue::from_static("/auth/?backurl=%2Frest%2F");
            answer.headers_mut().insert(hyper::header::LOCATION, login);
            Some(answer)
        }
    }
}
