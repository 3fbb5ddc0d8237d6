//! One hash of many records, whatever their order and the output that holds them.

use serde_json::Value;
use std::fmt;

/// A hash of records. Each is hashed by its content, not by its spelling; the hashes are added up, so that the order
/// does not matter and a record that is there twice counts twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Digest {
    sum: [u8; 32],
    n_records: u64,
}

impl Digest {
    /// Takes a record as JSON.
    ///
    /// # Errors
    ///
    /// Returns what is wrong with it when it is no JSON.
    pub fn add(&mut self, record: &[u8]) -> Result<(), serde_json::Error> {
        let value: Value = serde_json::from_slice(record)?;
        let mut hasher = blake3::Hasher::new();
        hash_value(&value, &mut hasher);
        let mut carry = 0;
        for (sum, byte) in self.sum.iter_mut().zip(hasher.finalize().as_bytes()) {
            let total = u16::from(*sum) + u16::from(*byte) + carry;
            (*sum, carry) = ((total & 0xff) as u8, total >> 8);
        }
        self.n_records += 1;
        Ok(())
    }

    /// Number of records.
    pub fn n_records(&self) -> u64 {
        self.n_records
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.n_records.to_le_bytes()).update(&self.sum);
        write!(f, "blake3:{}", hasher.finalize().to_hex())
    }
}

/// Every value begins with its kind, every text and list with its length; the keys of an object are in order.
fn hash_value(value: &Value, hasher: &mut blake3::Hasher) {
    match value {
        Value::Null => drop(hasher.update(b"0")),
        Value::Bool(value) => drop(hasher.update(if *value { b"t" } else { b"f" })),
        // Databases may write 1.0 as 1.
        Value::Number(number) => {
            hasher.update(b"n").update(&number.as_f64().unwrap_or(f64::NAN).to_bits().to_le_bytes());
        }
        Value::String(text) => hash_text(text, hasher),
        Value::Array(items) => {
            hasher.update(b"a").update(&(items.len() as u64).to_le_bytes());
            items.iter().for_each(|item| hash_value(item, hasher));
        }
        Value::Object(fields) => {
            hasher.update(b"o").update(&(fields.len() as u64).to_le_bytes());
            let mut fields: Vec<(&String, &Value)> = fields.iter().collect();
            fields.sort_unstable_by_key(|&(name, _)| name);
            for (name, value) in fields {
                hash_text(name, hasher);
                hash_value(value, hasher);
            }
        }
    }
}

fn hash_text(text: &str, hasher: &mut blake3::Hasher) {
    hasher.update(b"s").update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn digest(records: &[&str]) -> String {
        let mut digest = Digest::default();
        for record in records {
            digest.add(record.as_bytes()).expect("it is JSON");
        }
        digest.to_string()
    }

    #[test]
    fn order_and_spelling_do_not_count() {
        let [one, two] = [r#"{"a":1,"b":[0.5]}"#, r#"{"a":2}"#];
        assert_eq!(digest(&[one, two]), digest(&[two, r#"{ "b": [0.50], "a": 1.0 }"#]));
    }

    #[test]
    fn content_and_number_count() {
        let one = r#"{"a":["b","c"]}"#;
        let all = [
            digest(&[]),
            digest(&[one]),
            digest(&[one, one]),
            digest(&[r#"{"a":["bc"]}"#]),
            digest(&[r#"{"a":["b","c",null]}"#]),
        ];
        assert_eq!(all.iter().collect::<std::collections::HashSet<_>>().len(), all.len());
    }
}
