//! The data of a press kit beside its prose.

use serde::Serialize;

use super::{Block, Date, Inline, Label, Picture};
use crate::diagnostics::Span;

/// Everything of the front matter that a press office hands out beside the prose.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Kit {
    /// The people it is about.
    pub people: Vec<Person>,
    /// Figures and other facts.
    pub facts: Vec<Fact>,
    /// What happened when.
    pub timeline: Vec<TimelineEntry>,
    /// Words to be quoted.
    pub quotes: Vec<PullQuote>,
    /// Honours.
    pub awards: Vec<Award>,
    /// What others have published.
    pub coverage: Vec<Coverage>,
    /// What the organisation says of itself.
    pub boilerplate: Vec<Block>,
    /// Whom to ask.
    pub contacts: Vec<Contact>,
    /// What may be done with the material.
    pub usage: Vec<Block>,
    /// Further addresses.
    pub links: Vec<KitLink>,
    /// Moving pictures.
    pub video: Vec<Video>,
}

/// A person.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Person {
    /// The identifier.
    pub id: Label,
    /// The name.
    pub name: String,
    /// The role.
    pub role: Option<String>,
    /// The life, in up to three lengths.
    pub biography: Biography,
    /// A portrait.
    pub image: Option<Picture>,
    /// Addresses that mean the same person.
    pub same_as: Vec<String>,
    /// Where it is given.
    #[serde(skip)]
    pub span: Span,
}

/// A life in up to three lengths; empty where one is not given.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Biography {
    /// About 50 words.
    pub short: Vec<Block>,
    /// About 100 words.
    pub medium: Vec<Block>,
    /// About 250 words.
    pub long: Vec<Block>,
}

/// A fact: one value for prose, fact sheet and timeline.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fact {
    /// What `{{facts.ID}}` names.
    pub id: Label,
    /// What it is.
    pub label: Vec<Inline>,
    /// Its value, as it is to be printed.
    pub value: Vec<Inline>,
    /// The unit that follows the value.
    pub unit: Option<String>,
    /// The day it was true.
    pub as_of: Option<Date>,
    /// Who says so.
    pub source: Vec<Inline>,
    /// Where it is given.
    #[serde(skip)]
    pub span: Span,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TimelineEntry {
    /// A date, a year, or a word ("Today").
    pub date: TimelineDate,
    /// What happened, in a few words; may be empty.
    pub title: Vec<Inline>,
    /// What happened, in a sentence; may be empty.
    pub text: Vec<Inline>,
    /// Where it is given.
    #[serde(skip)]
    pub span: Span,
}

/// When something happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TimelineDate {
    /// As it is to be printed.
    pub text: String,
    /// For machines, where the text is a date, a month or a year (ISO 8601).
    pub machine: Option<Date>,
}

/// Words to be quoted.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PullQuote {
    /// The words.
    pub text: Vec<Inline>,
    /// Whose they are.
    pub by: Vec<Inline>,
    /// Where they were said.
    pub source: Vec<Inline>,
    /// Its address.
    pub url: Option<String>,
    /// Where it is given.
    #[serde(skip)]
    pub span: Span,
}

/// An honour.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Award {
    /// Its name.
    pub title: Vec<Inline>,
    /// Who gave it; may be empty.
    pub by: Vec<Inline>,
    /// When.
    pub date: Option<Date>,
    /// Where it is given.
    #[serde(skip)]
    pub span: Span,
}

/// What somebody else has published.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Coverage {
    /// Its title.
    pub title: Vec<Inline>,
    /// Who published it; may be empty.
    pub publication: Vec<Inline>,
    /// When.
    pub date: Option<Date>,
    /// Its address.
    pub url: Option<String>,
    /// Where it is given.
    #[serde(skip)]
    pub span: Span,
}

/// Whom to ask.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Contact {
    /// The name of a person or an office.
    pub name: String,
    /// The role.
    pub role: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// The telephone number, as it is to be printed.
    pub phone: Option<String>,
    /// When it is answered.
    pub hours: Option<String>,
    /// Where it is given.
    #[serde(skip)]
    pub span: Span,
}

/// A further address.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KitLink {
    /// What is there.
    pub title: String,
    /// The address.
    pub url: String,
    /// Where it is given.
    #[serde(skip)]
    pub span: Span,
}

/// A moving picture.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Video {
    /// What it shows.
    pub title: String,
    /// The address.
    pub url: String,
    /// Where it is given.
    #[serde(skip)]
    pub span: Span,
}

/// Data on a picture beside the prose.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Asset {
    /// What stands for the picture; the prose's own brackets win.
    pub alt: Option<String>,
    /// What the reader is told; the prose's own title wins.
    pub caption: Vec<Inline>,
    /// Who made it.
    pub credit: Option<String>,
    /// Who owns it.
    pub copyright: Option<String>,
    /// On which terms it may be used.
    pub license: Option<String>,
    /// Who is in it, from left to right.
    pub people: Vec<String>,
    /// Where it was taken.
    pub location: Option<String>,
    /// When it was taken.
    pub date: Option<Date>,
    /// Where it is given.
    #[serde(skip)]
    pub span: Span,
}
