//! The baseline of `tests/bench/core`: the same requests in native Rust. Each file holds the requests of one
//! order, a line each; printed are the microseconds of the first, and of all of them.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a measurement reads files and the clock, and fails loudly"
)]

use std::hint::black_box;
use std::time::Instant;

/// The middle of many runs, in microseconds with one decimal.
fn median(work: impl Fn()) -> String {
    let mut times: Vec<u128> = (0..200)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_nanos()
        })
        .collect();
    times.sort_unstable();
    let tenths = times[times.len() / 2] / 100;
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn main() {
    for file in std::env::args().skip(1).filter(|word| word != "--bench") {
        let text = std::fs::read_to_string(file).unwrap();
        let requests: Vec<&[u8]> = text.lines().map(str::as_bytes).collect();
        let call = |request: &[u8]| {
            black_box(orderbridge::abi::answer(black_box(request)));
        };
        let plan = median(|| call(requests[0]));
        let order = median(|| requests.iter().for_each(|request| call(request)));
        println!("{plan} {order}");
    }
}
