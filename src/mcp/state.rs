//! `requestState`: what a call that waits for answers has learned so far, kept by the client and sealed by us.
//!
//! The seal is HMAC-SHA-256 (RFC 2104) over caller, request and payload, so that a state is of no use to
//! another caller, for another request, or after its time. Nothing is kept here in between.

use super::Owner;
use super::error::RpcError;
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::Sha256;
use std::time::{Duration, SystemTime};

/// How long a person may take to answer.
const LIFE: Duration = Duration::from_secs(3600);

/// Seals and opens states.
pub(super) struct Sealer {
    key: [u8; 32],
}

/// What the seal binds a state to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Binding<'a> {
    pub(super) owner: Owner,
    pub(super) method: &'a str,
    /// The parameters that say what is asked.
    pub(super) target: &'a str,
}

#[derive(Serialize, Deserialize)]
struct Payload {
    answers: Map<String, Value>,
    /// Seconds since 1970.
    until: u64,
}

impl Sealer {
    /// Servers with the same key open each other's states.
    pub(super) fn new(key: [u8; 32]) -> Self {
        Self { key }
    }

    /// Seals the answers so far.
    pub(super) fn seal(&self, answers: &Map<String, Value>, binding: Binding<'_>) -> String {
        let payload = Payload { answers: answers.clone(), until: seconds(SystemTime::now() + LIFE) };
        let text = BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(&payload).unwrap_or_default());
        let mac = self.mac(&text, binding).finalize().into_bytes();
        format!("{text}.{}", BASE64_URL_SAFE_NO_PAD.encode(mac))
    }

    /// Opens a state that this server, or one with the same key, has sealed for this caller and request.
    pub(super) fn open(&self, state: &str, binding: Binding<'_>) -> Result<Map<String, Value>, RpcError> {
        let broken = || RpcError::params("requestState is not what this server gave for this request");
        let (text, mac) = state.split_once('.').ok_or_else(broken)?;
        let mac = BASE64_URL_SAFE_NO_PAD.decode(mac).map_err(|_| broken())?;
        self.mac(text, binding).verify_slice(&mac).map_err(|_| broken())?;
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| broken())?;
        let payload: Payload = serde_json::from_slice(&bytes).map_err(|_| broken())?;
        if payload.until < seconds(SystemTime::now()) {
            return Err(RpcError::params("requestState has expired; send the request again without it"));
        }
        Ok(payload.answers)
    }

    fn mac(&self, text: &str, binding: Binding<'_>) -> Hmac<Sha256> {
        // A block of key: shorter keys are filled up with zeros by HMAC itself.
        let mut block = [0; 64];
        block[..32].copy_from_slice(&self.key);
        let mut mac = Hmac::<Sha256>::new(&block.into());
        let owner = binding.owner.0.unwrap_or_default();
        // Lengths keep one field's end from being read as the next one's beginning.
        for field in [&owner[..], binding.method.as_bytes(), binding.target.as_bytes(), text.as_bytes()] {
            mac.update(&(field.len() as u64).to_be_bytes());
            mac.update(field);
        }
        mac
    }
}

fn seconds(time: SystemTime) -> u64 {
    time.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_state_opens_for_its_own_request_only() {
        let sealer = Sealer::new([7; 32]);
        let binding =
            Binding { owner: Owner(Some([1; 32])), method: "tools/call", target: "{\"name\":\"a\"}" };
        let Value::Object(answers) = json!({"name": {"action": "accept"}}) else { panic!() };
        let state = sealer.seal(&answers, binding);
        assert_eq!(sealer.open(&state, binding).unwrap(), answers);
        assert_eq!(Sealer::new([7; 32]).open(&state, binding).unwrap(), answers);
        let others = [
            Binding { owner: Owner(None), ..binding },
            Binding { method: "prompts/get", ..binding },
            Binding { target: "{\"name\":\"b\"}", ..binding },
        ];
        for other in others {
            assert_eq!(sealer.open(&state, other).unwrap_err().code, -32602);
        }
        let flipped = state.replacen(&state[5..6], if &state[5..6] == "A" { "B" } else { "A" }, 1);
        for wrong in [flipped.as_str(), "", ".", "a.b", &state[..state.len() - 1]] {
            assert!(sealer.open(wrong, binding).is_err(), "{wrong}");
        }
        assert!(Sealer::new([8; 32]).open(&state, binding).is_err());
    }
}
