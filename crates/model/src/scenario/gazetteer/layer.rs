//! A place as a layer of a scenario: what its figures say of each parameter, and where they are from.

use super::Gazetteer;
use super::area::{Area, AreaKind};
use crate::scenario::registry::Registry;
use crate::units::{SECTOR_IDS, SECTORS};

/// Residents of a model town at most, unless more are asked for.
pub const LARGEST_MODEL: f64 = 50_000.0;
/// Residents of a model town at least: fewer make no labor market.
pub const SMALLEST_MODEL: f64 = 1_000.0;
/// What a dollar of household income of 2023 is in the dollars of the default file's pay: the mean wage of the
/// Occupational Employment and Wage Statistics of May 2025 over that of May 2023 ($65,470, remembered).
pub const DOLLARS_2023: f64 = 1.065;
/// Covered jobs over employed residents where jobs and workers balance: the statistics of jobs leave out about a
/// tenth of workers, self-employed above all.
pub const BALANCED: f64 = 0.9;

/// Labor force over working age at most: older workers count in the first and not in the second.
const HIGHEST_PARTICIPATION: f64 = 0.98;
/// Part of a place's employed residents who work outside, or of its jobs held from outside, at most.
const MOST_COMMUTERS: f64 = 0.85;
/// Commuters below which jobs and workers count as balanced: the figures of both are no better.
const FEW_COMMUTERS: f64 = 0.02;
/// Bounds of a sector's pay premium and of mean firm sizes, those of the parameters.
const PREMIUM: (f64, f64) = (0.3, 3.0);
/// Pensioner households over what they would be at the nation's age, as the share of older residents moves.
const OLDER_NATIONAL: f64 = 0.176;
/// Most pensioners' households for each pensioner.
const HOUSEHOLDS_PER_PENSIONER: f64 = 0.65;

/// A layer, and what its reader should be told.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlaceLayer {
    /// The code of the place.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Its residents, July 2023.
    pub population: f64,
    /// The layer as TOML; after each value a remark with source and year.
    pub text: String,
    /// What could not be taken over as it is.
    pub told: Vec<String>,
}

/// The text being written.
struct Writer {
    text: String,
    told: Vec<String>,
}

impl Writer {
    fn heading(&mut self, name: &str) {
        self.text.push_str(&format!("\n[{name}]\n"));
    }

    /// A value with its source; left out if the table does not say it.
    fn value(&mut self, key: &str, value: f64, digits: usize, source: &str) {
        if value.is_finite() {
            let number = format!("{value:.digits$}");
            self.text
                .push_str(&format!("{key} = {number}  # {source}\n"));
        } else {
            self.told.push(format!(
                "`{key}` is missing in the table and keeps its default"
            ));
        }
    }

    /// A value within bounds; beyond them it is cut and told.
    fn within(&mut self, what: &str, value: f64, (low, high): (f64, f64)) -> f64 {
        let cut = value.clamp(low, high);
        if (cut - value).abs() > 1e-9 {
            self.told.push(format!(
                "{what} is {value:.3} in the data, and {cut:.3} here"
            ));
        }
        cut
    }
}

impl PlaceLayer {
    /// The layer of a place; `table` tells what others pay where its residents commute to.
    pub fn of(area: &Area, table: &Gazetteer) -> PlaceLayer {
        let mut out = Writer {
            text: String::new(),
            told: Vec::new(),
        };
        let source = format!("# {} ({})\n", area.name, area.key);
        out.text.push_str(&source);
        population(&mut out, area);
        incomes(&mut out, area);
        commuting(&mut out, area, table);
        occupations(&mut out, area);
        sectors(&mut out, area);
        remarks(&mut out, area);
        PlaceLayer {
            key: area.key.clone(),
            name: area.name.clone(),
            population: area.figures.population,
            text: out.text,
            told: out.told,
        }
    }

    /// Residents of the place that one of the model stands for.
    pub fn factor(&self, residents: u32) -> f64 {
        self.population / f64::from(residents)
    }
}

