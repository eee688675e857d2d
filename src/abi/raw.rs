//! The raw WebAssembly exports: 32-bit integers only, nothing imported.
//!
//! A host asks for room with `core_alloc`, writes the request there, calls `core_call`, and reads
//! the answer at `core_out_ptr`, `core_out_len`; it stays valid until the next `core_call`. The
//! same functions are ordinary Rust to native tests, which is why they are not hidden behind a
//! `cfg`.
#![expect(
    unsafe_code,
    reason = "the border hands out addresses inside the module's own memory"
)]

use crate::abi::ABI_VERSION;
use crate::contract::limits::MAX_REQUEST_BYTES;
use core::cell::RefCell;

/// `core_call`: the answer is ready.
pub const READY: i32 = 0;
/// `core_call`: the address or the length is not what `core_alloc` gave out.
pub const FAULT_NOT_ALLOCATED: i32 = 1;

thread_local! {
    static REQUEST: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static ANSWER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// The version of this border.
#[no_mangle]
pub extern "C" fn core_abi_version() -> i32 {
    ABI_VERSION
}

/// Room for a request of `len` bytes; 0 when `len` is negative or over the limit.
#[no_mangle]
pub extern "C" fn core_alloc(len: i32) -> *mut u8 {
    let Ok(len) = usize::try_from(len) else {
        return core::ptr::null_mut();
    };
    if len > MAX_REQUEST_BYTES {
        return core::ptr::null_mut();
    }
    REQUEST.with_borrow_mut(|request| {
        request.clear();
        // One byte more, so that even an empty request has an address of its own.
        request.resize(len.saturating_add(1), 0);
        request.as_mut_ptr()
    })
}

/// Answers the request of `len` bytes at `ptr`. [`READY`], or a fault code.
#[no_mangle]
pub extern "C" fn core_call(ptr: *const u8, len: i32) -> i32 {
    let request = REQUEST.with_borrow_mut(core::mem::take);
    let Some(bytes) = usize::try_from(len)
        .ok()
        .filter(|_| !request.is_empty() && core::ptr::eq(request.as_ptr(), ptr))
        .and_then(|len| request.get(..len))
    else {
        return FAULT_NOT_ALLOCATED;
    };
    let answer = crate::abi::answer(bytes);
    ANSWER.with_borrow_mut(|out| *out = answer);
    READY
}

/// Where the last answer starts.
#[no_mangle]
pub extern "C" fn core_out_ptr() -> *const u8 {
    ANSWER.with_borrow(Vec::as_ptr)
}

/// How many bytes the last answer has.
#[no_mangle]
pub extern "C" fn core_out_len() -> i32 {
    ANSWER.with_borrow(|out| i32::try_from(out.len()).unwrap_or(0))
}
