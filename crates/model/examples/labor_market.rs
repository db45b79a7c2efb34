//! Levels of the labor market that `validate` does not print: unemployment and open posts by occupation, the
//! Beveridge slope, pay by age and by firm, moves between occupations person by person, what a lost job costs.
//!
//!     cargo run --release --example labor_market -- RESIDENTS TOWNS MONTHS [KEY=VALUE …]

use std::error::Error;

use model::month::{self, Scratch, advance};
use model::rng::Draws;
use model::run::anchor_reference_unemployment;
use model::scenario::{self, Parameters, Source};
use model::stats;
use model::town::people::{PUBLIC_EMPLOYER, Status};
use model::town::{Town, synthesis};
use model::units::{OCCUPATION_IDS, OCCUPATIONS};

/// Months before and after a job loss that are followed.
const BEFORE: usize = 24;
const AFTER: usize = 60;
/// Months on the job from which on a loss counts as displacement.
const TENURE: u16 = 36;

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let mut number =
        |usual: u32| -> u32 { words.next().and_then(|w| w.parse().ok()).unwrap_or(usual) };
    let (residents, towns, months) = (number(10_000), number(4), number(120));
    let mut settings = vec![format!("town.residents={residents}")];
    settings.extend(words);
    let text = |amount: f64| {
        format!(
            "schema_version = 1\n[[timeline]]\nkind = \"basic_income\"\nfrom = 3\nuntil = 4\namount = {amount:.1}\n\
             administration = 0.0\nparticipation_response = 0.0\n"
        )
    };
    let resolved = |amount: f64| -> Result<Parameters, Box<dyn Error>> {
        let source = Source::Text {
            name: "town.toml".into(),
            text: text(amount),
        };
        let loaded = scenario::load_with(&scenario::Setup::embedded(), &source, &settings)
            .map_err(|found| format!("{found:?}"))?;
        Ok(scenario::resolve(&loaded).map_err(|found| format!("{found:?}"))?)
    };
    let (without, with) = (resolved(0.0)?, resolved(1_000.0)?);
    let loaded = scenario::load_with(
        &scenario::Setup::embedded(),
        &Source::Embedded("baseline".into()),
        &settings,
    )
    .map_err(|_| "no such setting")?;
    let p = scenario::resolve(&loaded).map_err(|_| "the scenario does not resolve")?;
    let mut levels = Levels::default();
    for seed in 1..=u64::from(towns) {
        live(&p, seed, months, &mut levels)?;
        windfall(&without, &with, seed, &mut levels.spent)?;
    }
    levels.print(&p);
    Ok(())
}

fn live(p: &Parameters, seed: u64, months: u32, levels: &mut Levels) -> Result<(), Box<dyn Error>> {
    let mut town = synthesis::synthesize(p, Draws::new(seed, 0))?;
    month::automation::initialize(&mut town, p);
    let mut scratch = Scratch::default();
    let mut rates = Vec::new();
    let mut people = People::new(&town);
    levels.resting(&town);
    levels.years = 1 + (months as usize).div_ceil(12);
    for lived in 1..=p.run.burn_in_months + months {
        advance(&mut town, p, &mut scratch).map_err(|breach| format!("{breach:?}"))?;
        let (jobless, _, force) = counts(&town);
        rates.push(jobless / force);
        if lived == month::settling_months(p.run.burn_in_months) {
            anchor_reference_unemployment(&mut town, &rates);
        }
        if lived > p.run.burn_in_months {
            levels.add(&town);
            if (lived - p.run.burn_in_months) % 12 == 1 {
                levels.resting(&town);
            }
            people.follow(&town);
        }
    }
    levels.moved.push(people.mobility());
    people.displaced(&mut levels.event);
    levels.cross_section(&town);
    Ok(())
}

/// Spending in the twelve months from a payment of $1,000 to every adult, and the payment, by thirds of deposits.
fn windfall(
    without: &Parameters,
    with: &Parameters,
    seed: u64,
    spent: &mut [[f64; 2]; 3],
) -> Result<(), Box<dyn Error>> {
    let mut town = synthesis::synthesize(without, Draws::new(seed, 0))?;
    month::automation::initialize(&mut town, without);
    let mut scratch = Scratch::default();
    for _ in 0..without.run.burn_in_months + 2 {
        advance(&mut town, without, &mut scratch).map_err(|breach| format!("{breach:?}"))?;
    }
    let h = &town.households;
    let mut order: Vec<usize> = (0..h.len()).filter(|&row| h.resident[row]).collect();
    order.sort_by_key(|&row| h.deposits[row]);
    let mut budgets = Vec::new();
    for p in [without, with] {
        let mut town = town.clone();
        let mut scratch = Scratch::default();
        let mut sum = vec![0.0; town.households.len()];
        for _ in 0..12 {
            advance(&mut town, p, &mut scratch).map_err(|breach| format!("{breach:?}"))?;
            for (sum, budget) in sum.iter_mut().zip(&town.households.budget) {
                *sum += budget.dollars();
            }
        }
        budgets.push(sum);
    }
    for (place, &row) in order.iter().enumerate() {
        let third = &mut spent[3 * place / order.len()];
        third[0] += budgets[1][row] - budgets[0][row];
        third[1] += 1_000.0 * f64::from(h.workers[row] + h.pensioners[row]);
    }
    Ok(())
}

