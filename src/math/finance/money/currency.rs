//! Currencies and their minor units.

use crate::math::Error;

/// Codes by the number of decimals of their minor unit; none for metals, units of account and test codes.
const CODES: [(Option<u32>, &str); 5] = [
    (Some(0), "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
    (
        Some(2),
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE \
         CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD \
         HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK \
         MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD \
         RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH \
         USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG",
    ),
    (Some(3), "BHD IQD JOD KWD LYD OMR TND"),
    (Some(4), "CLF UYW"),
    (None, "XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX"),
];

/// Decimals of a currency's minor unit: 2 for USD (cents), 0 for JPY, 3 for KWD; none where the standard says «N.A.».
///
/// # Errors
/// [`Error::UnknownCurrency`] for what is no code in force.
///
/// Source: ISO 4217:2015, list one (current currency and funds codes), as published by the maintenance agency SIX on
/// 2026-01-01.
pub fn minor_unit(code: &str) -> Result<Option<u32>, Error> {
    let listed = |codes: &str| code.len() == 3 && codes.split(' ').any(|listed| listed == code);
    let found = CODES.iter().find(|(_, codes)| listed(codes));
    found.map(|(decimals, _)| *decimals).ok_or(Error::UnknownCurrency)
}

/// All codes in force.
pub fn codes() -> impl Iterator<Item = &'static str> {
    CODES.iter().flat_map(|(_, codes)| codes.split(' '))
}
