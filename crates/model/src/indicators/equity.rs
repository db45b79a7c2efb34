//! Equity: what firms' automation means for owners, staff and customers, as means over firms.

use crate::town::Town;
use crate::town::technology::KPIS;

use super::definition::{measures, ratio};

measures! {
    /// Means over firms of the eleven measures that automation is judged by.
    Equity, "equity" {
        kpi_process_time ["index"] "Work a unit of output needs relative to month 0, times the slack of immature processes (1.5 less maturity)." empty if "no firm has the measure",
        kpi_unit_cost ["dollars a unit of output"] "Unit cost that prices are based on." empty if "no firm has the measure",
        kpi_satisfaction ["utility"] "Quality, added appeal and the tie to customers at the median taste for personal service." empty if "no firm has the measure",
        kpi_retention ["share"] "Customers who stayed, of those who compared their supplier with others, smoothed." empty if "no firm has the measure",
        kpi_output_per_worker ["dollars a month at month-0 prices"] "Normal output over workers." empty if "no firm has the measure",
        kpi_error_rate ["share of sales"] "Cost of errors, times the slack of immature processes." empty if "no firm has the measure",
        kpi_owner_hours ["hours a week"] "Working owner's hours." empty if "no firm has the measure",
        kpi_staff_turnover ["share a year"] "Twelve times the month's quits over staff, smoothed." empty if "no firm has the measure",
        kpi_pay_share_of_savings ["share"] "Part of what technology saves that goes to wages and benefits, where it saves." empty if "no firm has the measure",
        kpi_human_contact ["index"] "Strength of the personal tie to customers; 1 at month 0." empty if "no firm has the measure",
        kpi_forecast_error ["share"] "Gap between the demand a firm planned for and the demand it met, over the former, at most 1, smoothed." empty if "no firm has the measure",
    }
}

pub(crate) fn measure(town: &Town) -> Equity {
    let mut sums = [0.0; KPIS];
    let mut counts = [0.0; KPIS];
    for firm in town.firms.open_rows() {
        let Some(row) = town.technology.firms.get(firm) else {
            continue;
        };
        for (measure, &value) in row.kpis.iter().enumerate() {
            if value.is_finite() {
                sums[measure] += f64::from(value);
                counts[measure] += 1.0;
            }
        }
    }
    let mean = |measure: usize| ratio(sums[measure], counts[measure]);
    Equity {
        kpi_process_time: mean(0),
        kpi_unit_cost: mean(1),
        kpi_satisfaction: mean(2),
        kpi_retention: mean(3),
        kpi_output_per_worker: mean(4),
        kpi_error_rate: mean(5),
        kpi_owner_hours: mean(6),
        kpi_staff_turnover: mean(7),
        kpi_pay_share_of_savings: mean(8),
        kpi_human_contact: mean(9),
        kpi_forecast_error: mean(10),
    }
}
