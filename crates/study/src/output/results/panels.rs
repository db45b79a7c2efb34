//! Panels of persons and of firms: one row a person and month, one a firm and year.

use model::indicators::tables::{FirmPanel, NONE, PUBLIC, RESIDENCE_IDS, STATUS_IDS, WorkerPanel};
use model::units::{ARCHETYPE_IDS, OCCUPATION_IDS, SECTOR_IDS};

use crate::output::table::{ColumnData, Table, TableError, Words};

use super::{MONTH, YEAR};

/// `workers`: a sample of persons of working age, followed from month to month; none if none was kept.
///
/// # Errors
/// If two columns have one name, which their list rules out.
pub fn workers(panel: &WorkerPanel) -> Result<Option<Table>, TableError> {
    if panel.is_empty() {
        return Ok(None);
    }
    let words = |codes: &[u8], names: &[&str]| {
        let mut column = Words::default();
        for &code in codes {
            column.push(names.get(usize::from(code)).copied().unwrap_or(""));
        }
        ColumnData::Text(column)
    };
    let reals = |column: &[f32]| ColumnData::F64(column.iter().map(|&v| f64::from(v)).collect());
    let small = |column: &[u16]| ColumnData::U32(column.iter().map(|&v| u32::from(v)).collect());
    // An identity is a name, not a number to compute with; its bits are kept.
    let identities = panel.identity.iter().map(|id| id.cast_signed()).collect();
    let table = Table::new("workers")
        .with("month", "months", MONTH, ColumnData::U32(panel.month.clone()))?
        .with(
            "person",
            "",
            "Identity of the person, never reused. As large a part of newcomers and of young people is in the table as \
             of the residents of month 0.",
            ColumnData::I64(identities),
        )?
        .with(
            "status",
            "",
            "What the person does: employed, owner, unemployed, in_training, inactive, or retired before 65.",
            words(&panel.status, &STATUS_IDS),
        )?
        .with(
            "residence",
            "",
            "stayer: resident of month 0 in town; leaver: resident of month 0 who moved away, followed in the labor \
             market elsewhere; newcomer: of a household that moved in since; young_entrant: grew up in town since.",
            words(&panel.residence, &RESIDENCE_IDS),
        )?
        .with(
            "employer",
            "",
            &format!(
                "Identity of the firm, as firm in the table firms; {PUBLIC} for the public employer, {NONE} for nobody \
                 and for employers elsewhere."
            ),
            ColumnData::I64(panel.employer.clone()),
        )?
        .with(
            "employer_workers",
            "persons",
            "Workers of that firm at the end of the month, owner included; 0 where there is no firm.",
            ColumnData::U32(panel.employer_workers.clone()),
        )?
        .with(
            "occupation",
            "",
            "Occupation: major group of the Standard Occupational Classification. Empty for the retired.",
            words(&panel.occupation, &OCCUPATION_IDS),
        )?;
    table
        .with("age_months", "months", "Age.", small(&panel.age_months))?
        .with(
            "tenure",
            "months",
            "Months in the status: tenure for those at work.",
            small(&panel.tenure),
        )?
        .with(
            "pay",
            "dollars a month",
            "Pay from work this month, before tax.",
            reals(&panel.pay),
        )?
        .with(
            "benefits",
            "dollars a month",
            "Unemployment insurance and assistance this month.",
            reals(&panel.benefits),
        )?
        .with(
            "income",
            "dollars a month",
            "Gross money income of the household, smoothed over about a year.",
            reals(&panel.income),
        )?
        .with(
            "deposits",
            "dollars",
            "The household's money in the bank. Empty elsewhere.",
            reals(&panel.deposits),
        )?
        .with(
            "spending",
            "dollars a month",
            "What the household spends this month, housing included. Empty elsewhere.",
            reals(&panel.spending),
        )
        .map(Some)
}

/// `firms`: one row a firm in business and year-end.
///
/// # Errors
/// As [`workers`].
pub fn firms(panel: &FirmPanel) -> Result<Table, TableError> {
    let (mut years, mut uids, mut sectors) = (Vec::new(), Vec::new(), Words::default());
    let (mut local, mut workers) = (Vec::new(), Vec::new());
    let (mut ages, mut sales) = (Vec::new(), Vec::new());
    let (mut output, mut pay, mut adopted) = (Vec::new(), Vec::new(), Vec::new());
    let (mut prices, mut technologies, mut exits) = (Vec::new(), Vec::new(), Vec::new());
    let mut archetypes = Words::default();
    for year in 0..panel.years() {
        for firm in panel.firms(year) {
            years.push(year as u32);
            // An identity is a name, not a number to compute with; its bits are kept.
            uids.push(firm.uid.cast_signed());
            sectors.push(SECTOR_IDS[firm.sector as usize]);
            local.push(u32::from(firm.local));
            workers.push(firm.workers);
            ages.push(firm.age_months);
            sales.push(f64::from(firm.sales));
            output.push(f64::from(firm.output));
            pay.push(f64::from(firm.pay));
            adopted.push(u32::from(firm.adopted));
            prices.push(f64::from(firm.price));
            technologies.push(firm.technologies.count_ones());
            archetypes.push(
                ARCHETYPE_IDS
                    .get(usize::from(firm.archetype))
                    .copied()
                    .unwrap_or(""),
            );
            exits.push(u32::from(panel.exits_after(year, firm.uid)));
        }
    }
    Table::new("firms")
        .with("year", "years", YEAR, ColumnData::U32(years))?
        .with(
            "firm",
            "",
            "Identity of the firm, never reused.",
            ColumnData::I64(uids),
        )?
        .with("sector", "", "Market sector.", ColumnData::Text(sectors))?
        .with(
            "local",
            "",
            "1 if a household of the town owns it, else 0.",
            ColumnData::U32(local),
        )?
        .with(
            "workers",
            "persons",
            "Workers, owner included.",
            ColumnData::U32(workers),
        )?
        .with(
            "age_months",
            "months",
            "Months in business.",
            ColumnData::U32(ages),
        )?
        .with(
            "sales",
            "dollars a month",
            "Sales, smoothed over a year.",
            ColumnData::F64(sales),
        )?
        .with(
            "output",
            "dollars a month at month-0 prices",
            "Normal output.",
            ColumnData::F64(output),
        )?
        .with(
            "pay",
            "dollars a month",
            "Wages and the owner's draw.",
            ColumnData::F64(pay),
        )?
        .with(
            "adopted",
            "",
            "1 if it uses a technology beyond those of month 0, else 0.",
            ColumnData::U32(adopted),
        )?
        .with(
            "archetype",
            "",
            "Kind of small business; empty for branches, chains and where technology is off.",
            ColumnData::Text(archetypes),
        )?
        .with(
            "price",
            "index, month-0 price = 1",
            "Price of what it sells.",
            ColumnData::F64(prices),
        )?
        .with(
            "technologies",
            "technologies",
            "Technologies in use, from the pilot on.",
            ColumnData::U32(technologies),
        )?
        .with(
            "closes",
            "",
            "1 if it is no longer in business at the next year-end, else 0; 0 at the last one.",
            ColumnData::U32(exits),
        )
}
