/** One saved text of a section. */
export interface TextVersion {
  /** SharePoint's number, such as `3.0`. */
  readonly version: string;
  readonly text: string;
  /** Null when nobody knows any more. */
  readonly by: string | null;
  /** ISO instant. */
  readonly at: string;
}

/**
 * The saves in which the text became another one, newest first. A save that left the text alone, as after somebody
 * touched another column in SharePoint, is no version of it.
 */
export function textVersions(saves: readonly TextVersion[]): readonly TextVersion[] {
  return saves.filter(({ text }, index) => text !== saves[index + 1]?.text);
}
