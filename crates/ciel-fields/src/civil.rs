//! Nanoseconds since 1970 as people read them, in UTC.

use crate::value::print;

const SECOND: u64 = 1_000_000_000;

/// Appends `2024-11-21`.
pub(crate) fn write_date(time: u64, out: &mut Vec<u8>) {
    let (year, month, day) = date(time / SECOND / 86_400);
    print(out, format_args!("{year:04}-{month:02}-{day:02}"));
}

/// Appends `20:01:56`, or `20:01:56.147483648`.
pub(crate) fn write_time(time: u64, nanoseconds: bool, out: &mut Vec<u8>) {
    let second = time / SECOND % 86_400;
    print(
        out,
        format_args!(
            "{:02}:{:02}:{:02}",
            second / 3600,
            second / 60 % 60,
            second % 60
        ),
    );
    if nanoseconds {
        print(out, format_args!(".{:09}", time % SECOND));
    }
}

/// Year, month and day of a day since 1970-01-01, by eras of 400 years that begin in March.
fn date(day: u64) -> (u64, u64, u64) {
    let day = day + 719_468;
    let era = day / 146_097;
    let of_era = day % 146_097;
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    (era * 400 + year + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        for (time, text) in [
            (0, "1970-01-01 00:00:00.000000000"),
            (951_782_400 * SECOND, "2000-02-29 00:00:00.000000000"),
            (1_732_219_316_147_483_648, "2024-11-21 20:01:56.147483648"),
            (1_735_689_599 * SECOND, "2024-12-31 23:59:59.000000000"),
            (u64::MAX, "2554-07-21 23:34:33.709551615"),
        ] {
            let mut out = Vec::new();
            write_date(time, &mut out);
            out.push(b' ');
            write_time(time, true, &mut out);
            assert_eq!(String::from_utf8_lossy(&out), text);
        }
    }
}
