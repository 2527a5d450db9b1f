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
        let month = Some(self.civil.month().unsigned_abs());
        let day = Some(self.civil.day().unsigned_abs());
        Date { year: self.civil.year(), month, day }
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

fn parse_day(text: &str) -> Option<civil::Date> {
    let (year, rest) = text.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    civil::Date::new(number(year, 4)?, number(month, 2)?, number(day, 2)?).ok()
}

/// A year, a month, or a day of the calendar (ISO 8601, 5.2).
pub(super) fn parse_date(text: &str) -> Option<Date> {
    let Some((year, rest)) = text.split_once('-') else {
        return Some(Date { year: number(text, 4)?, month: None, day: None });
    };
    if rest.contains('-') {
        let date = parse_day(text)?;
        let month = Some(date.month().unsigned_abs());
        return Some(Date { year: date.year(), month, day: Some(date.day().unsigned_abs()) });
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
