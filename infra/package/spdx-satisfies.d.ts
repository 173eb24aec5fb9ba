declare module 'spdx-satisfies' {
  /**
   * Does an SPDX expression allow what this list of licences allows?
   * @throws Error when it is none
   */
  function satisfies(expression: string, allowed: readonly string[]): boolean;
  export = satisfies;
}
