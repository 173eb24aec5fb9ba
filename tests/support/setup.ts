import { afterAll } from '@jest/globals';
import { stopWhatIsOpen } from './clean-up.ts';
import { watchConsole } from './console.ts';

watchConsole();
// Before the file's own hooks, which may stumble over what never started; what they stop a second time is stopped
// already.
afterAll(stopWhatIsOpen);
