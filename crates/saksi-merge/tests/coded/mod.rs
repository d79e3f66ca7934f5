//! `story.toml`: what was coded in a story; see tests/stories/README.md.

use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
pub(crate) struct Story {
    #[serde(default)]
    pub(crate) kept: bool,
    #[serde(default)]
    pub(crate) whole: bool,
    pub(crate) article: Vec<Article>,
    pub(crate) event: Vec<Coded>,
    #[serde(default)]
    pub(crate) near_miss: Vec<NearMiss>,
}

#[derive(Deserialize)]
pub(crate) struct Article {
    pub(crate) file: String,
    pub(crate) outlet: Option<String>,
    pub(crate) published: String,
    pub(crate) copy_of: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Coded {
    pub(crate) name: String,
    #[serde(rename = "type")]
    pub(crate) kind: Option<String>,
    pub(crate) reports: Vec<String>,
    pub(crate) sources: Option<u32>,
    #[serde(default)]
    pub(crate) differs: Vec<Differs>,
}

#[derive(Deserialize)]
pub(crate) struct Differs {
    pub(crate) field: String,
    pub(crate) values: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
pub(crate) struct NearMiss {
    pub(crate) events: Vec<String>,
}
