//! Quarterly Census of Employment and Wages, annual averages by area.

use model::scenario::Registry;
use model::scenario::gazetteer::Figures;
use model::units::{SECTOR_IDS, SECTORS, sector};

use super::File;
use super::sheet::{Sheet, Trouble};

/// NAICS sectors of each market sector.
pub(super) const NAICS: [&[&str]; SECTORS] = [
    &["11", "21"],
    &["23"],
    &["31-33"],
    &["22", "42", "48-49"],
    &["44-45"],
    &["71", "72"],
    &["51", "52"],
    &["53"],
    &["54", "55", "56"],
    &["61", "62"],
    &["81"],
];

/// The nation's pay in each sector and in all governments in 2016, dollars a year a job: the sum of the program's own
/// source, QCEW 2016.
const PAY_2016: [f64; SECTORS + 1] = [
    55_104.0, 58_362.0, 64_683.0, 63_027.0, 30_111.0, 22_325.0, 100_097.0, 54_675.0, 70_127.0,
    48_036.0, 35_609.0, 54_177.0,
];

/// The nation's pay of all covered jobs by year, dollars (QCEW; remembered, unverified). Pay of a sector is moved along
/// with it.
const PAY_BY_YEAR: [(u32, f64); 10] = [
    (2015, 52_942.0),
    (2016, 53_621.0),
    (2017, 55_390.0),
    (2018, 57_266.0),
    (2019, 59_209.0),
    (2020, 64_013.0),
    (2021, 67_610.0),
    (2022, 69_985.0),
    (2023, 72_360.0),
    (2024, 75_600.0),
];

/// Jobs below which a place's own pay counts half against its general pay level.
const PAY_SHRINKAGE: f64 = 30.0;
/// National establishments added to a sector's own when its mean size is taken.
const SIZE_SHRINKAGE: f64 = 20.0;

/// Jobs, wages and establishments of one cell.
#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    jobs: f64,
    wages: f64,
    establishments: f64,
    suppressed: bool,
}

/// What a file says of its area.
#[derive(Clone, Debug)]
pub(super) struct Jobs {
    /// Its code, as written.
    pub area: String,
    /// Its name.
    pub title: String,
    /// The year.
    pub year: u32,
    /// All covered jobs.
    pub total: f64,
    private: Cell,
    government: Cell,
    sectors: [Vec<Cell>; SECTORS],
}

