//! Estimates and their standard errors over towns.
//!
//! The estimate is the expression at the means over towns (regressions within it run over towns); its standard error is
//! the jackknife's: how far the estimate moves when each town in turn is left out (Efron & Stein 1981). It covers
//! ratios, logarithms and regression alike, and holds the luck of towns alone.

use super::expression::{Expression, Function, Leaf, Side};
use super::plan::{Kept, Layout, absolute};
use super::quantity::Quantity;
use super::rows::{Evaluation, Measure};
use super::verdict::Estimate;
use model::stats;

/// What an expression is evaluated on.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// Where runs and their values are.
    pub layout: &'a Layout,
    /// What was kept of every run.
    pub kept: &'a [Kept],
    /// Place of the row in the plan.
    pub row: usize,
    /// The row.
    pub evaluation: &'a Evaluation,
    /// Whether the policy is disconnected: the twin without it stands for both.
    pub inert: bool,
}

/// The estimate of a measure.
pub fn estimate(setting: Setting<'_>, measure: &Measure) -> Estimate {
    let missing = Estimate {
        value: f64::NAN,
        standard_error: f64::NAN,
    };
    let Ok(expression) = Expression::parse(&measure.value) else {
        return missing;
    };
    let view = View { setting, measure };
    let towns: Vec<usize> = (0..view.towns()).filter(|&town| view.lived(town)).collect();
    let value = view.value(&expression, &towns);
    if !value.is_finite() {
        return missing;
    }
    let without = |left_out: usize| {
        let others: Vec<usize> = towns
            .iter()
            .copied()
            .filter(|&town| town != left_out)
            .collect();
        view.value(&expression, &others)
    };
    let moved: Vec<f64> = towns.iter().map(|&town| without(town)).collect();
    Estimate {
        value,
        standard_error: jackknife(&moved),
    }
}

/// Standard error from the estimates that leave out one town each; `NaN` below two, or if one does not exist.
fn jackknife(estimates: &[f64]) -> f64 {
    let number = estimates.len() as f64;
    if estimates.len() < 2 {
        return f64::NAN;
    }
    let mean = stats::mean(estimates);
    let squares = estimates.iter().map(|one| (one - mean) * (one - mean));
    let sum = squares.fold(0.0, |sum, square| sum + square);
    libm::sqrt((number - 1.0) / number * sum)
}

struct View<'a> {
    setting: Setting<'a>,
    measure: &'a Measure,
}

impl View<'_> {
    fn towns(&self) -> usize {
        let row = self.setting.layout.row(self.setting.row);
        row.pairs.first().map_or(0, Vec::len)
    }

    /// Whether all towns of that number exist.
    fn lived(&self, town: usize) -> bool {
        let row = self.setting.layout.row(self.setting.row);
        let runs = row.pairs.iter().flat_map(|pairs| pairs[town]);
        runs.into_iter()
            .all(|run| self.setting.kept[run].failure.is_empty())
    }

    fn value(&self, expression: &Expression, towns: &[usize]) -> f64 {
        match expression {
            Expression::Number(number) => *number,
            Expression::Leaf(leaf) => self.leaf(leaf, towns),
            Expression::Varied(key) => {
                let row = self.setting.layout.row(self.setting.row);
                let values = row.varied.get(key);
                mean_over(towns, |town| values.map_or(f64::NAN, |values| values[town]))
            }
            Expression::Negative(inner) => -self.value(inner, towns),
            Expression::Both(sign, a, b) => {
                let (a, b) = (self.value(a, towns), self.value(b, towns));
                match sign {
                    '+' => a + b,
                    '-' => a - b,
                    '*' => a * b,
                    _ => a / b,
                }
            }
            Expression::Call(function, arguments) => self.call(*function, arguments, towns),
        }
    }

    fn call(&self, function: Function, arguments: &[Expression], towns: &[usize]) -> f64 {
        if function == Function::Slope {
            let row = |&town: &usize| -> Vec<f64> {
                let values = arguments
                    .iter()
                    .map(|argument| self.value(argument, &[town]));
                values.collect()
            };
            let rows: Vec<Vec<f64>> = towns.iter().map(row).collect();
            return slope(&rows);
        }
        let values: Vec<f64> = arguments.iter().map(|one| self.value(one, towns)).collect();
        match (function, values.as_slice()) {
            (Function::Log, [value]) => libm::log(*value),
            (Function::Min, [a, b]) => a.min(*b),
            (Function::Max, [a, b]) => a.max(*b),
            _ => f64::NAN,
        }
    }

    fn leaf(&self, leaf: &Leaf, towns: &[usize]) -> f64 {
        let base = || mean_over(towns, |town| self.one(leaf, town, false));
        let with = || mean_over(towns, |town| self.one(leaf, town, true));
        match leaf.side {
            Side::Base => base(),
            Side::Arm => with(),
            Side::Difference => with() - base(),
            Side::Percent => {
                let base = base();
                100.0 * (with() - base) / base
            }
        }
    }

    /// A quantity of one town, with or without the policy.
    fn one(&self, leaf: &Leaf, town: usize, with: bool) -> f64 {
        let Setting {
            layout,
            kept,
            row,
            evaluation,
            inert,
        } = self.setting;
        let arm = match &leaf.arm {
            None => Some(0),
            Some(name) => evaluation.arms.iter().position(|arm| arm.name == *name),
        };
        let Some(pairs) = arm.and_then(|arm| layout.row(row).pairs.get(arm)) else {
            return f64::NAN;
        };
        let run = pairs[town][usize::from(with && !inert)];
        let months = absolute(evaluation, leaf.months.unwrap_or(self.measure.months));
        leaf.names.iter().fold(0.0, |sum, name| {
            let column = Quantity::parse(name).and_then(|q| layout.column(&q, months));
            sum + column.map_or(f64::NAN, |column| kept[run].values[column])
        })
    }
}

