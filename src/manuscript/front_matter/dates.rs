//! Texts into days and moments, as people and tools write them in front matter.

use jiff::civil;
use jiff::tz::Offset;

use crate::model::{Date, DateTime};

/// A day with a time, and the offset from Coordinated Universal Time where it is given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Moment {
    civil: civil::DateTime,
    offset: Option<Offset>,
    is_utc: bool,
}

impl Moment {
    /// A moment as RFC 3339 writes it, and as Jekyll (`2024-01-15 10:30:00 +0100`) and Hugo do.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (day, time) = text.split_once(['T', 't', ' '])?;
        let time = time.trim_start();
        let end = time.find(['Z', 'z', '+', '-', ' ']).unwrap_or(time.len());
        let (time, offset) = time.split_at_checked(end)?;
        let offset = offset.trim();
        let is_utc = matches!(offset, "Z" | "z" | "UTC" | "GMT");
        let offset = match offset {
            "" => None,
            _ if is_utc => Some(Offset::UTC),
            _ => Some(parse_offset(offset)?),
        };
        if !time.contains(':') || time.starts_with(['T', 't']) {
            return None;
        }
        Some(Self { civil: parse_day(day)?.to_datetime(time.parse().ok()?), offset, is_utc })
    }

    /// The day, as it is where the moment was written.
    pub(super) fn day(self) -> Date {
        date_of(self.civil.date())
    }

    /// The moment for outputs, if they can hold it. Without an offset it is taken as UTC.
    pub(super) fn to_date_time(self) -> Option<DateTime> {
        let offset = self.offset.unwrap_or(Offset::UTC);
        DateTime::from_unix(offset.to_timestamp(self.civil).ok()?.as_second())
    }

    /// The moment in RFC 3339 with the offset as given; none where none is given.
    pub(super) fn to_rfc3339(self) -> Option<String> {
        let seconds = self.offset?.seconds();
        if self.is_utc {
            return Some(format!("{}Z", self.civil));
        }
        let sign = if seconds < 0 { '-' } else { '+' };
        let minutes = seconds.unsigned_abs() / 60;
        Some(format!("{}{sign}{:02}:{:02}", self.civil, minutes / 60, minutes % 60))
    }
}

/// `+01:00`, `+0100` or `+01`, up to a day (RFC 3339, section 5.6).
fn parse_offset(text: &str) -> Option<Offset> {
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some((hours, minutes)) => (hours, minutes),
        None if digits.len() == 4 => digits.split_at_checked(2)?,
        None => (digits, "00"),
    };
    let (hours, minutes): (i32, i32) = (number(hours, 2)?, number(minutes, 2)?);
    if hours > 23 || minutes > 59 {
        return None;
    }
    Offset::from_seconds(sign * (hours * 60 + minutes) * 60).ok()
}

/// A number of exactly so many digits.
fn number<N: std::str::FromStr>(text: &str, digits: usize) -> Option<N> {
    let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

/// `2024-01-15`, or `2024/01/15` as Hexo and Org write it.
fn parse_day(text: &str) -> Option<civil::Date> {
    let separator = if text.contains('/') { '/' } else { '-' };
    let (year, rest) = text.split_once(separator)?;
    let (month, day) = rest.split_once(separator)?;
    civil::Date::new(number(year, 4)?, number(month, 2)?, number(day, 2)?).ok()
}

/// A date as posts give it: as ISO 8601 has it, `2024/03/05`, `05.03.2024`, `March 5, 2024` or
/// `5 March 2024`. A day and a month between slashes could be either, and is no date.
pub(super) fn parse_date(text: &str) -> Option<Date> {
    let day = || parse_day(text).or_else(|| parse_dotted(text)).or_else(|| parse_words(text));
    parse_iso_date(text).or_else(|| day().map(date_of))
}

fn date_of(day: civil::Date) -> Date {
    let (month, date) = (day.month().unsigned_abs(), day.day().unsigned_abs());
    Date { year: day.year(), month: Some(month), day: Some(date) }
}

/// `05.03.2024`, the day first.
fn parse_dotted(text: &str) -> Option<civil::Date> {
    let mut parts = text.split('.').map(str::trim);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    civil::Date::new(number(year, 4)?, short_number(month)?, short_number(day)?).ok()
}

/// `March 5, 2024`, `Mar. 5, 2024` or `5 March 2024`: English names of months.
fn parse_words(text: &str) -> Option<civil::Date> {
    let mut words = text.split_whitespace();
    let (first, second, year) = (words.next()?, words.next()?, words.next()?);
    if words.next().is_some() {
        return None;
    }
    let (month, day) = match month(first) {
        Some(month) => (month, second.strip_suffix(',').unwrap_or(second)),
        None => (month(second.strip_suffix(',').unwrap_or(second))?, first),
    };
    civil::Date::new(number(year, 4)?, month, short_number(day)?).ok()
}

/// The number of a month, from its English name or the first three letters.
fn month(name: &str) -> Option<i8> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
    let name = if name == "sept" { "sep" } else { name.as_str() };
    let index = NAMES.iter().position(|full| *full == name || full.get(..3) == Some(name))?;
    i8::try_from(index + 1).ok()
}

