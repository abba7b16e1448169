// The agenda: what waits for a person today, what he is reminded of, and his calendar.
export { type Today, today } from './today.ts';