/// Mean over the towns in which a figure exists.
fn mean_over(towns: &[usize], value: impl Fn(usize) -> f64) -> f64 {
    let values: Vec<f64> = towns.iter().map(|&town| value(town)).collect();
    stats::mean(&stats::present(&values))
}

/// Least squares of the first column on a constant and the others: the coefficient of the second column. `NaN` with
/// too few complete rows, or if the others determine it.
fn slope(rows: &[Vec<f64>]) -> f64 {
    let sound = |row: &&Vec<f64>| row.iter().all(|value| value.is_finite());
    let rows: Vec<&Vec<f64>> = rows.iter().filter(sound).collect();
    let columns = rows.first().map_or(0, |row| row.len());
    if columns < 2 || rows.len() <= columns {
        return f64::NAN;
    }
    let number = rows.len() as f64;
    let mean = |column: usize| rows.iter().fold(0.0, |sum, row| sum + row[column]) / number;
    let means: Vec<f64> = (0..columns).map(mean).collect();
    let product = |a: usize, b: usize| {
        rows.iter().fold(0.0, |sum, row| {
            sum + (row[a] - means[a]) * (row[b] - means[b])
        })
    };
    let regressors = columns - 1;
    let mut system: Vec<Vec<f64>> = (1..columns)
        .map(|a| (1..columns).chain([0]).map(|b| product(a, b)).collect())
        .collect();
    let scale = (0..regressors).fold(0.0_f64, |scale, a| scale.max(system[a][a].abs()));
    for pivot in 0..regressors {
        let best = (pivot..regressors)
            .max_by(|&a, &b| system[a][pivot].abs().total_cmp(&system[b][pivot].abs()))
            .unwrap_or(pivot);
        system.swap(pivot, best);
        if system[pivot][pivot].abs() <= 1e-12 * scale {
            return f64::NAN;
        }
        for row in (0..regressors).filter(|&row| row != pivot) {
            let factor = system[row][pivot] / system[pivot][pivot];
            for column in pivot..=regressors {
                system[row][column] -= factor * system[pivot][column];
            }
        }
    }
    system[0][regressors] / system[0][0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regression_finds_the_coefficients_that_made_the_data() {
        let rows: Vec<Vec<f64>> = (0..12)
            .map(|i| {
                let (x, z) = (f64::from(i), f64::from(i * i % 7));
                vec![3.0 + 2.0 * x - 5.0 * z, x, z]
            })
            .collect();
        assert!((slope(&rows) - 2.0).abs() < 1e-9);
        // A regressor that another one determines has no coefficient of its own.
        let doubled: Vec<Vec<f64>> = rows.iter().map(|r| vec![r[0], r[1], 2.0 * r[1]]).collect();
        assert!(slope(&doubled).is_nan());
    }

    #[test]
    fn the_jackknife_of_a_mean_is_its_standard_error() {
        let values = [1.0, 4.0, 2.0, 8.0, 5.0];
        let sum: f64 = values.iter().sum();
        let left_out: Vec<f64> = values.iter().map(|v| (sum - v) / 4.0).collect();
        let usual = stats::standard_error(&values);
        assert!((jackknife(&left_out) - usual).abs() < 1e-12);
    }
}
