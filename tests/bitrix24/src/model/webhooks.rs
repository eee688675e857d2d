//! Outgoing webhooks, robots and what became of their requests.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::clock;
use super::portal::Portal;
use crate::php::percent_encode;

/// How many deliveries are remembered.
const REMEMBERED: usize = 500;

/// An outgoing webhook.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Webhook {
    /// `event_handler_id`.
    #[serde(default)]
    pub id: i64,
    /// Handler.
    pub url: String,
    /// Codes such as ONCRMDEALUPDATE.
    pub events: Vec<String>,
    /// `auth[application_token]`.
    #[serde(default)]
    pub application_token: String,
}

/// A robot "outgoing webhook" on entering a stage.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Robot {
    /// Its id.
    #[serde(default)]
    pub id: i64,
    /// The stage whose entering fires it.
    pub stage: String,
    /// Handler; `{{ID}}` and `{{STAGE_ID}}` are filled in.
    pub url: String,
}

/// A request to a handler.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// Its number.
    pub n: u64,
    /// When it was sent, or will be.
    pub at: i64,
    /// Handler.
    pub url: String,
    /// Event code, or `robot`.
    pub event: String,
    /// What changed.
    pub id: i64,
    /// `webhook-id` of a signed call; it is signed when it is sent.
    pub message: Option<String>,
    /// The bytes.
    pub body: String,
    /// HTTP status, 0 while there is none.
    pub status: u16,
    /// The beginning of the answer, or why there is none.
    pub answer: String,
    /// `queued`, `sent`, `failed`, `lost`.
    pub state: &'static str,
}

/// Everything about outgoing requests.
#[derive(Debug, Default)]
pub struct Post {
    /// Outgoing webhooks.
    pub webhooks: Vec<Webhook>,
    /// Robots.
    pub robots: Vec<Robot>,
    /// The last deliveries.
    pub log: VecDeque<Delivery>,
    /// Deliveries held back for a burst.
    pub held: Vec<(String, u64)>,
    /// How many deliveries there were.
    pub count: u64,
    /// The next id of a webhook or robot.
    pub next_id: i64,
}

/// One event of a call.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A change that outgoing webhooks may hear of.
    Change(&'static str, &'static str, i64),
    /// A robot's request.
    Robot(String, i64),
    /// The companion module has noted a change.
    Companion(i64),
}

impl Portal {
    fn body_of(&self, event: &Event, hook: Option<&Webhook>, ts: i64) -> String {
        let domain = percent_encode(&self.domain);
        let member = "d897063e1ce7c5eb9f04b9751eef5915";
        match (event, hook) {
            (Event::Change(kind, what, id), Some(hook)) => format!(
                "event=ONCRM{kind}{what}&event_handler_id={}&data%5BFIELDS%5D%5BID%5D={id}&ts={ts}\
                 &auth%5Bdomain%5D={domain}&auth%5Bclient_endpoint%5D=https%3A%2F%2F{domain}%2Frest%2F\
                 &auth%5Bserver_endpoint%5D=https%3A%2F%2Foauth.bitrix24.tech%2Frest%2F\
                 &auth%5Bmember_id%5D={member}&auth%5Bapplication_token%5D={}",
                hook.id,
                percent_encode(&hook.application_token)
            ),
            (Event::Change(_, _, id) | Event::Robot(_, id) | Event::Companion(id), _) => format!(
                "document_id%5B0%5D=crm&document_id%5B1%5D=CCrmDocumentDeal&document_id%5B2%5D=DEAL_{id}\
                 &auth%5Bdomain%5D={domain}&auth%5Bmember_id%5D={member}&ts={ts}"
            ),
        }
    }

