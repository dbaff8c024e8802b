#!/usr/bin/env python3
"""Recomputes every figure of src/resources from its formula, independently of the server.

Run by hand from the root of the repository: python3 tests/documents/figures.py
Written and last run with Python 3.11.7, numpy 2.4.6, scipy 1.17.1, mpmath 1.4.1.

A document states its figures in prose and, on a line of its own that clients never see, how they come about:
  <!-- check: TOOL {arguments} path=figure path=figure~tolerance -->   what the tool gives (tests/documents.rs calls it)
  <!-- value: expression = figure -->                                  what no single tool gives
  <!-- cited: figure figure -->                                        what a source named in the prose says
A figure holds to the digits shown; with a tolerance (simulations) the exact value must be within a tenth of it.
"""
import json
import math
import pathlib
import re
import statistics
import sys
from datetime import date

import mpmath
import numpy as np
from scipy import optimize, stats
from scipy.stats import qmc

TOOLS = {}


def tool(function):
    TOOLS[function.__name__] = function
    return function


# ---- time value of money and loans ----

def growth(rate, periods):
    return mpmath.mpf(1 + mpmath.mpf(str(rate))) ** periods


def annuity(rate, periods, due):
    """Present value of 1 a period."""
    sum_ = mpmath.fsum(growth(rate, -k) for k in range(1, periods + 1))
    return sum_ * (growth(rate, 1) if due else 1)


@tool
def calculate_present_value(futureValue, rate, periods):
    return {"presentValue": futureValue / growth(rate, periods)}


@tool
def calculate_future_value(presentValue, rate, periods):
    return {"futureValue": presentValue * growth(rate, periods)}


@tool
def calculate_annuity_pv(payment, rate, periods, type="ordinary"):
    return {"presentValue": payment * annuity(rate, periods, type == "due"), "totalPayments": payment * periods}


@tool
def calculate_annuity_fv(payment, rate, periods, type="ordinary"):
    value = payment * annuity(rate, periods, type == "due") * growth(rate, periods)
    return {"futureValue": value, "totalPayments": payment * periods, "totalInterest": value - payment * periods}


@tool
def calculate_payment(presentValue, rate, periods, futureValue=0, type="ordinary"):
    pmt = (presentValue - futureValue * growth(rate, -periods)) / annuity(rate, periods, type == "due")
    total = pmt * periods
    return {"payment": pmt, "totalPayments": total, "totalInterest": total + futureValue - presentValue}


@tool
def create_amortization_schedule(principal, annualRate, years, frequency):
    m = {"monthly": 12, "quarterly": 4, "annual": 1}[frequency]
    out = calculate_payment(principal, annualRate / m, years * m)
    balance, rows = mpmath.mpf(principal), []
    for number in range(1, years * m + 1):
        interest = balance * annualRate / m
        balance -= out["payment"] - interest
        rows.append({"number": number, "interest": interest, "principal": out["payment"] - interest, "balance": balance})
    return {**out, "numberOfPayments": years * m, "schedule": rows[:3] + rows[-3:]}


def npv(rate, flows):
    return mpmath.fsum(cf / growth(rate, t) for t, cf in enumerate(flows))


def verdict(value):
    return "accept" if value > 0 else "reject"


@tool
def calculate_npv(rate, cashFlows):
    value = npv(rate, cashFlows)
    return {"npv": value, "decision": verdict(value), "periodCount": len(cashFlows) - 1}


@tool
def calculate_irr(cashFlows):
    roots = [1 / v.real - 1 for v in np.roots(cashFlows[::-1]) if abs(v.imag) < 1e-9 and v.real > 0]
    irr, *others = sorted(roots, key=lambda r: abs(r - 0.1))
    return {"irr": irr, "otherRoots": sorted(others)}


def dated(flows):
    start = date.fromisoformat(flows[0]["date"])
    return [(f["amount"], mpmath.mpf((date.fromisoformat(f["date"]) - start).days) / 365) for f in flows]


@tool
def calculate_xnpv(rate, cashFlows):
    value = mpmath.fsum(cf / growth(rate, t) for cf, t in dated(cashFlows))
    return {"npv": value, "decision": verdict(value)}


@tool
def calculate_xirr(cashFlows):
    return {"irr": mpmath.findroot(lambda r: mpmath.fsum(cf / (1 + r) ** t for cf, t in dated(cashFlows)), 0.1)}


def payback(flows):
    total = 0
    for t, cf in enumerate(flows):
        if t and total + cf >= 0:
            return t, t - 1 + -total / cf
        total += cf
    return None, None


