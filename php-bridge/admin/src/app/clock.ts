// The shop's own time: working hours are meant in it, wherever the admin sits.

/** This moment, or one as `<input type="datetime-local">` gives it, in the shop's time. */
export function shopTime(offset: string, at = ''): string {
  if (at !== '') return `${at.length === 16 ? `${at}:00` : at}${offset}`;
  return `${new Date(Date.now() + minutes(offset) * 60_000).toISOString().slice(0, 19)}${offset}`;
}

function minutes(offset: string): number {
  const [, sign, hours, rest] = /^([+-])(\d\d):(\d\d)$/.exec(offset) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(rest ?? 0));
}
