//! presskit: one manuscript in, everything a press office hands out.

pub mod assets;
pub mod config;
pub mod diagnostics;
pub mod edition;
pub mod epub;
pub mod geometry;
pub mod layout;
pub mod manuscript;
pub mod model;
pub mod output;
pub mod page;
pub mod pdf;
pub mod pipeline;
pub mod raster;
pub mod sandbox;
pub(crate) mod text;
pub mod theme;
