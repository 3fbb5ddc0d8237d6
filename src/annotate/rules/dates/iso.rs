//! Days, weeks and months in their normal form, by ISO 8601.

use jiff::civil::Date;

/// The normal form of a day; years that have four figures are written without a formatter, since nearly every date has one.
pub(super) fn iso_day(day: Date) -> String {
    match day.year() {
        0..=9999 => {
            let mut iso = iso_month(day.year(), day.month());
            push_pair(&mut iso, '-', day.day());
            iso
        }
        _ => day.to_string(),
    }
}

/// The normal form of a month.
pub(super) fn iso_month(year: i16, month: i8) -> String {
    let mut iso = String::with_capacity("2024-03-23/2024-03-29".len());
    match u8::try_from(year / 100) {
        Ok(hundreds) if year >= 0 && hundreds < 100 => {
            let figures = [hundreds / 10, hundreds % 10, (year % 100 / 10) as u8, (year % 10) as u8];
            iso.extend(figures.map(|figure| char::from(b'0' + figure)));
        }
        _ => iso = format!("{year:04}"),
    }
    push_pair(&mut iso, '-', month);
    iso
}

/// Writes two figures behind a mark.
fn push_pair(iso: &mut String, mark: char, number: i8) {
    iso.push(mark);
    iso.extend([number / 10, number % 10].map(|figure| char::from(b'0' + figure.unsigned_abs())));
}

/// Both ends of a stretch, told by their own forms.
pub(super) fn joined(mut first: String, last: &str) -> String {
    first.push('/');
    first.push_str(last);
    first
}

/// The week of `day`, by ISO 8601.
pub(super) fn iso_week(day: Date) -> String {
    let week = day.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}
