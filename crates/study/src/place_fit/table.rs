//! A fit as text.

use super::PlaceFit;
use super::rows::{Group, Verdict};
use model::scenario::gazetteer::PlaceLayer;
use model::town::synthesis::{Lowered, SocialAccounts};

/// What every report of a place says first.
pub fn headline(layer: &PlaceLayer, residents: u32) -> String {
    let factor = layer.factor(residents);
    let enlarged = if factor < 1.0 {
        ", fewer than one: the place is smaller than its model"
    } else {
        ""
    };
    let mut text = format!(
        "{} ({}): built from public data, jobs and pay of 2016, people and incomes of 2018 to 2023. Not a forecast.\n\
         What stays national: prices, technology, inputs, the mix of occupations in each sector, taxes, benefits.\n\
         Each resident of the model stands for {factor:.2} of the place{enlarged}.\n",
        layer.name, layer.key,
    );
    for told in &layer.told {
        text.push_str(&format!("- {told}\n"));
    }
    text
}

/// That the survey's mean income is not met, where it is not.
pub fn told_income(accounts: &SocialAccounts, wanted: f64) -> String {
    let mean = accounts.mean_income();
    if wanted <= 0.0 || (mean / wanted - 1.0).abs() < 0.02 {
        return String::new();
    }
    format!(
        "- mean household income is {mean:.0} dollars a year where {wanted:.0} are asked for: pay alone and the least of property \
         income and pensions make more\n"
    )
}

/// Sectors of which the town buys less at home than the nation's shares say.
pub fn told_lowered(lowered: &[Lowered]) -> String {
    let mut text = String::new();
    for lowered in lowered {
        text.push_str(&format!(
            "- {}: the town would buy more at home than its workers can make; its local shares are {:.2} of the nation's\n",
            lowered.sector, lowered.factor
        ));
    }
    text
}

/// The whole fit: headline, then a row a figure.
pub fn render(fit: &PlaceFit) -> String {
    let town = &fit.town;
    let mut text = headline(&town.layer, town.parameters.town.residents);
    text.push_str(&told_lowered(&town.lowered));
    text.push_str(&town.told_income);
    let mut last = None;
    for row in &fit.rows {
        if last != Some(row.group) {
            let title = match row.group {
                Group::Share => "Jobs by sector",
                Group::Pay => "Pay by sector",
                Group::Size => "Firm sizes by sector",
                Group::Work => "Work",
                Group::Income => "Household incomes",
            };
            text.push_str(&format!(
                "\n{title:<36}{:>10}{:>10}{:>10}\n",
                "place", "model", "gap"
            ));
            last = Some(row.group);
        }
        let number = |value: f64| match value {
            v if !v.is_finite() => "-".to_owned(),
            v if v.abs() >= 1_000.0 => format!("{v:.0}"),
            v if v.abs() < 2.0 => format!("{v:.3}"),
            v => format!("{v:.2}"),
        };
        let filled = if row.filled.is_empty() {
            String::new()
        } else {
            format!(", {} filled in", row.filled)
        };
        text.push_str(&format!(
            "  {:<34}{:>10}{:>10}{:>10}  {}; {}, {}{filled}\n",
            row.what,
            number(row.target),
            number(row.model),
            number(row.gap()),
            row.verdict().words(),
            row.unit,
            row.source,
        ));
    }
    text.push_str(&format!(
        "\nMean of {} runs over the last year of burn-in.\n",
        fit.replicates
    ));
    text
}

/// The place in one line, and whether every share of jobs keeps within the limit: code, name, gaps of shares (median and
/// largest), of unemployment, of the median income, of jobs an employed resident.
pub fn summary(fit: &PlaceFit) -> (String, Summary) {
    let of = |group: Group| fit.rows.iter().filter(move |row| row.group == group);
    let mut gaps: Vec<f64> = of(Group::Share).map(|row| row.gap().abs()).collect();
    gaps.sort_by(f64::total_cmp);
    let named = |what: &str| fit.rows.iter().find(|row| row.what == what);
    let gap = |what: &str| named(what).map_or(f64::NAN, |row| row.gap());
    let relative = |what: &str| named(what).map_or(f64::NAN, |row| row.gap() / row.target);
    let found = Summary {
        median_share_gap: 0.5 * (gaps[gaps.len() / 2] + gaps[(gaps.len() - 1) / 2]),
        share_gaps: gaps.clone(),
        largest_share_gap: gaps.last().copied().unwrap_or(f64::NAN),
        unemployment: gap("unemployment"),
        median_income: relative("median household income"),
        mean_income: relative("mean household income"),
        gini: gap("Gini of household income"),
        jobs: gap("jobs an employed resident"),
        employed: gap("employed residents"),
        bad: fit
            .rows
            .iter()
            .filter(|row| row.verdict() == Verdict::HeldOutBad)
            .count(),
    };
    let line = format!(
        "{:<6} {:<28} shares {:>5.2} {:>5.2}  unemployment {:>+5.2}  income: median {:>+5.1}% mean {:>+5.1}% Gini {:>+.3}  jobs {:>+.3}  employed {:>+5.2}",
        fit.town.layer.key,
        fit.town.layer.name,
        found.median_share_gap,
        found.largest_share_gap,
        found.unemployment,
        100.0 * found.median_income,
        100.0 * found.mean_income,
        found.gini,
        found.jobs,
        found.employed,
    );
    (line, found)
}

/// Gaps of a place, model less place.
#[derive(Clone, Debug)]
pub struct Summary {
    /// Absolute gaps of all sectors' shares, points, in order.
    pub share_gaps: Vec<f64>,
    /// Their median.
    pub median_share_gap: f64,
    /// Their largest.
    pub largest_share_gap: f64,
    /// Points.
    pub unemployment: f64,
    /// Share of the place's.
    pub median_income: f64,
    /// Share of the place's.
    pub mean_income: f64,
    /// Index points.
    pub gini: f64,
    /// Jobs in town over employed residents, points of the ratio.
    pub jobs: f64,
    /// Employed residents, points of residents.
    pub employed: f64,
    /// Held-out rows that are not near.
    pub bad: usize,
}