@tool
def calculate_payback_period(cashFlows):
    whole, part = payback(cashFlows)
    return {"paybackPeriod": whole, "interpolatedPayback": part, "finalCumulative": sum(cashFlows)}


@tool
def calculate_discounted_payback_period(discountRate, cashFlows):
    present = [cf / growth(discountRate, t) for t, cf in enumerate(cashFlows)]
    return {"discountedPaybackPeriod": payback(present)[0], "finalCumulativePv": mpmath.fsum(present)}


@tool
def calculate_profitability_index(discountRate, cashFlows):
    present = [cf / growth(discountRate, t) for t, cf in enumerate(cashFlows)]
    return {"profitabilityIndex": sum(x for x in present if x > 0) / -sum(x for x in present if x < 0)}


@tool
def convert_interest_rate(rate, fromBasis, toBasis, fromCompoundingPerYear=None, toCompoundingPerYear=None):
    r, m, k = mpmath.mpf(str(rate)), fromCompoundingPerYear, toCompoundingPerYear
    force = {"effective_annual": lambda: mpmath.log(1 + r), "nominal": lambda: m * mpmath.log(1 + r / m), "continuous": lambda: r}
    back = {"effective_annual": lambda x: mpmath.e ** x - 1, "nominal": lambda x: k * (mpmath.e ** (x / k) - 1), "continuous": lambda x: x}
    x = force[fromBasis]()
    return {"rate": back[toBasis](x), "effectiveAnnualRate": mpmath.e ** x - 1}


# ---- statistics ----

@tool
def descriptive_stats_extended(values):
    quartile = lambda p: float(np.percentile(values, p))  # linear interpolation, type 7
    return {
        "mean": statistics.fmean(values), "median": statistics.median(values), "stdDev": statistics.stdev(values),
        "variance": statistics.variance(values), "skewness": float(stats.skew(values, bias=False)), "n": len(values),
        "p25": quartile(25), "p75": quartile(75), "interquartileRange": quartile(75) - quartile(25),
    }


@tool
def calculate_correlation(x, y):
    r = statistics.correlation(x, y)
    return {"correlation": r, "rSquared": r * r}


@tool
def spearmans_correlation(x, y):
    return {"rho": float(stats.spearmanr(x, y).statistic)}


@tool
def calculate_covariance(x, y, population="sample"):
    value = statistics.covariance(x, y)
    return {"covariance": value if population == "sample" else value * (len(x) - 1) / len(x)}


@tool
def linear_regression(x, y, predictFor=()):
    fit = statistics.linear_regression(x, y)
    return {"slope": fit.slope, "intercept": fit.intercept, "rSquared": statistics.correlation(x, y) ** 2,
            "predictions": [fit.intercept + fit.slope * v for v in predictFor]}


@tool
def calculate_confidence_interval(values, confidenceLevel=0.95):
    mean, error = statistics.fmean(values), statistics.stdev(values) / math.sqrt(len(values))
    t = float(stats.t.ppf((1 + confidenceLevel) / 2, len(values) - 1))
    return {"lower": mean - t * error, "upper": mean + t * error, "criticalValue": t, "standardError": error,
            "marginOfError": t * error, "mean": mean}


@tool
def calculate_z_score(x, y):
    z = math.sqrt((len(x) - 3) / 1.06) * math.atanh(stats.spearmanr(x, y).statistic)
    return {"zScore": z, "pValue": 2 * float(stats.norm.sf(abs(z)))}


@tool
def hypothesis_t_test(sample1, sample2):
    test = stats.ttest_ind(sample1, sample2, equal_var=False)
    return {"tStatistic": float(test.statistic), "degreesOfFreedom": float(test.df), "pValue": float(test.pvalue),
            "meanDifference": statistics.fmean(sample1) - statistics.fmean(sample2)}


@tool
def poisson_probability(x, mu):
    return {"probability": float(stats.poisson.pmf(x, mu))}


