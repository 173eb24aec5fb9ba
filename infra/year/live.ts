import { createChance } from '../../tests/support/random.ts';
import { later } from './days.ts';
import { keepDiary, weekOfYear, type Diary } from './diary.ts';
import { createPeople } from './people.ts';
import { createProgramme } from './programme.ts';
import { startWorld } from './world.ts';

/** A Sunday, so that the first week has a whole Monday. */
const begins = '2026-11-22';

export interface YearOptions {
  /** Where the product keeps its database. */
  readonly dataDir: string;
  readonly weeks: number;
  readonly seed: number;
  /** Hears of every week that is over. */
  readonly onWeek?: (week: number) => void;
}

/** The year as it was lived. */
export interface Lived {
  readonly diary: Diary;
  /** What the server complained of. */
  readonly complaints: readonly string[];
}

/** The sample community lives so many weeks, a day in some tenths of a second. */
export async function live({ dataDir, weeks, seed, onWeek }: YearOptions): Promise<Lived> {
  const world = await startWorld(dataDir, begins);
  try {
    const diary = keepDiary(world, begins);
    const people = createPeople(world, diary, createChance(seed));
    const programme = createProgramme(world, diary);
    await world.settled();
    people.read(await diary.collect('act'));
    await programme.begin();

    for (let day = begins; weekOfYear(begins, day) <= weeks; day = later(day, 1)) {
      const week = weekOfYear(begins, day);
      const isSunday = day === later(begins, 7 * (week - 1));
      if (day !== begins) {
        await world.moveTo(day, '03:17');
        await world.night();
        people.read(await diary.collect('odd hour'));
        await world.moveTo(day, '09:01');
        people.read(await diary.collect('morning'));
      }
      await diary.look(day);
      await world.moveTo(day, '15:00');
      people.read(await diary.collect('odd hour'));
      if (isSunday) await programme.week(week, day);
      await people.actOn(day);
      if (day === later(begins, 7 * week - 1)) onWeek?.(week);
    }
    return { diary, complaints: world.complaints };
  } finally {
    await world.stop();
  }
}