/// A number of one or two digits.
fn short_number(text: &str) -> Option<i8> {
    number(text, 2).or_else(|| number(text, 1))
}

/// A year, a month, or a day of the calendar (ISO 8601, 5.2).
pub(super) fn parse_iso_date(text: &str) -> Option<Date> {
    let Some((year, rest)) = text.split_once('-') else {
        return Some(Date { year: number(text, 4)?, month: None, day: None });
    };
    if rest.contains('-') {
        return parse_day(text).map(date_of);
    }
    let month = number::<u8>(rest, 2).filter(|month| (1..=12).contains(month))?;
    Some(Date { year: number(year, 4)?, month: Some(month), day: None })
}

/// The first moment of a date, if outputs can hold it.
pub(super) fn start_of(date: Date) -> Option<DateTime> {
    let part = |part: Option<u8>| i8::try_from(part.unwrap_or(1)).unwrap_or(1);
    let day = civil::Date::new(date.year, part(date.month), part(date.day)).ok()?;
    let midnight = day.to_datetime(civil::Time::midnight());
    DateTime::from_unix(Offset::UTC.to_timestamp(midnight).ok()?.as_second())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_a_year_a_month_or_a_day_that_exists() {
        for text in ["1977", "2026-11", "2026-11-02", "2024-02-29"] {
            assert_eq!(parse_date(text).unwrap().to_string(), text);
        }
        for text in
            ["2026-02-29", "2026-13", "2026-1-2", "26-01-02", "November", "2026-11-02-1", ""]
        {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_is_read_as_posts_write_it() {
        for text in [
            "2024/03/05",
            "05.03.2024",
            "5. 3. 2024",
            "March 5, 2024",
            "Mar 5, 2024",
            "mar. 05 2024",
            "5 March 2024",
            "5 Mar 2024",
        ] {
            assert_eq!(
                parse_date(text).map(|date| date.to_string()).as_deref(),
                Some("2024-03-05"),
                "{text}"
            );
            assert_eq!(parse_iso_date(text), None, "{text}");
        }
        assert_eq!(parse_date("Sept 30, 2024").unwrap().month, Some(9));
        for text in
            ["03/05/2024", "2024/13/01", "31.02.2024", "Marc 5, 2024", "5 March 24", "M 5 2024"]
        {
            assert_eq!(parse_date(text), None, "{text}");
        }
        let moment = Moment::parse("2024/03/05 10:30:00").unwrap().to_date_time().unwrap();
        assert_eq!(moment.to_string(), "2024-03-05T10:30:00Z");
    }

    #[test]
    fn a_moment_is_read_as_rfc_3339_jekyll_and_hugo_write_it() {
        let moment = |text| Moment::parse(text).unwrap().to_date_time().unwrap().to_string();
        assert_eq!(moment("2024-01-15T10:30:00Z"), "2024-01-15T10:30:00Z");
        assert_eq!(moment("2024-01-15 10:30:00 +0100"), "2024-01-15T09:30:00Z");
        assert_eq!(moment("2024-01-15T23:30:00.25-07:00"), "2024-01-16T06:30:00Z");
        assert_eq!(moment("2024-01-15 10:30"), "2024-01-15T10:30:00Z");
        for text in ["2024-01-15", "2024-01-15T", "2024-01-15 25:00", "2024-01-15T10:30:00+99:00"] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_moment_keeps_its_offset() {
        let written = |text| Moment::parse(text).unwrap().to_rfc3339();
        assert_eq!(written("2026-11-02T09:00:00-03:30").unwrap(), "2026-11-02T09:00:00-03:30");
        assert_eq!(written("2026-11-02 09:00 +0100").unwrap(), "2026-11-02T09:00:00+01:00");
        assert_eq!(written("2026-11-02T09:00:00+00:00").unwrap(), "2026-11-02T09:00:00+00:00");
        assert_eq!(written("2026-11-02T09:00:00z").unwrap(), "2026-11-02T09:00:00Z");
        assert_eq!(written("2026-11-02T09:00:00"), None);
    }
}
