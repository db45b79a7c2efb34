//! The simulator behind a page that needs no install: a desk that answers, and a thin boundary to JavaScript.
//!
//! JavaScript writes a request into memory from [`room`] and calls [`ask`]; the answer lies at [`answer`], as long as `ask`
//! said, until the next one. A request is a JSON text, an answer a status in two bytes (little-endian), the
//! length of a JSON head in four, the head (`mime`, `file`) and the content.

mod desk;

use std::cell::RefCell;

pub use desk::Desk;

/// What both sides write into.
#[derive(Default)]
struct Boundary {
    desk: Desk,
    request: Vec<u8>,
    answer: Vec<u8>,
}

thread_local! {
    static BOUNDARY: RefCell<Boundary> = RefCell::default();
}

/// Makes room for a request of `length` bytes and says where.
#[unsafe(no_mangle)]
pub extern "C" fn room(length: usize) -> *mut u8 {
    BOUNDARY.with_borrow_mut(|both| {
        both.request.clear();
        both.request.resize(length, 0);
        both.request.as_mut_ptr()
    })
}

/// Answers the request that was written, and says how long the answer is.
#[unsafe(no_mangle)]
pub extern "C" fn ask() -> usize {
    BOUNDARY.with_borrow_mut(|both| {
        let found = both.desk.answer(&both.request);
        let head = serde_json::json!({ "mime": found.mime, "file": found.file }).to_string();
        let length = u32::try_from(head.len()).unwrap_or(0);
        both.answer.clear();
        both.answer.extend(found.status.to_le_bytes());
        both.answer.extend(length.to_le_bytes());
        both.answer.extend(head.as_bytes());
        both.answer.extend(found.body);
        both.answer.len()
    })
}

/// Where the answer lies.
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> *const u8 {
    BOUNDARY.with_borrow(|both| both.answer.as_ptr())
}

/// Takes the request that was written as the table of real places, by columns; 1 if it can be read.
#[unsafe(no_mangle)]
pub extern "C" fn places() -> u32 {
    BOUNDARY.with_borrow_mut(|both| u32::from(both.desk.learn_places(&both.request)))
}
