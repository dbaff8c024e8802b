//! Holidays of the US: Federal Reserve Banks, government bonds, New York Stock Exchange.
//!
//! Sources: 5 U.S.C. 6103 and its history (Public Laws 90-363, 94-97, 98-144, 117-17); the Federal Reserve's holiday
//! schedules; SIFMA's holiday recommendations; NYSE rule 7.2 and the exchange's list of closings since 1885.
//!
//! Deliberately so: Martin Luther King Day begins in 1986, when it was first kept (the law of 1983 said so), and in
//! 1998 at the NYSE; Juneteenth begins in 2022, since that of 2021 fell on the Saturday after the law. The three markets
//! keep Saturdays' holidays differently: the Federal Reserve never moves them to Friday.

use super::rule::Day::{After, Easter, Fixed, GoodFridayWithoutReport, Nth};
use super::rule::Days::{On, Span};
use super::rule::Moved::{Never, SundayToMonday, ToNearest};
use super::rule::{FOREVER, Once, Rule, Table};
use jiff::civil::Weekday::{Monday, Thursday};

const NEW_YEAR: Rule = Rule::new("New Year's Day", 1900, FOREVER, Fixed(1, 1), SundayToMonday);
const KING: Rule = Rule::new("Martin Luther King Jr. Day", 1986, FOREVER, Nth(3, 1, Monday), Never);
const WASHINGTON: Rule = Rule::new("Washington's Birthday", 1971, FOREVER, Nth(3, 2, Monday), Never);
const WASHINGTON_1900: Rule = Rule::new("Washington's Birthday", 1900, 1970, Fixed(2, 22), SundayToMonday);
const MEMORIAL: Rule = Rule::new("Memorial Day", 1971, FOREVER, Nth(-1, 5, Monday), Never);
const MEMORIAL_1900: Rule = Rule::new("Memorial Day", 1900, 1970, Fixed(5, 30), SundayToMonday);
const LABOR: Rule = Rule::new("Labor Day", 1900, FOREVER, Nth(1, 9, Monday), Never);
const COLUMBUS: Rule = Rule::new("Columbus Day", 1971, FOREVER, Nth(2, 10, Monday), Never);
const ARMISTICE: Rule = Rule::new("Veterans Day", 1938, 1970, Fixed(11, 11), SundayToMonday);
const VETERANS_1971: Rule = Rule::new("Veterans Day", 1971, 1977, Nth(4, 10, Monday), Never);
const VETERANS: Rule = Rule::new("Veterans Day", 1978, FOREVER, Fixed(11, 11), SundayToMonday);
const THANKSGIVING_1900: Rule = Rule::new("Thanksgiving Day", 1900, 1938, Nth(-1, 11, Thursday), Never);
const THANKSGIVING_1939: Rule = Rule::new("Thanksgiving Day", 1939, 1941, After(-7, -1, 11, Thursday), Never);
const THANKSGIVING: Rule = Rule::new("Thanksgiving Day", 1942, FOREVER, Nth(4, 11, Thursday), Never);

/// Before 1971 each Reserve Bank also kept holidays of its state, which are not here.
pub(super) static FEDERAL_RESERVE: Table = Table {
    rules: &[
        NEW_YEAR,
        KING,
        WASHINGTON_1900,
        WASHINGTON,
        MEMORIAL_1900,
        MEMORIAL,
        Rule::new("Juneteenth", 2022, FOREVER, Fixed(6, 19), SundayToMonday),
        Rule::new("Independence Day", 1900, FOREVER, Fixed(7, 4), SundayToMonday),
        LABOR,
        COLUMBUS,
        ARMISTICE,
        VETERANS_1971,
        VETERANS,
        THANKSGIVING_1900,
        THANKSGIVING_1939,
        THANKSGIVING,
        Rule::new("Christmas Day", 1900, FOREVER, Fixed(12, 25), SundayToMonday),
    ],
    once: &[],
};

/// SIFMA's recommendations, and its predecessors' back to 1976; before, the same rules.
pub(super) static GOVERNMENT_BOND: Table = Table {
    rules: &[
        NEW_YEAR,
        KING,
        WASHINGTON_1900,
        WASHINGTON,
        Rule::new("Good Friday", 1900, 1995, Easter(-2), Never),
        Rule::new("Good Friday", 1996, FOREVER, GoodFridayWithoutReport, Never),
        MEMORIAL_1900,
        MEMORIAL,
        Rule::new("Juneteenth", 2022, FOREVER, Fixed(6, 19), ToNearest),
        Rule::new("Independence Day", 1900, FOREVER, Fixed(7, 4), ToNearest),
        LABOR,
        COLUMBUS,
        ARMISTICE,
        VETERANS_1971,
        VETERANS,
        THANKSGIVING_1900,
        THANKSGIVING_1939,
        THANKSGIVING,
        Rule::new("Christmas Day", 1900, FOREVER, Fixed(12, 25), ToNearest),
    ],
    once: &[
        Once(2004, On(&[(6, 11)]), "Mourning for President Reagan"),
        Once(2012, On(&[(10, 30)]), "Hurricane Sandy"),
        Once(2018, On(&[(12, 5)]), "Mourning for President G. H. W. Bush"),
    ],
};

