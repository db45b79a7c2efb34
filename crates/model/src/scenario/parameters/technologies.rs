//! The catalogue of technologies: an ordered family to which a scenario may add.

use std::fmt;
use std::ops::Index;

use serde::de::{Error, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::units::{PAINS, SECTORS, TASKS, TECHNOLOGIES_MAX, VALUES};

/// One technology a business can adopt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TechnologyParameters {
    /// Name as shown to people.
    pub title: String,
    /// Share of each sector's firms that have a use for it.
    pub suits: [f64; SECTORS],
    /// Share of each task category it does at full integration.
    pub coverage: [f64; TASKS],
    /// Work it creates at full integration, as a share of each task category.
    pub new_tasks: [f64; TASKS],
    /// Weight of occupations' cognitive exposure (1) against their routine exposure (0) in who is hit.
    pub cognitive: f64,
    /// Part of what it does that customers meet in person.
    pub customer_facing: f64,
    /// How well it answers each pain point.
    pub answers: [f64; PAINS],
    /// Cost of full integration that does not depend on size, dollars.
    pub fixed_cost: f64,
    /// Cost of full integration per worker, dollars.
    pub cost_per_worker: f64,
    /// Integration, data and set-up bought for it, per dollar of its upfront price at month 0.
    pub integration: f64,
    /// Hours that the staff gives to full integration, per worker: choosing, moving data, learning, changing how
    /// work is done.
    pub staff_hours: f64,
    /// Subscription and upkeep at full integration, dollars a month per worker.
    pub subscription_per_worker: f64,
    /// Yearly fall of its price.
    pub cost_decline: f64,
    /// Yearly growth of what it can do.
    pub capability_growth: f64,
    /// Part of the money spent on it that goes to vendors in town.
    pub local_vendor_share: f64,
    /// Difficulty of making it work, 0 to 1.
    pub complexity: f64,
    /// Months from the decision to full integration.
    pub months: f64,
    /// Technologies that must be in use before.
    pub prerequisites: Vec<String>,
    /// Entry points for attackers it opens at full integration.
    pub security_exposure: f64,
    /// Appeal to customers it adds: quality, personalization, conversion. Log points.
    pub appeal: f64,
    /// Convenience it adds for customers who care for it. Utility.
    pub convenience: f64,
    /// Loyalty of present customers it adds. Utility.
    pub retention: f64,
    /// Sales outside the town it opens, as a share of normal output.
    pub reach: f64,
    /// Share of errors it removes.
    pub error_reduction: f64,
    /// Revenue from data, as a share of sales.
    pub data_revenue: f64,
    /// Whether prices are reviewed every month once it is expanded.
    pub reviews_prices: bool,
    /// Whether applicants are screened by software once it is expanded.
    pub screens_applicants: bool,
    /// Output a novice in a fully exposed occupation gains from its aid.
    pub novice_aid: f64,
    /// Part of the lag of the firm's forecast of demand that its data removes.
    pub forecasting: f64,
    /// Growth of the local share of inputs it allows to firms that want it.
    pub local_sourcing: f64,
    /// How each value judges it when it replaces people.
    pub values_replace: [f64; VALUES],
    /// How each value judges it when it assists people.
    pub values_augment: [f64; VALUES],
    /// Share of suited firms of ten workers that use it at month 0.
    pub initial_share: f64,
    /// How use at month 0 rises with size, log odds per log worker.
    pub initial_size_slope: f64,
    /// How the chance of adoption rises with size, log odds per log worker.
    pub adoption_size_slope: f64,
}

/// The catalogue, in the order of the scenario.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Technologies {
    members: Vec<(String, TechnologyParameters)>,
}

impl Technologies {
    /// Number of technologies.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether the catalogue is empty.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The technologies in order.
    pub fn iter(&self) -> impl Iterator<Item = &TechnologyParameters> {
        self.members.iter().map(|(_, technology)| technology)
    }

    /// Identifiers in order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.members.iter().map(|(id, _)| id.as_str())
    }

    /// Place of a technology in the order.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.members.iter().position(|(member, _)| member == id)
    }

    /// The technology called `id`, to change it.
    pub fn get_mut(&mut self, id: &str) -> Option<&mut TechnologyParameters> {
        self.members
            .iter_mut()
            .find(|(member, _)| member == id)
            .map(|(_, technology)| technology)
    }

    /// Names and technologies in order, to change them.
    pub fn members_mut(&mut self) -> impl Iterator<Item = (&str, &mut TechnologyParameters)> {
        self.members
            .iter_mut()
            .map(|(id, technology)| (id.as_str(), technology))
    }

    /// Adds a technology at the end.
    ///
    /// # Errors
    /// If the catalogue is full or the name is taken.
    pub fn add(&mut self, id: String, technology: TechnologyParameters) -> Result<(), String> {
        if self.len() == TECHNOLOGIES_MAX {
            return Err(format!(
                "a scenario holds at most {TECHNOLOGIES_MAX} technologies"
            ));
        }
        if self.position(&id).is_some() {
            return Err(format!("the technology `{id}` is given twice"));
        }
        self.members.push((id, technology));
        Ok(())
    }

    /// The first prerequisite that names no technology, with the one that asks for it.
    pub fn unknown_prerequisite(&self) -> Option<(&str, &str)> {
        self.members.iter().find_map(|(id, technology)| {
            let missing = technology
                .prerequisites
                .iter()
                .find(|wanted| *wanted == id || self.position(wanted).is_none())?;
            Some((id.as_str(), missing.as_str()))
        })
    }
}

impl Index<usize> for Technologies {
    type Output = TechnologyParameters;
    fn index(&self, index: usize) -> &TechnologyParameters {
        &self.members[index].1
    }
}

impl Serialize for Technologies {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.members.len()))?;
        for (id, technology) in &self.members {
            map.serialize_entry(id, technology)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Technologies {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Technologies, D::Error> {
        struct Catalogue;
        impl<'de> Visitor<'de> for Catalogue {
            type Value = Technologies;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table of technologies")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Technologies, A::Error> {
                let mut catalogue = Technologies::default();
                while let Some((id, technology)) = map.next_entry()? {
                    catalogue.add(id, technology).map_err(A::Error::custom)?;
                }
                match catalogue.unknown_prerequisite() {
                    None => Ok(catalogue),
                    Some((id, missing)) => Err(A::Error::custom(format!(
                        "the technology `{id}` needs `{missing}`, which is no other technology of the catalogue"
                    ))),
                }
            }
        }
        deserializer.deserialize_map(Catalogue)
    }
}
