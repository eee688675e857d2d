//! A portal of one's own, a client that sends exact bytes, and a handler that waits for webhooks.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{channel, Receiver};
use std::time::Duration;

use serde_json::{json, Value};

/// Token of the incoming webhook.
pub const TOKEN: &str = "tok123";

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running portal; it ends with the test.
pub struct Portal {
    child: Child,
    pub address: String,
}

impl Drop for Portal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: String,
    pub body: String,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.body))
    }
}

impl Portal {
    /// Starts a portal on a free port.
    pub fn start() -> Self {
        Self::with(&[])
    }

    /// Starts a portal with further options.
    pub fn with(options: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_portal"))
            .args(["--listen", "127.0.0.1:0", "--token", TOKEN])
            .args(options)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().trim_end_matches('/').rsplit('/').next().unwrap().to_owned();
        Self { child, address }
    }

    /// The process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Kills it without a word.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Sends exact bytes; `None` when the connection ends without a whole answer.
    pub fn raw(&self, request: &[u8]) -> Option<Answer> {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(request).ok()?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).ok()?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (headers, body) = text.split_once("\r\n\r\n")?;
        let status = headers.split(' ').nth(1)?.parse().ok()?;
        let length = headers.lines().find_map(|l| {
            l.to_ascii_lowercase().strip_prefix("content-length:").map(|v| v.trim().to_owned())
        });
        if length.is_some_and(|l| l.parse::<usize>() != Ok(body.len())) {
            return None;
        }
        Some(Answer { status, headers: headers.to_owned(), body: body.to_owned() })
    }

    /// A request with a body.
    pub fn send(&self, verb: &str, target: &str, kind: &str, body: &str) -> Option<Answer> {
        let request = format!(
            "{verb} {target} HTTP/1.1\r\nHost: portal\r\nConnection: close\r\nContent-Type: {kind}\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        self.raw(request.as_bytes())
    }

    /// Calls a method with JSON.
    pub fn post(&self, method: &str, params: &Value) -> Answer {
        let target = format!("/rest/1/{TOKEN}/{method}");
        self.send("POST", &target, "application/json", &params.to_string()).expect("an answer")
    }

    /// Calls a method with a form.
    pub fn form(&self, method: &str, form: &str) -> Answer {
        let target = format!("/rest/1/{TOKEN}/{method}");
        self.send("POST", &target, "application/x-www-form-urlencoded", form).expect("an answer")
    }

    /// Calls a method that must succeed and answers the whole envelope.
    pub fn whole(&self, method: &str, params: &Value) -> Value {
        let answer = self.post(method, params);
        assert_eq!(answer.status, 200, "{method}: {}", answer.body);
        answer.json()
    }

    /// Calls a method that must succeed and answers `result`.
    pub fn call(&self, method: &str, params: &Value) -> Value {
        self.whole(method, params)["result"].clone()
    }

    /// Calls a method that must fail: status, `error`, `error_description`.
    pub fn refuse(&self, method: &str, params: &Value) -> (u16, Value, String) {
        let answer = self.post(method, params);
        let json = answer.json();
        assert!(json.get("error").is_some(), "{method} did not fail: {}", answer.body);
        let text = json["error_description"].as_str().unwrap_or_default().to_owned();
        (answer.status, json["error"].clone(), text)
    }

    /// The admin API with a body.
    pub fn admin(&self, what: &str, body: &Value) -> Value {
        let target = format!("/_/{what}");
        let answer = self.send("POST", &target, "application/json", &body.to_string()).expect("an answer");
        assert_eq!(answer.status, 200, "{what}: {}", answer.body);
        answer.json()
    }

    /// The admin API, reading.
    pub fn look(&self, what: &str) -> Value {
        self.send("GET", &format!("/_/{what}"), "", "").expect("an answer").json()
    }

    /// Turns switches.
    pub fn switch(&self, switches: Value) {
        self.admin("switches", &switches);
    }

    /// Creates a deal with classic fields and answers its id.
    pub fn deal(&self, fields: Value) -> i64 {
        self.call("crm.deal.add", &json!({ "fields": fields })).as_i64().unwrap()
    }

    /// A deal as crm.deal.get prints it.
    pub fn deal_of(&self, id: i64) -> Value {
        self.call("crm.deal.get", &json!({ "id": id }))
    }

    /// Stage history of a deal: (TYPE_ID, STAGE_ID).
    pub fn steps(&self, id: i64) -> Vec<(i64, String)> {
        let filter = json!({"entityTypeId": 2, "filter": {"OWNER_ID": id}, "order": {"ID": "ASC"}});
        let found = self.call("crm.stagehistory.list", &filter);
        let read = |s: &Value| (s["TYPE_ID"].as_i64().unwrap(), s["STAGE_ID"].as_str().unwrap().to_owned());
        found["items"].as_array().unwrap().iter().map(read).collect()
    }
}

/// A handler of webhooks.
pub struct Handler {
    pub url: String,
    received: Receiver<String>,
    heads: Receiver<String>,
}

impl Handler {
    /// Listens on a free port; `on_request` may look at the portal before the handler answers.
    pub fn start(on_request: impl Fn(&str) -> String + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let (send, received) = channel();
        let (send_head, heads) = channel();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { return };
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                let mut head = String::new();
                let mut length = 0;
                loop {
                    let mut line = String::new();
                    if reader.read_line(&mut line).unwrap_or(0) == 0 || line == "\r\n" {
                        break;
                    }
                    if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                        length = value.trim().parse().unwrap_or(0);
                    }
                    head.push_str(&line);
                }
                let mut body = vec![0; length];
                let _ = reader.read_exact(&mut body);
                let body = String::from_utf8_lossy(&body).into_owned();
                let note = on_request(&body);
                let _ =
                    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
                let _ = send_head.send(head.clone());
                let first = head.lines().next().unwrap_or_default().to_owned();
                if send.send(format!("{first}\n{body}\n{note}")).is_err() {
                    return;
                }
            }
        });
        Self { url, received, heads }
    }

    /// The next request: (request line, body, note).
    pub fn next(&self) -> (String, String, String) {
        let text = self.received.recv_timeout(PATIENCE).expect("a webhook");
        let mut parts = text.splitn(3, '\n').map(str::to_owned);
        (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap())
    }

    /// The headers of the next request, beside [`Self::next`].
    pub fn next_head(&self) -> String {
        self.heads.recv_timeout(PATIENCE).expect("a webhook")
    }

    /// Whether nothing has come so far.
    pub fn is_silent(&self) -> bool {
        self.received.try_recv().is_err()
    }
}

/// The value of a key in a form body, encoded.
pub fn part(body: &str, key: &str) -> String {
    let found = body.split('&').find_map(|pair| pair.strip_prefix(&format!("{key}=")));
    found.unwrap_or_else(|| panic!("no {key} in {body}")).to_owned()
}
