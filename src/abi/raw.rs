//! The raw WebAssembly exports: 32-bit integers only, nothing imported.
//!
//! A host asks for room with `core_alloc`, writes the request there, calls `core_call`, and reads
//! the answer at `core_out_ptr`, `core_out_len`; it stays valid until the next `core_call`.
//!
//! Nothing outlives a call but its answer and the settings handed over once, so memory is an arena:
//! allocating moves a mark up, and after a call the answer is moved to the bottom and the mark put
//! behind it. Nothing is freed in between, so the compiler drops the code that would walk structures to
//! free them: 17 KB of it, and its instructions, which cost most once compiled to PHP. The largest order
//! takes 5 MB.
#![expect(
    unsafe_code,
    reason = "the border hands out addresses inside the module's own memory"
)]

use crate::abi::{Kept, ABI_VERSION};
use crate::contract::limits::MAX_REQUEST_BYTES;
use core::alloc::{GlobalAlloc, Layout};
use core::cell::Cell;

/// `core_call`: the answer is ready.
pub const READY: i32 = 0;
/// `core_call`: the address or the length is not what `core_alloc` gave out.
pub const FAULT_NOT_ALLOCATED: i32 = 1;

const PAGE: usize = 65_536;
/// Everything is aligned to this; the target needs no more for the types we use.
const ALIGN: usize = 16;

struct Keep(Cell<Kept>);

// SAFETY: the module has one thread; its memory is not shared.
unsafe impl Sync for Keep {}

/// The settings that this instance was handed once. They stay where they were read.
static KEPT: Keep = Keep(Cell::new(None));

struct Arena {
    /// Where free memory begins; 0 before the first call.
    bottom: Cell<usize>,
    top: Cell<usize>,
    /// Where the memory ends.
    end: Cell<usize>,
    /// The block that was given out last: only it can grow in place.
    last: Cell<usize>,
    request: Cell<usize>,
    request_len: Cell<usize>,
    answer_len: Cell<usize>,
}

// SAFETY: the module has one thread; its memory is not shared.
unsafe impl Sync for Arena {}

#[global_allocator]
static ARENA: Arena = Arena {
    bottom: Cell::new(0),
    top: Cell::new(0),
    end: Cell::new(0),
    last: Cell::new(0),
    request: Cell::new(0),
    request_len: Cell::new(0),
    answer_len: Cell::new(0),
};

impl Arena {
    /// Moves the mark up by `size`; 0 when the memory cannot grow that far.
    fn take(&self, size: usize) -> usize {
        let start = self.top.get();
        // Both ends are aligned, so what fits before aligning fits after.
        if size > self.end.get().wrapping_sub(start) {
            return self.grow(size);
        }
        let aligned = size.wrapping_add(ALIGN - 1) & !(ALIGN - 1);
        self.top.set(start.wrapping_add(aligned));
        self.last.set(start);
        start
    }

    #[cold]
    #[inline(never)]
    fn grow(&self, size: usize) -> usize {
        if self.top.get() == 0 {
            // The first free byte is the end of the memory that the module came with: what lies
            // below it are its stack and its constants.
            let end = core::arch::wasm32::memory_size::<0>().saturating_mul(PAGE);
            self.bottom.set(end);
            self.top.set(end);
            self.end.set(end);
        }
        let room = self.end.get().wrapping_sub(self.top.get());
        let pages = size.saturating_sub(room).div_ceil(PAGE);
        let had = core::arch::wasm32::memory_grow::<0>(pages);
        if had == usize::MAX {
            return 0;
        }
        self.end.set(had.saturating_add(pages).saturating_mul(PAGE));
        self.take(size)
    }

    /// Forgets everything but the answer of the last call.
    fn reset(&self) {
        if self.top.get() != 0 {
            let end = self.bottom.get().saturating_add(self.answer_len.get());
            self.top.set(end.next_multiple_of(ALIGN));
            self.last.set(0);
        }
    }
}

// SAFETY: `take` gives out blocks that do not overlap, at least as large as asked, aligned to 16,
// which is more than any layout of this crate wants; larger alignments are refused.
unsafe impl GlobalAlloc for Arena {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if layout.align() > ALIGN {
            return core::ptr::null_mut();
        }
        self.take(layout.size()) as *mut u8
    }

    #[inline]
    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if block as usize == self.last.get() {
            self.top.set(block as usize);
            return self.take(size) as *mut u8;
        }
        if size <= layout.size() {
            return block;
        }
        let other = self.take(size) as *mut u8;
        if !other.is_null() {
            // SAFETY: both blocks are at least `layout.size()` long and do not overlap.
            unsafe { core::ptr::copy_nonoverlapping(block, other, layout.size()) };
        }
        other
    }
}

/// The version of this border.
#[no_mangle]
pub extern "C" fn core_abi_version() -> i32 {
    ABI_VERSION
}

/// Room for a request of `len` bytes; 0 when `len` is negative or over the limit. Room that was
/// given out before is given up.
#[no_mangle]
pub extern "C" fn core_alloc(len: i32) -> usize {
    let Some(len) = usize::try_from(len)
        .ok()
        .filter(|len| *len <= MAX_REQUEST_BYTES)
    else {
        return 0;
    };
    ARENA.reset();
    // One byte more, so that even an empty request has an address of its own.
    let start = ARENA.take(len.saturating_add(1));
    // It is not the allocator's to move.
    ARENA.last.set(0);
    ARENA.request.set(start);
    ARENA.request_len.set(len);
    start
}

/// Answers the request of `len` bytes at `request`. [`READY`], or a fault code.
#[no_mangle]
pub extern "C" fn core_call(request: usize, len: i32) -> i32 {
    let asked = ARENA.request.replace(0);
    let fits = usize::try_from(len).is_ok_and(|len| len <= ARENA.request_len.get());
    if asked == 0 || asked != request || !fits {
        return FAULT_NOT_ALLOCATED;
    }
    let len = usize::try_from(len).unwrap_or(0);
    // SAFETY: `core_alloc` gave out `request_len` bytes here and nothing else uses them.
    let bytes = unsafe { core::slice::from_raw_parts(asked as *const u8, len) };
    let mut kept = KEPT.0.take();
    let had = kept.is_some();
    let answer = crate::abi::answer_keeping(bytes, &mut kept);
    if kept.is_some() && !had {
        // From now on the memory up to here is theirs, and answers lie behind it.
        match ARENA.take(answer.len()) {
            0 => kept = None,
            room => ARENA.bottom.set(room),
        }
    }
    KEPT.0.set(kept);
    // SAFETY: the bottom is room of the arena for as much, the two may overlap, which `copy` allows, and
    // nothing else that lies above the bottom is alive.
    unsafe { core::ptr::copy(answer.as_ptr(), ARENA.bottom.get() as *mut u8, answer.len()) };
    ARENA.answer_len.set(answer.len());
    core::mem::forget(answer);
    ARENA.reset();
    READY
}

/// Where the last answer starts.
#[no_mangle]
pub extern "C" fn core_out_ptr() -> usize {
    ARENA.bottom.get()
}

/// How many bytes the last answer has.
#[no_mangle]
pub extern "C" fn core_out_len() -> usize {
    ARENA.answer_len.get()
}
