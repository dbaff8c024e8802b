//! Conversion between currencies by given quotes.

use crate::math::decimal::{Decimal, Rounding};
use crate::math::finance::fx::{self, Arbitrage, arbitrages, cross};
use crate::math::finance::money::minor_unit;
use crate::toolkit::{Context, Error, Example, Tool};
use crate::tools::shared::held;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct ConvertCurrency;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Args {
    /// Sold; a negative amount is bought, at the ask [currency].
    amount: f64,
    /// Three letters, such as EUR.
    from_currency: String,
    /// Three letters.
    to_currency: String,
    /// Quotes; none are built in.
    #[schemars(length(min = 1, max = 500))]
    rates: Vec<Rate>,
    /// Look for round trips that gain.
    #[serde(default = "yes")]
    check_arbitrage: bool,
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Rate {
    /// EUR in EUR/USD.
    base: String,
    /// USD in EUR/USD.
    quote: String,
    /// Or bid and ask [quote per base].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    mid: Option<f64>,
    /// For sellers of base [quote per base].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    bid: Option<f64>,
    /// For buyers of base [quote per base].
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    ask: Option<f64>,
}

fn yes() -> bool {
    true
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Output {
    /// amount · rate [toCurrency].
    converted_amount: f64,
    /// convertedAmount half-even to the minor unit of toCurrency [toCurrency].
    rounded_amount: f64,
    /// Executable: bid, ask for a negative amount [toCurrency per fromCurrency].
    rate: f64,
    /// Product of the mids, each (bid + ask) / 2 unless given [toCurrency per fromCurrency].
    mid_rate: f64,
    /// What a seller of fromCurrency gets [toCurrency per fromCurrency].
    bid: f64,
    /// What a buyer of fromCurrency pays [toCurrency per fromCurrency].
    ask: f64,
    /// Currencies passed: fewest quotes, then smallest spread, then order.
    path: Vec<String>,
    /// Round trips of up to four currencies that gain at the executable rates, the largest first, at most 100.
    arbitrage: Vec<Trip>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Trip {
    /// Currencies passed, the first again at the end.
    cycle: Vec<String>,
    /// What one unit of the first earns [decimal].
    gain: f64,
}

impl Tool for ConvertCurrency {
    const NAME: &'static str = "convert_currency";
    const TITLE: &'static str = "Currency conversion and cross rates from given quotes";
    const DESCRIPTION: &'static str = "Converts an amount by the quotes that you give, over several where need be, at the side of the market that is \
        hit, and finds arbitrage among them. It knows no rates of its own.";
    const EXAMPLES: &'static [Example] = &[
        Example {
            arguments: r#"{"amount": 100, "fromCurrency": "EUR", "toCurrency": "JPY", "rates": [
                {"base": "EUR", "quote": "USD", "bid": 1.0998, "ask": 1.1002}, {"base": "USD", "quote": "JPY", "bid": 149.9, "ask": 150.1}]}"#,
            expect: r#"{"convertedAmount": 16486.002, "roundedAmount": 16486, "rate": 164.86002, "midRate": 165, "bid": 164.86002,
                "ask": 165.14002, "path": ["EUR", "USD", "JPY"], "arbitrage": []}"#,
            tolerance: 1e-14,
            source: "by hand: 1.0998 · 149.9, 1.1002 · 150.1",
        },
        Example {
            arguments: r#"{"amount": 1000, "fromCurrency": "USD", "toCurrency": "GBP", "rates": [
                {"base": "GBP", "quote": "USD", "mid": 1.25}, {"base": "EUR", "quote": "USD", "mid": 1.1}, {"base": "EUR", "quote": "GBP", "mid": 0.9}]}"#,
            expect: r#"{"convertedAmount": 800, "rate": 0.8, "path": ["USD", "GBP"],
                "arbitrage": [{"cycle": ["USD", "EUR", "GBP", "USD"], "gain": 0.0227272727272727273}]}"#,
            tolerance: 1e-13,
            source: "by hand: 0.9 / 1.1 · 1.25 = 1.125 / 1.1",
        },
    ];
    const FORMULA: &'static str = "\
        convertedAmount = amount * rate; rate = product of the bids along path from fromCurrency to toCurrency, 1/ask where a quote of rates is passed backwards\n\
        ask likewise with ask and 1/bid, midRate with mid and 1/mid\n\
        arbitrage: product of the executable rates of a round trip - 1 > 1e-12\n\
        Source: definition; J. C. Hull, Options, Futures, and Other Derivatives, 9th ed. (2015), section 5.10";
    type Args = Args;
    type Output = Output;

    fn run(args: Args, cx: &Context) -> Result<Output, Error> {
        let mut codes = Codes(Vec::new());
        let from = codes.place(&args.from_currency, "fromCurrency")?;
        let to = codes.place(&args.to_currency, "toCurrency")?;
        let quotes = quotes(&args.rates, &mut codes)?;
        let found = cross(&quotes, codes.0.len(), from, to)?;
        if args.amount < 0.0 {
            cx.warn("a negative amount of fromCurrency is bought, so the ask applies");
        }
        let rate = if args.amount < 0.0 { found.ask } else { found.bid };
        let converted = args.amount * rate;
        let trips = if args.check_arbitrage {
            arbitrages(&quotes, codes.0.len(), &|| cx.should_stop())?
        } else {
            Vec::new()
        };
        Ok(Output {
            converted_amount: held(converted, "converted amount")?,
            rounded_amount: rounded(converted, &args.to_currency, cx),
            rate,
            mid_rate: found.mid,
            bid: found.bid,
            ask: found.ask,
            path: codes.names(&found.path),
            arbitrage: shown(trips, &codes, cx),
        })
    }
}

