//! Tools about tools: they find, describe and run the others.
//!
//! The one family that reaches the catalogue, and only as far as its caller may: through [`Context::view`].

mod batch_calculate;
mod describe_tools;
mod search_tools;

use crate::toolkit::{Context, Entry, Error, Family, View, names};

/// The toolset.
pub(super) const FAMILY: Family = Family {
    slug: "meta",
    title: "Tools about tools",
    description: "Search the tools by words, read the full description of some, run many calls at once.",
    tools: &[
        Entry::of::<search_tools::SearchTools>(),
        Entry::of::<describe_tools::DescribeTools>(),
        Entry::of::<batch_calculate::BatchCalculate>(),
    ],
};

/// What the caller may see and call.
fn view<'a>(cx: &'a Context) -> Result<&'a View, Error> {
    cx.view().ok_or_else(|| Error::Defect("the host shows no tools".into()))
}

/// The slug of a toolset that the caller may use, as it is written in the catalogue.
fn slug(view: &View, wanted: &str) -> Result<&'static str, Error> {
    let slugs: Vec<&'static str> = view.toolsets().map(|toolset| toolset.slug).collect();
    let wanted = wanted.trim();
    if let Some(slug) = slugs.iter().find(|slug| slug.eq_ignore_ascii_case(wanted)) {
        return Ok(slug);
    }
    let hint = match names::nearest(wanted, slugs.iter().copied()) {
        Some(near) => format!("did you mean {near}? "),
        None => String::new(),
    };
    let message = format!("{:?} is no toolset here; {hint}Valid are {}", clip(wanted), slugs.join(", "));
    Err(Error::at("toolset", message))
}

/// Some of a text that may be as long as a request.
fn clip(text: &str) -> String {
    text.chars().take(80).collect()
}
