//! Strings into shaped clusters and the places where a line may end.
//!
//! 1. [`StyledText`]: a paragraph's characters with their settings.
//! 2. [`Shaper::shape`]: itemised by setting, face and script, shaped, cut into clusters.
//! 3. [`break_opportunities`]: UAX 14, and hyphens where the setting allows them.

mod segment;
mod shape;
mod styled;

pub(crate) use segment::{Opportunity, OpportunityKind, break_opportunities};
pub(crate) use shape::{Cluster, ClusterKind, ShapedText, Shaper};
pub(crate) use styled::{RunStyle, StyledText};
