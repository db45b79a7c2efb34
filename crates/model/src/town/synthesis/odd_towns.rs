//! Towns that cannot be, and towns that are only odd.

use proptest::prelude::*;

use super::fixtures::{PRESETS, preset};
use super::tests::assert_rows_refer_to_each_other;
use super::*;

#[test]
fn impossible_towns_say_what_is_wrong() {
    let mut p = preset("main_street", 5_000);
    p.sectors.logistics.jobs_share = 0.005;
    p.sectors.logistics.local_input_share = 0.9;
    let error = synthesize(&p, Draws::new(1, 0)).expect_err("nobody left to carry goods");
    let SynthesisError::NegativeExports { sector, gap } = &error else {
        panic!("unexpected {error}");
    };
    assert_eq!(*sector, "logistics");
    assert!(*gap > 1_000.0);
    let text = error.to_string();
    assert!(
        text.contains("sectors.logistics.jobs_share") && text.contains('$'),
        "{text}"
    );

    let mut p = preset("main_street", 5_000);
    for s in [
        &mut p.sectors.farming,
        &mut p.sectors.manufacturing,
        &mut p.sectors.logistics,
        &mut p.sectors.information_finance,
        &mut p.sectors.professional,
    ] {
        s.tradable = false;
    }
    let error = SocialAccounts::solve(&p).expect_err("nothing closes the accounts");
    assert_eq!(error, SynthesisError::NoTradableSector);

    let mut p = preset("main_street", 5_000);
    p.sectors.retail.labor_share = 0.5;
    let error = SocialAccounts::solve(&p).expect_err("costs exceed sales");
    assert!(
        matches!(
            error,
            SynthesisError::CostShares {
                sector: "retail",
                ..
            }
        ),
        "{error}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Any town within the parameters' ranges either builds with closed accounts or says why not.
    #[test]
    fn odd_towns_build_or_explain_themselves(
        residents in 1_000_u32..4_000,
        kind in 0_usize..4,
        seed in 0_u64..1_000,
        shares in prop::array::uniform11(0.0_f64..0.2),
        household_size in 1.2_f64..5.0,
        working_age in 0.3_f64..0.9,
        unemployment in 0.005_f64..0.3,
        outside in 0.0_f64..1.0,
        minimum_wage in 0.0_f64..6_000.0,
        mean_size in 1.0_f64..300.0,
        habit in 0.0_f64..5.0,
        loyalty in 0.0_f64..3.0,
    ) {
        let mut p = preset(PRESETS[kind], residents);
        p.town.household_size = household_size;
        p.town.working_age_share = working_age;
        p.town.initial_unemployment = unemployment;
        p.labor_market.minimum_wage = minimum_wage;
        p.demand.habit = habit;
        p.demand.loyalty_sd = loyalty;
        p.sectors.retail.outside_owned_share = outside;
        p.sectors.hospitality.local_consumption_share = outside;
        p.sectors.professional.mean_firm_size = mean_size;
        p.sectors.farming.jobs_share = shares[0];
        p.sectors.manufacturing.jobs_share = shares[2];
        p.sectors.logistics.jobs_share = shares[3];
        match synthesize(&p, Draws::new(seed, 0)) {
            Ok(town) => {
                assert_rows_refer_to_each_other(&town);
                let accounts = SocialAccounts::solve(&p).expect("it just did");
                let matrix = accounts.flow_matrix(&p);
                let (account, gap) = matrix.largest_gap();
                prop_assert!(gap < 1e-6 * matrix.receipts(account).max(1.0));
            }
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    }
}
