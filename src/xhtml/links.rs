//! Addresses into hrefs that a reader can follow.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What an address can't hold as it is (URL Standard, 4.3), less the per cent sign.
const ILLEGAL: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// What stands for itself neither in a mail address nor in an address (RFC 6068, section 2).
const NOT_IN_MAIL: &AsciiSet =
    &ILLEGAL.add(b'%').add(b'?').add(b'&').add(b'#').add(b'/').add(b'[').add(b']').add(b'=');

/// An absolute address, made legal; none if its scheme is not one that a reader may follow.
pub(super) fn external_href(address: &str) -> Option<String> {
    let address = address.trim();
    let (scheme, rest) = address.split_once(':')?;
    let is_fit = match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => rest
            .strip_prefix("//")
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '[')),
        "mailto" | "tel" => !rest.is_empty(),
        _ => false,
    };
    is_fit.then(|| format!("{}:{}", scheme.to_ascii_lowercase(), encode(rest)))
}

/// Encodes what is illegal, and per cent signs that begin no code; square brackets belong to the
/// host alone.
fn encode(rest: &str) -> String {
    let host_end = rest
        .strip_prefix("//")
        .map_or(0, |host| host.find(['/', '?', '#']).map_or(rest.len(), |end| end + 2));
    let (host, path) = rest.split_at(host_end);
    let path = path.replace('[', "%5B").replace(']', "%5D");
    utf8_percent_encode(&encode_stray_percent(&format!("{host}{path}")), ILLEGAL).to_string()
}

fn encode_stray_percent(text: &str) -> String {
    let mut pieces = text.split('%');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let is_code = piece.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2;
        out.push_str(if is_code { "%" } else { "%25" });
        out.push_str(piece);
    }
    out
}

/// The address that opens a letter to an e-mail address.
pub(super) fn mail_href(email: &str) -> String {
    format!("mailto:{}", utf8_percent_encode(email.trim(), NOT_IN_MAIL))
}

/// The address that dials a telephone number as it is printed (RFC 3966, section 3): the first, up
/// to its extension, where more is said; none if it holds no digit.
pub(super) fn phone_href(phone: &str) -> Option<String> {
    let phone = phone.replace("(0)", "");
    let start = phone.find(|c: char| c == '+' || c.is_ascii_digit())?;
    let number = &phone[start..];
    let ends = |c: char| c.is_alphabetic() || "/;,".contains(c);
    let number = number.split(ends).next().unwrap_or_default();
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let plus = if number.starts_with('+') { "+" } else { "" };
    (!digits.is_empty()).then(|| format!("tel:{plus}{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_legal_and_unsafe_schemes_lead_nowhere() {
        let href = |address| external_href(address).unwrap_or_default();
        assert_eq!(
            href("https://example.org/a b%20c%zz[1]"),
            "https://example.org/a%20b%20c%25zz%5B1%5D"
        );
        assert_eq!(href("HTTPS://[::1]/x"), "https://[::1]/x");
        assert_eq!(href("javascript:alert(1)"), "");
        assert_eq!(href("https://"), "");
    }

    #[test]
    fn printed_telephone_numbers_can_be_dialled() {
        assert_eq!(phone_href("+44 (0)20 7946 0018").as_deref(), Some("tel:+442079460018"));
        assert_eq!(phone_href("Tel. 202 555 0117 ext. 12").as_deref(), Some("tel:2025550117"));
        assert_eq!(phone_href("ask the desk"), None);
        assert_eq!(mail_href("press@example.org"), "mailto:press@example.org");
    }
}
