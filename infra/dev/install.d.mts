/** npm as a program and the arguments that come before its own. */
export function findNpm(): { readonly command: string; readonly args: readonly string[]; readonly shell: boolean };
