export interface Room {
  readonly name: string;
  readonly files: RegExp;
  readonly may: readonly string[];
  readonly packages: readonly string[];
  readonly node: boolean;
  readonly advice: string;
}

export const rooms: readonly Room[];
export const keepers: Readonly<Record<string, string>>;
export function roomOf(file: string): Room | undefined;
export function refusal(file: string, target: string): string | undefined;
