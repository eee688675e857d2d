//! The envelope around an answer, the `time` block included.

use std::fmt::Write;

use crate::model::clock;
use crate::model::switches::{Switches, TimeBlock};
use crate::php::{encode_into, Php};

use super::call::Answer;
use super::error::{Code, RestError};

/// When a call began, and what `operating` stands at.
#[derive(Clone, Copy, Debug)]
pub struct Timing {
    /// Microseconds since the epoch.
    pub start: i64,
    /// Microseconds since the epoch.
    pub finish: i64,
    /// Microseconds of work in the last ten minutes.
    pub operating: i64,
    /// When the oldest of it is forgotten.
    pub reset_at: i64,
}

fn seconds(micros: i64) -> String {
    format!("{}.{:06}", micros.div_euclid(1_000_000), micros.rem_euclid(1_000_000))
}

/// Writes a `time` block.
pub fn time_block(out: &mut String, timing: &Timing, switches: &Switches) {
    let (start, finish) = (seconds(timing.start), seconds(timing.finish));
    let duration = seconds((timing.finish - timing.start).max(0));
    let (from, to) = (clock::iso(timing.start / 1_000_000), clock::iso(timing.finish / 1_000_000));
    let _ = write!(
        out,
        "{{\"start\":{start},\"finish\":{finish},\"duration\":{duration},\"processing\":{duration},\
         \"date_start\":\"{from}\",\"date_finish\":\"{to}\""
    );
    if switches.time_block == TimeBlock::Full {
        if timing.operating == 0 {
            let _ = write!(out, ",\"operating_reset_at\":{},\"operating\":0", timing.reset_at);
        } else {
            let operating = seconds(timing.operating);
            let _ = write!(out, ",\"operating_reset_at\":{},\"operating\":{operating}", timing.reset_at);
        }
    }
    out.push('}');
}

/// A successful answer.
pub fn success(answer: &Answer, timing: &Timing, switches: &Switches) -> String {
    let mut out = String::with_capacity(512);
    out.push_str("{\"result\":");
    encode_into(&mut out, &answer.result);
    if let Some(next) = answer.next {
        let _ = write!(out, ",\"next\":{next}");
    }
    if let Some(total) = answer.total {
        let _ = write!(out, ",\"total\":{total}");
    }
    if switches.time_block != TimeBlock::None {
        out.push_str(",\"time\":");
        time_block(&mut out, timing, switches);
    }
    out.push('}');
    out
}

/// An error's code on the wire.
pub fn code(error: &RestError, switches: &Switches) -> Php {
    match &error.code {
        Code::Text(text) => text.clone().into_owned().into(),
        Code::Num(n) if switches.numeric_error_codes => Php::Int(*n),
        Code::Num(n) => n.to_string().into(),
    }
}

/// An error.
pub fn failure(error: &RestError, switches: &Switches) -> String {
    let mut out = String::from("{\"error\":");
    encode_into(&mut out, &code(error, switches));
    out.push_str(",\"error_description\":");
    encode_into(&mut out, &Php::Str(error.text.clone().into_owned()));
    out.push('}');
    out
}
