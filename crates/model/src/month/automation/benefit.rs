//! What vendors promise of a step in a technology's level.

use crate::scenario::Parameters;
use crate::town::Town;
use crate::town::technology::Mode;

use super::deciding::Situation;

/// Sales gained in the long run per unit of appeal: most customers compare few sellers.
const APPEAL_RESPONSE: f64 = 0.8;
/// Part of convenience and loyalty that counts as appeal to the customer one does not have yet.
const HALF_APPEAL: f64 = 0.3;
/// Smallest part of work that counts as contact.
const SMALLEST_CONTACT: f64 = 0.01;

impl Situation {
    /// Yearly benefit of a step in a technology's level if all goes well, dollars: labor saved, sales gained,
    /// errors avoided, data sold. Vendors promise it whatever the switches of the effects say.
    pub(super) fn benefit(
        &self,
        town: &Town,
        kind: usize,
        step: f64,
        mode: Mode,
        p: &Parameters,
    ) -> f64 {
        let a = &p.automation;
        let technology = &p.technologies[kind];
        let sector = &p.sectors[town.firms.sector[self.firm] as usize];
        let shares = &sector.task_shares;
        let freed = self.freed(kind, step, town, p);
        let (kept, contact) = match mode {
            Mode::Replace => {
                let lost = a.contact_loss * technology.customer_facing * step;
                (0.0, libm::log(1.0 - lost.min(0.9)))
            }
            Mode::Augment => {
                let kept = a.kept_hours * freed;
                let gained = a.contact_share * kept / shares[3].max(SMALLEST_CONTACT);
                (kept, libm::log(1.0 + gained))
            }
        };
        let appeal = step
            * (technology.appeal + HALF_APPEAL * (technology.convenience + technology.retention))
            + p.demand.human_service_taste * sector.human_taste * contact;
        let reach = if sector.tradable {
            0.0
        } else {
            technology.reach
        };
        let more_sales = self.contribution * (APPEAL_RESPONSE * appeal + reach * step);
        let fewer_errors =
            (a.error_cost * technology.error_reduction + technology.data_revenue) * step;
        12.0 * (self.labor_cost * (freed - kept) + self.sales * (more_sales + fewer_errors))
    }
}
