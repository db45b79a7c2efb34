//! How businesses adopt technology: the parameters of `[automation]`.

use serde::{Deserialize, Serialize};

use crate::units::STAGES;

/// How businesses notice, weigh, try and use technology, and what follows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AutomationParameters {
    /// Whether businesses adopt technology after burn-in. Off, the town is the economy without any of the rules below. Unit: true or false.
    pub enabled: bool,
    /// Whether businesses of the town adopt anything after burn-in. Off, the world outside automates without them. Unit: true or false.
    pub town_adopts: bool,
    /// Whether technology takes tasks out of people's hands. Off, staff needs stay as they are and what technology saves is a lower bill for other costs. Unit: true or false.
    pub displacement: bool,
    /// Whether technology makes output cheaper. Off, it costs exactly as much as the work it takes over (so-so technology). Unit: true or false.
    pub productivity: bool,
    /// Whether technology creates new tasks for people. Unit: true or false.
    pub reinstatement: bool,
    /// Chance that a firm under no pressure reviews its technology in a month. Unit: probability per month.
    pub review_chance: f64,
    /// How much sooner a firm reviews its technology when others would pay for all of a project, as a multiple added to the chance. Unit: ratio.
    pub review_offer: f64,
    /// How much a pain point at full strength adds to that chance, as a multiple. Unit: ratio.
    pub review_pressure: f64,
    /// Reviews by chains and branches relative to local firms of the same size; they are paid for by the parent and know every technology. Unit: ratio.
    pub outside_owner_pace: f64,
    /// Chance that a firm hears of a technology in a month without anybody around using it (vendors, press). Unit: probability per month.
    pub awareness: f64,
    /// The same when all peers use it: named suppliers, firms of the sector, the association. Unit: probability per month.
    pub awareness_peers: f64,
    /// Share of suited firms that know of a technology they do not use when the scenario starts. Unit: share.
    pub initial_awareness: f64,
    /// Years over which an owner wants an investment to pay back. Unit: years.
    pub horizon_years: f64,
    /// Part by which the promise made to an owner exceeds what the technology does when all goes well. Unit: share.
    pub optimism: f64,
    /// Weight of a loss relative to a gain of the same size. Unit: ratio.
    pub loss_aversion: f64,
    /// Exponent of gains and losses in their subjective value. Unit: exponent.
    pub value_curvature: f64,
    /// Weight of the log of the benefit in the choice between replacing and assisting people, against alignment with values. Unit: utility.
    pub mode_economy: f64,
    /// Part of offers framed as a loss of position if refused, rather than as a gain. Unit: share.
    pub loss_framing: f64,
    /// Weight of the alignment of a technology with the owner's values in the decision. Unit: utility.
    pub values_weight: f64,
    /// Weight of the lead of adopting peers in the decision. Unit: utility.
    pub peer_weight: f64,
    /// Mean strength of strategy: how much an owner chooses by what answers the firm's pain point rather than by fashion. Unit: share.
    pub strategy_mean: f64,
    /// Spread of strategy across owners. Unit: share.
    pub strategy_spread: f64,
    /// Weight of the answer to the pain point in a fully strategic choice. Unit: utility.
    pub fit_weight: f64,
    /// Weight of the talk about a technology in a choice without strategy. Unit: utility.
    pub fashion_weight: f64,
    /// Utility an offer must exceed for an even chance; the pull of doing what was always done. Unit: utility.
    pub adoption_threshold: f64,
    /// Scale of what owners weigh that the model does not know. Unit: utility.
    pub choice_noise: f64,
    /// Alignment with the owner's values below which an offer is adjusted, or refused if that does not help. Unit: -1 to 1.
    pub misalignment_limit: f64,
    /// Extra cost of adjusting a technology to the owner's values (fallback to a person, slower pace). Unit: share of cost.
    pub adjustment_cost: f64,
    /// Alignment gained by the adjustment. Unit: -1 to 1.
    pub adjustment_gain: f64,
    /// Cash a firm keeps back when it invests. Unit: months of cost.
    pub cash_reserve_months: f64,
    /// Debt up to which the bank lends for a project, if the firm's profit covers the service. Unit: months of cost.
    pub credit_months: f64,
    /// Multiple of interest and repayment that a firm's profit must cover for a project loan. Unit: ratio.
    pub project_coverage: f64,
    /// Shortfall of the staff's digital literacy against a technology's complexity beyond which it cannot be run. Unit: share.
    pub skill_gap_limit: f64,
    /// Part of a technology's full effect at pilot, expansion and integration. Unit: share.
    pub stage_coverage: [f64; STAGES],
    /// Part of the cost and time of full integration that each stage takes. Unit: share.
    pub stage_cost: [f64; STAGES],
    /// Mean of realized over promised benefit of an average project, before what follows. Unit: ratio.
    pub outcome_mean: f64,
    /// Luck in that ratio. Unit: ratio.
    pub outcome_sd: f64,
    /// How much a full answer to the firm's pain point raises the ratio over none. Unit: ratio.
    pub outcome_fit: f64,
    /// How much a fully strategic owner raises it over one without a strategy: a goal, an owner of the project, a measure of success. Unit: ratio.
    pub outcome_strategy: f64,
    /// How much mature processes raise it, per unit of maturity above the technology's complexity. Unit: ratio.
    pub outcome_maturity: f64,
    /// How much training all staff raises it. Unit: ratio.
    pub outcome_training: f64,
    /// How much it falls per unit of missing digital literacy. Unit: ratio.
    pub outcome_skills: f64,
    /// How much each earlier project of the firm raises it, up to five. Unit: ratio.
    pub outcome_experience: f64,
    /// Best ratio a project can reach. Unit: ratio.
    pub outcome_limit: f64,
    /// Ratio below which a project is abandoned before it ends. Unit: ratio.
    pub abandon_below: f64,
    /// Shortfall of the promised benefit that still counts as on plan. Unit: share.
    pub on_plan_tolerance: f64,
    /// Ratio below which a finished project may be taken back. Unit: ratio.
    pub rollback_below: f64,
    /// Chance that it is. Unit: probability.
    pub rollback_chance: f64,
    /// Extra cost of putting processes in order before automating them. Unit: share of cost.
    pub reengineering_cost: f64,
    /// Extra time it takes. Unit: months.
    pub reengineering_months: f64,
    /// Process maturity it adds. Unit: share.
    pub reengineering_gain: f64,
    /// Reorganization bought for a project (advice, new routines, premises), per dollar of the technology's upfront price at month 0 and unit of complexity. Unit: ratio.
    pub reorganization_cost: f64,
    /// Cost of training one member of the staff for a technology at full integration. Unit: dollars.
    pub training_cost: f64,
    /// Part of the digital literacy the staff lacks that training for a technology at full integration adds. Unit: share.
    pub training_literacy: f64,
    /// Weight of a firm's own result in its belief in a technology. Unit: share.
    pub belief_learning: f64,
    /// Weight of the sector's results in that belief at each review. Unit: share.
    pub belief_peers: f64,
    /// How technology meets staff and customers: as each owner's values have it, always in place of people, or always at their side. Unit: name.
    pub mode: String,
    /// Part of the freed hours that goes to customers and craft when technology assists people. Unit: share.
    pub kept_hours: f64,
    /// Of those hours, the part spent with customers; the rest goes to craft. Unit: share.
    pub contact_share: f64,
    /// Part of the customer contact a technology takes over that customers miss when it replaces people. Unit: share.
    pub contact_loss: f64,
    /// Appeal gained per unit of work added to craft, relative to all work. Unit: log points.
    pub craft_appeal: f64,
    /// Monthly adjustment of intimacy to contact. Unit: share per month.
    pub intimacy_adjustment: f64,
    /// How much more a household weighs personal service per 20 years of age above 45. Unit: log points.
    pub age_taste: f64,
    /// Part of what automation saves that firms of average values pass on in lower prices. Unit: share.
    pub saving_to_prices: f64,
    /// Part that goes to higher wages and benefits. Unit: share.
    pub saving_to_pay: f64,
    /// Part kept for more technology, training and growth. Unit: share.
    pub saving_to_reinvestment: f64,
    /// Part that buys the owner free hours. What is left is profit. Unit: share.
    pub saving_to_owner_hours: f64,
    /// Response of a firm's price to the fall of its sector's prices that technology has brought: rivals take back part of what a firm keeps, and squeeze those who save nothing. Unit: elasticity.
    pub price_rivalry: f64,
    /// Years in which competition takes over 63% of the way from what owners choose to pass on to the whole, once all rivals save the same. Unit: years.
    pub competition_years: f64,
    /// How far owners' values move these parts (community to prices, empowerment to pay, agility to reinvestment); 0 gives every firm the same. Unit: ratio.
    pub savings_by_values: f64,
    /// Largest part of the owner's own work that savings can buy back. Unit: share.
    pub owner_hours_limit: f64,
    /// How far empowering owners shrink by attrition instead of layoffs: 1 halves layoffs at twice the mean weight of empowerment. Unit: ratio.
    pub attrition_by_values: f64,
    /// Months after a finished project in which they do. Unit: months.
    pub attrition_months: f64,
    /// Rise of quits when all tasks are done by technology that replaces people. Unit: ratio.
    pub quits_replaced: f64,
    /// Fall of quits when all tasks are assisted. Unit: ratio.
    pub quits_assisted: f64,
    /// Fall of quits when all staff were trained. Unit: ratio.
    pub quits_trained: f64,
    /// Loss of rank of applicants over 50 and of those with little digital literacy where software screens them. Unit: score.
    pub screening_bias: f64,
    /// Part of that bias removed by audits. Unit: share.
    pub screening_audit: f64,
    /// Spread of owners' values (sd of log weights). Unit: log points.
    pub values_spread: f64,
    /// Monthly drift of values toward those of the sector's more profitable firms. Unit: share per month.
    pub values_drift: f64,
    /// Chance of a cyber incident in a month at a firm with security exposure 1 and no protection. Unit: probability per month.
    pub incident_chance: f64,
    /// Mean working days lost in an incident, of 22 in a month. Unit: days.
    pub incident_days: f64,
    /// Mean cost of an incident, in months of sales. Unit: months of sales.
    pub incident_cost: f64,
    /// Incidents in which customers' data are taken. Unit: share.
    pub breach_share: f64,
    /// Extra cost of such a breach, in months of sales. Unit: months of sales.
    pub breach_cost: f64,
    /// Trust lost after a breach; a third of it after other incidents. Unit: share.
    pub trust_loss: f64,
    /// Monthly recovery of trust. Unit: share per month.
    pub trust_recovery: f64,
    /// Mean share of incidents that a firm's protection prevents. Unit: share.
    pub security_mean: f64,
    /// Part of lost days that a fully protected firm saves by its contingency plan. Unit: share.
    pub contingency: f64,
    /// First month of a wave of cyber attacks, counted from the end of burn-in. Unit: months.
    pub wave_start: u32,
    /// Length of the wave; 0 for none. Unit: months.
    pub wave_months: u32,
    /// Incidents in the wave relative to normal. Unit: ratio.
    pub wave_factor: f64,
    /// Cost of errors (rework, waste, late invoices) at a firm without technology. Unit: share of sales.
    pub error_cost: f64,
    /// Monthly adjustment of sales outside the town toward what a firm's reach gives. Unit: share per month.
    pub reach_adjustment: f64,
    /// Years from the start until half of the diffusion of today's technologies outside the town is done. Unit: years.
    pub outside_diffusion_midpoint: f64,
    /// Years in which the odds of diffusion outside the town grow by a factor of e. Unit: years.
    pub outside_diffusion_scale: f64,
    /// Appeal that sellers in other towns and online gain once these technologies are everywhere. Unit: utility.
    pub outside_appeal_gain: f64,
    /// Fall of prices outside the town (imports, other towns, online, competitors of exporters) once they are, on top of economy.outside_price_growth. Buyers there keep their money, so they order as much more as it buys. Unit: share.
    pub outside_price_fall: f64,
    /// Chance that a start-up opens with a technology its sector has adopted since month 0, per share of the sector's firms that use it. Unit: ratio.
    pub entrant_adoption: f64,
    /// Part of the tasks that technology could do for a firm above which, once done, the firm counts as autonomous. Unit: share.
    pub autonomous_share: f64,
    /// Months within which a firm that adopts counts as an early adopter. Unit: months.
    pub early_months: u32,
}

impl AutomationParameters {
    /// Part of the diffusion of today's technologies outside the town that is done `years` after the start: a
    /// logistic curve from 0 that levels off at 1.
    pub fn outside_diffusion(&self, years: f64) -> f64 {
        let odds =
            |years: f64| (years - self.outside_diffusion_midpoint) / self.outside_diffusion_scale;
        let logistic = |years: f64| 1.0 / (1.0 + libm::exp(-odds(years)));
        let start = logistic(0.0);
        ((logistic(years) - start) / (1.0 - start)).max(0.0)
    }
}
