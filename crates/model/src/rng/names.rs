//! Who draws under which name, in tests: while [`watch`] runs, every name is kept with the place in the code that drew
//! it, so that two draws which share a name, and with it their luck, are found.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::panic::Location;

/// A draw's name: the key of seed and replicate, agent, month, purpose, number.
pub type Name = ([u32; 2], u64, u32, u8, u32);

/// Names and the places that drew them, in order, each as often as it drew.
pub type Drawn = BTreeMap<Name, Vec<&'static Location<'static>>>;

thread_local! {
    static DRAWN: RefCell<Option<Drawn>> = const { RefCell::new(None) };
}

/// Does `work` on this thread alone and tells what was drawn.
pub fn watch(work: impl FnOnce() + Send) -> Drawn {
    let watched = || {
        DRAWN.with_borrow_mut(|drawn| *drawn = Some(Drawn::new()));
        work();
        DRAWN.take().unwrap_or_default()
    };
    #[cfg(feature = "parallel")]
    return rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .expect("a pool")
        .install(watched);
    #[cfg(not(feature = "parallel"))]
    watched()
}

/// Called by every draw.
pub(super) fn note(name: Name, place: &'static Location<'static>) {
    DRAWN.with_borrow_mut(|drawn| {
        if let Some(drawn) = drawn {
            drawn.entry(name).or_default().push(place);
        }
    });
}
