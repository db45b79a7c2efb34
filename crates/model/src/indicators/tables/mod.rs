//! Rows of the long tables: by sector, occupation, income decile, size of firm, flow, and firm.

mod adopters;
mod adoption;
mod archetypes;
mod deciles;
mod firm_lotteries;
mod firm_panel;
mod firm_sizes;
mod flows;
mod kpis;
mod occupations;
mod sectors;
#[cfg(test)]
mod tests;
mod training;
mod wage_bins;
mod worker_panel;

pub use adopters::{AdopterYear, FIRST_SHIFT, adopters};
pub use adoption::{AdoptionClassYear, AdoptionMonth, adoption, adoption_classes, class_ids};
pub use archetypes::{ArchetypeYear, archetypes};
pub use deciles::{DECILES, DecileYear, deciles};
pub use firm_lotteries::{FirmLotteryRow, firm_lotteries};
pub use firm_panel::{FirmPanel, FirmYear, JobFlows};
pub use firm_sizes::{SIZE_CLASS_LABELS, SIZE_CLASSES, SizeClassYear, firm_sizes};
pub use flows::{Payment, payments};
pub use kpis::{KPI_GROUPS, KpiYear, kpis};
pub use occupations::OccupationMonth;
pub use sectors::{SECTOR_ROWS, SectorMonth, sector_row_ids};
pub use training::{TrainingRow, training};
pub use wage_bins::{WAGE_BIN, WAGE_BINS, WageBin};
pub use worker_panel::{NONE, PUBLIC, RESIDENCE_IDS, STATUS_IDS, WorkerPanel};

pub(crate) use flows::flow_cents;
pub(crate) use occupations::occupations;
pub(crate) use sectors::sectors;
pub(crate) use wage_bins::wage_bins;
