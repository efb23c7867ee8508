/** makeAttributes returns 25 attributes as a service would have them: 15 numbers, 5 texts, 5 booleans, fresh values each time. */
export function makeAttributes(n: number): Record<string, number | string | boolean> {
  const x = ((n * 2_654_435_761) >>> 0) / 4_294_967_296;
  return {
    "feature.age": 18 + (n % 70),
    "feature.income": 20_000 + x * 100_000,
    "feature.balance": x * 5_000 - 1_000,
    "feature.tenure_months": n % 240,
    "feature.utilisation": x,
    "feature.limit": 1_000 * (1 + (n % 50)),
    "feature.payments_late": n % 4,
    "feature.payments_made": n % 48,
    "feature.average_basket": 12.5 + x * 80,
    "feature.visits_7d": n % 20,
    "feature.visits_30d": n % 90,
    "feature.distance_km": x * 300,
    "feature.temperature": 15 + x * 20 - 10,
    "feature.hour": n % 24,
    "feature.weekday": n % 7,
    "feature.country": COUNTRIES[n % COUNTRIES.length] as string,
    "feature.channel": n % 3 === 0 ? "web" : "app",
    "feature.segment": `segment-${n % 12}`,
    "feature.device": n % 2 === 0 ? "ios" : "android",
    "feature.campaign": `campaign-${n % 40}`,
    "feature.is_new": n % 5 === 0,
    "feature.has_card": n % 3 !== 0,
    "feature.is_weekend": n % 7 > 4,
    "feature.opted_in": n % 2 === 0,
    "feature.is_fraud_listed": n % 997 === 0,
  };
}
const COUNTRIES = ["DE", "FR", "GB", "US", "JP", "BR"];
