//! Reads the JSON of a Socket.IO packet as `JSON.parse` does (ECMA-404).
//!
//! It is our own because a number that comes back must equal the number that was sent: `serde_json` without its
//! feature `float_roundtrip` may be one unit in the last place off, and that feature is on in our tests only (a
//! dev-dependency asks for it), so no test would notice. It also gives the nesting limit and the learner's messages
//! a place. Called by [`super::decoder`]; writing needs no more than [`Value`]'s `Display`.

use indexmap::IndexMap;
use serde_json::Number;

use super::decoder::DecodeError;
use crate::value::Value;

/// How deep arrays and objects may stand inside each other.
pub const MAX_NESTING: usize = 128;

/// Reads one JSON text, white space around it included.
pub(super) fn read(text: &str) -> Result<Value, DecodeError> {
    let mut reader = Reader { text, at: 0, depth: 0 };
    let value = reader.value()?;
    reader.skip_space();
    if reader.at < text.len() { Err(reader.unexpected()) } else { Ok(value) }
}

struct Reader<'a> {
    text: &'a str,
    /// Byte offset, always on the border of a character.
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    fn value(&mut self) -> Result<Value, DecodeError> {
        self.skip_space();
        match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'"') => self.string().map(Value::String),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Null),
            _ => Err(self.unexpected()),
        }
    }

    /// Bounds the recursion: the one place where the depth changes.
    fn nested(&mut self, read: fn(&mut Self) -> Result<Value, DecodeError>) -> Result<Value, DecodeError> {
        if self.depth == MAX_NESTING {
            return Err(DecodeError::TooDeep(MAX_NESTING));
        }
        self.depth += 1;
        self.at += 1;
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn array(&mut self) -> Result<Value, DecodeError> {
        let mut items = Vec::new();
        if self.take_after_space(b']') {
            return Ok(Value::Array(items));
        }
        loop {
            items.push(self.value()?);
            if self.take_after_space(b']') {
                return Ok(Value::Array(items));
            }
            self.expect(b',')?;
        }
    }

    fn object(&mut self) -> Result<Value, DecodeError> {
        let mut entries = IndexMap::new();
        if self.take_after_space(b'}') {
            return Ok(Value::Object(entries));
        }
        loop {
            self.skip_space();
            let key = self.string()?;
            self.skip_space();
            self.expect(b':')?;
            let value = self.value()?;
            entries.insert(key, value);
            if self.take_after_space(b'}') {
                return Ok(Value::Object(entries));
            }
            self.expect(b',')?;
        }
    }

    fn string(&mut self) -> Result<String, DecodeError> {
        self.expect(b'"')?;
        let mut string = String::new();
        loop {
            let rest = &self.text[self.at..];
            let plain = rest.find(|c: char| c == '"' || c == '\\' || c < ' ').unwrap_or(rest.len());
            string.push_str(&rest[..plain]);
            self.at += plain;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(string);
                }
                Some(b'\\') => {
                    self.at += 1;
                    string.push(self.escape()?);
                }
                _ => return Err(self.unexpected()),
            }
        }
    }

    /// What stands after a backslash.
    fn escape(&mut self) -> Result<char, DecodeError> {
        let meant = match self.peek() {
            Some(b'u') => {
                self.at += 1;
                return self.unicode();
            }
            Some(same @ (b'"' | b'\\' | b'/')) => char::from(same),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            _ => return Err(self.unexpected()),
        };
        self.at += 1;
        Ok(meant)
    }

    /// The four digits after `\u`, and the second half of a surrogate pair if they are a first half.
    fn unicode(&mut self) -> Result<char, DecodeError> {
        let first = self.four_digits()?;
        if let Some(whole) = char::from_u32(first) {
            return Ok(whole);
        }
        if first < 0xDC00 && self.text[self.at..].starts_with("\\u") {
            self.at += 2;
            let second = self.four_digits()?;
            if (0xDC00..0xE000).contains(&second) {
                let whole = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                return char::from_u32(whole).ok_or(DecodeError::HalfCharacter);
            }
        }
        Err(DecodeError::HalfCharacter)
    }

    fn four_digits(&mut self) -> Result<u32, DecodeError> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.peek().and_then(|byte| char::from(byte).to_digit(16));
            code = code * 16 + digit.ok_or_else(|| self.unexpected())?;
            self.at += 1;
        }
        Ok(code)
    }

    fn number(&mut self) -> Result<Value, DecodeError> {
        let start = self.at;
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        let mut whole = true;
        if self.take(b'.') {
            whole = false;
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            whole = false;
            if !self.take(b'+') {
                self.take(b'-');
            }
            self.digits()?;
        }
        let written = &self.text[start..self.at];
        let exact = if whole { whole_number(written) } else { None };
        let nearest = || written.parse().ok().and_then(Number::from_f64);
        exact.or_else(nearest).map(Value::Number).ok_or(DecodeError::NumberTooLarge)
    }

    fn digits(&mut self) -> Result<(), DecodeError> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at == start { Err(self.unexpected()) } else { Ok(()) }
    }

    fn word(&mut self, word: &str, meaning: Value) -> Result<Value, DecodeError> {
        for expected in word.bytes() {
            self.expect(expected)?;
        }
        Ok(meaning)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn take_after_space(&mut self, byte: u8) -> bool {
        self.skip_space();
        self.take(byte)
    }

    fn expect(&mut self, byte: u8) -> Result<(), DecodeError> {
        if self.take(byte) { Ok(()) } else { Err(self.unexpected()) }
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn unexpected(&self) -> DecodeError {
        let before = &self.text[..self.at];
        match self.text[self.at..].chars().next() {
            Some(found) => DecodeError::Json { found, at: before.chars().count() + 1 },
            None => DecodeError::JsonCut,
        }
    }
}

/// Keeps all digits of what fits 64 bits; anything longer is read as a float, as JavaScript reads every number.
fn whole_number(written: &str) -> Option<Number> {
    let signed = written.parse::<i64>().map(Number::from);
    signed.or_else(|_| written.parse::<u64>().map(Number::from)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_exact() {
        for written in ["0.1", "30000000000000004e-17", "1.7976931348623157e308", "5e-324", "-1E+2"] {
            let expected = written.parse().ok().and_then(Number::from_f64).map(Value::Number);
            assert_eq!(read(written).ok(), expected, "{written}");
        }
        assert_eq!(read("18446744073709551615"), Ok(Value::Number(u64::MAX.into())));
        assert_eq!(read("-9223372036854775808"), Ok(Value::from(i64::MIN)));
        assert_eq!(read("1e400"), Err(DecodeError::NumberTooLarge));
    }

    #[test]
    fn escapes() {
        assert_eq!(read(r#""\"\\\/\b\f\n\r\té😀""#), Ok(Value::from("\"\\/\u{8}\u{c}\n\r\té😀")));
        assert_eq!(read(r#""\u00e9\uD83D\ude00""#), Ok(Value::from("é😀")));
        for half in [r#""\ud83d""#, r#""\ude00""#, r#""\ud83d\u0041""#, r#""\ud83dA""#] {
            assert_eq!(read(half), Err(DecodeError::HalfCharacter), "{half}");
        }
    }

    #[test]
    fn the_first_bad_character_is_named() {
        let json = |found, at| Err(DecodeError::Json { found, at });
        assert_eq!(read("[é]"), json('é', 2));
        assert_eq!(read(r#"["é",]"#), json(']', 6));
        assert_eq!(read("{a:1}"), json('a', 2));
        assert_eq!(read("['x']"), json('\'', 2));
        assert_eq!(read("[1] 2"), json('2', 5));
        assert_eq!(read("01"), json('1', 2));
        assert_eq!(read("[\"a\nb\"]"), json('\n', 4));
        assert_eq!(read("[nulL]"), json('L', 5));
        for cut in
            ["", "[", "[1", "[1,", "{\"a\"", "{\"a\":", "\"x", "\"\\", "\"\\u00", "-", "1.", "1e", "tr"]
        {
            assert_eq!(read(cut), Err(DecodeError::JsonCut), "{cut}");
        }
    }

    #[test]
    fn the_last_of_two_equal_keys_counts() {
        assert_eq!(read(r#"{"a":1,"a":2}"#), read(r#"{"a":2}"#));
    }

    #[test]
    fn nesting_has_a_limit() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(read(&nested(MAX_NESTING)).is_ok());
        assert_eq!(read(&nested(MAX_NESTING + 1)), Err(DecodeError::TooDeep(MAX_NESTING)));
        assert_eq!(read(&"[{\"a\":".repeat(1_000_000)), Err(DecodeError::TooDeep(MAX_NESTING)));
    }
}
