//! How a tool is declared: the trait, its examples, and the erased entry that lists hold.

use super::context::Context;
use super::error::Error;
use super::schema::Schema;
use super::{derive, finite};
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// One tool. Its types are its schema, so that a name is written once and drift does not compile.
pub trait Tool {
    /// The name that clients call, such as `calculate_npv`.
    const NAME: &'static str;
    /// The title for people.
    const TITLE: &'static str;
    /// At most 300 characters; the sentence that tells it from its neighbours comes first.
    const DESCRIPTION: &'static str;
    /// At least one worked call; tests run them all, and refusals quote the first.
    const EXAMPLES: &'static [Example];
    /// The formula in plain text, its symbols the names of arguments and results, with its source; lists leave it
    /// out, since every client pays for each byte there.
    const FORMULA: &'static str = "";
    /// How much work a call can be.
    const COST: Cost = Cost::Cheap;
    /// The arguments.
    type Args: DeserializeOwned + JsonSchema;
    /// The result.
    type Output: Serialize + JsonSchema;

    /// Settles what must be settled before the work begins: what the client has to answer, what it has to be able
    /// to do. For heavy tools this runs while the client waits, the work itself perhaps not.
    ///
    /// # Errors
    /// As [`run`](Self::run).
    fn prepare(args: &Self::Args, cx: &Context) -> Result<(), Error> {
        let _ = (args, cx);
        Ok(())
    }

    /// Computes the result from arguments that have passed the advertised schema.
    ///
    /// # Errors
    /// Domain failures, and rules across arguments that a flat schema cannot say.
    fn run(args: Self::Args, cx: &Context) -> Result<Self::Output, Error>;
}

/// A worked call with where its numbers come from.
pub struct Example {
    /// Arguments as JSON.
    pub arguments: &'static str,
    /// The fields of the result to compare, as JSON.
    pub expect: &'static str,
    /// Greatest relative error allowed for numbers.
    pub tolerance: f64,
    /// An independent source: book and page, standard, documentation, another program with its version.
    pub source: &'static str,
}

/// How much work a call can be; heavy ones go to a lane of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cost {
    /// Below a millisecond or so for any arguments.
    Cheap,
    /// Simulations, optimisations: anything that polls [`Context::should_stop`].
    Heavy,
}

/// A tool as the lists hold it: plain function pointers, so that a list is a constant.
pub struct Entry {
    /// See [`Tool::NAME`].
    pub name: &'static str,
    /// See [`Tool::TITLE`].
    pub title: &'static str,
    /// See [`Tool::DESCRIPTION`].
    pub description: &'static str,
    /// See [`Tool::EXAMPLES`].
    pub examples: &'static [Example],
    /// See [`Tool::FORMULA`].
    pub formula: &'static str,
    /// See [`Tool::COST`].
    pub cost: Cost,
    /// Makes the schema of the arguments.
    pub input: fn() -> Result<Schema, String>,
    /// Makes the schema of the result.
    pub output: fn() -> Result<Schema, String>,
    /// Settles what must be settled before the work, on checked arguments.
    pub prepare: fn(Value, &Context) -> Result<(), Error>,
    /// Prepares and runs the tool on checked arguments.
    pub run: fn(Value, &Context) -> Result<Value, Error>,
}

impl Entry {
    /// The entry of a tool.
    pub const fn of<T: Tool>() -> Self {
        Self {
            name: T::NAME,
            title: T::TITLE,
            description: T::DESCRIPTION,
            examples: T::EXAMPLES,
            formula: T::FORMULA,
            cost: T::COST,
            input: derive::input::<T::Args>,
            output: derive::output::<T::Output>,
            prepare: prepare::<T>,
            run: run::<T>,
        }
    }
}

/// A toolset: a family of tools under one slug.
pub struct Family {
    /// The slug that selects it, such as `tvm`.
    pub slug: &'static str,
    /// The title for people.
    pub title: &'static str,
    /// One sentence on what it is for.
    pub description: &'static str,
    /// Its tools, in the order of the list.
    pub tools: &'static [Entry],
}

fn args<T: Tool>(arguments: Value) -> Result<T::Args, Error> {
    serde_json::from_value(arguments).map_err(|e| Error::at("arguments", e.to_string()))
}

fn prepare<T: Tool>(arguments: Value, cx: &Context) -> Result<(), Error> {
    T::prepare(&args::<T>(arguments)?, cx)
}

fn run<T: Tool>(arguments: Value, cx: &Context) -> Result<Value, Error> {
    let args = args::<T>(arguments)?;
    T::prepare(&args, cx)?;
    let output = T::run(args, cx)?;
    // serde_json writes NaN and infinities as null, which a nullable field would let through.
    finite::check(&output).map_err(|e| Error::Defect(format!("result of {}: {e}", T::NAME)))?;
    serde_json::to_value(output).map_err(|e| Error::Defect(format!("result of {}: {e}", T::NAME)))
}
