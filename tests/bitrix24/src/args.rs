//! The command line.

use std::path::PathBuf;

use crate::model::seed::Seed;

/// How the portal is started.
#[derive(Debug)]
pub struct Args {
    /// Address to listen on; port 0 picks a free one.
    pub listen: String,
    /// Token of the incoming webhook.
    pub token: String,
    /// User of the incoming webhook.
    pub user: i64,
    /// Contents of a fresh portal.
    pub seed: Seed,
    /// Where the state is kept.
    pub state: Option<PathBuf>,
    /// JSON file of switches.
    pub switches: Option<PathBuf>,
    /// Wait before every answer.
    pub latency_ms: Option<u64>,
    /// Certificate chain for https.
    pub tls_cert: Option<PathBuf>,
    /// Its key.
    pub tls_key: Option<PathBuf>,
    /// Authority trusted for handlers behind https.
    pub ca_file: Option<PathBuf>,
    /// Name of the portal in events.
    pub domain: Option<String>,
}

/// What `--help` prints.
pub const HELP: &str = "\
portal: a stand-in for a Bitrix24 portal

  --listen ADDR:PORT   where to listen (127.0.0.1:8024; port 0 picks a free one)
  --token TOKEN        token of the incoming webhook (orderbridge0token)
  --user ID            user of the incoming webhook (1)
  --seed shop|empty    with the funnel «Интернет-магазин» (default) or with the default funnel only
  --state FILE         keep the state in a file
  --switches FILE      JSON object of switches, as POST /_/switches takes it
  --latency-ms N       wait before every answer
  --tls-cert FILE --tls-key FILE   serve https (PEM)
  --ca-file FILE       trust this authority when calling handlers over https (PEM)
  --domain NAME        name of the portal in events (the address by default)
";

impl Args {
    /// Reads the command line; the error is for the user.
    pub fn parse(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut args = Self {
            listen: "127.0.0.1:8024".to_owned(),
            token: "orderbridge0token".to_owned(),
            user: 1,
            seed: Seed::Shop,
            state: None,
            switches: None,
            latency_ms: None,
            tls_cert: None,
            tls_key: None,
            ca_file: None,
            domain: None,
        };
        while let Some(word) = words.next() {
            if word == "--help" || word == "-h" {
                return Err(HELP.to_owned());
            }
            let value = words.next().ok_or_else(|| format!("{word} needs a value\n\n{HELP}"))?;
            let bad = || format!("{word} cannot be {value}\n\n{HELP}");
            match word.as_str() {
                "--listen" => args.listen = value,
                "--token" => {
                    let fits = !value.is_empty() && value.bytes().all(|b| b.is_ascii_alphanumeric());
                    args.token = if fits { value } else { return Err(bad()) };
                }
                "--user" => args.user = value.parse().map_err(|_| bad())?,
                "--seed" => {
                    args.seed = match value.as_str() {
                        "shop" => Seed::Shop,
                        "empty" => Seed::Empty,
                        _ => return Err(bad()),
                    }
                }
                "--state" => args.state = Some(value.into()),
                "--switches" => args.switches = Some(value.into()),
                "--latency-ms" => args.latency_ms = Some(value.parse().map_err(|_| bad())?),
                "--tls-cert" => args.tls_cert = Some(value.into()),
                "--tls-key" => args.tls_key = Some(value.into()),
                "--ca-file" => args.ca_file = Some(value.into()),
                "--domain" => args.domain = Some(value),
                _ => return Err(format!("unknown option {word}\n\n{HELP}")),
            }
        }
        Ok(args)
    }
}
