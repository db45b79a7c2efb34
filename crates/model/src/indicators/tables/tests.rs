use super::{firm_sizes, payments, sector_row_ids};
use crate::indicators::fixtures::{conventions, empty_town, tiny_town};
use crate::indicators::{MeasureScratch, record};
use crate::town::people::OUTSIDE_OWNER;
use crate::units::{SECTORS, sector};

fn assert_close(found: f64, expected: f64) {
    assert!(
        (found - expected).abs() < 1e-9,
        "found {found}, expected {expected}"
    );
}

#[test]
fn rows_add_up_to_the_scalars() {
    let town = tiny_town();
    let month = record(&town, &conventions(), &mut MeasureScratch::default());
    let jobs: f64 = month.sectors.iter().map(|row| row.jobs).sum();
    assert_eq!(jobs, month.indicators.jobs.employment);
    let sales: f64 = month.sectors[..SECTORS].iter().map(|row| row.sales).sum();
    assert_eq!(sales, month.indicators.spending.output);
    let posts: f64 = month.sectors.iter().map(|row| row.open_posts).sum();
    assert_eq!(posts, month.indicators.jobs.vacancies_open);
    assert_eq!(sector_row_ids()[SECTORS], "public");
    assert_close(month.sectors[sector::RETAIL].local_share, 4_000.0 / 5_100.0);
    let unemployed: f64 = month.occupations.iter().map(|row| row.unemployed).sum();
    assert_eq!(unemployed, month.indicators.jobs.unemployment);
    assert_eq!(month.first_unsound(), None);
}

#[test]
fn flows_equal_the_ledger() {
    let town = tiny_town();
    let month = record(&town, &conventions(), &mut MeasureScratch::default());
    assert_eq!(month.flows.len(), payments().len());
    for account in crate::town::ledger::Account::ALL {
        let (mut received, mut paid) = (0, 0);
        for (payment, cents) in payments().zip(&month.flows) {
            received += if payment.payee == account.name() {
                *cents
            } else {
                0
            };
            paid += if payment.payer == account.name() {
                *cents
            } else {
                0
            };
        }
        let opening = town.ledger.opening[account as usize].cents();
        assert_eq!(
            opening + received - paid,
            town.ledger.balance(account).cents()
        );
    }
}

#[test]
fn size_classes_hold_every_firm_once() {
    let mut town = empty_town();
    for (staff, owner) in [
        (0, 0),
        (4, 0),
        (5, 0),
        (99, OUTSIDE_OWNER),
        (500, OUTSIDE_OWNER),
    ] {
        let row = town.firms.push_row() as usize;
        town.firms.open[row] = true;
        town.firms.staff[row] = staff;
        town.firms.owner[row] = owner;
    }
    let rows = firm_sizes(&town);
    assert_eq!(rows.map(|row| row.firms), [2.0, 1.0, 0.0, 1.0, 0.0, 1.0]);
    assert_eq!(rows.map(|row| row.local_firms).iter().sum::<f64>(), 3.0);
    assert_close(rows[5].jobs_share, 500.0 / 608.0);
}
