//! Words behind draws. They were computed apart from the program, from the published algorithms (SplitMix64 and
//! Philox4x32-10) and the layout described here.

use mainstreet::rng::{Draws, Purpose};

/// A name, and its words: key = splitmix64(splitmix64(seed + 0x9e3779b97f4a7c15) ^ replicate · 0xd1b54a32d192ed03), low
/// half first; counter = agent's low half, its high half, month · 256 + purpose, number.
#[test]
fn the_words_of_a_draw_never_change() {
    let words = |seed, replicate, agent, month, purpose, number| {
        Draws::new(seed, replicate).words(agent, month, purpose, number)
    };
    assert_eq!(
        words(1, 0, 5, 2, Purpose::Exit, 9),
        [0xec90_5346, 0xadfd_4f0b, 0x7509_7b46, 0xaa12_280b]
    );
    assert_eq!(
        words(1, 0, (3 << 32) | 7, 155, Purpose::Suitability, 4),
        [0x24ee_9509, 0xba0e_c35d, 0xadbb_447a, 0x3000_152f]
    );
    assert_eq!(
        words(
            u64::MAX,
            u32::MAX,
            u64::MAX,
            (1 << 24) - 1,
            Purpose::SynthesisOwner,
            u32::MAX
        ),
        [0x8624_83a9, 0x290e_d6da, 0x06d6_1f61, 0xcb9b_c258]
    );
}

/// A purpose's number is part of its draws' names.
#[test]
fn purposes_keep_their_numbers() {
    use Purpose::*;
    let purposes = [
        SynthesisHousehold,
        SynthesisWorker,
        SynthesisFirm,
        SynthesisSupplier,
        Order,
        AggregateShock,
        FirmNoise,
        PriceReview,
        Staffing,
        Layoff,
        Separation,
        JobSearch,
        Suitability,
        Ranking,
        Credit,
        SupplierSearch,
        InputSupplier,
        Exit,
        Entry,
        Entrant,
        Participation,
        Migration,
        PublicEmployment,
        TechnologyDecision,
        Project,
        Incident,
        Program,
        Values,
        Reshoring,
        SynthesisLaborForce,
        Awareness,
        SynthesisOwner,
    ];
    for (place, purpose) in purposes.into_iter().enumerate() {
        assert_eq!(purpose as usize, place + 1, "{purpose:?}");
    }
}