    /// Turns the events of a call into requests; answers (URL, number) of those to send.
    pub fn post_events(&mut self, events: &[Event]) -> Vec<(String, u64)> {
        let transport = self.switches.event_transport.clone();
        let ts = clock::micros() / 1_000_000;
        let mut out = Vec::new();
        let own = events.iter().filter(|event| matches!(event, Event::Companion(_)));
        // An isolated box sends no events, but its own module calls whom it can reach.
        for event in events.iter().filter(|_| !transport.silent).chain(own.filter(|_| transport.silent)) {
            let mut targets = Vec::new();
            match event {
                Event::Change(kind, what, _) => {
                    let code = format!("ONCRM{kind}{what}");
                    let subscribed = |h: &&Webhook| h.events.iter().any(|e| e.eq_ignore_ascii_case(&code));
                    for hook in self.post.webhooks.iter().filter(subscribed) {
                        targets.push((hook.url.clone(), code.clone(), self.body_of(event, Some(hook), ts)));
                    }
                }
                Event::Robot(url, _) => {
                    targets.push((url.clone(), "robot".to_owned(), self.body_of(event, None, ts)));
                }
                Event::Companion(change) => {
                    targets
                        .extend(self.told(*change).map(|(url, _, body)| (url, "companion".to_owned(), body)));
                }
            }
            let (id, message) = match event {
                Event::Change(_, _, id) | Event::Robot(_, id) => (*id, None),
                Event::Companion(change) => {
                    (self.changes.get(*change).map_or(0, |c| c.deal), Some(format!("msg_{change}")))
                }
            };
            for (url, code, body) in targets {
                for _ in 0..=transport.duplicates {
                    let lost = transport.loss > 0 && self.chance(100) < u64::from(transport.loss);
                    let n = self.log_delivery(&url, &code, id, &body, ts, lost);
                    if let Some(delivery) = self.delivery(n) {
                        delivery.message.clone_from(&message);
                    }
                    if !lost {
                        out.push((url.clone(), n));
                    }
                }
            }
        }
        if transport.reorder {
            out.reverse();
        }
        if transport.burst > 0 {
            self.post.held.append(&mut out);
            if self.post.held.len() >= transport.burst {
                out = std::mem::take(&mut self.post.held);
            }
        }
        out
    }

    fn log_delivery(&mut self, url: &str, event: &str, id: i64, body: &str, at: i64, lost: bool) -> u64 {
        self.post.count += 1;
        self.version += 1;
        if self.post.log.len() >= REMEMBERED {
            self.post.log.pop_front();
        }
        self.post.log.push_back(Delivery {
            n: self.post.count,
            at,
            url: url.to_owned(),
            event: event.to_owned(),
            id,
            message: None,
            body: body.to_owned(),
            status: 0,
            answer: String::new(),
            state: if lost { "lost" } else { "queued" },
        });
        self.post.count
    }

    /// A delivery still remembered.
    pub fn delivery(&mut self, n: u64) -> Option<&mut Delivery> {
        self.post.log.iter_mut().find(|d| d.n == n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_of_an_event() {
        let mut portal = Portal { domain: "crm.example.ru".to_owned(), ..Portal::default() };
        let hook = Webhook {
            id: 975,
            url: "http://shop/hook".to_owned(),
            events: vec!["ONCRMDEALUPDATE".to_owned()],
            application_token: "jvh9y1ulvt2m6k5or90v9mg8nn32ozas".to_owned(),
        };
        let event = Event::Change("DEAL", "UPDATE", 7405);
        assert_eq!(
            portal.body_of(&event, Some(&hook), 1_766_047_124),
            "event=ONCRMDEALUPDATE&event_handler_id=975&data%5BFIELDS%5D%5BID%5D=7405&ts=1766047124\
             &auth%5Bdomain%5D=crm.example.ru&auth%5Bclient_endpoint%5D=https%3A%2F%2Fcrm.example.ru%2Frest%2F\
             &auth%5Bserver_endpoint%5D=https%3A%2F%2Foauth.bitrix24.tech%2Frest%2F\
             &auth%5Bmember_id%5D=d897063e1ce7c5eb9f04b9751eef5915\
             &auth%5Bapplication_token%5D=jvh9y1ulvt2m6k5or90v9mg8nn32ozas"
        );
        portal.post.webhooks.push(hook);
        portal.switches.event_transport.duplicates = 2;
        assert_eq!(portal.post_events(&[event]).len(), 3);
    }
}