fn population(out: &mut Writer, area: &Area) {
    let f = &area.figures;
    let residents = f.population.clamp(SMALLEST_MODEL, LARGEST_MODEL).round();
    out.heading("town");
    out.text
        .push_str("closing = \"jobs\"  # the jobs of all sectors are data\n");
    let of = thousands(f.population);
    out.value(
        "residents",
        residents,
        0,
        &format!("{of} residents, {}", area.sources.people),
    );
    if f.population < SMALLEST_MODEL {
        out.told.push(format!("the model has {residents:.0} residents and the place {of}: it is a town like it, enlarged"));
    }
    let older = f.older.min(1.0 - f.working_age);
    let working = out.within("residents of working age", f.working_age, (0.3, 0.9));
    out.value(
        "working_age_share",
        working,
        4,
        &format!("ages 16 to 64, {}", area.sources.people),
    );
    out.value(
        "pensioner_share",
        older.min(0.5),
        4,
        &format!("ages 65 and older, {}", area.sources.people),
    );
    let size = out.within("persons in a household", f.household_size(), (1.2, 5.0));
    out.value("household_size", size, 3, &area.sources.people);
    let alone = (0.2 * f.older / OLDER_NATIONAL)
        .min(HOUSEHOLDS_PER_PENSIONER * older * size)
        .min(0.6);
    out.value(
        "pensioner_household_share",
        alone,
        4,
        "the nation's, moved with the share of 65 and older",
    );
    let participation = out.within(
        "the labor force over residents of 16 to 64",
        f.participation(),
        (0.3, HIGHEST_PARTICIPATION),
    );
    out.value(
        "participation",
        participation,
        4,
        &format!("labor force over ages 16 to 64, {}", area.sources.work),
    );
    let unemployment = out.within("the unemployment rate", f.unemployment, (0.005, 0.3));
    out.value("initial_unemployment", unemployment, 4, &area.sources.work);
}

fn incomes(out: &mut Writer, area: &Area) {
    let f = &area.figures;
    out.heading("households");
    let moved = f.mean_income * DOLLARS_2023;
    let told = format!(
        "{}: {} dollars of 2023, moved to pay of 2025 by {DOLLARS_2023}",
        area.sources.incomes,
        thousands(f.mean_income)
    );
    out.value("mean_income", moved, 0, &told);
}

fn commuting(out: &mut Writer, area: &Area, table: &Gazetteer) {
    let f = &area.figures;
    let ratio = f.jobs_per_employed / BALANCED;
    let source = format!(
        "{}: {:.2} covered jobs an employed resident, {BALANCED} is balance",
        area.sources.jobs, f.jobs_per_employed
    );
    let (outward, inward) = (1.0 - ratio, 1.0 - 1.0 / ratio);
    out.heading("commuting");
    let net = |share: f64| {
        if share > FEW_COMMUTERS {
            share.min(MOST_COMMUTERS)
        } else {
            0.0
        }
    };
    if outward > MOST_COMMUTERS || inward > MOST_COMMUTERS {
        out.told.push(format!(
            "jobs an employed resident are {:.2}: commuters are held at {MOST_COMMUTERS} of them",
            f.jobs_per_employed
        ));
    }
    out.value("outward_share", net(outward), 4, &source);
    out.value("inward_share", net(inward), 4, &source);
    if let Some(pay) = pay_around(area, table).filter(|pay| pay.is_finite()) {
        out.value(
            "outside_pay",
            (pay / pay_level(area)).clamp(PREMIUM.0, PREMIUM.1),
            3,
            &format!(
                "pay of the same jobs in the rest of the commuting zone, {}",
                area.sources.jobs
            ),
        );
    }
}

/// Pay level of the commuting zone's other counties, or of the place itself where it is a whole zone or more.
fn pay_around(area: &Area, table: &Gazetteer) -> Option<f64> {
    let is_near = |county: &&Area| county.zone == area.zone && !area.counties.contains(&county.key);
    let (sum, jobs) = (table.counties().iter().filter(is_near))
        .filter(|county| county.figures.pay_level.is_finite())
        .fold((0.0, 0.0), |(sum, jobs), county| {
            let own = county.figures.jobs;
            (sum + own * county.figures.pay_level, jobs + own)
        });
    if jobs > 0.0 && area.kind != AreaKind::Own {
        return Some(sum / jobs);
    }
    Some(area.figures.pay_level)
}

