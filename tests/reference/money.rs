//! Money against Java's table of rounding modes, Python's decimal and ISO 4217.

use businessmath_mcp::math::decimal::{Decimal, Rounding, Rounding::*};
use businessmath_mcp::math::finance::money::{
    Grain, Remainder, allocate, codes, minor_unit, round, round_preserving,
};

const MODES: [Rounding; 7] = [HalfEven, HalfUp, HalfDown, Up, Down, Ceiling, Floor];

fn decimal(text: &str) -> Decimal {
    Decimal::parse(text).unwrap()
}

fn rounded(text: &str, decimals: u32, mode: Rounding) -> String {
    round(decimal(text), Grain { step: 1, decimals }, mode).unwrap().to_string()
}

/// Java SE documentation, `java.math.RoundingMode`, summary of rounding operations.
#[test]
fn java_rounding_modes() {
    let inputs = ["5.5", "2.5", "1.6", "1.1", "1.0", "-1.0", "-1.1", "-1.6", "-2.5", "-5.5"];
    let table = [
        (Up, [6, 3, 2, 2, 1, -1, -2, -2, -3, -6]),
        (Down, [5, 2, 1, 1, 1, -1, -1, -1, -2, -5]),
        (Ceiling, [6, 3, 2, 2, 1, -1, -1, -1, -2, -5]),
        (Floor, [5, 2, 1, 1, 1, -1, -2, -2, -3, -6]),
        (HalfUp, [6, 3, 2, 1, 1, -1, -1, -2, -3, -6]),
        (HalfDown, [5, 2, 2, 1, 1, -1, -1, -2, -2, -5]),
        (HalfEven, [6, 2, 2, 1, 1, -1, -1, -2, -2, -6]),
    ];
    for (mode, wanted) in table {
        assert_eq!(inputs.map(|input| rounded(input, 0, mode)), wanted.map(|n| n.to_string()), "{mode:?}");
    }
}

/// Amount, decimals, and the results in the order of [`MODES`]: Python 3.11 decimal, quantize at 60 digits.
const PYTHON: &[(&str, u32, [&str; 7])] = &[
    (
        "-0.000049755",
        8,
        [
            "-0.00004976",
            "-0.00004976",
            "-0.00004975",
            "-0.00004976",
            "-0.00004975",
            "-0.00004975",
            "-0.00004976",
        ],
    ),
    ("-12.5", 0, ["-12", "-13", "-12", "-13", "-12", "-12", "-13"]),
    (
        "872222592612964987478743.5185",
        3,
        [
            "872222592612964987478743.518",
            "872222592612964987478743.519",
            "872222592612964987478743.518",
            "872222592612964987478743.519",
            "872222592612964987478743.518",
            "872222592612964987478743.519",
            "872222592612964987478743.518",
        ],
    ),
    ("-0.0945", 3, ["-0.094", "-0.095", "-0.094", "-0.095", "-0.094", "-0.094", "-0.095"]),
    ("-0.410999321", 0, ["0", "0", "0", "-1", "0", "0", "-1"]),
    (
        "821233.955",
        2,
        ["821233.96", "821233.96", "821233.95", "821233.96", "821233.95", "821233.96", "821233.95"],
    ),
    ("-0.00000000000195934753", 0, ["0", "0", "0", "-1", "0", "0", "-1"]),
    (
        "4087543137800805832.757397485",
        8,
        [
            "4087543137800805832.75739748",
            "4087543137800805832.75739749",
            "4087543137800805832.75739748",
            "4087543137800805832.75739749",
            "4087543137800805832.75739748",
            "4087543137800805832.75739749",
            "4087543137800805832.75739748",
        ],
    ),
    (
        "562828.915",
        2,
        ["562828.92", "562828.92", "562828.91", "562828.92", "562828.91", "562828.92", "562828.91"],
    ),
    ("-183", 3, ["-183.000", "-183.000", "-183.000", "-183.000", "-183.000", "-183.000", "-183.000"]),
    (
        "5940892453134583.5",
        0,
        [
            "5940892453134584",
            "5940892453134584",
            "5940892453134583",
            "5940892453134584",
            "5940892453134583",
            "5940892453134584",
            "5940892453134583",
        ],
    ),
    ("-9.3235", 3, ["-9.324", "-9.324", "-9.323", "-9.324", "-9.323", "-9.323", "-9.324"]),
    (
        "9485050952447.6605",
        3,
        [
            "9485050952447.660",
            "9485050952447.661",
            "9485050952447.660",
            "9485050952447.661",
            "9485050952447.660",
            "9485050952447.661",
            "9485050952447.660",
        ],
    ),
    ("-0.825", 2, ["-0.82", "-0.83", "-0.82", "-0.83", "-0.82", "-0.82", "-0.83"]),
    ("4813.5", 0, ["4814", "4814", "4813", "4814", "4813", "4814", "4813"]),
    ("-39.5", 0, ["-40", "-40", "-39", "-40", "-39", "-39", "-40"]),
    (
        "-26418545.5",
        0,
        ["-26418546", "-26418546", "-26418545", "-26418546", "-26418545", "-26418545", "-26418546"],
    ),
    ("6.8215", 3, ["6.822", "6.822", "6.821", "6.822", "6.821", "6.822", "6.821"]),
    ("5.3425", 3, ["5.342", "5.343", "5.342", "5.343", "5.342", "5.343", "5.342"]),
    ("-0.00000000000000057866", 3, ["0.000", "0.000", "0.000", "-0.001", "0.000", "0.000", "-0.001"]),
    (
        "3986596125244652.5",
        0,
        [
            "3986596125244652",
            "3986596125244653",
            "3986596125244652",
            "3986596125244653",
            "3986596125244652",
            "3986596125244653",
            "3986596125244652",
        ],
    ),
    ("85.4", 0, ["85", "85", "85", "86", "85", "86", "85"]),
    (
        "-92679583844546426493350.29755",
        8,
        [
            "-92679583844546426493350.29755000",
            "-92679583844546426493350.29755000",
            "-92679583844546426493350.29755000",
            "-92679583844546426493350.29755000",
            "-92679583844546426493350.29755000",
            "-92679583844546426493350.29755000",
            "-92679583844546426493350.29755000",
        ],
    ),
    (
        "0.000072625",
        8,
        ["0.00007262", "0.00007263", "0.00007262", "0.00007263", "0.00007262", "0.00007263", "0.00007262"],
    ),
];