@tool
def evaluate_distribution(distribution, parameters, function, values):
    p = parameters
    frozen = {
        "normal": lambda: stats.norm(p["mean"], p["stdDev"]),
        "uniform": lambda: stats.uniform(p["min"], p["max"] - p["min"]),
        "triangular": lambda: stats.triang((p["mode"] - p["min"]) / (p["max"] - p["min"]), p["min"], p["max"] - p["min"]),
        "lognormal": lambda: stats.lognorm(p["logStdDev"], scale=math.exp(p["logMean"])),
        "exponential": lambda: stats.expon(scale=1 / p["rate"]),
        "beta": lambda: stats.beta(p["alpha"], p["beta"]),
        "gamma": lambda: stats.gamma(p["shape"], scale=p["scale"]),
        "weibull": lambda: stats.weibull_min(p["shape"], scale=p["scale"]),
    }[distribution]()
    of = {"cdf": frozen.cdf, "sf": frozen.sf, "quantile": frozen.ppf}[function]
    return {"results": [{"input": v, "value": float(of(v))} for v in values], "mean": float(frozen.mean()),
            "variance": float(frozen.var()), "median": float(frozen.median())}


# ---- simulation ----

def quantile_function(entry):
    p = entry["parameters"]
    if entry["distribution"] == "lognormal":  # mean and standard deviation of the variable itself
        s2 = math.log(1 + (p["stdDev"] / p["mean"]) ** 2)
        return stats.lognorm(math.sqrt(s2), scale=p["mean"] * math.exp(-s2 / 2)).ppf
    return {
        "normal": lambda: stats.norm(p["mean"], p["stdDev"]),
        "uniform": lambda: stats.uniform(p["min"], p["max"] - p["min"]),
        "triangular": lambda: stats.triang((p["mode"] - p["min"]) / (p["max"] - p["min"]), p["min"], p["max"] - p["min"]),
    }[entry["distribution"]]().ppf


def evaluate(formula, inputs):
    names = {f"v{i}": x for i, x in enumerate(inputs)}
    return eval(re.sub(r"\{(\d+)\}", r"v\1", formula).replace("^", "**"), {"__builtins__": {}}, names)


@tool
def run_monte_carlo(inputs, calculation, iterations=10000):
    """Moments and percentiles by 2^20 scrambled Sobol points: to about four digits, with no seed of the server's."""
    points = qmc.Sobol(len(inputs), seed=1).random_base2(20)
    drawn = [quantile_function(entry)(points[:, i]) for i, entry in enumerate(inputs)]
    out = evaluate(calculation, drawn)
    at = lambda p: float(np.percentile(out, p))
    ends = lambda a, b: {"low": at(a), "high": at(b)}
    return {"mean": float(out.mean()), "stdDev": float(out.std(ddof=1)), "median": at(50),
            "standardError": float(out.std(ddof=1)) / math.sqrt(iterations), "ci90": ends(5, 95), "ci95": ends(2.5, 97.5),
            "ci99": ends(0.5, 99.5), "percentiles": {f"p{p}": at(p) for p in (5, 25, 50, 75, 95)}}


@tool
def tornado_analysis(variables, calculation):
    base = [v["baseValue"] for v in variables]
    rows = []
    for i, v in enumerate(variables):
        low, high = (evaluate(calculation, base[:i] + [v[end]] + base[i + 1:]) for end in ("lowValue", "highValue"))
        rows.append({"name": v["name"], "lowOutput": low, "highOutput": high, "range": abs(high - low)})
    return {"baseOutput": evaluate(calculation, base), "impacts": sorted(rows, key=lambda row: -row["range"])}


@tool
def calculate_simulation_var(values, confidenceLevel=0.95):
    ordered = sorted(values)
    k = math.floor((1 - confidenceLevel) * len(ordered) + 1e-9)
    return {"valueAtRisk": ordered[k], "conditionalValueAtRisk": statistics.fmean(ordered[:k + 1]),
            "probabilityOfLoss": sum(v < 0 for v in values) / len(values)}


# ---- forecasting ----

def series(data):
    return [point["value"] for point in data]


def seasonal(values, m):
    """Ratio to a centred moving average of an even cycle, scaled to mean 1."""
    half = m // 2
    weights = [0.5] + [1] * (m - 1) + [0.5]
    ratios = {}
    for i in range(half, len(values) - half):
        trend = sum(w * v for w, v in zip(weights, values[i - half:i + half + 1])) / m
        ratios.setdefault(i % m, []).append(values[i] / trend)
    means = [statistics.fmean(ratios[i]) for i in range(m)]
    return [x / statistics.fmean(means) for x in means]


@tool
def calculate_seasonal_indices(data, periodsPerYear):
    return {"indices": seasonal(series(data), periodsPerYear)}


