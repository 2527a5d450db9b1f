//! Numbers, strings, names and objects as PDF spells them (ISO 32000-1, 7.3).

use lopdf::{Dictionary, Object, ObjectId, StringFormat};

/// Writes a whole number.
pub(super) fn write_integer(out: &mut Vec<u8>, value: i64) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    let mut rest = value.unsigned_abs();
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(&digits[at..]);
}

/// Writes a number of thousandths with the decimals that it needs.
pub(super) fn write_thousandths(out: &mut Vec<u8>, value: i64) {
    write_fixed(out, value, 3);
}

/// Writes a length or colour with three decimals at the most.
pub(super) fn write_number(out: &mut Vec<u8>, value: f64) {
    write_thousandths(out, to_thousandths(value));
}

/// Writes a factor with six decimals at the most: it may stretch something large.
pub(super) fn write_factor(out: &mut Vec<u8>, value: f64) {
    write_fixed(out, (value * 1e6).round() as i64, 6);
}

/// Rounds to thousandths; what is not a number becomes 0.
pub(super) fn to_thousandths(value: f64) -> i64 {
    (value * 1000.0).round() as i64
}

fn write_fixed(out: &mut Vec<u8>, value: i64, decimals: usize) {
    let unit = 10_u64.pow(decimals as u32);
    let magnitude = value.unsigned_abs();
    if value < 0 {
        out.push(b'-');
    }
    let (whole, mut fraction) = (magnitude / unit, magnitude % unit);
    if whole > 0 || fraction == 0 {
        write_integer(out, whole.cast_signed());
    }
    if fraction == 0 {
        return;
    }
    out.push(b'.');
    let start = out.len();
    out.resize(start + decimals, b'0');
    for digit in out[start..].iter_mut().rev() {
        *digit = b'0' + (fraction % 10) as u8;
        fraction /= 10;
    }
    while out.last() == Some(&b'0') {
        out.pop();
    }
}

/// Writes numbers, each followed by a space, then an operator on the same line.
pub(super) fn write_operation(out: &mut Vec<u8>, operands: &[f64], operator: &str) {
    for operand in operands {
        write_number(out, *operand);
        out.push(b' ');
    }
    out.extend_from_slice(operator.as_bytes());
    out.push(b'\n');
}

/// Writes `a b c d e f cm`.
pub(super) fn write_matrix(out: &mut Vec<u8>, matrix: [f64; 6]) {
    let (factors, shift) = matrix.split_at(4);
    for factor in factors {
        write_factor(out, *factor);
        out.push(b' ');
    }
    write_operation(out, shift, "cm");
}

/// Writes a byte of a literal string, escaped where it must be. A bare carriage return would be
/// read as a line feed (ISO 32000-1, 7.3.4.2).
pub(super) fn write_string_byte(out: &mut Vec<u8>, byte: u8) {
    match byte {
        b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
        b'\r' => out.extend_from_slice(b"\\r"),
        _ => out.push(byte),
    }
}

/// Writes a text as a hexadecimal UTF-16BE string with its byte order mark.
pub(super) fn write_utf16_hex(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(b"<FEFF");
    for unit in text.encode_utf16() {
        write_hex(out, unit);
    }
    out.push(b'>');
}

/// Writes four hexadecimal digits.
pub(super) fn write_hex(out: &mut Vec<u8>, value: u16) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    out.extend([12, 8, 4, 0].map(|shift| DIGITS[usize::from(value >> shift) & 15]));
}

