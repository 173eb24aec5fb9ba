/** Shows everything anew when its pages were built anew, or the server began anew: for whoever changes the code. */
export function reloadWhenBuilt(): void {
  let known: string | undefined;
  setInterval(() => {
    void fetch('/desk/pages')
      .then(async response => {
        if (!response.ok) return;
        const built = await response.text();
        if (known !== undefined && built !== known) location.reload();
        known = built;
      })
      // The server begins anew.
      .catch(() => undefined);
  }, 1000);
}
