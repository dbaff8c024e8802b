//! Buffers that a thread uses again, so that a request costs no allocation of its own.
//!
//! A connection owns a buffer only while bytes wait in it; an idle one owns none.

use std::cell::RefCell;
use std::ops::Range;

/// Room for one receive; a request that fits is read with one call.
pub(super) const READ: usize = 16 * 1024;

/// Buffers that grew beyond this go back to the allocator.
const KEEP: usize = 64 * 1024;

type Headers = Vec<(Range<usize>, Range<usize>)>;

#[derive(Default)]
struct Spares {
    buffers: Vec<Vec<u8>>,
    headers: Vec<Headers>,
}

thread_local! {
    static SPARES: RefCell<Spares> = RefCell::default();
}

/// How many buffers of a kind a thread keeps.
const COUNT: usize = 4;

/// An empty buffer with room for a receive.
pub(super) fn buffer() -> Vec<u8> {
    let spare = SPARES.try_with(|spares| spares.borrow_mut().buffers.pop());
    spare.ok().flatten().unwrap_or_else(|| Vec::with_capacity(READ))
}

/// Takes a buffer back.
pub(super) fn give_buffer(mut buffer: Vec<u8>) {
    if buffer.capacity() < READ || buffer.capacity() > KEEP {
        return;
    }
    buffer.clear();
    // Fails only while the thread ends: the buffer is then dropped.
    let _ = SPARES.try_with(|spares| {
        let buffers = &mut spares.borrow_mut().buffers;
        if buffers.len() < COUNT {
            buffers.push(buffer);
        }
    });
}

/// An empty vector for header spans.
pub(super) fn headers() -> Headers {
    let spare = SPARES.try_with(|spares| spares.borrow_mut().headers.pop());
    spare.ok().flatten().unwrap_or_default()
}

/// Takes a vector of header spans back.
pub(super) fn give_headers(mut headers: Headers) {
    headers.clear();
    let _ = SPARES.try_with(|spares| {
        let spare = &mut spares.borrow_mut().headers;
        if spare.len() < COUNT {
            spare.push(headers);
        }
    });
}
