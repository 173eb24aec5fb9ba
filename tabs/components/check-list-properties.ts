/** Things to tick. */
export interface CheckListProperties {
  /** What they are together, where nothing around them says so. */
  readonly label?: string;
  readonly items: readonly {
    readonly key: string;
    readonly label: string;
    readonly checked: boolean;
    readonly disabled?: boolean;
  }[];
  readonly change: (key: string, checked: boolean) => void;
}
