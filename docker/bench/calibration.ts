/** A forecast that was made, and what came of it. */
export interface Judged {
  /** 0 to 1. */
  probability: number;
  isLate: boolean;
}

/** Forecasts of about the same probability beside how often it came true. */
export interface Reliability {
  forecasts: number;
  forecast: number;
  seen: number;
}

/** How good forecasts were. All are shares, 0 to 1; NaN without forecasts. */
export interface Calibration {
  forecasts: number;
  /** How often it came true at all. */
  late: number;
  /** Mean squared error (Brier 1950); 0 is perfect. */
  brier: number;
  /** Mean difference between what was forecast and what came, over tenths of probability, weighted by forecasts. */
  expected_calibration_error: number;
  /** By tenths of probability; tenths without forecasts are left out. */
  reliability: Reliability[];
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Measures forecasts against what came of them. */
export function calibrate(judged: readonly Judged[]): Calibration {
  const tenths = Array.from({ length: 10 }, (_, tenth) =>
    judged.filter(({ probability }) => Math.min(9, Math.floor(probability * 10)) === tenth),
  );
  const reliability = tenths
    .filter((group) => group.length > 0)
    .map((group) => ({
      forecasts: group.length,
      forecast: mean(group.map(({ probability }) => probability)),
      seen: mean(group.map(({ isLate }) => Number(isLate))),
    }));
  const gap = reliability.map(({ forecasts, forecast, seen }) => forecasts * Math.abs(forecast - seen));
  return {
    forecasts: judged.length,
    late: mean(judged.map(({ isLate }) => Number(isLate))),
    brier: mean(judged.map(({ probability, isLate }) => (probability - Number(isLate)) ** 2)),
    expected_calibration_error: gap.reduce((sum, part) => sum + part, 0) / judged.length,
    reliability,
  };
}
