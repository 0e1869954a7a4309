//! Bytes out of a packet's data and back into it (Socket.IO protocol v5, "Sending and receiving data", binary).
//!
//! On the wire an object `{"_placeholder":true,"num":k}` stands where attachment `k` belongs.
//! [`super::socket`] takes bytes out, [`super::decoder`] puts them back.

use indexmap::IndexMap;

use super::decoder::DecodeError;
use crate::value::Value;

/// The JSON with placeholders, and the attachments in their order.
pub(super) fn take_out(data: &Value) -> (String, Vec<Vec<u8>>) {
    let mut attachments = Vec::new();
    let json = replace_bytes(data, &mut |bytes| {
        attachments.push(bytes.to_vec());
        object([("_placeholder", Value::Bool(true)), ("num", Value::Number((attachments.len() - 1).into()))])
    });
    (json.to_string(), attachments)
}

/// The JSON of a packet that cannot have attachments: bytes as `JSON.stringify` writes a `Buffer` of Node.
pub(super) fn as_node_writes(data: &Value) -> String {
    let json = replace_bytes(data, &mut |bytes| {
        let bytes: Vec<Value> = bytes.iter().map(|&byte| Value::from(i64::from(byte))).collect();
        object([("type", Value::from("Buffer")), ("data", Value::Array(bytes))])
    });
    json.to_string()
}

fn replace_bytes(value: &Value, place: &mut dyn FnMut(&[u8]) -> Value) -> Value {
    match value {
        Value::Bytes(bytes) => place(bytes),
        Value::Array(items) => Value::Array(items.iter().map(|item| replace_bytes(item, place)).collect()),
        Value::Object(entries) => {
            let replaced = entries.iter().map(|(key, value)| (key.clone(), replace_bytes(value, place)));
            Value::Object(replaced.collect())
        }
        plain => plain.clone(),
    }
}

fn object(entries: [(&str, Value); 2]) -> Value {
    let entries = entries.map(|(key, value)| (key.to_owned(), value));
    Value::Object(IndexMap::from(entries))
}

/// Puts attachments in the place of their placeholders. Each can be taken once: a second copy would let a few
/// bytes on the wire grow without limit here.
pub(super) fn put_back(value: &mut Value, attachments: &mut [Option<Vec<u8>>]) -> Result<(), DecodeError> {
    match value {
        Value::Array(items) => items.iter_mut().try_for_each(|item| put_back(item, attachments)),
        Value::Object(entries) if entries.get("_placeholder") == Some(&Value::Bool(true)) => {
            let bytes = take(entries.get("num"), attachments)?;
            *value = Value::Bytes(bytes);
            Ok(())
        }
        Value::Object(entries) => entries.values_mut().try_for_each(|entry| put_back(entry, attachments)),
        _ => Ok(()),
    }
}

fn take(number: Option<&Value>, attachments: &mut [Option<Vec<u8>>]) -> Result<Vec<u8>, DecodeError> {
    let named = |index: &usize| number == Some(&Value::Number((*index).into()));
    match (0..attachments.len()).find(named) {
        Some(index) => attachments[index].take().ok_or(DecodeError::RepeatedPlaceholder(index)),
        None => Err(DecodeError::NoSuchAttachment(match number {
            Some(Value::Number(number)) => number.to_string(),
            Some(other) => other.kind().to_owned(),
            None => "missing".to_owned(),
        })),
    }
}