/// The unemployed, open posts and the labor force.
fn counts(town: &Town) -> (f64, f64, f64) {
    let of = |wanted: Status| town.workers.status.iter().filter(|s| **s == wanted).count() as f64;
    let jobless = of(Status::Unemployed);
    let open: u32 = town.activity.open_posts.iter().sum();
    (
        jobless,
        f64::from(open),
        jobless + of(Status::Employed) + of(Status::Owner),
    )
}

#[derive(Default)]
struct Levels {
    employees: [f64; OCCUPATIONS],
    jobless: [f64; OCCUPATIONS],
    open: [f64; OCCUPATIONS],
    wage_index: [f64; OCCUPATIONS],
    months: f64,
    log_u: Vec<f64>,
    log_v: Vec<f64>,
    rates: Vec<[f64; 7]>,
    moved: Vec<f64>,
    event: Event,
    cross: Vec<[f64; 6]>,
    /// Years at which `rest` was taken, in each town.
    years: usize,
    spent: [[f64; 2]; 3],
    rest: Vec<[f64; 6]>,
}

impl Levels {
    fn add(&mut self, town: &Town) {
        let w = &town.workers;
        let (mut long, mut year) = (0.0, 0.0);
        for row in 0..w.len() {
            let o = usize::from(w.occupation[row]);
            match w.status[row] {
                Status::Employed => self.employees[o] += 1.0,
                Status::Unemployed => {
                    self.jobless[o] += 1.0;
                    long += f64::from(u8::from(w.months[row] > 6));
                    year += f64::from(u8::from(w.months[row] > 12));
                }
                _ => {}
            }
        }
        for o in 0..OCCUPATIONS {
            self.open[o] += f64::from(town.activity.open_posts[o]);
            self.wage_index[o] += town.labor.wage[o] / town.labor.initial_wage[o];
        }
        self.months += 1.0;
        let (jobless, open, force) = counts(town);
        let a = &town.activity;
        let jobs = force - jobless;
        self.log_u.push(libm::log(jobless / force));
        self.log_v.push(libm::log(open.max(0.5) / (open + jobs)));
        let hires: u32 = a.hires.iter().sum();
        self.rates.push([
            100.0 * jobless / force,
            100.0 * open / (open + jobs),
            100.0 * f64::from(hires) / jobs,
            100.0 * f64::from(a.quits) / jobs,
            100.0 * f64::from(a.layoffs) / jobs,
            long / jobless.max(1.0),
            year / jobless.max(1.0),
        ]);
    }

    /// Pay of the young relative to prime age; variance of log pay, and the part between firms; percentiles.
    fn cross_section(&mut self, town: &Town) {
        let w = &town.workers;
        let (mut young, mut prime, mut logs, mut firm) = (vec![], vec![], vec![], vec![]);
        let mut pay = vec![];
        for row in 0..w.len() {
            if w.status[row] != Status::Employed {
                continue;
            }
            let years = w.age_months[row] / 12;
            let dollars = w.wage[row].dollars();
            pay.push(dollars);
            if years < 25 {
                young.push(dollars);
            } else if years < 55 {
                prime.push(dollars);
            }
            if w.employer[row] < PUBLIC_EMPLOYER {
                logs.push(libm::log(dollars));
                firm.push(libm::log(town.firms.pay_premium[w.employer[row] as usize]));
            }
        }
        pay.sort_by(f64::total_cmp);
        let at = |q: f64| pay[(q * (pay.len() - 1) as f64) as usize];
        let sd = |x: &[f64]| stats::standard_error(x) * libm::sqrt(x.len() as f64);
        self.cross.push([
            stats::mean(&young) / stats::mean(&prime),
            sd(&logs) * sd(&logs),
            sd(&firm) * sd(&firm) / (sd(&logs) * sd(&logs)),
            stats::pearson(&logs, &firm),
            at(0.9) / at(0.5),
            at(0.5) / at(0.1),
        ]);
    }

