//! Rate limits: the leaky bucket and `operating` (REST documentation, limits).

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;

use crate::model::switches::Rate;

/// Microseconds.
const SECOND: i64 = 1_000_000;
/// How long work counts.
const WINDOW: i64 = 600 * SECOND;

/// Both limiters.
#[derive(Debug, Default)]
pub struct Limits {
    buckets: HashMap<IpAddr, (i64, i64)>,
    work: HashMap<&'static str, VecDeque<(i64, i64)>>,
}

impl Limits {
    /// Whether a request of this address may pass.
    pub fn pass(&mut self, rate: &Rate, from: IpAddr, now: i64) -> bool {
        let (level, since) = self.buckets.get(&from).copied().unwrap_or((0, now));
        // The level is kept in millionths of a request.
        let leaked = (now - since).max(0).saturating_mul(i64::from(rate.y));
        let level = (level - leaked).max(0);
        let pass = level + SECOND <= i64::from(rate.x) * SECOND;
        self.buckets.insert(from, (if pass { level + SECOND } else { level }, now));
        pass
    }

    /// Microseconds of work of a method in the window.
    pub fn operating(&mut self, method: &'static str, now: i64) -> i64 {
        let Some(spans) = self.work.get_mut(method) else { return 0 };
        while spans.front().is_some_and(|(at, _)| now - at >= WINDOW) {
            spans.pop_front();
        }
        spans.iter().map(|(_, cost)| cost).sum()
    }

    /// Adds work of a method; answers the sum and when its oldest part is forgotten.
    pub fn spend(&mut self, method: &'static str, cost: i64, now: i64) -> (i64, i64) {
        let spans = self.work.entry(method).or_default();
        match spans.back_mut() {
            Some((at, sum)) if now - *at < 60 * SECOND => *sum += cost,
            _ => spans.push_back((now, cost)),
        }
        let sum = self.operating(method, now);
        let oldest = self.work.get(method).and_then(|s| s.front()).map_or(now, |(at, _)| *at);
        (sum, (oldest + WINDOW) / SECOND)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bucket_leaks() {
        let mut limits = Limits::default();
        let rate = Rate { x: 3, y: 2 };
        let ip = IpAddr::from([127, 0, 0, 1]);
        let passed = |limits: &mut Limits, at| (0..5).filter(|_| limits.pass(&rate, ip, at)).count();
        assert_eq!(passed(&mut limits, 0), 3);
        assert_eq!(passed(&mut limits, SECOND), 2);
        assert_eq!(passed(&mut limits, 100 * SECOND), 3);
    }

    #[test]
    fn work_is_forgotten_after_ten_minutes() {
        let mut limits = Limits::default();
        assert_eq!(limits.spend("m", 5, 0), (5, 600));
        assert_eq!(limits.spend("m", 5, 61 * SECOND).0, 10);
        assert_eq!(limits.operating("m", 600 * SECOND), 5);
        assert_eq!(limits.operating("m", 700 * SECOND), 0);
    }
}