/// The currencies of a call, each with its number.
struct Codes(Vec<String>);

impl Codes {
    fn place(&mut self, code: &str, path: impl Into<String>) -> Result<usize, Error> {
        if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
            let code: String = code.chars().take(20).collect();
            return Err(Error::at(path, format!("got {code:?}; wanted: three capital letters, such as EUR")));
        }
        let known = self.0.iter().position(|known| known == code);
        Ok(known.unwrap_or_else(|| {
            self.0.push(code.to_owned());
            self.0.len() - 1
        }))
    }

    fn names(&self, places: &[usize]) -> Vec<String> {
        places.iter().map(|place| self.0[*place].clone()).collect()
    }
}

fn quotes(rates: &[Rate], codes: &mut Codes) -> Result<Vec<fx::Quote>, Error> {
    let mut quotes: Vec<fx::Quote> = Vec::with_capacity(rates.len());
    for (i, rate) in rates.iter().enumerate() {
        let at = |name: &str| format!("rates[{i}].{name}");
        let (base, quote) = (codes.place(&rate.base, at("base"))?, codes.place(&rate.quote, at("quote"))?);
        if base == quote {
            return Err(Error::at(at("quote"), "is the base currency too; give two"));
        }
        let (bid, mid, ask) = rate.sides().map_err(|what| Error::at(format!("rates[{i}]"), what))?;
        let new = fx::Quote { base, quote, bid, mid, ask };
        match quotes.iter().find(|known| (known.base, known.quote) == (base, quote)) {
            None => quotes.push(new),
            Some(known) if *known == new => {}
            Some(_) => {
                let message = format!("quotes {}/{} a second time with other values", rate.base, rate.quote);
                return Err(Error::at(format!("rates[{i}]"), message));
            }
        }
    }
    Ok(quotes)
}

impl Rate {
    /// Bid, mid and ask.
    fn sides(&self) -> Result<(f64, f64, f64), String> {
        let (bid, mid, ask) = match (self.bid, self.mid, self.ask) {
            (Some(bid), mid, Some(ask)) => (bid, mid.unwrap_or(0.5 * bid + 0.5 * ask), ask),
            (None, Some(mid), None) => (mid, mid, mid),
            _ => return Err("wants mid, or both bid and ask".into()),
        };
        if bid <= mid && mid <= ask {
            Ok((bid, mid, ask))
        } else {
            Err(format!("bid {bid}, mid {mid} and ask {ask} are out of order; wanted: bid <= mid <= ask"))
        }
    }
}

/// Half-even to the minor unit of a currency; as it is where there is none.
fn rounded(amount: f64, code: &str, cx: &Context) -> f64 {
    let Ok(Some(decimals)) = minor_unit(code) else {
        cx.warn(format!("{code} has no minor unit in ISO 4217, so roundedAmount is not rounded"));
        return amount;
    };
    // The last digit or two of a product are its rounding errors, which must not decide whether 0.285 is a half.
    let digits = if amount.abs() < 1e11 { format!("{amount:.14e}") } else { amount.to_string() };
    match Decimal::parse(&digits).and_then(|exact| exact.round(1, decimals, Rounding::HalfEven)) {
        Ok(rounded) => rounded.to_f64(),
        Err(_) if amount.abs() < 1.0 => 0.0,
        Err(_) => amount,
    }
}

/// More round trips than this tell only that the quotes do not fit together.
const MOST_TRIPS: usize = 100;

fn shown(trips: Vec<Arbitrage>, codes: &Codes, cx: &Context) -> Vec<Trip> {
    if trips.len() > MOST_TRIPS {
        cx.warn(format!("{} round trips gain; the {MOST_TRIPS} largest gains are listed", trips.len()));
    }
    let trip = |mut trip: Arbitrage| {
        trip.cycle.push(trip.cycle[0]);
        Trip { cycle: codes.names(&trip.cycle), gain: trip.gain }
    };
    trips.into_iter().take(MOST_TRIPS).map(trip).collect()
}
