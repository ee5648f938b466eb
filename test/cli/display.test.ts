import assert from 'node:assert/strict'
import { bars, summary } from '../../src/cli/display/bars.ts'
import { verificationText } from '../../src/cli/display/connectionText.ts'
import { createRunWatch } from '../../src/cli/display/runState.ts'
import { amount, duration } from '../../src/cli/display/units.ts'
import { createOutput } from '../../src/cli/output.ts'

const counts = (done: number, items = 100) => ({ items, bytes: 0, done, doneBytes: done * 1000, adopted: 0, filtered: 0, failed: 0 })
const progress = (source: string, done: number) =>
  ({ event: 'progress', job: 'move', source, phase: 'copy', counts: counts(done), folder: 'INBOX' }) as const
const ended = (source: string) => ({ event: 'pair', job: 'move', source, target: source, state: { state: 'completed', at: '' } }) as const

/** A stream that keeps what is written, as a terminal of 60 columns or as a file. */
function stream(isTTY: boolean) {
  let written = ''
  const write = (text: string): boolean => {
    written += text
    return true
  }
  const fake = { isTTY, columns: 60, write }
  return { stream: fake as unknown as NodeJS.WriteStream, written: () => written }
}

describe('a run’s progress', () => {
  it('has a bar for each mailbox at work, and one line for all', () => {
    const watch = createRunWatch()
    watch.take({ event: 'run', job: 'move', pairs: 3, engine: 'h/1' }, 0)
    watch.take(progress('anna', 0), 0)
    watch.take(ended('berta'), 5)
    watch.take(progress('anna', 50), 1000)
    const [anna, all] = bars(watch.state(1000), 120)
    assert.equal(anna, 'anna     copy   ██████████░░░░░░░░░░  50 %  50/100  INBOX')
    assert.equal(all, '1 of 3 mailboxes done · 50 msg/s · 0.1 MB/s · 1 s left')
  })

  it('counts a mailbox that was tried again once', () => {
    const watch = createRunWatch()
    watch.take({ event: 'run', job: 'move', pairs: 1, engine: 'h/1' }, 0)
    watch.take(ended('anna'), 1)
    watch.take(ended('anna'), 2)
    assert.match(summary(watch.state(3)), /^1 of 1 mailboxes done/)
  })

  it('is in units a person would say', () => {
    assert.deepEqual([amount(400), amount(123_456), amount(5_000_000), amount(12_300_000_000)], ['0.4 kB', '123 kB', '5.0 MB', '12 GB'])
    assert.deepEqual([duration(45_000), duration(600_000), duration(12_000_000)], ['45 s', '10 min', '3 h 20 min'])
  })
})

describe('the output', () => {
  it('replaces its status lines on a terminal, and writes none elsewhere', () => {
    const terminal = stream(true)
    const out = createOutput({ stdout: terminal.stream, stderr: terminal.stream }, false)
    out.status(['one', 'two'])
    out.say({ event: 'x' }, 'said')
    assert.equal(terminal.written(), 'one\ntwo\n\u001B[2A\u001B[Jsaid\n')
    const file = stream(false)
    createOutput({ stdout: file.stream, stderr: file.stream }, false).status(['one'])
    assert.equal(file.written(), '')
  })

  it('lets no control character of a server’s names reach the terminal', () => {
    const terminal = stream(true)
    createOutput({ stdout: terminal.stream, stderr: terminal.stream }, false).say({ event: 'x' }, 'a\u001B]0;title\u0007b')
    assert.equal(terminal.written(), 'a�]0;title�b\n')
  })

  it('is one JSON event a line where asked', () => {
    const file = stream(false)
    createOutput({ stdout: file.stream, stderr: file.stream }, true).say({ event: 'x', text: 'a\nb' }, 'ignored')
    assert.equal(file.written(), '{"event":"x","text":"a\\nb"}\n')
  })
})

describe('what a connection’s state is told as', () => {
  it('warns of a secret that ends soon, and says what to do', () => {
    const recorded = {
      at: '2026-01-01T00:00:00Z',
      organisation: 'tenant-1',
      expires: { what: 'secret', at: '2026-01-13T12:00:00Z' } as const,
    }
    const textAt = (now: string) => verificationText({ state: 'verified', recorded }, Date.parse(now))
    assert.match(textAt('2026-01-01T12:00:00Z'), /^verified .*; its secret ends in 12 days: renew it in the tenant, and give it anew$/)
    assert.match(textAt('2026-01-14T12:00:00Z'), /; its secret has ended$/)
    assert.doesNotMatch(textAt('2025-12-01T12:00:00Z'), /secret/)
  })
})
