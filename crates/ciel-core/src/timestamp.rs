use std::{fmt, str::FromStr};

/// A moment, in seconds since 1970-01-01T00:00:00Z; leap seconds are not counted.
///
/// Crates that judge read no clock: whoever calls them says what time it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

/// Seconds of a day.
const DAY: i64 = 86_400;

/// A text that is no moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseTimestampError(String);

impl fmt::Display for ParseTimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = &self.0;
        write!(
            f,
            "`{text}` is no time: use RFC 3339, as in 2026-11-23T12:00:00Z, or a date alone"
        )
    }
}

impl std::error::Error for ParseTimestampError {}

impl FromStr for Timestamp {
    type Err = ParseTimestampError;

    /// Reads RFC 3339 (`2026-11-23T12:00:00+01:00`; fractions of seconds are dropped), or a date alone, which is
    /// its midnight in UTC.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse(text.trim()).ok_or_else(|| ParseTimestampError(text.to_owned()))
    }
}

impl Timestamp {
    /// Whole days from this moment to a later one, rounded down; negative if the other is earlier.
    #[must_use]
    pub fn days_until(self, later: Self) -> i64 {
        later.0.saturating_sub(self.0).div_euclid(DAY)
    }

    /// The moment in UTC as RFC 3339 writes it: `2026-11-23T12:00:00Z`.
    #[must_use]
    pub fn to_rfc3339(self) -> String {
        let second = self.0.rem_euclid(DAY);
        let (hour, minute) = (second / 3_600, second / 60 % 60);
        format!("{self}T{hour:02}:{minute:02}:{:02}Z", second % 60)
    }
}

/// The date in UTC: `2026-11-23`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = date_of(self.0.div_euclid(DAY));
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

fn parse(text: &str) -> Option<Timestamp> {
    let (date, time) = match text.find(['T', 't', ' ']) {
        Some(at) => (text.get(..at)?, Some(text.get(at + 1..)?)),
        None => (text, None),
    };
    let mut parts = date.splitn(3, '-');
    let year = number(parts.next()?, 4)?;
    let month = number(parts.next()?, 2)?;
    let day = number(parts.next()?, 2)?;
    if !(1..=12).contains(&month) || !(1..=days_in(year, month)).contains(&day) {
        return None;
    }
    let midnight = day_of(year, month, day) * DAY;
    Some(Timestamp(midnight + time.map_or(Some(0), seconds)?))
}

/// Seconds since midnight in UTC of `12:00:00.5+01:00`.
fn seconds(text: &str) -> Option<i64> {
    let zone = text.find(['Z', 'z', '+', '-'])?;
    let (time, zone) = text.split_at_checked(zone)?;
    let whole = time.split_once('.').map_or(time, |(whole, _)| whole);
    let mut parts = whole.splitn(3, ':');
    let hour = number(parts.next()?, 2).filter(|hour| *hour < 24)?;
    let minute = number(parts.next()?, 2).filter(|minute| *minute < 60)?;
    let second = number(parts.next()?, 2).filter(|second| *second <= 60)?;
    let offset = if zone.eq_ignore_ascii_case("z") {
        0
    } else {
        let (hours, minutes) = zone.get(1..)?.split_once(':')?;
        let offset = number(hours, 2)? * 3_600 + number(minutes, 2)? * 60;
        if zone.starts_with('-') {
            -offset
        } else {
            offset
        }
    };
    Some(hour * 3_600 + minute * 60 + second - offset)
}

fn number(text: &str, digits: usize) -> Option<i64> {
    let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

fn days_in(year: i64, month: i64) -> i64 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01 of a date of the Gregorian calendar. Years begin in March here, so that a leap day is the
/// last of its year.
fn day_of(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The inverse of [`day_of`].
fn date_of(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, seconds: Option<i64>) {
        assert_eq!(text.parse().ok(), seconds.map(Timestamp), "{text}");
    }

    #[test]
    fn moments_are_read() {
        check("1970-01-01T00:00:00Z", Some(0));
        check("2000-02-29T12:30:15Z", Some(951_827_415));
        check("2026-11-23T13:00:00.25+01:00", Some(1_795_435_200));
        check("2026-11-23t11:00:00-01:00", Some(1_795_435_200));
        check("2026-11-23", Some(1_795_392_000));
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for text in [
            "",
            "now",
            "2026-13-01",
            "2026-02-29",
            "2026-11-23T12:00:00",
            "2026-11-23T25:00:00Z",
            "2026-1-1",
            "２０26-11-23",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn dates_are_written_as_they_are_read() {
        for text in [
            "1969-12-31",
            "1970-01-01",
            "2000-02-29",
            "2026-11-23",
            "2100-03-01",
        ] {
            assert_eq!(
                text.parse::<Timestamp>().map(|it| it.to_string()),
                Ok(text.to_owned())
            );
        }
    }

    #[test]
    fn moments_are_written_in_utc() {
        check_written("2000-02-29T13:30:15+01:00", "2000-02-29T12:30:15Z");
        check_written("1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z");
    }

    #[track_caller]
    fn check_written(text: &str, written: &str) {
        let moment = text.parse::<Timestamp>().unwrap();
        assert_eq!(moment.to_rfc3339(), written);
    }

    #[test]
    fn days_are_counted() {
        assert_eq!(Timestamp(0).days_until(Timestamp(DAY * 3 + 5)), 3);
        assert_eq!(Timestamp(0).days_until(Timestamp(-1)), -1);
    }
}
