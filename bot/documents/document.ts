/** What goes into a document: everything said, nothing left to look up. */
export interface DocumentContent {
  readonly title: string;
  /** The lines below the title, such as the day it is of. */
  readonly lines: readonly string[];
  readonly sections: readonly {
    readonly title: string;
    /** Markdown; may be empty. */
    readonly text: string;
    /** True for what would take too long to read as Markdown: it is shown as it was typed. */
    readonly asTyped: boolean;
    /** What is said below it, such as who changed it last. */
    readonly note: string;
  }[];
}
