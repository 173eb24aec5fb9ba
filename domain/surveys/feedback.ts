import { daysBetween } from '../schedule.ts';

/** Fewer people at an event are not asked afterwards: each would know who wrote what. */
export const fewestThere = 3;
/** How many days after an event people are asked at the latest: who was there may be said some days later. */
const askedWithin = 7;

/** Whether those who were at an event can still be asked how it was, by the day it was on. */
export function isFeedbackDay(day: string, today: string): boolean {
  return today >= day && daysBetween(day, today) <= askedWithin;
}
