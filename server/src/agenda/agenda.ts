// The agenda: what waits for a person today, what he is reminded of, and his calendar.
export { endFeed, feedOf, makeFeed, open } from './calendar.ts';
export { type Pause, pause, paused, pauseOf, resume, timesAway, waiting } from './pauses.ts';
export { choose, remind, settingsOf, sweep } from './reminders.ts';
export { type Today, today } from './today.ts';