/// A text string (ISO 32000-1, 7.9.2.2): as it is where it is plain ASCII, else UTF-16BE.
pub(super) fn text_string(text: &str) -> Object {
    let is_plain = text.bytes().all(|byte| (0x20..0x7f).contains(&byte));
    let bytes = if is_plain {
        text.as_bytes().to_vec()
    } else {
        [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect()
    };
    Object::String(bytes, StringFormat::Literal)
}

/// A count or index as PDF's integers have it.
pub(super) fn count(value: usize) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// A number of an object, for a length in points.
pub(super) fn real(value: f64) -> Object {
    Object::Real(value as f32)
}

/// An array of numbers.
pub(super) fn reals(values: &[f64]) -> Object {
    Object::Array(values.iter().copied().map(real).collect())
}

/// Writes an object; `number` gives the number of an object that it refers to. A stream is
/// written as its dictionary: its data is the business of whoever lays out the file.
pub(super) fn write_object(
    out: &mut Vec<u8>,
    object: &Object,
    number: &impl Fn(ObjectId) -> Option<u32>,
) {
    match object {
        Object::Null => out.extend_from_slice(b"null"),
        Object::Boolean(true) => out.extend_from_slice(b"true"),
        Object::Boolean(false) => out.extend_from_slice(b"false"),
        Object::Integer(value) => write_integer(out, *value),
        Object::Real(value) => write_real(out, *value),
        Object::Name(name) => write_name(out, name),
        Object::String(bytes, StringFormat::Literal) => write_literal(out, bytes),
        Object::String(bytes, StringFormat::Hexadecimal) => {
            out.push(b'<');
            out.extend(bytes.iter().flat_map(|byte| format!("{byte:02X}").into_bytes()));
            out.push(b'>');
        }
        Object::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                separate(out, index > 0 && !is_delimited(item));
                write_object(out, item, number);
            }
            out.push(b']');
        }
        Object::Dictionary(dictionary) => write_dictionary(out, dictionary, number),
        Object::Stream(stream) => write_dictionary(out, &stream.dict, number),
        Object::Reference(id) => match number(*id) {
            Some(number) => {
                write_integer(out, i64::from(number));
                out.extend_from_slice(b" 0 R");
            }
            None => out.extend_from_slice(b"null"),
        },
    }
}

/// Writes the shortest decimal that means the same number; Rust's never has an exponent.
fn write_real(out: &mut Vec<u8>, value: f32) {
    let value = if value.is_finite() { value } else { 0.0 };
    out.extend_from_slice(value.to_string().as_bytes());
}

fn write_dictionary(
    out: &mut Vec<u8>,
    dictionary: &Dictionary,
    number: &impl Fn(ObjectId) -> Option<u32>,
) {
    out.extend_from_slice(b"<<");
    for (key, value) in dictionary {
        write_name(out, key);
        separate(out, !is_delimited(value));
        write_object(out, value, number);
    }
    out.extend_from_slice(b">>");
}

fn separate(out: &mut Vec<u8>, needed: bool) {
    if needed {
        out.push(b' ');
    }
}

/// Whether the object's first character ends whatever stands before it (7.2.2).
fn is_delimited(object: &Object) -> bool {
    match object {
        Object::Name(_)
        | Object::String(..)
        | Object::Array(_)
        | Object::Dictionary(_)
        | Object::Stream(_) => true,
        Object::Null
        | Object::Boolean(_)
        | Object::Integer(_)
        | Object::Real(_)
        | Object::Reference(_) => false,
    }
}

fn write_literal(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'(');
    for byte in bytes {
        write_string_byte(out, *byte);
    }
    out.push(b')');
}

/// Writes a name with `#` before the code of what is no regular character (7.3.5).
fn write_name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte) {
            out.push(*byte);
        } else {
            out.extend_from_slice(format!("#{byte:02X}").as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(value: f64) -> String {
        let mut out = Vec::new();
        write_number(&mut out, value);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn numbers_are_short_and_never_in_scientific_notation() {
        assert_eq!(number(595.2756), "595.276");
        assert_eq!(number(-0.0004), "0");
        assert_eq!(number(-0.5), "-.5");
        assert_eq!(number(12.050), "12.05");
        assert_eq!(number(1e9), "1000000000");
        assert_eq!(number(f64::NAN), "0");
    }

    #[test]
    fn titles_beyond_ascii_survive_as_utf_16() {
        let Object::String(bytes, _) = text_string("Ä") else { panic!("not a string") };
        assert_eq!(bytes, [0xfe, 0xff, 0x00, 0xc4]);
    }
}