    fn print(&self, p: &Parameters) {
        println!("| occupation | pay | unemployed % | open posts % | wage index |");
        println!("|---|---|---|---|---|");
        let mut order: Vec<usize> = (0..OCCUPATIONS).collect();
        let pay = |o: usize| p.occupations[o].mean_wage;
        order.sort_by(|&a, &b| pay(a).total_cmp(&pay(b)));
        let rate =
            |o: usize| 100.0 * self.jobless[o] / (self.jobless[o] + self.employees[o]).max(1.0);
        let open = |o: usize| 100.0 * self.open[o] / (self.open[o] + self.employees[o]).max(1.0);
        for &o in &order {
            println!(
                "| {} | {:.0} | {:.1} | {:.1} | {:.3} |",
                OCCUPATION_IDS[o],
                pay(o),
                rate(o),
                open(o),
                self.wage_index[o] / self.months
            );
        }
        let rank = |value: &dyn Fn(usize) -> f64| -> Vec<f64> {
            let mut by: Vec<usize> = (0..OCCUPATIONS).collect();
            by.sort_by(|&a, &b| value(a).total_cmp(&value(b)));
            let mut ranks = vec![0.0; OCCUPATIONS];
            for (place, &o) in by.iter().enumerate() {
                ranks[o] = place as f64;
            }
            ranks
        };
        println!(
            "rank correlation of unemployment with pay {:.2}",
            stats::pearson(&rank(&rate), &rank(&pay))
        );
        let slope =
            |x: &[f64], y: &[f64]| stats::least_squares(x, y).map_or(f64::NAN, |line| line.slope);
        println!("ln v on ln u {:.2}", slope(&self.log_u, &self.log_v));
        let mean = |i: usize| stats::mean(&self.rates.iter().map(|r| r[i]).collect::<Vec<_>>());
        let names = [
            "unemployment %",
            "open posts %",
            "hires %",
            "quits %",
            "layoffs %",
            "share over 6 months",
            "over 12",
        ];
        for (i, name) in names.iter().enumerate() {
            print!("{name} {:.3}; ", mean(i));
        }
        println!(
            "\nmoves between occupations in a year, person by person {:.2}%",
            100.0 * stats::mean(&self.moved)
        );
        let cross = |i: usize| stats::mean(&self.cross.iter().map(|r| r[i]).collect::<Vec<_>>());
        println!(
            "pay under 25 over 25-54 {:.3}; variance of log pay {:.3}, of firm premiums {:.3} of it, correlation {:.2}; p90/p50 {:.2}, p50/p10 {:.2}",
            cross(0),
            cross(1),
            cross(2),
            cross(3),
            cross(4),
            cross(5)
        );
        self.event.print();
        let share = |third: &[f64; 2]| third[0] / third[1];
        let all = self.spent.iter().fold([0.0; 2], |sum, third| {
            [sum[0] + third[0], sum[1] + third[1]]
        });
        println!(
            "spent of $1,000 within 12 months {:.2}; by thirds of deposits {:.2} {:.2} {:.2}",
            share(&all),
            share(&self.spent[0]),
            share(&self.spent[1]),
            share(&self.spent[2])
        );
        println!(
            "after years 0, 3, 4, …: log match, log tenure pay, months of tenure, fit, ability, log premium; means of staff"
        );
        for year in 0..self.years {
            let of = |i: usize| {
                let all: Vec<f64> = self
                    .rest
                    .iter()
                    .skip(year)
                    .step_by(self.years)
                    .map(|r| r[i])
                    .collect();
                stats::mean(&all)
            };
            println!(
                "  {:.4} {:.4} {:.1} {:.4} {:.4} {:.4}",
                of(0),
                of(1),
                of(2),
                of(3),
                of(4),
                of(5)
            );
        }
    }

    /// Means over staff of what pay is made of.
    fn resting(&mut self, town: &Town) {
        let w = &town.workers;
        let mut sum = [0.0; 6];
        let mut n = 0.0;
        for row in 0..w.len() {
            if w.status[row] != Status::Employed || w.employer[row] >= PUBLIC_EMPLOYER {
                continue;
            }
            n += 1.0;
            sum[0] += libm::log(f64::from(w.match_pay[row]));
            sum[1] += libm::log(town.labor.profile.tenure(w.months[row]));
            sum[2] += f64::from(w.months[row]);
            sum[3] += f64::from(w.fit[row]);
            sum[4] += f64::from(w.ability[row]);
            sum[5] += libm::log(town.firms.pay_premium[w.employer[row] as usize]);
        }
        self.rest.push(sum.map(|s| s / n));
    }
}

