//! Accepting connections and telling REST, admin API and board apart.

use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming as Body;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::admin;
use crate::model::clock;

use super::body::{json, respond, CutHere, Out};
use super::journal::Entry;
use super::request::{params, route, Incoming};
use super::rest::{serve, Origin};
use super::shared::Shared;

/// Largest body.
const BODY_LIMIT: usize = 32 * 1024 * 1024;

/// Serves connections for ever.
pub async fn listen(listener: TcpListener, tls: Option<TlsAcceptor>, shared: Arc<Shared>) {
    loop {
        let (stream, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of file descriptors: the connections that are open have to end first.
                eprintln!("accept: {error}");
                tokio::task::yield_now().await;
                continue;
            }
        };
        let _ = stream.set_nodelay(true);
        let (tls, shared) = (tls.clone(), Arc::clone(&shared));
        tokio::spawn(async move {
            match tls {
                None => connection(stream, peer, false, shared).await,
                Some(tls) => {
                    if let Ok(stream) = tls.accept(stream).await {
                        connection(stream, peer, true, shared).await;
                    }
                }
            }
        });
    }
}

async fn connection(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: SocketAddr,
    secure: bool,
    shared: Arc<Shared>,
) {
    let origin = Origin { ip: peer.ip(), secure };
    let service = service_fn(move |request| answer(Arc::clone(&shared), origin, request));
    // An error is a cut connection, on either side.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

async fn answer(
    shared: Arc<Shared>,
    origin: Origin,
    request: Request<Body>,
) -> Result<Response<Out>, CutHere> {
    let (head, body) = request.into_parts();
    let path = head.uri.path().to_owned();
    let query = head.uri.query().unwrap_or_default().to_owned();
    let Ok(body) = Limited::new(body, BODY_LIMIT).collect().await.map(http_body_util::Collected::to_bytes)
    else {
        return Ok(respond(413, "text/html", Out::whole("<h1>413 Request Entity Too Large</h1>")));
    };
    let content_type = head.headers.get(hyper::header::CONTENT_TYPE);
    let content_type = content_type.and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    if head.method == Method::OPTIONS {
        return Ok(json(200, Bytes::new()));
    }
    if let Some((user, token, method)) = route(&path) {
        let (params, broken_json) = params(&query, &content_type, &body);
        let entry = Entry {
            at: clock::micros(),
            verb: head.method.as_str().to_owned(),
            path: format!("/rest/{user}/***/{method}"),
            content_type,
            error: broken_json.then(|| "broken JSON".to_owned()),
            ..Entry::default()
        };
        let call = Incoming { user, token, method, params };
        // A client that goes away does not stop the portal's work.
        let work = tokio::spawn(serve(shared, call, origin, entry));
        return work.await.unwrap_or(Err(CutHere));
    }
    Ok(admin::serve(&shared, &head.method, &path, &query, &body).await)
}
