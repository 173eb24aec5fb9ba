/** What a text that is written as it reads is given. */
export interface RichTextFieldProps {
  readonly label: string;
  readonly hint?: string | null;
  /** What is wrong with the text; it can still be kept as a draft. */
  readonly fault?: string | null;
  /** Markdown. */
  readonly value: string;
  readonly change: (value: string) => void;
  readonly readOnly?: boolean;
  readonly isTall?: boolean;
  /** Given what takes the focus, once it is there. */
  readonly fieldRef?: (field: HTMLElement | null) => void;
}
