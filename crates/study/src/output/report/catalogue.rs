//! The indicators a reader can choose from, and how they are called and written for people.

use crate::output::summary::{Form, HEADLINE};
use charts::Format;
use model::indicators::{Definition, MonthIndicators};

/// An indicator of the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shown {
    /// Its name in the tables.
    pub id: &'static str,
    /// What people call it.
    pub label: &'static str,
    pub form: Form,
    /// Heading it is listed under.
    pub group: &'static str,
}

impl Shown {
    /// Unit and meaning.
    pub fn definition(&self) -> Option<&'static Definition> {
        MonthIndicators::definitions().find(|definition| definition.name == self.id)
    }

    /// A level for people.
    pub fn level(&self, value: f64) -> String {
        if !value.is_finite() {
            return "–".to_owned();
        }
        match self.form {
            Form::Percent => Format::Share.value(value),
            Form::Dollars => Format::Dollars.value(value),
            Form::Count => Format::Number.value(value.round()),
            Form::Index => Format::Number.value(value),
        }
    }

    /// How changes are written: points for shares, percent for money, numbers for counts.
    fn change_format(&self) -> Format {
        match self.form {
            Form::Percent => Format::SharePoints,
            Form::Dollars => Format::Share,
            Form::Count | Form::Index => Format::Number,
        }
    }

    /// A difference in the unit of [`Shown::change_format`]: a count tells whole people or firms.
    fn relative(&self, difference: f64, base: f64) -> f64 {
        match self.form {
            Form::Count => difference.round(),
            _ => self.form.relative(difference, base),
        }
    }

    /// A difference from `base` for people.
    pub fn change(&self, difference: f64, base: f64) -> String {
        let told = self.relative(difference, base);
        if !told.is_finite() {
            return "–".to_owned();
        }
        // A tenth of a percent is the least that says anything here.
        match self.form {
            Form::Index => Format::Number.signed(told),
            Form::Count => {
                let share = Format::Share.signed_beside(difference / base, LEAST_TOLD);
                match base > 0.0 {
                    true => format!("{} ({share})", Format::Number.signed(told)),
                    false => Format::Number.signed(told),
                }
            }
            _ => {
                let like = told.abs().max(LEAST_TOLD);
                self.change_format().signed_beside(told, like)
            }
        }
    }

    /// The ends of a difference from `base`.
    pub fn interval(&self, (low, high): (f64, f64), base: f64) -> String {
        let (low, high) = (self.relative(low, base), self.relative(high, base));
        if !(low.is_finite() && high.is_finite()) {
            return "no interval".to_owned();
        }
        self.change_format().signed_range(low, high)
    }
}

/// Least change of a share that is told with a digit.
const LEAST_TOLD: f64 = 0.001;

/// What people call an indicator, if the page shows it.
pub fn called(id: &str) -> Option<&'static str> {
    SHOWN.iter().find(|one| one.id == id).map(|one| one.label)
}

const fn shown(group: &'static str, id: &'static str, label: &'static str, form: Form) -> Shown {
    Shown {
        id,
        label,
        form,
        group,
    }
}

const WORK: &str = "Work";
const PAY: &str = "Pay and income";
const SPENDING: &str = "Spending and output";
const FIRMS: &str = "Businesses";
const TECHNOLOGY: &str = "Technology";
const GOVERNMENT: &str = "Governments";

