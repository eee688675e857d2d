//! Who moved a deal, and the two breakers that keep shop and portal from answering each other for
//! ever, when equal values alone do not.

use super::portal::wait;
use super::step::{entry, field};
use super::Context;
use crate::contract::json::Json;
use crate::contract::settings::Settings;
use crate::contract::task::{Learn, Memo, Step};
use crate::domain::text::Digits;
use crate::error::{Code, Problem};

/// So many moves of one order, made by us …
const MOST: usize = 10;
/// … within so many seconds are a loop; it is left alone for as long.
const WITHIN: u32 = 600;

/// Whether the deal stands where we sent it, by our own hand: the webhook's owner moved it, and
/// nobody since. Bitrix24: REST documentation, "CRM object fields", `movedBy`.
pub(super) fn ours(deal: &Json, memo: &Memo, settings: &Settings) -> bool {
    let owner = &settings.portal.owner;
    !owner.is_empty()
        && field(deal, "movedBy") == *owner
        && memo.stage.as_deref() == Some(&field(deal, "stageId"))
}

/// Whether the portal has moved the deal since the stage last seen. A deal that we have not seen yet
/// has been moved when its last move is not its making.
pub(super) fn moved(deal: &Json, seen: Option<&str>, memo: &Memo, settings: &Settings) -> bool {
    let moved = match seen {
        Some(seen) => field(deal, "stageId") != seen,
        None => field(deal, "movedTime") != field(deal, "createdTime"),
    };
    moved && !ours(deal, memo, settings)
}

/// A person who says «send again» lifts the stop: then the host has forgotten why the job waited.
pub(super) fn lift(memo: &mut Memo, code: &str) {
    if memo.moves.len() > MOST && code != Code::LoopStopped.as_str() {
        memo.moves.clear();
    }
}

/// Counts a move that we are about to make. Too many, and it must not be made: the answer is for how
/// many seconds. The mark of it, one time more than there may be, goes by itself.
pub(super) fn loops(memo: &mut Memo, now: i64) -> Option<u32> {
    let within = i64::from(WITHIN);
    let moves = &mut memo.moves;
    if moves.len() > MOST {
        let left = moves
            .last()
            .map_or(0, |at| at.saturating_add(within).saturating_sub(now));
        if left > 0 {
            return u32::try_from(left.min(within)).ok();
        }
        moves.clear();
    }
    moves.retain(|at| at.saturating_add(within) > now);
    let stop = moves.len() >= MOST;
    moves.push(now);
    stop.then_some(WITHIN)
}

/// The order is left alone for so long. Its journal says so once.
pub(super) fn stopped(seconds: u32, learn: Learn, context: &Context) -> Step {
    let problem = Problem::new(Code::LoopStopped).with("seconds", seconds.digits());
    let first = seconds == WITHIN;
    let note = first.then(|| {
        entry(
            "warning",
            &problem,
            &learn.order_id,
            learn.deal_id.as_deref(),
            context,
        )
    });
    Step::of(wait(&problem, seconds, false, 0, false, context))
        .noting(note)
        .learning(learn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counter_stops_and_goes_on_by_itself() {
        let mut memo = Memo::default();
        for second in 0..10 {
            assert_eq!(loops(&mut memo, second), None);
        }
        assert_eq!(loops(&mut memo, 10), Some(600));
        assert_eq!(loops(&mut memo, 11), Some(599));
        assert_eq!(memo.moves.len(), 11, "what is refused is not counted");
        assert_eq!(loops(&mut memo, 609), Some(1));
        assert_eq!(loops(&mut memo, 610), None);
        assert_eq!(memo.moves, [610]);
    }

    #[test]
    fn a_person_lifts_the_stop_and_slow_moves_are_no_loop() {
        let mut memo = Memo {
            moves: vec![5; 11],
            ..Memo::default()
        };
        lift(&mut memo, "loop_stopped");
        assert_eq!(loops(&mut memo, 6), Some(599));
        lift(&mut memo, "");
        assert_eq!(loops(&mut memo, 6), None);
        for hour in 1..50 {
            assert_eq!(loops(&mut memo, hour * 61), None);
        }
        assert!(memo.moves.len() <= 11);
        // A clock that was set back does not stop an order for longer than anything else does.
        memo.moves = vec![9_000; 11];
        assert_eq!(loops(&mut memo, 0), Some(600));
    }
}
