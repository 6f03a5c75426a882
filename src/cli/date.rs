//! The day on which something was written down.

use std::time::{Duration, SystemTime};

/// The day in UTC, as `2026-05-14`. `SOURCE_DATE_EPOCH`, in seconds since 1970, stands for the clock where it is set
/// (<https://reproducible-builds.org/specs/source-date-epoch/>).
pub fn today() -> String {
    let set = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse::<u32>().ok());
    let since = || SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs();
    let (year, month, day) = date((set.map_or_else(since, u64::from) / 86_400) as i64);
    format!("{year}-{month:02}-{day:02}")
}

/// The date of a day counted from 1 January 1970, after Howard Hinnant's `civil_from_days`: years begin in March, so that
/// the leap day is the last of one.
fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day = days.rem_euclid(146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn days_have_their_dates() {
        assert_eq!(date(0), (1970, 1, 1));
        assert_eq!(date(11_016), (2000, 2, 29));
        assert_eq!(date(20_782), (2026, 11, 25));
    }
}
