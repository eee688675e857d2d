//! The body of an answer: whole, or broken off in the middle.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use hyper::Response;
use tokio::sync::oneshot;

/// A body.
#[derive(Debug)]
pub struct Out {
    data: Option<Bytes>,
    missing: u64,
    /// Told when the body has been handed to the connection, or dropped with it.
    done: Option<oneshot::Sender<()>>,
}

/// The connection is to be cut here.
#[derive(Debug)]
pub struct CutHere;

impl std::fmt::Display for CutHere {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the connection is cut on purpose")
    }
}

impl std::error::Error for CutHere {}

impl Out {
    /// A whole body.
    pub fn whole(data: impl Into<Bytes>) -> Self {
        let data = data.into();
        Self { data: (!data.is_empty()).then_some(data), missing: 0, done: None }
    }

    /// Half a body that promises the other half.
    pub fn half(data: &Bytes) -> Self {
        let half = data.slice(..data.len() / 2);
        let missing = (data.len() - half.len()).max(1) as u64;
        Self { data: (!half.is_empty()).then_some(half), missing, done: None }
    }

    /// Tells somebody when it is done.
    pub fn then(mut self, done: oneshot::Sender<()>) -> Self {
        self.done = Some(done);
        self
    }
}

impl Body for Out {
    type Data = Bytes;
    type Error = CutHere;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, CutHere>>> {
        if let Some(data) = self.data.take() {
            return Poll::Ready(Some(Ok(Frame::data(data))));
        }
        if self.missing > 0 {
            return Poll::Ready(Some(Err(CutHere)));
        }
        Poll::Ready(None)
    }

    fn is_end_stream(&self) -> bool {
        self.data.is_none() && self.missing == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.data.as_ref().map_or(0, |d| d.len() as u64) + self.missing)
    }
}

/// An answer of the web server.
pub fn respond(status: u16, content_type: &str, body: Out) -> Response<Out> {
    let builder = Response::builder()
        .status(status)
        .header("Content-Type", content_type)
        .header("Access-Control-Allow-Origin", "*")
        .header("X-Content-Type-Options", "nosniff");
    builder.body(body).unwrap_or_else(|_| Response::new(Out::whole(Bytes::new())))
}

/// A JSON answer.
pub fn json(status: u16, body: impl Into<Bytes>) -> Response<Out> {
    respond(status, "application/json; charset=utf-8", Out::whole(body))
}
