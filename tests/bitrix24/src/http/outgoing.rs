//! The portal's own requests: outgoing webhooks and robots. One attempt, the answer is only noted.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::TlsConnector;

use super::shared::Shared;
use crate::model::{clock, companion};

/// A handler that takes longer is given up.
const PATIENCE: Duration = Duration::from_secs(10);
/// How much of an answer is read.
const ANSWER_LIMIT: u64 = 64 * 1024;

/// Sends deliveries in order, in the background.
pub fn send(shared: &Arc<Shared>, deliveries: Vec<(String, u64)>) {
    if deliveries.is_empty() {
        return;
    }
    let shared = Arc::clone(shared);
    tokio::spawn(async move {
        let delay = shared.with(|p| p.switches.event_transport.delay_ms);
        if delay > 0 {
            tokio::time::sleep(Duration::from_millis(delay)).await;
        }
        for (url, n) in deliveries {
            deliver(&shared, &url, n).await;
        }
    });
}

async fn deliver(shared: &Arc<Shared>, url: &str, n: u64) {
    let found = shared.with(|portal| {
        let (body, message) = portal.delivery(n).map(|d| (d.body.clone(), d.message.clone()))?;
        let signed = message.zip(portal.switches.companion.as_ref()).map(|(id, companion)| {
            let at = clock::micros() / 1_000_000 + companion.shift;
            companion::signed(&companion.secret, &id, at, &body)
        });
        Some((body, signed))
    });
    let Some((body, signed)) = found else { return };
    let headers = signed.map_or_else(
        || "Content-Type: application/x-www-form-urlencoded\r\n".to_owned(),
        |signed| format!("Content-Type: application/json\r\n{signed}"),
    );
    let outcome = tokio::time::timeout(PATIENCE, post(shared, url, &headers, &body)).await;
    shared.with(|portal| {
        portal.version += 1;
        if let Some(delivery) = portal.delivery(n) {
            match outcome {
                Ok(Ok((status, answer))) => {
                    delivery.status = status;
                    delivery.answer = answer;
                    delivery.state = "sent";
                }
                Ok(Err(error)) => {
                    delivery.answer = error;
                    delivery.state = "failed";
                }
                Err(_) => {
                    "no answer in time".clone_into(&mut delivery.answer);
                    delivery.state = "failed";
                }
            }
        }
    });
}

/// A handler's address, taken apart.
#[derive(Debug, PartialEq)]
struct Address {
    tls: bool,
    host: String,
    port: u16,
    target: String,
}

fn address(url: &str) -> Option<Address> {
    let (scheme, rest) = url.split_once("://")?;
    let tls = match scheme {
        "http" => false,
        "https" => true,
        _ => return None,
    };
    let (authority, target) = match rest.find(['/', '?']) {
        Some(at) => rest.split_at(at),
        None => (rest, "/"),
    };
    let authority = authority.rsplit('@').next()?;
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) => (host, port.parse().ok()?),
        None => (authority, if tls { 443 } else { 80 }),
    };
    let target = target.split('#').next()?;
    let target = if target.starts_with('?') { format!("/{target}") } else { target.to_owned() };
    let clean = !host.is_empty() && !url.contains(|c: char| c.is_control() || c == ' ');
    clean.then(|| Address { tls, host: host.to_owned(), port, target })
}

async fn post(shared: &Shared, url: &str, headers: &str, body: &str) -> Result<(u16, String), String> {
    let Address { tls, host, port, target } = address(url).ok_or("not an address")?;
    let stream = TcpStream::connect((host.as_str(), port)).await.map_err(|e| e.to_string())?;
    let request = format!(
        "POST {target} HTTP/1.1\r\nHost: {host}:{port}\r\nUser-Agent: Bitrix24 Webhook Engine\r\n\
         Accept: */*\r\n{headers}Content-Length: {}\r\n\
         Connection: close\r\n\r\n{body}",
        body.len()
    );
    let raw = if tls {
        let name = ServerName::try_from(host).map_err(|e| e.to_string())?;
        let connector = TlsConnector::from(Arc::clone(&shared.tls));
        let stream = connector.connect(name, stream).await.map_err(|e| e.to_string())?;
        exchange(stream, request.as_bytes()).await?
    } else {
        exchange(stream, request.as_bytes()).await?
    };
    let text = String::from_utf8_lossy(&raw);
    let status = text.split(' ').nth(1).and_then(|s| s.parse().ok()).ok_or("not an HTTP answer")?;
    let answer = text.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    Ok((status, answer.chars().take(500).collect()))
}

async fn exchange(
    mut stream: impl AsyncReadExt + AsyncWriteExt + Unpin,
    request: &[u8],
) -> Result<Vec<u8>, String> {
    stream.write_all(request).await.map_err(|e| e.to_string())?;
    let mut raw = Vec::new();
    let read = stream.take(ANSWER_LIMIT).read_to_end(&mut raw).await;
    match read {
        Err(error) if raw.is_empty() => Err(error.to_string()),
        _ => Ok(raw),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let found = address("http://u:p@shop.local:8080/hook?secret=s&ID=1#x").unwrap();
        assert_eq!(
            (found.host.as_str(), found.port, found.target.as_str()),
            ("shop.local", 8080, "/hook?secret=s&ID=1")
        );
        assert_eq!(address("https://shop.ru?a=1").unwrap().target, "/?a=1");
        assert!(address("ftp://x/").is_none());
        assert!(address("http://x/\r\nEvil: 1").is_none());
    }
}
