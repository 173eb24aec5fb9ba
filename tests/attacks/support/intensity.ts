/**
 * Whether the attacks last as long as somebody has time for (`npm run attacks`), or as long as every change can afford.
 */
export const isLong = process.env['ATTACKS'] === 'long';

export function howMany({ short, long }: { readonly short: number; readonly long: number }): number {
  return isLong ? long : short;
}

/**
 * The seed somebody gave to see a failure again; else every change is judged by the same requests, and the long form
 * draws new ones.
 */
export function chosenSeed(): number {
  return Number(process.env['ATTACK_SEED'] ?? (isLong ? Math.floor(Math.random() * 2 ** 31) : 2026));
}

export function rest(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
