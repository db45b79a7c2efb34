//! The few figures that tell how a run went: its first year against its last.

use super::run_charts::has_two_years;
use crate::ensemble::ReplicateSeries;
use model::indicators::{Definition, MonthIndicators};
use model::run::RunRecord;
use model::stats;

/// Months at each end that a key figure is averaged over: a year, or all of a run too short for a first and a last.
fn window(months: usize) -> usize {
    if has_two_years(months) { 12 } else { months }
}

/// How a key figure is written for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A share, written in percent; its change in percentage points.
    Percent,
    /// Money; its change in percent.
    Dollars,
    /// A number of things; its change in percent.
    Count,
    /// A ratio or an index; its change as a difference.
    Index,
}

impl Form {
    /// A value in this form.
    pub fn write(self, value: f64) -> String {
        match self {
            _ if !value.is_finite() => "–".to_owned(),
            Form::Percent => format!("{:.1}%", 100.0 * value),
            Form::Dollars => match grouped(value).strip_prefix('-') {
                Some(amount) => format!("-${amount}"),
                None => format!("${}", grouped(value)),
            },
            Form::Count => grouped(value),
            Form::Index => format!("{value:.3}"),
        }
    }

    /// A difference from a value as this form tells changes: itself for shares and indices, in proportion to the
    /// value for money and counts.
    pub fn relative(self, difference: f64, value: f64) -> f64 {
        match self {
            Form::Percent | Form::Index => difference,
            Form::Dollars | Form::Count => difference / value.abs(),
        }
    }

    /// A change in this form: points for shares, percent for money and counts.
    pub fn write_change(self, change: f64) -> String {
        match self {
            _ if !change.is_finite() => "–".to_owned(),
            Form::Percent => format!("{:+.1} pts", 100.0 * change),
            Form::Dollars | Form::Count => format!("{:+.1}%", 100.0 * change),
            Form::Index => format!("{change:+.3}"),
        }
    }
}

/// A number without decimals, with commas between thousands.
fn grouped(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if value < 0.0 && digits != "0" {
        format!("-{text}")
    } else {
        text
    }
}

/// One figure at the beginning and at the end of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KeyFigure {
    /// What it is called for people.
    pub label: &'static str,
    /// The indicator behind it.
    pub definition: &'static Definition,
    /// How it is written.
    pub form: Form,
    /// Mean of the first 12 months, or of all if there are fewer.
    pub first: f64,
    /// Mean of the last 12 months, or of all if there are fewer.
    pub last: f64,
}

impl KeyFigure {
    /// Last against first: a difference for shares and indices, a relative change for money and counts.
    pub fn change(&self) -> f64 {
        match self.form {
            Form::Percent | Form::Index => self.last - self.first,
            Form::Dollars | Form::Count => self.last / self.first - 1.0,
        }
    }
}

/// Indicators that lead every table of key figures, and the page: one list for all.
pub const HEADLINE: [&str; 2] = ["original_employment_rate", "original_employed"];

/// Label, indicator and form of the key figures, in the order they are told; the headline figures come first.
pub const KEY_FIGURES: [(&str, &str, Form); 23] = [
    (
        "Residents of month 0 at work",
        "original_employment_rate",
        Form::Percent,
    ),
    ("  of them, persons", "original_employed", Form::Count),
    (
        "  if every leaver were out of work",
        "original_employment_rate_low",
        Form::Percent,
    ),
    (
        "  leavers left out",
        "original_employment_rate_stayers",
        Form::Percent,
    ),
    (
        "Residents of month 0, income, real",
        "original_income",
        Form::Dollars,
    ),
    (
        "Residents of month 0 in poverty",
        "original_poverty",
        Form::Percent,
    ),
    ("Residents", "residents", Form::Count),
    ("Employment", "employment", Form::Count),
    ("Employment rate", "employment_rate", Form::Percent),
    ("Unemployment rate", "unemployment_rate", Form::Percent),
    (
        "Jobs in small and medium businesses",
        "smb_jobs",
        Form::Count,
    ),
    ("Median wage, a month", "wage_p50", Form::Dollars),
    (
        "Consumption, real, a month",
        "consumption_real",
        Form::Dollars,
    ),
    ("Spent with local businesses", "local_share", Form::Percent),
    (
        "Retail spending that leaves town",
        "retail_leakage",
        Form::Percent,
    ),
    ("Exports, a month", "exports", Form::Dollars),
    ("Output, real, a month", "output_real", Form::Dollars),
    ("Local prices", "price_index", Form::Index),
    ("Gini of income", "gini_income", Form::Index),
    ("Poverty rate", "poverty_rate", Form::Percent),
    ("Labor share", "labor_share", Form::Percent),
    ("Firms in business", "firms", Form::Count),
    ("Profit margin", "profit_margin", Form::Percent),
];