/// Reads the annual averages of one area.
pub(super) fn read(
    file: &File,
    asked: Option<&str>,
    told: &mut Vec<String>,
) -> Result<Jobs, Trouble> {
    let sheet = Sheet::read(file, told)?;
    let column = |names: &[&str]| sheet.column(names);
    let (area, own, industry) = (
        column(&["area_fips"])?,
        column(&["own_code"])?,
        column(&["industry_code"])?,
    );
    let (level, year) = (column(&["agglvl_code"])?, column(&["year"])?);
    let quarter = sheet.column(&["qtr"]).ok();
    let disclosure = column(&["disclosure_code"])?;
    let jobs = column(&["annual_avg_emplvl"])?;
    let wages = column(&["total_annual_wages"])?;
    let establishments = column(&["annual_avg_estabs_count", "annual_avg_estabs"])?;
    let title = sheet.column(&["area_title"]).ok();
    let text =
        |row: &csv::StringRecord, at: usize| row.get(at).unwrap_or_default().trim().to_owned();
    let mut areas: Vec<String> = sheet.rows.iter().map(|(_, row)| text(row, area)).collect();
    areas.sort_unstable();
    areas.dedup();
    let wanted = choose(&sheet, &areas, asked)?;
    let mut found = Jobs {
        area: wanted.clone(),
        title: String::new(),
        year: 0,
        total: 0.0,
        private: Cell::default(),
        government: Cell::default(),
        sectors: std::array::from_fn(|s| vec![Cell::default(); NAICS[s].len()]),
    };
    let is_metro = wanted.starts_with('C');
    let (total_level, sector_level, owner_level) = if is_metro {
        ("40", "44", "41")
    } else {
        ("70", "74", "71")
    };
    let mut seen = false;
    for row in sheet
        .rows
        .iter()
        .filter(|(_, row)| text(row, area) == wanted)
    {
        let (line, cells) = row;
        if quarter.is_some_and(|at| !matches!(text(cells, at).as_str(), "A" | "")) {
            return Err(sheet
                .trouble(
                    *line,
                    format!(
                        "this row is of quarter {}, not a year's average",
                        text(cells, quarter.unwrap_or(0))
                    ),
                )
                .try_this("take QCEW's annual averages by area"));
        }
        let of: u32 = sheet.number(row, year, "year")? as u32;
        if found.year != 0 && of != found.year {
            return Err(sheet
                .trouble(
                    *line,
                    format!("this row is of {of} and the ones above of {}", found.year),
                )
                .try_this("leave one year in the file"));
        }
        found.year = of;
        let (owner, code, at_level) = (text(cells, own), text(cells, industry), text(cells, level));
        let cell = || -> Result<Cell, Trouble> {
            Ok(Cell {
                jobs: sheet.number(row, jobs, "annual_avg_emplvl")?,
                wages: sheet.number(row, wages, "total_annual_wages")?,
                establishments: sheet.number(row, establishments, "annual_avg_estabs")?,
                suppressed: text(cells, disclosure) == "N",
            })
        };
        if let Some(at) = title {
            found.title = text(cells, at);
        }
        match (owner.as_str(), at_level.as_str()) {
            ("0", l) if l == total_level => found.total = cell()?.jobs,
            ("5", l) if l == owner_level => found.private = cell()?,
            ("1" | "2" | "3", l) if l == owner_level => {
                let cell = cell()?;
                found.government.jobs += cell.jobs;
                found.government.wages += cell.wages;
            }
            ("5", l) if l == sector_level => {
                for s in 0..SECTORS {
                    if let Some(place) = NAICS[s].iter().position(|naics| *naics == code) {
                        found.sectors[s][place] = cell()?;
                        seen = true;
                    }
                }
            }
            _ => {}
        }
    }
    check(&sheet, &found, seen, sector_level)?;
    if found.government.jobs <= 0.0 && found.total > found.private.jobs {
        found.government.jobs = found.total - found.private.jobs;
    }
    if found.total <= 0.0 {
        found.total = found.private.jobs + found.government.jobs;
    }
    Ok(found)
}

fn choose(sheet: &Sheet, areas: &[String], asked: Option<&str>) -> Result<String, Trouble> {
    let Some(asked) = asked else {
        return match areas {
            [one] => Ok(one.clone()),
            many => Err(sheet
                .trouble(0, format!("the file has {} areas", many.len()))
                .try_this(format!(
                    "choose one with --area: {}",
                    super::sheet::listed(many)
                ))),
        };
    };
    if areas.iter().any(|area| area == asked) {
        return Ok(asked.to_owned());
    }
    let metros: Vec<String> = areas
        .iter()
        .filter(|area| area.starts_with('C'))
        .cloned()
        .collect();
    let trouble = if metros.is_empty() {
        sheet.trouble(0, format!("the file has no area {asked}"))
    } else {
        sheet.trouble(
            0,
            format!(
                "the file is about a metropolitan area ({}), not the county {asked}",
                super::sheet::listed(&metros)
            ),
        )
    };
    Err(trouble.try_this(format!("its areas: {}", super::sheet::listed(areas))))
}

