//! presskit turns one manuscript (Markdown, YAML front matter, pictures) into a press-kit PDF and
//! an EPUB profile: no TeX, no browser, no network, and the same bytes on every machine.
//!
//! # The flow
//!
//! ```text
//! manuscript::load ─► manuscript::parse ─► Document ─► edition::select ─► Edition
//!                                                                           │
//!     theme ────────────────┬───────────────────────────────────────────────┤
//!     assets (fonts,        │                                               │
//!     pictures) ────────────┤                                               │
//!                           ▼                                               ▼
//!                    layout::lay_out ─► PagedDocument     cover ─────► epub::export
//!                                             │             ▲               │
//!                                             │       raster::render_png    │
//!                                             ▼                             ▼
//!                                        pdf::export ──► artifacts ◄────────┘
//!                                                            │
//!                                                            ▼
//!                                                      output::write
//! ```
//!
//! Two backends, one model. The PDF backend sees pages and never the model; the EPUB backend sees
//! the model and never pages. What both need to agree on, which parts, in which order, under
//! which words, is decided once, by [`edition::select`]. [`pipeline::make`] is the whole flow on
//! one screen; the two exports run in parallel.
//!
//! Whatever is wrong with an input goes to a [`diagnostics::Sink`] as data, with its place and
//! what to do about it. Phases report and go on as far as they can; a phase that has no result
//! returns [`diagnostics::Failed`], which says only that an error has been reported.
//!
//! # The rooms
//!
//! Each room turns one thing into another and may name only the rooms beside it; a test,
//! `tests/architecture.rs`, fails on every other import. Each outside library is named in one
//! room, or in the few that share its types.
//!
//! | room | turns what into what | may import |
//! |---|---|---|
//! | [`cli`] | arguments into an exit code; reports and progress onto the terminal | everything |
//! | [`pipeline`] | a [`pipeline::BuildRequest`] into artifacts | everything but `cli` |
//! | [`config`] | flags over front matter over theme into a [`config::BuildConfig`] | theme, model, diagnostics |
//! | [`output`] | [`output::Artifact`]s into files, atomically; the only room that writes | config, diagnostics |
//! | [`manuscript`] | files into a [`model::Document`] | model, sandbox, diagnostics |
//! | [`model`] | data: metadata, kit, blocks, inlines | sandbox, diagnostics |
//! | [`edition`] | a document into the ordered sections of one artifact, an [`edition::Edition`] | model, sandbox, diagnostics |
//! | [`theme`] | YAML into a [`theme::Theme`] | model, edition, page, geometry, diagnostics |
//! | [`assets`] | the files that a manuscript names into fonts and pictures | model, sandbox, geometry, diagnostics |
//! | `text` | strings into shaped clusters and the places where lines may end | assets, model, theme, geometry, diagnostics |
//! | [`layout`] | an edition into a [`page::PagedDocument`] | model, edition, theme, assets, text, page, sandbox, geometry, diagnostics |
//! | [`page`] | data: positioned glyphs, shapes and pictures, and their structure | assets, model, geometry |
//! | [`pdf`] | a paged document into a PDF | page, assets, geometry, diagnostics |
//! | [`raster`] | a page into a PNG | page, assets, geometry |
//! | `xhtml` | sections into XHTML, the theme into CSS | model, edition, theme, page, assets, sandbox, geometry, diagnostics |
//! | [`epub`] | an edition into an EPUB | xhtml, model, edition, theme, assets, sandbox, geometry, diagnostics |
//! | [`sandbox`] | a path that a manuscript names into a file inside its root | nothing |
//! | [`geometry`] | lengths, points, sizes, transforms | nothing |
//! | [`diagnostics`] | findings into what people and machines read | nothing |

pub mod assets;
pub mod cli;
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
mod xhtml;
