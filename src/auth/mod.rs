//! API keys: kept as SHA-256, compared in constant time, reloadable, never printed.

mod bearer;
pub mod key_file;
mod keys;

pub use bearer::{Credential, Refusal, authenticate, credential};
pub use key_file::Loaded;
pub use keys::{Fingerprint, KeyId, KeyRing, Keys};
