/**
 * Zod tries once whether it may make code from text, which the tabs' security policy refuses and browsers note in the
 * console. This tells it not to ask, and so has to run before the first schema is made: main.tsx imports it first, and
 * vite.config.ts keeps it in a file of its own.
 */
(globalThis as { __zod_globalConfig?: { jitless: boolean } }).__zod_globalConfig = { jitless: true };

export {};