/// The place's pay level: what all work earns there relative to the nation. It is the level of the place's labor market,
/// to which people compare offers; what sectors pay beyond it are their premiums.
fn pay_level(area: &Area) -> f64 {
    let level = area.figures.pay_level;
    if level.is_finite() && level > 0.0 {
        level
    } else {
        1.0
    }
}

fn occupations(out: &mut Writer, area: &Area) {
    let level = pay_level(area);
    let source = format!(
        "{level:.2} of the nation's pay for the same jobs, {}",
        area.sources.jobs
    );
    let base = Registry::embedded().base.at("occupations");
    for name in base
        .and_then(|node| node.as_table())
        .into_iter()
        .flatten()
        .map(|(name, _)| name)
    {
        let path = format!("occupations.{name}");
        out.heading(&path);
        out.value(
            "mean_wage",
            level * nation(&format!("{path}.mean_wage")),
            1,
            &source,
        );
    }
}

fn sectors(out: &mut Writer, area: &Area) {
    let f = &area.figures;
    let level = pay_level(area);
    // Whole ten-thousandths that sum to 1: the largest takes what rounding leaves.
    let mut shares = f.shares.map(|share| (share * 1e4).round() / 1e4);
    let largest = (0..=SECTORS).fold(0, |a, b| if shares[b] > shares[a] { b } else { a });
    shares[largest] += 1.0 - shares.iter().sum::<f64>();
    let from = |s: usize| match f.filled[s] {
        0 => "",
        1 => ", partly filled in",
        _ => ", mostly filled in",
    };
    for s in 0..=SECTORS {
        let name = if s < SECTORS { SECTOR_IDS[s] } else { "public" };
        let heading = if s < SECTORS {
            format!("sectors.{name}")
        } else {
            name.to_owned()
        };
        out.heading(&heading);
        let source = match name {
            "farming" => "resident workers and mining",
            _ => "jobs at the workplace",
        };
        let source = format!("{source}, {}{}", area.sources.jobs, from(s));
        out.value("jobs_share", shares[s], 4, &source);
        if f.pay[s].is_finite() {
            let relative = format!(
                "{:.2} of the nation's pay in the sector, {}{}",
                f.pay[s],
                area.sources.jobs,
                from(s)
            );
            let premium = f.pay[s] / level * nation(&format!("{heading}.wage_premium"));
            let premium = out.within(&format!("pay in {name}, as a premium,"), premium, PREMIUM);
            out.value("wage_premium", premium, 4, &relative);
        }
        if s < SECTORS && f.sizes[s].is_finite() {
            out.value(
                "mean_firm_size",
                f.sizes[s].max(1.0),
                1,
                &format!("jobs an establishment, {}{}", area.sources.jobs, from(s)),
            );
        }
    }
}

/// The nation's value of a parameter: the default's.
fn nation(path: &str) -> f64 {
    let value = Registry::embedded().base.at(path);
    value.and_then(|node| node.as_number()).unwrap_or(f64::NAN)
}

fn remarks(out: &mut Writer, area: &Area) {
    let f = &area.figures;
    if f.filled_share > 0.2 {
        out.told.push(format!(
            "{:.0}% of the place's jobs are in cells that were not published and were filled in",
            100.0 * f.filled_share
        ));
    }
    for (letter, text) in [
        (
            'C',
            "Connecticut's planning regions have sectors and pay of the old county that holds most of each",
        ),
        (
            'A',
            "this part of Alaska has sectors and pay of the census area it was cut out of",
        ),
        (
            'P',
            "the place's job totals were not published and were filled in",
        ),
    ] {
        if area.notes.contains(letter) {
            out.told.push(text.to_owned());
        }
    }
    if f.population < 5_000.0 {
        out.told.push(
            "the place is small: one firm more or less is much of what the model and the data say"
                .to_owned(),
        );
    }
}

/// A whole number with separators.
fn thousands(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