/// Indicators in the order of the list; the first is shown at first.
pub(super) const SHOWN: [Shown; 53] = [
    shown(
        WORK,
        "original_employment_rate",
        "Residents of month 0 at work",
        Form::Percent,
    ),
    shown(
        WORK,
        "original_employed",
        "Residents of month 0 at work",
        Form::Count,
    ),
    shown(WORK, "employment_rate", "Employment rate", Form::Percent),
    shown(
        WORK,
        "unemployment_rate",
        "Unemployment rate",
        Form::Percent,
    ),
    shown(
        WORK,
        "participation_rate",
        "Labor force participation",
        Form::Percent,
    ),
    shown(WORK, "employment", "Employed residents", Form::Count),
    shown(
        WORK,
        "smb_jobs",
        "Jobs in small and medium businesses",
        Form::Count,
    ),
    shown(WORK, "residents", "Residents", Form::Count),
    shown(WORK, "vacancy_rate", "Open posts", Form::Percent),
    shown(WORK, "layoffs_rate", "Layoffs, monthly rate", Form::Percent),
    shown(
        WORK,
        "long_term_unemployed_share",
        "Long-term unemployed, share of unemployed",
        Form::Percent,
    ),
    shown(
        PAY,
        "original_income",
        "Income of residents of month 0, at month-0 prices",
        Form::Dollars,
    ),
    shown(
        PAY,
        "original_poverty",
        "Residents of month 0 in poverty",
        Form::Percent,
    ),
    shown(PAY, "mean_wage", "Mean wage, nominal", Form::Dollars),
    shown(
        PAY,
        "wage_p10",
        "Wage, lowest tenth earns less",
        Form::Dollars,
    ),
    shown(PAY, "wage_p50", "Median wage, nominal", Form::Dollars),
    shown(
        PAY,
        "wage_p90",
        "Wage, highest tenth earns more",
        Form::Dollars,
    ),
    shown(
        PAY,
        "median_income",
        "Median household income, nominal",
        Form::Dollars,
    ),
    shown(PAY, "gini_income", "Gini of income", Form::Index),
    shown(PAY, "poverty_rate", "Poverty rate", Form::Percent),
    shown(
        PAY,
        "top_10_income_share",
        "Income share of the highest tenth",
        Form::Percent,
    ),
    shown(
        PAY,
        "labor_share",
        "Labor share of value added",
        Form::Percent,
    ),
    shown(
        SPENDING,
        "consumption_real",
        "Consumption at month-0 prices",
        Form::Dollars,
    ),
    shown(
        SPENDING,
        "local_share",
        "Purchases from businesses in town",
        Form::Percent,
    ),
    shown(
        SPENDING,
        "retail_leakage",
        "Retail spending that leaves town",
        Form::Percent,
    ),
    shown(SPENDING, "exports", "Exports", Form::Dollars),
    shown(
        SPENDING,
        "output_real",
        "Output at month-0 prices",
        Form::Dollars,
    ),
    shown(
        SPENDING,
        "output_per_worker",
        "Output per worker",
        Form::Dollars,
    ),
    shown(
        SPENDING,
        "consumer_price_index",
        "Consumer prices, % of month 0",
        Form::Percent,
    ),
    shown(FIRMS, "firms", "Firms in business", Form::Count),
    shown(FIRMS, "entries", "Openings", Form::Index),
    shown(FIRMS, "exits", "Closings", Form::Index),
    shown(FIRMS, "mean_firm_size", "Workers per firm", Form::Index),
    shown(FIRMS, "profit_margin", "Profit margin", Form::Percent),
    shown(
        TECHNOLOGY,
        "automated_task_share",
        "Tasks done by technology",
        Form::Percent,
    ),
    shown(
        TECHNOLOGY,
        "adopters_share",
        "Firms that adopted technology",
        Form::Percent,
    ),
    shown(
        TECHNOLOGY,
        "displaced_jobs",
        "Work taken over by technology",
        Form::Count,
    ),
    shown(
        TECHNOLOGY,
        "new_task_jobs",
        "Work in new tasks",
        Form::Count,
    ),
    shown(
        GOVERNMENT,
        "local_balance",
        "Balance of the local government",
        Form::Dollars,
    ),
    shown(
        GOVERNMENT,
        "local_revenue",
        "Revenue of the local government",
        Form::Dollars,
    ),
    shown(
        GOVERNMENT,
        "local_spending",
        "Spending of the local government",
        Form::Dollars,
    ),
    shown(
        GOVERNMENT,
        "program_spending_local",
        "Spent on programs by the local government",
        Form::Dollars,
    ),
    shown(
        GOVERNMENT,
        "program_spending_outer",
        "Spent on programs by outer governments",
        Form::Dollars,
    ),
    shown(
        GOVERNMENT,
        "program_revenue",
        "Collected by levies and duties of policies",
        Form::Dollars,
    ),
    shown(
        GOVERNMENT,
        "outer_net",
        "Paid in by outer governments, net",
        Form::Dollars,
    ),
    shown(
        GOVERNMENT,
        "local_raised",
        "Raised by the local government",
        Form::Dollars,
    ),
    shown(
        GOVERNMENT,
        "local_aid",
        "Aid to the local government",
        Form::Dollars,
    ),
    shown(
        GOVERNMENT,
        "local_debt",
        "Debt of the local government",
        Form::Dollars,
    ),
    shown(
        GOVERNMENT,
        "local_tax_per_resident",
        "Local taxes per resident",
        Form::Dollars,
    ),
    shown(
        GOVERNMENT,
        "outer_raised",
        "Raised in town by outer governments",
        Form::Dollars,
    ),
    shown(
        GOVERNMENT,
        "outer_spent",
        "Spent in town by outer governments",
        Form::Dollars,
    ),
    shown(
        GOVERNMENT,
        "program_tax",
        "National tax that pays for programs",
        Form::Dollars,
    ),
    shown(
        GOVERNMENT,
        "rest_of_country",
        "Paid in by the rest of the country",
        Form::Dollars,
    ),
];

/// Figures of the brief after the headline figures, by name.
const MORE_FIGURES: [&str; 7] = [
    "employment_rate",
    "unemployment_rate",
    "smb_jobs",
    "wage_p50",
    "consumer_price_index",
    "local_share",
    "poverty_rate",
];

/// Figures of the brief, by name: the headline figures first.
pub(super) fn key_figures() -> impl Iterator<Item = &'static str> {
    let more = MORE_FIGURES.iter().filter(|id| !HEADLINE.contains(id));
    HEADLINE.iter().chain(more).copied()
}

/// Place of an indicator in [`SHOWN`].
pub(super) fn place(id: &str) -> Option<usize> {
    SHOWN.iter().position(|shown| shown.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_indicator_shown_is_measured_once() {
        for (at, shown) in SHOWN.iter().enumerate() {
            assert!(shown.definition().is_some(), "{}", shown.id);
            assert_eq!(place(shown.id), Some(at));
        }
        assert!(key_figures().all(|id| place(id).is_some()));
    }

    #[test]
    fn changes_are_points_for_shares_percent_for_money_and_numbers_of_people() {
        let of = |id: &str| SHOWN[place(id).expect("it is shown")];
        assert_eq!(of("poverty_rate").change(0.012, 0.1), "+1.2 points");
        assert_eq!(of("wage_p50").change(-50.0, 1000.0), "−5.0%");
        assert_eq!(
            of("wage_p50").interval((-50.0, 20.0), 1000.0),
            "−5.0% to +2.0%"
        );
        assert_eq!(of("wage_p50").change(1.0, 0.0), "–");
        assert_eq!(of("employment").change(-34.2, 10_000.0), "−34 (−0.3%)");
        assert_eq!(
            of("employment").interval((-56.0, -12.4), 10_000.0),
            "−56 to −12"
        );
        assert_eq!(of("poverty_rate").change(-0.000_89, 0.1), "−0.1 points");
        assert_eq!(of("poverty_rate").change(0.000_2, 0.1), "0.0 points");
    }
}