@tool
def forecast_with_seasonality(data, periods, periodsPerYear, trendType):
    assert trendType == "linear"
    values, m = series(data), periodsPerYear
    index = seasonal(values, m)
    fit = statistics.linear_regression(range(len(values)), [v / index[i % m] for i, v in enumerate(values)])
    ahead = range(len(values), len(values) + periods)
    return {"forecast": [{"value": (fit.intercept + fit.slope * i) * index[i % m]} for i in ahead]}


@tool
def calculate_moving_average(data, window):
    values = series(data)
    return {"movingAverage": [{"value": statistics.fmean(values[i:i + window])} for i in range(len(values) - window + 1)]}


@tool
def fit_exponential_trend(data):
    fit = statistics.linear_regression(range(len(data)), [math.log(v) for v in series(data)])
    return {"a": math.exp(fit.intercept), "b": fit.slope, "growthRate": math.exp(fit.slope) - 1}


@tool
def fit_linear_trend(data):
    y = series(data)
    fit = statistics.linear_regression(range(len(y)), y)
    return {"slope": fit.slope, "intercept": fit.intercept, "nextProjectedValue": fit.intercept + fit.slope * len(y),
            "rSquared": statistics.correlation(range(len(y)), y) ** 2}


@tool
def calculate_cagr(beginningValue, endingValue, periods):
    return {"cagr": (endingValue / beginningValue) ** (1 / periods) - 1}


# ---- optimisation and portfolios ----

@tool
def newton_raphson_optimize(formula, initialGuess, target=0):
    return {"solution": optimize.newton(lambda x: evaluate(formula, [x]) - target, initialGuess, tol=1e-12)}


@tool
def gradient_descent_optimize(formula, initialValues, sense):
    sign = -1 if sense == "maximize" else 1
    found = optimize.minimize(lambda x: sign * evaluate(formula, x), initialValues, tol=1e-12)
    return {"solution": list(found.x), "objectiveValue": sign * found.fun}


@tool
def optimize_capital_allocation(projects, budget, method="greedy"):
    chosen = []
    if method == "optimal":
        sets = [[p for i, p in enumerate(projects) if bits >> i & 1] for bits in range(2 ** len(projects))]
        fitting = [s for s in sets if sum(p["cost"] for p in s) <= budget]
        chosen = max(fitting, key=lambda s: sum(p["npv"] for p in s))
    else:
        for p in sorted(projects, key=lambda p: -p["npv"] / p["cost"]):
            if p["cost"] + sum(c["cost"] for c in chosen) <= budget:
                chosen.append(p)
    used = sum(p["cost"] for p in chosen)
    return {"totalNpv": sum(p["npv"] for p in chosen), "capitalUsed": used, "capitalRemaining": budget - used}


def portfolio(weights, returns, rf=0.0):
    mean, cov = np.mean(returns, axis=1), np.cov(returns)
    risk = float(np.sqrt(weights @ cov @ weights))
    return {"expectedReturn": float(weights @ mean), "volatility": risk, "sharpeRatio": float(weights @ mean - rf) / risk}


def best(objective, n, low):
    found = optimize.minimize(objective, np.full(n, 1 / n), method="SLSQP", bounds=[(low, None)] * n, tol=1e-16,
                              constraints={"type": "eq", "fun": lambda w: w.sum() - 1}, options={"maxiter": 1000})
    assert found.success, found.message
    return found.x


def named(assets, weights):
    return [{"asset": a, "weight": float(w)} for a, w in zip(assets, weights)]


@tool
def optimize_portfolio(assets, returns, riskFreeRate):
    w = best(lambda w: -portfolio(w, returns, riskFreeRate)["sharpeRatio"], len(assets), 0)
    return {"weights": named(assets, w), **portfolio(w, returns, riskFreeRate)}


@tool
def calculate_efficient_frontier(assets, returns, riskFreeRate):
    """The closed forms without a bound on the weights: S^-1 1 and S^-1 (mu - rf), normalised."""
    mean, inverse = np.mean(returns, axis=1), np.linalg.inv(np.cov(returns))
    least, tangent = inverse @ np.ones(len(assets)), inverse @ (mean - riskFreeRate)
    least, tangent = least / least.sum(), tangent / tangent.sum()
    return {"minimumRisk": {**portfolio(least, returns), "weights": list(least)},
            "maximumSharpe": {**portfolio(tangent, returns, riskFreeRate), "weights": list(tangent)}}