#[test]
fn python_decimal() {
    for (amount, decimals, wanted) in PYTHON {
        assert_eq!(MODES.map(|mode| rounded(amount, *decimals, mode)), *wanted, "{amount} to {decimals}");
    }
}

/// ISO 4217, list one of 2026-01-01: how many codes have which minor unit, and the currencies that are not in cents.
#[test]
fn iso_4217_minor_units() {
    let count = |wanted: Option<u32>| codes().filter(|code| minor_unit(code) == Ok(wanted)).count();
    assert_eq!([Some(0), Some(2), Some(3), Some(4), None].map(count), [17, 139, 7, 2, 13]);
    for (list, decimals) in
        [("JPY KRW CLP VND ISK XOF", 0), ("USD EUR CHF XCG ZWG", 2), ("KWD BHD TND", 3), ("CLF UYW", 4)]
    {
        for code in list.split(' ') {
            assert_eq!(minor_unit(code), Ok(Some(decimals)), "{code}");
        }
    }
    // Withdrawn: kuna, leva (euro from 2026), Netherlands Antillean guilder, old Zimbabwe dollar.
    for code in ["HRK", "BGN", "ANG", "ZWL", "usd", "US", "", "USDX", "EUR USD"] {
        assert!(minor_unit(code).is_err(), "{code}");
    }
}

fn split(total: &str, weights: &[&str], method: Remainder) -> Vec<String> {
    let weights: Vec<Decimal> = weights.iter().map(|weight| decimal(weight)).collect();
    let total = round(decimal(total), Grain { step: 1, decimals: 2 }, HalfEven).unwrap();
    allocate(total, &weights, method).unwrap().shares.iter().map(|share| share.amount.to_string()).collect()
}

/// M. Fowler, Patterns of Enterprise Application Architecture (2003), Money, p. 494: `Money.dollars(100)` in 3 parts,
/// and 5 cents by 3 to 7.
#[test]
fn fowlers_allocations() {
    assert_eq!(split("100", &["1", "1", "1"], Remainder::First), ["33.34", "33.33", "33.33"]);
    assert_eq!(split("0.05", &["3", "7"], Remainder::First), ["0.02", "0.03"]);
    assert_eq!(split("-0.05", &["3", "7"], Remainder::First), ["-0.02", "-0.03"]);
}

/// Hamilton's apportionment of the US House for the census of 1790 (120 seats) as in Balinski and Young, Fair
/// Representation, 2nd ed., table B.1 of populations: seats instead of cents.
#[test]
fn hamiltons_apportionment_of_1790() {
    let states = [
        (630_560, 21),
        (475_327, 16),
        (432_879, 14),
        (353_523, 12),
        (331_589, 11),
        (278_514, 9),
        (236_841, 8),
        (206_236, 7),
        (179_570, 6),
        (141_822, 5),
        (85_533, 3),
        (70_835, 2),
        (68_705, 2),
        (68_446, 2),
        (55_540, 2),
    ];
    let weights: Vec<Decimal> = states.iter().map(|(people, _)| Decimal::new(*people, 0).unwrap()).collect();
    let shares = allocate(Decimal::new(120, 0).unwrap(), &weights, Remainder::Largest).unwrap().shares;
    let seats: Vec<i128> = shares.iter().map(|share| share.amount.units()).collect();
    assert_eq!(seats, states.map(|(_, seats)| seats));
}

/// By hand: 0.333... rounds to 0.33 three times, which loses a cent of 1.00.
#[test]
fn a_preserved_total() {
    let amounts = ["0.335", "0.335", "0.33"].map(decimal);
    let grain = Grain { step: 1, decimals: 2 };
    let texts = |amounts: &[Decimal], total: &str| {
        let parts = round_preserving(amounts, decimal(total), grain, HalfEven).unwrap();
        parts.iter().map(Decimal::to_string).collect::<Vec<_>>()
    };
    assert_eq!(texts(&amounts, "1"), ["0.34", "0.33", "0.33"]);
    let mirrored = ["-0.335", "-0.335", "-0.33"].map(decimal);
    assert_eq!(texts(&mirrored, "-1"), ["-0.34", "-0.33", "-0.33"]);
    assert_eq!(texts(&["1.004", "-0.999"].map(decimal), "0.005"), ["1.00", "-1.00"]);
}