fn check(sheet: &Sheet, found: &Jobs, seen: bool, level: &str) -> Result<(), Trouble> {
    let area = &found.area;
    if !seen {
        return Err(sheet.trouble(0, format!("{area} has no rows of private jobs by NAICS sector (own_code 5, agglvl_code {level})"))
            .try_this("take QCEW's annual averages by area, with all industries"));
    }
    let known = PAY_BY_YEAR.map(|(year, _)| year);
    if !known.contains(&found.year) {
        return Err(sheet.trouble(
            0,
            format!(
                "the file is of {}, and the nation's pay is known for {} to {}",
                found.year,
                known[0],
                known[known.len() - 1]
            ),
        ));
    }
    let cells = found.sectors.iter().flatten();
    let published: f64 = cells
        .filter(|cell| !cell.suppressed)
        .map(|cell| cell.jobs)
        .sum();
    if published <= 0.0 {
        return Err(sheet.trouble(0, format!("all sectors of {area} are withheld (disclosure_code N): a zero there is not zero jobs"))
            .try_this("take the metro or a sum with a larger county, or an earlier year"));
    }
    if found.private.suppressed || found.private.jobs <= 0.0 {
        return Err(sheet.trouble(0, format!("the total of private jobs in {area} (own_code 5, one level up) is missing or withheld")));
    }
    if published > 1.02 * found.private.jobs {
        return Err(sheet.trouble(
            0,
            format!(
                "the sectors' jobs sum to {published:.0}, more than the {:.0} private jobs in all",
                found.private.jobs
            ),
        ));
    }
    Ok(())
}

/// A number of the default file.
fn nation(path: &str) -> f64 {
    let base = Registry::embedded().parameter(path);
    let values = base.and_then(|parameter| parameter.defaults.first());
    values
        .and_then(|(_, value)| value.as_float().or(value.as_integer().map(|n| n as f64)))
        .unwrap_or(f64::NAN)
}

/// A number of a sector in the default file.
fn sector_default(key: &str, s: usize) -> f64 {
    let path = format!("sectors.{}.{key}", SECTOR_IDS[s]);
    let base = Registry::embedded().parameter(&path);
    let values = base.map(|parameter| parameter.defaults.iter());
    let found = values.and_then(|mut values| values.find(|(at, _)| *at == path));
    found
        .and_then(|(_, value)| value.as_float().or(value.as_integer().map(|n| n as f64)))
        .unwrap_or_else(|| nation(&path))
}

impl Jobs {
    /// Shares, pay and sizes; withheld cells are filled with what the others leave of the total.
    pub(super) fn fill_figures(
        &self,
        published: &[Option<f64>; SECTORS],
        figures: &mut Figures,
        told: &mut Vec<String>,
        file: &File,
    ) -> Result<(), Trouble> {
        let mut cells = self.sectors.clone();
        let filled = self.fill(&mut cells, published, told);
        let growth = {
            let pay = |year: u32| {
                PAY_BY_YEAR
                    .iter()
                    .find(|(of, _)| *of == year)
                    .map_or(f64::NAN, |(_, pay)| *pay)
            };
            pay(self.year) / pay(2016)
        };
        let sum = |s: usize, value: fn(&Cell) -> f64| cells[s].iter().map(value).sum::<f64>();
        let mut with_owners = [0.0; SECTORS + 1];
        for s in 0..SECTORS {
            with_owners[s] = sum(s, |cell| cell.jobs) * (1.0 + sector_default("owners_per_job", s));
        }
        with_owners[SECTORS] = self.government.jobs;
        // Farmers are in no statistics of jobs: the share that the table has of them stays where it is larger.
        let others: f64 = with_owners.iter().sum::<f64>() - with_owners[sector::FARMING];
        let own = with_owners[sector::FARMING] / (others + with_owners[sector::FARMING]);
        let farming = if figures.shares[0].is_finite() {
            figures.shares[sector::FARMING].max(own)
        } else {
            own
        };
        let level = self.pay_level(&cells, growth);
        let all: f64 = others / (1.0 - farming);
        if all <= 0.0 || all.is_nan() {
            return Err(Trouble::of(&file.name, 0, "the file has no jobs"));
        }
        for s in 0..=SECTORS {
            figures.shares[s] = if s == sector::FARMING {
                farming
            } else {
                with_owners[s] / all
            };
            let (jobs, wages) = if s < SECTORS {
                (sum(s, |cell| cell.jobs), sum(s, |cell| cell.wages))
            } else {
                (self.government.jobs, self.government.wages)
            };
            let weight = jobs / (jobs + PAY_SHRINKAGE);
            let pay = if jobs > 0.0 {
                wages / jobs / (PAY_2016[s] * growth)
            } else {
                level
            };
            figures.pay[s] = if wages > 0.0 {
                weight * pay + (1.0 - weight) * level
            } else {
                level
            };
            if s < SECTORS {
                let usual = sector_default("mean_firm_size", s);
                let establishments = sum(s, |cell| cell.establishments);
                figures.sizes[s] =
                    (jobs + SIZE_SHRINKAGE * usual) / (establishments + SIZE_SHRINKAGE);
            }
            figures.filled[s] = if s < SECTORS { filled[s] } else { 0 };
        }
        figures.pay_level = level;
        figures.jobs = self.total;
        let hidden: f64 = (0..SECTORS)
            .filter(|&s| filled[s] > 0)
            .map(|s| figures.shares[s])
            .sum();
        figures.filled_share = hidden;
        figures.jobs_per_employed = self.total / figures.employed();
        Ok(())
    }