/// Weekdays only: the Saturday sessions, which ended in September 1952, are not here.
pub(super) static NYSE: Table = Table {
    rules: &[
        NEW_YEAR,
        Rule::new("Martin Luther King Jr. Day", 1998, FOREVER, Nth(3, 1, Monday), Never),
        Rule::new("Lincoln's Birthday", 1900, 1953, Fixed(2, 12), SundayToMonday),
        Rule::new("Washington's Birthday", 1900, 1963, Fixed(2, 22), SundayToMonday),
        Rule::new("Washington's Birthday", 1964, 1970, Fixed(2, 22), ToNearest),
        WASHINGTON,
        Rule::new("Good Friday", 1900, 1905, Easter(-2), Never),
        Rule::new("Good Friday", 1908, FOREVER, Easter(-2), Never),
        Rule::new("Memorial Day", 1900, 1963, Fixed(5, 30), SundayToMonday),
        Rule::new("Memorial Day", 1964, 1969, Fixed(5, 30), ToNearest),
        Rule::new("Memorial Day", 1970, 1970, Fixed(5, 30), Never),
        MEMORIAL,
        Rule::new("Juneteenth", 2022, FOREVER, Fixed(6, 19), ToNearest),
        Rule::new("Independence Day", 1900, 1953, Fixed(7, 4), SundayToMonday),
        Rule::new("Independence Day", 1954, FOREVER, Fixed(7, 4), ToNearest),
        LABOR,
        Rule::new("Columbus Day", 1909, 1953, Fixed(10, 12), SundayToMonday),
        Rule::new("Election Day", 1900, 1968, After(1, 1, 11, Monday), Never),
        Rule::new("Election Day", 1972, 1972, After(1, 1, 11, Monday), Never),
        Rule::new("Election Day", 1976, 1976, After(1, 1, 11, Monday), Never),
        Rule::new("Election Day", 1980, 1980, After(1, 1, 11, Monday), Never),
        Rule::new("Veterans Day", 1934, 1953, Fixed(11, 11), SundayToMonday),
        THANKSGIVING_1900,
        THANKSGIVING_1939,
        THANKSGIVING,
        Rule::new("Christmas Day", 1900, 1953, Fixed(12, 25), SundayToMonday),
        Rule::new("Christmas Day", 1954, FOREVER, Fixed(12, 25), ToNearest),
    ],
    once: &[
        Once(1900, On(&[(12, 24)]), "Christmas Eve"),
        Once(1901, On(&[(7, 5)]), "Day after Independence Day"),
        Once(1901, On(&[(9, 19)]), "Funeral of President McKinley"),
        Once(1903, On(&[(4, 22)]), "Opening of the new building"),
        Once(1914, Span((7, 31), (12, 11)), "Outbreak of the war"),
        Once(1917, On(&[(6, 5)]), "Draft registration"),
        Once(1918, On(&[(1, 28), (2, 4), (2, 11)]), "Saving of fuel"),
        Once(1918, On(&[(9, 12)]), "Draft registration"),
        Once(1918, On(&[(11, 11)]), "Armistice"),
        Once(1919, On(&[(3, 25), (5, 6), (9, 10)]), "Parades of returning troops"),
        Once(1921, On(&[(11, 11)]), "Burial of the Unknown Soldier"),
        Once(1923, On(&[(8, 3), (8, 10)]), "Death and funeral of President Harding"),
        Once(1927, On(&[(6, 13)]), "Parade for Charles Lindbergh"),
        Once(1929, On(&[(11, 1), (11, 29)]), "Relief of clerical backlog"),
        Once(1933, Span((3, 6), (3, 14)), "National bank holiday"),
        Once(1945, On(&[(8, 15), (8, 16)]), "Victory over Japan"),
        Once(1945, On(&[(12, 24)]), "Christmas Eve"),
        Once(1956, On(&[(12, 24)]), "Christmas Eve"),
        Once(1958, On(&[(12, 26)]), "Day after Christmas"),
        Once(1961, On(&[(5, 29)]), "Day before Memorial Day"),
        Once(1963, On(&[(11, 25)]), "Funeral of President Kennedy"),
        Once(1968, On(&[(2, 12)]), "Lincoln's Birthday"),
        Once(1968, On(&[(4, 9)]), "Mourning for Martin Luther King Jr."),
        Once(1968, On(&[(6, 12), (6, 19), (6, 26)]), "Paperwork crisis"),
        Once(1968, On(&[(7, 5)]), "Day after Independence Day"),
        Once(1968, On(&[(7, 10), (7, 17), (7, 24), (7, 31)]), "Paperwork crisis"),
        Once(1968, On(&[(8, 7), (8, 14), (8, 21), (8, 28), (9, 11), (9, 18), (9, 25)]), "Paperwork crisis"),
        Once(1968, On(&[(10, 2), (10, 9), (10, 16), (10, 23), (10, 30)]), "Paperwork crisis"),
        Once(1968, On(&[(11, 11)]), "Veterans Day"),
        Once(1968, On(&[(11, 20), (12, 4), (12, 11), (12, 18)]), "Paperwork crisis"),
        Once(1969, On(&[(2, 10)]), "Snow"),
        Once(1969, On(&[(3, 31)]), "Funeral of President Eisenhower"),
        Once(1969, On(&[(7, 21)]), "First landing on the moon"),
        Once(1972, On(&[(12, 28)]), "Funeral of President Truman"),
        Once(1973, On(&[(1, 25)]), "Funeral of President L. B. Johnson"),
        Once(1977, On(&[(7, 14)]), "Blackout in New York"),
        Once(1985, On(&[(9, 27)]), "Hurricane Gloria"),
        Once(1994, On(&[(4, 27)]), "Funeral of President Nixon"),
        Once(2001, Span((9, 11), (9, 14)), "Attack on the World Trade Center"),
        Once(2004, On(&[(6, 11)]), "Mourning for President Reagan"),
        Once(2007, On(&[(1, 2)]), "Mourning for President Ford"),
        Once(2012, On(&[(10, 29), (10, 30)]), "Hurricane Sandy"),
        Once(2018, On(&[(12, 5)]), "Mourning for President G. H. W. Bush"),
        Once(2025, On(&[(1, 9)]), "Mourning for President Carter"),
    ],
};
