//! Makes the values that an actor says: names filled in, fresh words, long texts, tokens.
//!
//! All randomness comes from the run's seed, all time from its start, so that a seed repeats a run.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use fastrand::Rng;
use hmac::{Hmac, KeyInit, Mac};
use indexmap::IndexMap;
use sha2::Sha256;

use super::names::Names;
use crate::{
    scenario::model::{Jwt, Made},
    value::Value,
};

/// What making a value needs.
#[derive(Debug)]
pub struct Maker {
    rng: Rng,
    epoch: u64,
}

impl Maker {
    /// A maker for one run. `epoch` is in seconds since 1970.
    pub fn new(seed: u64, epoch: u64) -> Self {
        Self { rng: Rng::with_seed(seed), epoch }
    }

    /// A new word that begins with the given one: `room` becomes `room-k4t9`.
    pub fn fresh(&mut self, word: &str) -> String {
        let tail: String =
            std::iter::repeat_with(|| self.rng.alphanumeric().to_ascii_lowercase()).take(4).collect();
        format!("{word}-{tail}")
    }

    /// Makes a value.
    pub fn make(&mut self, made: &Made, names: &Names) -> Value {
        match made {
            Made::Null => Value::Null,
            Made::Bool(flag) => Value::Bool(*flag),
            Made::Number(number) => Value::Number(number.clone()),
            Made::Text(text) => Value::String(names.render(text)),
            Made::Name(name) => names.get(name).cloned().unwrap_or_else(|| Value::String(format!("${name}"))),
            Made::Array(items) => Value::Array(items.iter().map(|item| self.make(item, names)).collect()),
            Made::Object(entries) => Value::Object(self.make_entries(entries, names)),
            Made::Fresh(word) => Value::String(self.fresh(word)),
            Made::LongText(size) => Value::String("abcdefghij".chars().cycle().take(*size).collect()),
            Made::Bytes(size) => {
                Value::Bytes(std::iter::repeat_with(|| self.rng.u8(..)).take(*size).collect())
            }
            Made::Jwt(jwt) => Value::String(self.token(jwt, names)),
        }
    }

    /// Makes the values of an object.
    pub fn make_entries(
        &mut self,
        entries: &IndexMap<String, Made>,
        names: &Names,
    ) -> IndexMap<String, Value> {
        entries.iter().map(|(key, made)| (key.clone(), self.make(made, names))).collect()
    }

    /// A JSON Web Token (RFC 7519) in compact form, signed with HS256 or unsigned (`none`).
    fn token(&mut self, jwt: &Jwt, names: &Names) -> String {
        let mut claims = self.make_entries(&jwt.claims, names);
        for (claim, offset) in &jwt.times {
            let at = i64::try_from(self.epoch).unwrap_or(i64::MAX).saturating_add(*offset);
            claims.insert(claim.clone(), Value::from(at));
        }
        let header = format!(r#"{{"alg":"{}","typ":"JWT"}}"#, jwt.alg);
        let signed = format!(
            "{}.{}",
            URL_SAFE_NO_PAD.encode(header),
            URL_SAFE_NO_PAD.encode(Value::Object(claims).to_string())
        );
        if jwt.alg == "none" {
            return format!("{signed}.");
        }
        let secret = match &jwt.by {
            Some(by) => self.make(by, names),
            None => names.get("JWT_SECRET").cloned().unwrap_or_default(),
        };
        let secret = secret.as_str().unwrap_or_default().as_bytes().to_vec();
        let signature = Hmac::<Sha256>::new_from_slice(&secret).map(|mut mac| {
            mac.update(signed.as_bytes());
            mac.finalize().into_bytes()
        });
        match signature {
            Ok(signature) => format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)),
            Err(_) => format!("{signed}."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::model::{Piece, Text};

    #[test]
    fn a_seed_repeats_its_words() {
        let word = |seed| Maker::new(seed, 0).fresh("room");
        assert_eq!(word(7), word(7));
        assert_ne!(word(7), word(8));
        assert!(word(7).starts_with("room-"));
    }

    #[test]
    fn a_token_is_signed_as_rfc_7519_says() {
        let mut names = Names::default();
        names.bind("JWT_SECRET", "your-256-bit-secret".into());
        let text = |text: &str| Made::Text(Text(vec![Piece::Literal(text.into())]));
        let jwt = Jwt {
            claims: [("sub".to_owned(), text("1234567890"))].into_iter().collect(),
            times: [("exp".to_owned(), 60)].into_iter().collect(),
            by: None,
            alg: "HS256".into(),
        };
        let token = Maker::new(1, 1_000).token(&jwt, &names);
        // Computed with `openssl dgst -sha256 -hmac your-256-bit-secret` over the first two parts.
        let parts: Vec<&str> = token.split('.').collect();
        assert_eq!(parts[0], "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9");
        let claims = URL_SAFE_NO_PAD.decode(parts[1]).expect("base64");
        assert_eq!(claims, br#"{"sub":"1234567890","exp":1060}"#);
        assert_eq!(parts[2], "yhMfB2WbNmMJ21LQpvAd4flwrUvS8XK-eKEM0wPrUcM");
    }
}