    /// All wages over what the same jobs earn in the nation.
    fn pay_level(&self, cells: &[Vec<Cell>; SECTORS], growth: f64) -> f64 {
        let (mut earned, mut usual) = (
            self.government.wages,
            self.government.jobs * PAY_2016[SECTORS] * growth,
        );
        for s in 0..SECTORS {
            for cell in cells[s].iter().filter(|cell| cell.wages > 0.0) {
                earned += cell.wages;
                usual += cell.jobs * PAY_2016[s] * growth;
            }
        }
        if usual > 0.0 && earned > 0.0 {
            earned / usual
        } else {
            1.0
        }
    }

    /// Fills withheld cells: with County Business Patterns where it has the sector, else in proportion to establishments
    /// times the sector's usual size; all are scaled to what published cells leave of the total. Returns how much of
    /// each sector is filled: 0 under 2%, 1 under half, 2 more.
    fn fill(
        &self,
        cells: &mut [Vec<Cell>; SECTORS],
        published: &[Option<f64>; SECTORS],
        told: &mut Vec<String>,
    ) -> [u8; SECTORS] {
        let known: f64 = cells
            .iter()
            .flatten()
            .filter(|cell| !cell.suppressed)
            .map(|cell| cell.jobs)
            .sum();
        let left = (self.private.jobs - known).max(0.0);
        let known_pay: f64 = cells
            .iter()
            .flatten()
            .filter(|cell| !cell.suppressed)
            .map(|cell| cell.wages)
            .sum();
        let left_pay = (self.private.wages - known_pay).max(0.0);
        let mut guess = 0.0;
        let mut names = Vec::new();
        for s in 0..SECTORS {
            let have: f64 = cells[s]
                .iter()
                .filter(|cell| !cell.suppressed)
                .map(|cell| cell.jobs)
                .sum();
            let hidden = cells[s].iter().filter(|cell| cell.suppressed).count();
            for cell in cells[s].iter_mut().filter(|cell| cell.suppressed) {
                let usual = (cell.establishments * sector_default("mean_firm_size", s)).max(1.0);
                let other = published[s].map(|jobs| ((jobs - have) / hidden as f64).max(1.0));
                cell.jobs = other.unwrap_or(usual);
                guess += cell.jobs;
            }
            if hidden > 0 {
                names.push(SECTOR_IDS[s]);
            }
        }
        if names.is_empty() {
            return [0; SECTORS];
        }
        told.push(format!("withheld cells of {} were filled with what the published ones leave of all private jobs", names.join(", ")));
        std::array::from_fn(|s| {
            let mut hidden = 0.0;
            for cell in cells[s].iter_mut().filter(|cell| cell.suppressed) {
                cell.jobs *= left / guess;
                cell.wages = left_pay * cell.jobs / left.max(1.0);
                hidden += cell.jobs;
            }
            let all: f64 = cells[s].iter().map(|cell| cell.jobs).sum();
            match hidden / all.max(1.0) {
                share if share < 0.02 => 0,
                share if share < 0.5 => 1,
                _ => 2,
            }
        })
    }
}
