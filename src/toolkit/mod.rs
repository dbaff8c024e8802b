//! What every tool gets for nothing: schema from its types, argument check with all problems at
//! once, coercions, panic fence, result check, text for the reader, and a place in the catalogue.
//!
//! Read in this order: [`tool`] (how one is declared), [`schema`] and [`derive`](mod@derive) (types become one
//! flat schema), [`arguments`], [`literal`], [`check`] and [`coerce`] (what came), [`readings`] (what can mean two
//! things), [`call`] (the way of one call), [`render`]
//! (the text), [`catalog`] (all tools, compiled once), [`view`] (what one caller sees of them, by [`selection`] and
//! [`presets`]), [`search`] (words find tools), [`host`] (what surrounds a running call),
//! [`verify`] (tools against reference values).
//!
//! The toolkit knows no tool by name, and neither protocol nor transport.

pub mod arguments;
pub mod call;
pub mod catalog;
pub mod check;
pub mod coerce;
pub mod content;
pub mod context;
pub mod derive;
pub mod error;
pub mod finite;
pub mod format;
pub mod host;
pub mod literal;
pub mod names;
mod numeral;
mod percent;
pub mod presets;
pub mod readings;
pub mod render;
pub mod schema;
pub mod search;
pub mod selection;
pub mod tool;
pub mod verify;
pub mod view;

pub use catalog::{Catalog, Compiled, Toolset};
pub use content::{Body, Content, Contents};
pub use context::Context;
pub use error::{Error, Pending, Problem};
pub use host::{Asked, Change, Host, Question, Severity};
pub use literal::Literal;
pub use selection::Selection;
pub use tool::{Cost, Entry, Example, Family, Tool};
pub use view::View;
