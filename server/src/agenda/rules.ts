// The hours in which nobody is reminded. Pure.

export type Quiet = { from: number; to: number };

/** From ten in the evening to seven in the morning, unless somebody chooses others. */
export const usualQuiet: Quiet = { from: 22 * 60, to: 7 * 60 };

/** The hours somebody has chosen; the same twice means none. */
export function quietOf(row: { quiet_from: number | null; quiet_to: number | null } | undefined): Quiet {
  return row?.quiet_from == null || row.quiet_to == null
    ? usualQuiet
    : { from: row.quiet_from, to: row.quiet_to };
}

/** Whether that minute of the day lies in the quiet hours, which may go over midnight. */
export function isQuiet({ from, to }: Quiet, minute: number): boolean {
  if (from === to) return false;
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}
