export const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
export type Day = (typeof days)[number]

/** Hours of the wall clock in which a job may run, from the beginning of `from` to the beginning of `to`: 0 to 24. What crosses midnight is two windows. */
export interface ScheduleWindow {
  readonly days: readonly Day[]
  readonly from: number
  readonly to: number
}

/** When a job that is wanted runs. Without windows: at any time. */
export interface Schedule {
  /** Not before this: ISO 8601. */
  readonly notBefore?: string
  /** IANA name of the zone whose wall clock the windows mean, so that every engine reads them alike. */
  readonly timeZone: string
  readonly windows?: readonly ScheduleWindow[]
  /** Hours after a mailbox was completed until its next delta migration. */
  readonly deltaEvery?: number
}

const minute = 60_000
/** Zones are off UTC by whole quarters of an hour, and change by such. */
const quarter = 15 * minute
/** Two weeks and a day: the only hour of a week may be the one that daylight saving leaves out. */
const mostAhead = 15 * 24 * 60 * minute

/**
 * Whether a job may run at a time, in milliseconds since the epoch. By the wall clock: an hour that daylight saving leaves out doesn't come, one that it repeats
 * comes twice.
 */
export const mayRunAt = (schedule: Schedule | undefined, at: number): boolean => {
  if (schedule === undefined) return true
  const { notBefore, timeZone, windows } = schedule
  if (notBefore !== undefined && at < Date.parse(notBefore)) return false
  return windows === undefined || isInside(windows, wallClock(timeZone)(at))
}

/** When a job that may not run now may run next, in milliseconds since the epoch; nothing where its windows leave no time. */
export const nextRunAt = ({ notBefore, timeZone, windows }: Schedule, now: number): number | undefined => {
  const first = Math.max(now, notBefore === undefined ? now : Date.parse(notBefore))
  if (windows === undefined) return first
  const clock = wallClock(timeZone)
  if (isInside(windows, clock(first))) return first
  const begin = Math.ceil(first / quarter) * quarter
  for (let at = begin; at <= begin + mostAhead; at += quarter) if (isInside(windows, clock(at))) return at
  return undefined
}

interface WallClock {
  readonly day: Day
  readonly hour: number
}

const isInside = (windows: readonly ScheduleWindow[], { day, hour }: WallClock): boolean =>
  windows.some(window => window.days.includes(day) && hour >= window.from && hour < window.to)

const wallClock = (timeZone: string): ((at: number) => WallClock) => {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, weekday: 'long', hour: 'numeric', hourCycle: 'h23' })
  return at => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]))
    const name = parts.get('weekday')?.toLowerCase()
    return { day: days.find(day => day === name) ?? 'monday', hour: Number(parts.get('hour')) }
  }
}
