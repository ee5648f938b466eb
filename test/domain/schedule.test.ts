import assert from 'node:assert/strict'
import fc from 'fast-check'
import { days, mayRunAt, nextRunAt, type Schedule, type ScheduleWindow } from '../../src/domain/schedule.ts'

const nights: readonly ScheduleWindow[] = [
  { days: ['monday', 'tuesday', 'wednesday', 'thursday'], from: 20, to: 24 },
  { days: ['tuesday', 'wednesday', 'thursday', 'friday'], from: 0, to: 6 },
]
const berlin = (windows: readonly ScheduleWindow[]): Schedule => ({ timeZone: 'Europe/Berlin', windows })
const at = (iso: string): number => Date.parse(iso)

describe('a schedule', () => {
  it('that is none lets a job run at any time', () => {
    assert.ok(mayRunAt(undefined, at('2026-01-05T12:00:00Z')))
    assert.ok(mayRunAt({ timeZone: 'UTC' }, at('2026-01-05T12:00:00Z')))
  })

  it('begins at its time', () => {
    const schedule: Schedule = { timeZone: 'UTC', notBefore: '2026-01-05T20:00:00Z' }
    assert.deepEqual([mayRunAt(schedule, at('2026-01-05T19:59:59Z')), mayRunAt(schedule, at('2026-01-05T20:00:00Z'))], [false, true])
    assert.equal(nextRunAt(schedule, at('2026-01-01T00:00:00Z')), at('2026-01-05T20:00:00Z'))
  })

  it('has its windows by the wall clock of its zone, over midnight', () => {
    // A Monday; Berlin is an hour ahead of UTC in winter.
    const monday = (time: string) => mayRunAt(berlin(nights), at(`2026-01-05T${time}:00Z`))
    assert.deepEqual(['18:59', '19:00', '22:59', '23:00'].map(monday), [false, true, true, true])
    assert.deepEqual(
      [mayRunAt(berlin(nights), at('2026-01-06T04:59:00Z')), mayRunAt(berlin(nights), at('2026-01-06T05:00:00Z'))],
      [true, false],
    )
    assert.equal(nextRunAt(berlin(nights), at('2026-01-09T05:00:00Z')), at('2026-01-12T19:00:00Z'))
  })

  it('leaves out the hour that daylight saving leaves out, and has the repeated one twice', () => {
    const sundayAtTwo = berlin([{ days: ['sunday'], from: 2, to: 3 }])
    // 29 March 2026: from 02:00 to 03:00 at 01:00 UTC. The next two o'clock of a Sunday is a week later.
    assert.equal(nextRunAt(sundayAtTwo, at('2026-03-28T12:00:00Z')), at('2026-04-05T00:00:00Z'))
    // 25 October 2026: from 03:00 to 02:00 at 01:00 UTC.
    const inOctober = (time: string) => mayRunAt(sundayAtTwo, at(`2026-10-25T${time}:00Z`))
    assert.deepEqual(['23:59', '00:00', '00:30', '01:30', '01:59', '02:00'].map(inOctober), [false, true, true, true, true, false])
  })

  it('knows zones that are off by quarters of an hour', () => {
    const kathmandu: Schedule = { timeZone: 'Asia/Kathmandu', windows: [{ days: ['monday'], from: 0, to: 1 }] }
    assert.equal(nextRunAt(kathmandu, at('2026-01-03T00:00:00Z')), at('2026-01-04T18:15:00Z'))
  })

  it('whose windows leave no time never comes', () => {
    assert.equal(nextRunAt(berlin([]), at('2026-01-05T00:00:00Z')), undefined)
  })

  const anyWindow = fc
    .record({
      days: fc.subarray([...days], { minLength: 1 }),
      hours: fc.uniqueArray(fc.integer({ min: 0, max: 24 }), { minLength: 2, maxLength: 2 }),
    })
    .map(({ days, hours }): ScheduleWindow => ({ days, from: Math.min(...hours), to: Math.max(...hours) }))
  const anySchedule = fc.record({
    timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'),
    windows: fc.array(anyWindow, { minLength: 1, maxLength: 4 }),
  })
  const anyTime = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z') })

  it('always comes next at a time when the job may run, and at none before', () => {
    fc.assert(
      fc.property(anySchedule, anyTime, fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (schedule, now, share) => {
        const next = nextRunAt(schedule, now)
        assert.ok(next !== undefined && next >= now && mayRunAt(schedule, next))
        assert.ok(next === now || !mayRunAt(schedule, Math.min(next - 1, Math.floor(now + (next - now) * share))))
      }),
      { numRuns: 60 },
    )
  })
})
