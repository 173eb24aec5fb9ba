/** What this browser remembers about the desk. A browser that forgets, or may not remember, works as well. */
export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(`desk.${name}`);
  } catch {
    return null;
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(`desk.${name}`, value);
  } catch {
    // Private windows may refuse; the choice then lasts as long as the page.
  }
}

export function forget(name: string): void {
  try {
    localStorage.removeItem(`desk.${name}`);
  } catch {
    // Nothing is remembered there.
  }
}
