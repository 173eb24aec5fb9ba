import type { SetUp } from '../../../domain/community.ts';
import type { Switches } from '../../../domain/switches.ts';
import type { Clock, Figures, Reports } from '../../ports.ts';

/** What is so of the server since its start. */
export interface ServerFacts {
  readonly version: string;
  /** The newest one that it knows. */
  readonly migration: string;
  readonly forgetAfterDays: number;
}

export interface AdministrationParts {
  readonly reports: Reports;
  readonly figures: Figures;
  readonly server: ServerFacts;
  readonly switches: Switches;
  readonly setUp: Pick<SetUp, 'by'>;
  readonly clock: Clock;
}
