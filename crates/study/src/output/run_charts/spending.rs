//! Charts of where money goes: households' purchases by place, and a dollar followed through the town.

use charts::{ChartError, FlowChart, FlowLink, FlowNode, Format, TimeChart, Unit};
use model::indicators::tables::payments;
use model::run::RunRecord;

use super::Chart;
use super::observed::{Observed, YEAR};
use super::story::Story;

pub(super) fn places(story: &Story<'_>, observed: &Observed<'_>) -> Result<Chart, ChartError> {
    let local = observed.scalar("Businesses in town", 0, |m| m.spending.local_share);
    let outside = observed.scalar("Other towns", 1, |m| m.spending.outside_share);
    let online = observed.scalar("Online", 2, |m| m.spending.online_share);
    let title = story.over_time(
        |start, end| {
            format!("Residents spend {start} of their purchases in town in the first year, {end} in the last")
        },
        "The share of purchases made in town averages",
        (
            observed.start(|m| m.scalars.spending.local_share),
            Observed::told(&local),
        ),
        Format::Share,
    );
    let chart = TimeChart {
        words: story.words_with(
            title,
            "Where households buy goods and services, housing apart",
            &story.told_note(),
        ),
        unit: Unit::new("% of purchases", Format::Share),
        months: story.months.clone(),
        series: vec![local, outside, online],
        events: story.events.clone(),
        ..TimeChart::default()
    };
    Chart::new("spending_places", chart.render())
}

/// Sums of each kind of payment over the last year of a run.
struct LastYear {
    sums: Vec<(&'static str, f64)>,
}

impl LastYear {
    fn of(record: &RunRecord) -> LastYear {
        let first = record.months.len().saturating_sub(YEAR);
        let sum = |place: usize| -> i64 {
            let months = record.months[first..].iter();
            months
                .map(|month| month.flows.get(place).copied().unwrap_or(0))
                .sum()
        };
        let flows = payments().enumerate();
        LastYear {
            sums: flows
                .map(|(place, flow)| (flow.flow, sum(place) as f64))
                .collect(),
        }
    }

    fn of_flows(&self, names: &[&str]) -> f64 {
        let sums = self.sums.iter().filter(|(name, _)| names.contains(name));
        sums.map(|(_, cents)| cents).sum()
    }
}

/// Where the dollar goes first: label, flows, whether it stays with businesses in town.
const FIRST_STOPS: [(&str, &[&str], usize); 5] = [
    (
        "Businesses in town",
        &["consumption_local", "housing_local"],
        0,
    ),
    ("Local government (property tax)", &["housing_tax"], 4),
    ("Landlords and lenders elsewhere", &["housing_outside"], 3),
    ("Other towns", &["consumption_outside"], 1),
    ("Online", &["consumption_online"], 2),
];

/// What businesses in town do with what they take in: label, flows, color. Payments between them cancel.
const SECOND_STOPS: [(&str, &[&str], usize); 6] = [
    ("Pay of residents", &["wages", "owner_draws"], 0),
    (
        "Profits of residents",
        &["dividends", "closure_proceeds"],
        0,
    ),
    ("Local government", &["sales_tax", "overhead_tax"], 4),
    (
        "Suppliers elsewhere",
        &["inputs_outside", "overhead_outside"],
        1,
    ),
    (
        "Taxes to state and nation",
        &["employer_payroll_tax", "overhead_outer_tax", "profit_tax"],
        5,
    ),
    (
        "Insurers, lenders, outside owners",
        &[
            "staff_benefits",
            "interest",
            "dividends_outside",
            "closure_proceeds_outside",
        ],
        3,
    ),
];

/// A dollar spent by residents, followed twice; nothing in a run without spending.
pub(super) fn dollar(story: &Story<'_>, record: &RunRecord) -> Option<Result<Chart, ChartError>> {
    let year = LastYear::of(record);
    let first = FIRST_STOPS.map(|(_, flows, _)| year.of_flows(flows));
    let second = SECOND_STOPS.map(|(_, flows, _)| year.of_flows(flows));
    let spent: f64 = first.iter().sum();
    let used: f64 = second.iter().sum();
    if spent <= 0.0 || used <= 0.0 {
        return None;
    }
    let node = |label: &str, column: usize, color: usize| FlowNode {
        label: label.to_owned(),
        column,
        color,
    };
    let mut nodes = vec![node("Residents spend", 0, 5)];
    let mut links = Vec::new();
    for ((label, _, color), cents) in FIRST_STOPS.iter().zip(first) {
        links.push(FlowLink {
            from: 0,
            to: nodes.len(),
            value: cents / spent,
        });
        nodes.push(node(label, 1, *color));
    }
    let local = first[0] / spent;
    for ((label, _, color), cents) in SECOND_STOPS.iter().zip(second) {
        links.push(FlowLink {
            from: 1,
            to: nodes.len(),
            value: local * cents / used,
        });
        nodes.push(node(label, 2, *color));
    }
    let back = local * (second[0] + second[1]) / used;
    let title = format!(
        "Of a dollar residents spend, {} reaches businesses in town and {} comes back as pay and profit",
        Format::Dollars.value(local),
        Format::Dollars.value(back),
    );
    let chart = FlowChart {
        words: story.words_with(
            title,
            "Households' spending in the last twelve months, housing included, and what businesses in town do with their takings",
            "Businesses' uses are in proportion to all they pay; what they buy from each other is passed on, not counted. Pay is before income tax. Rounded, so parts may not add up.",
        ),
        unit: Unit::new("dollars", Format::Dollars),
        columns: vec![
            "A dollar".to_owned(),
            "goes first to".to_owned(),
            "and from there to".to_owned(),
        ],
        nodes,
        links,
    };
    Some(Chart::new("a_dollar_spent", chart.render()))
}