/// The key figures, the headline figures first.
pub fn in_order() -> impl Iterator<Item = (&'static str, &'static str, Form)> {
    let of = |name: &&str| {
        KEY_FIGURES
            .into_iter()
            .find(move |figure| figure.1 == *name)
    };
    let rest = KEY_FIGURES
        .into_iter()
        .filter(|figure| !HEADLINE.contains(&figure.1));
    HEADLINE.iter().filter_map(of).chain(rest)
}

/// The key figures of a run. Months in which a figure does not exist are left out of its means.
pub fn key_figures(record: &RunRecord) -> Vec<KeyFigure> {
    let figure = |(label, name, form): (&'static str, &str, Form)| {
        let definition = MonthIndicators::definitions().find(|d| d.name == name)?;
        let series = record.series(name)?;
        let window = window(series.len());
        let mean_of = |months: &[f64]| stats::mean(&stats::present(months));
        Some(KeyFigure {
            label,
            definition,
            form,
            first: mean_of(&series[..window]),
            last: mean_of(&series[series.len() - window..]),
        })
    };
    in_order().filter_map(figure).collect()
}

/// One figure over many runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// What it is called for people.
    pub label: &'static str,
    /// How it is written.
    pub form: Form,
    /// Mean over runs of the first 12 months.
    pub first: f64,
    /// Mean over runs of the last 12 months.
    pub last: f64,
    /// Fifth percentile over runs of the last 12 months' means.
    pub low: f64,
    /// Ninety-fifth percentile of these.
    pub high: f64,
}

/// The key figures of many runs of one scenario. Runs in which a figure does not exist are left out of it.
pub fn spreads(runs: &[ReplicateSeries]) -> Vec<Spread> {
    let figure = |(label, name, form): (&'static str, &str, Form)| {
        let place = MonthIndicators::definitions().position(|d| d.name == name)?;
        let mean_of = |months: &[MonthIndicators]| {
            let values: Vec<f64> = (months.iter())
                .filter_map(|month| month.values().nth(place))
                .collect();
            stats::mean(&stats::present(&values))
        };
        let [first, last]: [Vec<f64>; 2] = [true, false].map(|begin| {
            let ends = runs.iter().map(|run| {
                let window = window(run.months.len());
                match begin {
                    true => mean_of(&run.months[..window]),
                    false => mean_of(&run.months[run.months.len() - window..]),
                }
            });
            stats::present(&ends.collect::<Vec<_>>())
        });
        Some(Spread {
            label,
            form,
            first: stats::mean(&first),
            last: stats::mean(&last),
            low: stats::quantile(&last, 0.05),
            high: stats::quantile(&last, 0.95),
        })
    };
    in_order().filter_map(figure).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_figure_is_an_indicator() {
        assert_eq!(key_figures(&RunRecord::default()).len(), KEY_FIGURES.len());
        let names = KEY_FIGURES.map(|figure| figure.1);
        assert!(HEADLINE.iter().all(|name| names.contains(name)));
        assert_eq!(in_order().count(), KEY_FIGURES.len());
    }

    #[test]
    fn amounts_below_zero_have_the_sign_before_the_dollar() {
        let written = [-1234.4, -0.3, 0.0, 999_999.6].map(|value| Form::Dollars.write(value));
        assert_eq!(written, ["-$1,234", "$0", "$0", "$1,000,000"]);
    }

    #[test]
    fn shares_change_by_a_difference_and_money_in_proportion() {
        let figure = |form| KeyFigure {
            label: "",
            definition: MonthIndicators::definitions()
                .next()
                .expect("there are indicators"),
            form,
            first: 0.5,
            last: 0.6,
        };
        assert!((figure(Form::Percent).change() - 0.1).abs() < 1e-12);
        assert!((figure(Form::Dollars).change() - 0.2).abs() < 1e-12);
    }
}
