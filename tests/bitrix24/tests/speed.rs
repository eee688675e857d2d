//! The portal must never be what a benchmark measures. Machines differ and are shared, so what is
//! asserted are ratios to a server that does nothing but answer, measured in the same run; the
//! figures themselves are printed.

mod support;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Instant;

use serde_json::json;
use support::{Portal, TOKEN};

/// A debug build may be ten times slower than what is asked of a release build.
const SLOWER: f64 = if cfg!(debug_assertions) { 10.0 } else { 1.0 };

/// Requests a second of a server that reads a request and answers without looking at it.
fn bare(connections: usize, each: usize, body: &str) -> f64 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let request = body.len();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            std::thread::spawn(move || answer_blindly(stream.unwrap(), request));
        }
    });
    rate(&address, connections, each, body, "server.time")
}

fn answer_blindly(mut stream: TcpStream, body: usize) {
    stream.set_nodelay(true).unwrap();
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut line = String::new();
    loop {
        line.clear();
        match reader.read_line(&mut line) {
            Ok(0) | Err(_) => return,
            Ok(_) if line != "\r\n" => continue,
            Ok(_) => {}
        }
        if reader.read_exact(&mut vec![0; body]).is_err() {
            return;
        }
        let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{\"result\":[]}";
        if stream.write_all(answer).is_err() {
            return;
        }
    }
}

/// Sends requests over one connection, twenty in flight, and answers requests per second.
fn rate(address: &str, connections: usize, each: usize, body: &str, method: &str) -> f64 {
    let request = format!(
        "POST /rest/1/{TOKEN}/{method} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let start = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..connections {
            scope.spawn(|| {
                let mut stream = TcpStream::connect(address).unwrap();
                stream.set_nodelay(true).unwrap();
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                let in_flight = 20.min(each);
                stream.write_all(request.repeat(in_flight).as_bytes()).unwrap();
                for n in 0..each {
                    read_answer(&mut reader);
                    if n + in_flight < each {
                        stream.write_all(request.as_bytes()).unwrap();
                    }
                }
            });
        }
    });
    #[allow(clippy::cast_precision_loss)]
    let total = (connections * each) as f64;
    total / start.elapsed().as_secs_f64()
}

fn read_answer(reader: &mut BufReader<TcpStream>) {
    let mut length = 0;
    let mut line = String::new();
    loop {
        line.clear();
        reader.read_line(&mut line).unwrap();
        if line == "\r\n" {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    assert!(body.starts_with(b"{\"result\""), "{}", String::from_utf8_lossy(&body));
}

fn report(name: &str, value: f64, unit: &str, baseline: f64) {
    println!("{{\"bench\":\"{name}\",\"value\":{value:.0},\"unit\":\"{unit}\",\"baseline\":{baseline:.0}}}");
}

#[test]
fn simple_requests() {
    let portal = Portal::start();
    let baseline = bare(4, 3_000, "{}");
    let got = rate(&portal.address, 4, 3_000, "{}", "server.time");
    report("portal_requests", got, "1/s", baseline);
    assert!(got >= baseline / (20.0 * SLOWER), "{got:.0} requests a second, bare {baseline:.0}");
}

#[test]
fn batched_commands() {
    let portal = Portal::start();
    portal.admin("seed", &json!({"deals": 1000}));
    let mut cmd = Vec::new();
    for n in 0..25 {
        cmd.push(format!(
            "crm.item.list?entityTypeId=2&filter[originId]={}&select[]=id&select[]=stageId",
            n * 37
        ));
        cmd.push(format!("crm.item.update?entityTypeId=2&id={}&fields[title]=n{n}", n + 1));
    }
    let body = json!({ "cmd": cmd }).to_string();
    let baseline = bare(2, 3_000, "{}");
    let got = rate(&portal.address, 2, 200, &body, "batch") * 50.0;
    report("portal_batched_commands", got, "1/s", baseline);
    assert!(got >= baseline / (40.0 * SLOWER), "{got:.0} commands a second, bare {baseline:.0}");
}

#[test]
fn a_hundred_thousand_deals() {
    let portal = Portal::start();
    let deals = if cfg!(debug_assertions) { 10_000 } else { 100_000 };
    portal.admin("seed", &json!({ "deals": deals }));
    let status = std::fs::read_to_string(format!("/proc/{}/status", portal.pid())).unwrap();
    let line = status.lines().find(|l| l.starts_with("VmRSS")).unwrap();
    let kib: f64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    let wanted = 500.0 / SLOWER;
    report("portal_memory", kib / 1024.0, "MiB", wanted);
    assert!(kib / 1024.0 <= wanted, "{line}");
    let last = deals - 1;
    let search =
        json!({"entityTypeId": 2, "filter": {"=originatorId": "seed", "=originId": last.to_string()}})
            .to_string();
    let baseline = bare(2, 3_000, "{}");
    let got = rate(&portal.address, 2, 500, &search, "crm.item.list");
    report("portal_search", got, "1/s", baseline);
    // An index, not a walk over all of them.
    assert!(
        got >= baseline / (100.0 * SLOWER),
        "{got:.0} searches a second among {deals} deals, bare {baseline:.0}"
    );
}