@tool
def calculate_risk_parity(assets, returns):
    cov, n = np.cov(returns), len(assets)
    start = 1 / np.sqrt(np.diag(cov))
    y = optimize.fsolve(lambda y: cov @ y - 1 / (n * y), start, xtol=1e-14)
    w = y / y.sum()
    share = w * (cov @ w) / (w @ cov @ w)
    rows = [{**row, "riskContribution": float(s)} for row, s in zip(named(assets, w), share)]
    return {"weights": rows, "targetContribution": 1 / n, **portfolio(w, returns)}


# ---- options ----

def black_scholes(kind, S, K, T, r, v):
    d1 = (math.log(S / K) + (r + v * v / 2) * T) / (v * math.sqrt(T))
    d2, sign = d1 - v * math.sqrt(T), 1 if kind == "call" else -1
    N = stats.norm.cdf
    return sign * (S * N(sign * d1) - K * math.exp(-r * T) * N(sign * d2)), d1, d2


@tool
def price_black_scholes_option(optionType, spotPrice, strikePrice, timeToExpiry, riskFreeRate, volatility):
    price, d1, d2 = black_scholes(optionType, spotPrice, strikePrice, timeToExpiry, riskFreeRate, volatility)
    return {"price": price, "d1": d1, "d2": d2}


@tool
def calculate_option_greeks(optionType, **a):
    """By differences of the price in 40 digits, not by the closed forms."""
    order = ("spotPrice", "strikePrice", "timeToExpiry", "riskFreeRate", "volatility")
    at = [mpmath.mpf(str(a[name])) for name in order]
    sign = 1 if optionType == "call" else -1

    def price(S, K, T, r, v):
        d1 = (mpmath.log(S / K) + (r + v * v / 2) * T) / (v * mpmath.sqrt(T))
        return sign * (S * mpmath.ncdf(sign * d1) - K * mpmath.exp(-r * T) * mpmath.ncdf(sign * (d1 - v * mpmath.sqrt(T))))

    slope = lambda i, n=1: mpmath.diff(lambda x: price(*at[:i], x, *at[i + 1:]), at[i], n)
    theta = -slope(2)
    return {"price": price(*at), "delta": slope(0), "gamma": slope(0, 2), "vega": slope(4), "vegaPerPercent": slope(4) / 100,
            "thetaPerYear": theta, "thetaPerDay": theta / 365, "rho": slope(3), "rhoPerPercent": slope(3) / 100}


@tool
def calculate_binomial_tree_option(optionType, americanStyle, spotPrice, strikePrice, timeToExpiry, riskFreeRate, volatility, steps=100):
    def tree(american):
        dt = timeToExpiry / steps
        u = math.exp(volatility * math.sqrt(dt))
        p = (math.exp(riskFreeRate * dt) - 1 / u) / (u - 1 / u)
        sign = 1 if optionType == "call" else -1
        pay = lambda n, j: max(0.0, sign * (spotPrice * u ** (2 * j - n) - strikePrice))
        values = [pay(steps, j) for j in range(steps + 1)]
        for n in range(steps - 1, -1, -1):
            kept = [math.exp(-riskFreeRate * dt) * (p * values[j + 1] + (1 - p) * values[j]) for j in range(n + 1)]
            values = [max(k, pay(n, j)) for j, k in enumerate(kept)] if american else kept
        return values[0]
    european = tree(False)
    price = tree(True) if americanStyle else european
    exact = black_scholes(optionType, spotPrice, strikePrice, timeToExpiry, riskFreeRate, volatility)[0]
    return {"price": price, "europeanPrice": european, "earlyExercisePremium": price - european, "blackScholesPrice": exact}


@tool
def value_expansion_option(baseNPV, expansionCost, expansionNPV, volatility, timeToDecision, riskFreeRate):
    option = black_scholes("call", expansionNPV, expansionCost, timeToDecision, riskFreeRate, volatility)[0]
    static = baseNPV + max(0, expansionNPV - expansionCost)
    return {"optionValue": option, "projectValue": baseNPV + option, "traditionalNpv": static,
            "flexibilityValue": baseNPV + option - static}


@tool
def value_abandonment_option(projectNPV, salvageValue, volatility, timeToDecision, riskFreeRate):
    option = black_scholes("put", projectNPV, salvageValue, timeToDecision, riskFreeRate, volatility)[0]
    return {"optionValue": option, "totalValue": projectNPV + option, "valueIncreasePercent": 100 * option / projectNPV}


# ---- risk ----

