import type { FileAnswer } from '../../domain/endpoint.ts';

/** Has the browser keep a file. It sends no token with a link, so the page fetches the file and hands it over. */
export function saveFile({ name, type, bytes }: FileAnswer): void {
  const address = URL.createObjectURL(new Blob([bytes.slice()], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Some browsers read it only after this turn.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
