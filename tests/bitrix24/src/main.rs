//! A stand-in for a Bitrix24 portal: the REST, the events and the oddities that Orderbridge relies
//! on, a board to look at it, and an admin API to make it misbehave.

mod admin;
mod args;
mod http;
mod methods;
mod model;
mod php;
mod rest;
mod tls;

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::signal::unix::{signal, SignalKind};

use args::Args;
use http::shared::Shared;
use http::statefile::StateFile;
use model::portal::Portal;
use model::switches::Switches;

async fn start(args: Args) -> Result<(), String> {
    let listener = TcpListener::bind(&args.listen).await.map_err(|e| format!("{}: {e}", args.listen))?;
    let address = listener.local_addr().map_err(|e| e.to_string())?;
    let acceptor = match (&args.tls_cert, &args.tls_key) {
        (Some(cert), Some(key)) => Some(tls::acceptor(cert, key)?),
        (None, None) => None,
        _ => return Err("--tls-cert and --tls-key go together".to_owned()),
    };
    let mut portal = Portal::seeded(args.seed);
    let state = match &args.state {
        Some(path) => Some(StateFile::open(path, &mut portal)?),
        None => None,
    };
    if let Some(path) = &args.switches {
        let text = std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
        let read = Switches::default().patched(&text);
        portal.turn(read.map_err(|e| format!("{}: {e}", path.display()))?);
    }
    if let Some(latency) = args.latency_ms {
        portal.switches.latency_ms = latency;
    }
    portal.chance = portal.switches.chance_seed;
    portal.domain = args.domain.unwrap_or_else(|| address.to_string());
    let scheme = if acceptor.is_some() { "https" } else { "http" };
    let client = tls::client(args.ca_file.as_deref())?;
    let webhook = format!("{scheme}://{address}/rest/{}/{}/", args.user, args.token);
    // Whoever started the portal may have stopped listening after the first line.
    let _ = write!(std::io::stdout(), "portal:  {scheme}://{address}/\nwebhook: {webhook}\n");
    let _ = std::io::stdout().flush();
    let shared = Arc::new(Shared::new(portal, state, args.user, args.token, client));
    let mut stop = signal(SignalKind::terminate()).map_err(|e| e.to_string())?;
    tokio::select! {
        () = http::server::listen(listener, acceptor, shared) => {}
        _ = stop.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
    Ok(())
}

fn main() -> ExitCode {
    let args = match Args::parse(std::env::args().skip(1)) {
        Ok(args) => args,
        Err(text) if text == args::HELP => {
            print!("{text}");
            return ExitCode::SUCCESS;
        }
        Err(text) => {
            eprintln!("{text}");
            return ExitCode::from(2);
        }
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let done = runtime.map_err(|e| e.to_string()).and_then(|runtime| runtime.block_on(start(args)));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(text) => {
            eprintln!("portal: {text}");
            ExitCode::FAILURE
        }
    }
}