@tool
def run_stress_test(scenario, baseRevenue, baseCosts, baseNPV):
    revenue, cost = {"recession": (-0.15, 0.05), "crisis": (-0.30, 0.10), "supplyShock": (-0.05, 0.25)}[scenario]
    sales, costs = baseRevenue * (1 + revenue), baseCosts * (1 + cost)
    return {"stressedRevenue": sales, "stressedCosts": costs, "stressedProfit": sales - costs,
            "profitImpact": sales - costs - baseNPV, "profitImpactPercent": (sales - costs - baseNPV) / abs(baseNPV)}


@tool
def calculate_comprehensive_risk(returns, riskFreeRate):
    r, n = sorted(returns), len(returns)
    k = lambda c: max(0, math.floor(n * (1 - c) + 1e-9) - 1)
    wealth, peak, drawdown = 1.0, 1.0, 0.0
    for x in returns:
        wealth *= 1 + x
        peak = max(peak, wealth)
        drawdown = max(drawdown, 1 - wealth / peak)
    downside = math.sqrt(sum(min(x - riskFreeRate, 0) ** 2 for x in r) / n)
    excess = statistics.fmean(r) - riskFreeRate
    tail = statistics.fmean(r[:k(0.95) + 1])
    out = {"var95": r[k(0.95)], "cvar95": tail, "maxDrawdown": drawdown, "sharpeRatio": excess / statistics.stdev(r),
           "sortinoRatio": excess / downside, "tailRisk": abs(tail / r[k(0.95)]), "skewness": float(stats.skew(r)),
           "excessKurtosis": float(stats.kurtosis(r))}
    marks = [-out["var95"] > 0.03, drawdown > 0.2, out["sharpeRatio"] < 0.5, out["tailRisk"] > 1.3,
             out["skewness"] < -0.5, out["excessKurtosis"] > 1]
    return {**out, "riskScore": sum(marks)}


@tool
def calculate_value_at_risk(returns, portfolioValue, confidenceLevel, riskFreeRate=0.0):
    r, n = sorted(returns), len(returns)
    k = max(0, math.floor(n * (1 - confidenceLevel) + 1e-9) - 1)
    out = calculate_comprehensive_risk(returns, riskFreeRate)
    return {**out, "valueAtRisk": r[k], "conditionalValueAtRisk": statistics.fmean(r[:k + 1]),
            "var95Loss": max(0, -out["var95"]) * portfolioValue}


@tool
def aggregate_portfolio_risk(portfolioVaRs, correlations):
    v, c = np.array(portfolioVaRs), np.array(correlations)
    total = float(np.sqrt(v @ c @ v))
    rows = [{"marginalVaR": float(m), "riskContribution": float(m * x)} for m, x in zip(c @ v / total, v)]
    return {"aggregatedVaR": total, "simpleSum": float(v.sum()), "diversificationBenefit": float(v.sum()) - total,
            "diversificationPercent": 1 - total / float(v.sum()), "portfolios": rows}


# ---- the documents ----

def reach(result, path):
    for step in path.split("."):
        result = result[int(step)] if step.isdigit() else result[step]
    return result


def agrees(value, figure):
    figure, _, tolerance = figure.partition("~")
    if isinstance(value, str):
        return value == figure
    percent = figure.endswith("%")
    shown = figure.rstrip("%").replace(",", "")
    digits = len(shown.partition(".")[2])
    value = float(value) * (100 if percent else 1)
    slack = float(tolerance) / 10 if tolerance else 0.5 * 10 ** -digits * (1 + 1e-6)
    return abs(value - float(shown)) <= slack


def marks(text):
    """Each figure of a document with what it should be."""
    for name, rest in re.findall(r"^<!-- check: (\w+) (.*) -->$", text, re.M):
        arguments, end = json.JSONDecoder().raw_decode(rest)
        result = TOOLS[name](**arguments)
        for path, figure in (pair.split("=") for pair in rest[end:].split()):
            yield f"{name}.{path}", reach(result, path), figure
    for expression, figure in re.findall(r"^<!-- value: (.*) = (\S+) -->$", text, re.M):
        yield expression, eval(expression, {"math": math, "stats": stats, "np": np}), figure


def main():
    mpmath.mp.dps = 40
    root = pathlib.Path(__file__).resolve().parents[2] / "src" / "resources"
    checked = wrong = 0
    for path in sorted(root.rglob("*.md")):
        for place, value, figure in marks(path.read_text()):
            checked += 1
            if not agrees(value, figure):
                wrong += 1
                print(f"{path.name}: {place} is {value}, not {figure}")
    print(f"{checked} figures, {wrong} wrong")
    sys.exit(1 if wrong or not checked else 0)


if __name__ == "__main__":
    main()