/// People month by month: pay if at work, occupation, age.
struct People {
    wage: Vec<Vec<f32>>,
    occupation: Vec<Vec<u8>>,
    age: Vec<Vec<u16>>,
    /// Tenure of those at work for others, else 0.
    tenure: Vec<Vec<u16>>,
    /// Whether the employer lost a third of its staff this month.
    shrank: Vec<Vec<bool>>,
    staff: Vec<u32>,
    employer: Vec<u32>,
}

impl People {
    fn new(town: &Town) -> People {
        People {
            wage: vec![],
            occupation: vec![],
            age: vec![],
            tenure: vec![],
            shrank: vec![],
            staff: town.firms.staff.clone(),
            employer: town.workers.employer.clone(),
        }
    }

    fn follow(&mut self, town: &Town) {
        let w = &town.workers;
        let staff_now = |firm: usize| {
            if town.firms.open[firm] {
                town.firms.staff[firm]
            } else {
                0
            }
        };
        let shrank = self.employer.iter().map(|&firm| {
            let firm = firm as usize;
            firm < self.staff.len()
                && f64::from(staff_now(firm)) <= 0.7 * f64::from(self.staff[firm])
        });
        self.shrank.push(shrank.collect());
        let at_work = |row: usize| w.status[row] == Status::Employed;
        self.wage.push(
            (0..w.len())
                .map(|r| {
                    if at_work(r) {
                        w.wage[r].dollars() as f32
                    } else {
                        0.0
                    }
                })
                .collect(),
        );
        self.tenure.push(
            (0..w.len())
                .map(|r| if at_work(r) { w.months[r] } else { 0 })
                .collect(),
        );
        self.occupation.push(w.occupation.clone());
        self.age.push(w.age_months.clone());
        self.staff = (0..town.firms.len()).map(staff_now).collect();
        self.employer = w.employer.clone();
    }

    fn mobility(&self) -> f64 {
        let (mut moved, mut all) = (0.0, 0.0);
        for t in (12..self.wage.len()).step_by(12) {
            for row in 0..self.wage[t].len() {
                let same = self.age[t][row] == self.age[t - 12][row] + 12;
                if same && self.wage[t][row] > 0.0 && self.wage[t - 12][row] > 0.0 {
                    all += 1.0;
                    moved += f64::from(u8::from(
                        self.occupation[t][row] != self.occupation[t - 12][row],
                    ));
                }
            }
        }
        moved / all
    }

    /// Adds everybody displaced, and those who kept their job that month.
    fn displaced(&self, event: &mut Event) {
        for t in BEFORE + 1..self.wage.len().saturating_sub(AFTER) {
            for row in 0..self.wage[t].len() {
                let whole =
                    self.age[t + AFTER][row] == self.age[t - BEFORE][row] + (BEFORE + AFTER) as u16;
                if !whole || self.tenure[t - 1][row] < TENURE || self.age[t][row] > 55 * 12 {
                    continue;
                }
                let lost =
                    self.tenure[t][row] == 0 || self.tenure[t][row] < self.tenure[t - 1][row];
                let group = if lost && self.shrank[t][row] {
                    0
                } else if lost {
                    continue;
                } else {
                    1
                };
                event.count[group] += 1.0;
                for k in 0..BEFORE + AFTER {
                    let wage = f64::from(self.wage[t - BEFORE + k][row]);
                    event.earned[group][k] += wage;
                    event.at_work[group][k] += f64::from(u8::from(wage > 0.0));
                }
            }
        }
    }
}

struct Event {
    count: [f64; 2],
    earned: [[f64; BEFORE + AFTER]; 2],
    at_work: [[f64; BEFORE + AFTER]; 2],
}

impl Default for Event {
    fn default() -> Event {
        Event {
            count: [0.0; 2],
            earned: [[0.0; BEFORE + AFTER]; 2],
            at_work: [[0.0; BEFORE + AFTER]; 2],
        }
    }
}

impl Event {
    fn print(&self) {
        println!("displaced {}, stayers {}", self.count[0], self.count[1]);
        // Relative to those who kept their job, and to the same comparison a year before.
        let ratio =
            |k: usize| (self.earned[0][k] / self.count[0]) / (self.earned[1][k] / self.count[1]);
        let work =
            |k: usize| (self.at_work[0][k] / self.count[0]) / (self.at_work[1][k] / self.count[1]);
        let base = (ratio(BEFORE - 12), work(BEFORE - 12));
        for after in [1, 3, 6, 12, 24, 36, 48, 59] {
            let k = BEFORE + after;
            println!(
                "  +{after} months: earnings {:+.1}%, at work {:+.1}%, pay {:+.1}%",
                100.0 * (ratio(k) / base.0 - 1.0),
                100.0 * (work(k) / base.1 - 1.0),
                100.0 * (ratio(k) / base.0 / (work(k) / base.1) - 1.0)
            );
        }
    }
}
