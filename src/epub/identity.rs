//! What a book is known by: its identifiers, and the roles of those who made it.

use uuid::Uuid;

use crate::model::{Agent, Metadata};

/// The namespace of presskit's identifiers: RFC 9562's for addresses, then the project's name.
fn namespace() -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_URL, b"urn:presskit:publication")
}

/// The UUID of a manuscript's book: always the same for one publisher and slug.
pub(super) fn uuid(metadata: &Metadata) -> Uuid {
    let publisher = metadata.publisher.as_deref().unwrap_or_default();
    Uuid::new_v5(&namespace(), format!("{publisher}\n{}", metadata.slug).as_bytes())
}

/// What the package, and the older list of contents, are identified by: the ISBN, where the
/// manuscript gives one, else the UUID.
pub(super) fn unique_identifier(metadata: &Metadata) -> String {
    isbn(metadata).unwrap_or_else(|| format!("urn:uuid:{}", uuid(metadata)))
}

/// A given identifier that is no ISBN.
pub(super) fn other_identifier(metadata: &Metadata) -> Option<&str> {
    let given = metadata.identifier.as_deref().map(str::trim).filter(|given| !given.is_empty());
    given.filter(|_| isbn(metadata).is_none())
}

/// The given identifier as an ISBN's URN, if it is one and its check digit is right (ISO 2108).
fn isbn(metadata: &Metadata) -> Option<String> {
    let given = metadata.identifier.as_deref()?.trim().to_ascii_uppercase();
    let number = given.strip_prefix("URN:").unwrap_or(&given);
    let number = number.strip_prefix("ISBN").unwrap_or(number);
    let number: String = number.chars().filter(|c| !" :-‐–".contains(*c)).collect();
    let value = |c: char| if c == 'X' { Some(10) } else { c.to_digit(10) };
    let digits: Vec<u32> = number.chars().map(value).collect::<Option<_>>()?;
    let is_right = match digits.as_slice() {
        [rest @ .., _] if digits.len() == 10 && !rest.contains(&10) => {
            digits.iter().zip((1..=10).rev()).map(|(digit, weight)| digit * weight).sum::<u32>()
                % 11
                == 0
        }
        all if all.len() == 13 && !all.contains(&10) => {
            all.iter().zip([1, 3].iter().cycle()).map(|(digit, weight)| digit * weight).sum::<u32>()
                % 10
                == 0
        }
        _ => false,
    };
    is_right.then(|| format!("urn:isbn:{number}"))
}

/// The MARC relator code of an agent's role: given as one, or in one of the usual words.
pub(super) fn relator(agent: &Agent, otherwise: &str) -> String {
    let Some(role) = agent.role.as_deref().map(|role| role.trim().to_ascii_lowercase()) else {
        return otherwise.to_owned();
    };
    let code = match role.as_str() {
        "author" | "writer" => "aut",
        "editor" => "edt",
        "illustrator" => "ill",
        "photographer" => "pht",
        "translator" => "trl",
        "designer" => "dsr",
        "cover designer" => "cov",
        "publisher" => "pbl",
        "interviewer" => "ivr",
        "interviewee" => "ive",
        "narrator" => "nrt",
        "contributor" => "ctb",
        code if code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_lowercase()) => code,
        _ => otherwise,
    };
    code.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_identifier(identifier: &str) -> Metadata {
        Metadata { identifier: Some(identifier.to_owned()), ..Metadata::default() }
    }

    #[test]
    fn an_isbn_identifies_the_book_and_a_wrong_one_does_not() {
        let unique = |given| unique_identifier(&with_identifier(given));
        assert_eq!(unique("978-0-306-40615-7"), "urn:isbn:9780306406157");
        assert_eq!(unique("ISBN 0-8044-2957-X"), "urn:isbn:080442957X");
        assert!(unique("978-0-306-40615-8").starts_with("urn:uuid:"));
        assert_eq!(other_identifier(&with_identifier("doi:10.1000/182")), Some("doi:10.1000/182"));
    }
}
