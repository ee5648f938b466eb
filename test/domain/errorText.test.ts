import assert from 'node:assert/strict'
import { MailferryError } from '../../src/domain/errors.ts'
import { errorCodes, sentence, describe as words } from '../../src/domain/errorText.ts'
import { exitCodeOf, exitCodes, worstExit } from '../../src/domain/exitCodes.ts'
import { sampleErrors } from './sampleErrors.ts'

describe('every error', () => {
  for (const code of errorCodes) {
    it(`${code} says what happened and what to do next, in whole sentences`, () => {
      const { message, next } = words({ code, params: sampleErrors[code] })
      for (const text of [message, next]) {
        assert.doesNotMatch(text, /undefined|null|NaN|\[object|\.\.|[.:] \.|: *$/)
        assert.match(text, /^[\p{L}\d“/]/u, text)
      }
      assert.match(next, /[.!?}"]$|\|/, next)
    })

    it(`${code} names the thing`, () => {
      const things = Object.values<unknown>(sampleErrors[code]).filter(
        value => typeof value === 'string' && value !== '' && value.length < 100,
      )
      const text = sentence(words({ code, params: sampleErrors[code] }))
      for (const thing of things) assert.ok(text.includes(String(thing)), `${String(thing)} in: ${text}`)
    })

    it(`${code} has an exit code that isn’t success`, () => {
      assert.ok(exitCodeOf(code) > 0)
    })
  }

  it('can be told from a thrown error as well', () => {
    assert.match(words(new MailferryError('host.notFound', { host: 'mail.example' })).message, /mail\.example/)
  })

  it('of a newer version is shown by its code', () => {
    const stored: { code: never; params: never } = JSON.parse('{"code":"future.thing","params":{}}')
    assert.match(words(stored).message, /future\.thing/)
    assert.equal(exitCodeOf(stored.code), exitCodes.internal)
  })
})

describe('the words of an error', () => {
  it('name the jobs that use a connection, the first few of many', () => {
    const jobs = Array.from({ length: 8 }, (_, at) => `Job ${at + 1}`)
    assert.match(words({ code: 'inUse', params: { connection: 'Old', jobs } }).message, /used by 8 jobs: “Job 1”, .*“Job 5” and 3 more/)
    assert.match(words({ code: 'inUse', params: { connection: 'Old', jobs: ['Move'] } }).message, /used by the job “Move”/)
  })

  it('list every problem of a plan by its path, and of a CSV by its line', () => {
    assert.match(
      words({ code: 'plan.invalid', params: sampleErrors['plan.invalid'] }).message,
      /jobs\[0\]\.name: is missing\n.*\(whole file\): is no object/,
    )
    assert.match(words({ code: 'csv.invalid', params: sampleErrors['csv.invalid'] }).message, /line 3: has 2 columns/)
  })

  it('give sizes and times as people say them', () => {
    assert.match(words({ code: 'item.tooLarge', params: { size: 52_428_800, limit: 26_214_400 } }).message, /52\.4 MB.*26\.2 MB/)
    assert.match(words({ code: 'item.tooLarge', params: { size: 999_999, limit: 1 } }).message, /1 MB.*1 byte\b/)
    assert.match(words({ code: 'server.busy', params: { host: 'h', response: '', retryAfterMs: 1000 } }).next, /1 second\./)
  })

  it('do without what a server did not say', () => {
    assert.equal(
      words({ code: 'server.bye', params: { host: 'mail.example', response: ' ' } }).message,
      'mail.example ended the connection.',
    )
  })
})

describe('exit codes', () => {
  it('are all different, and fit a process', () => {
    const codes = Object.values(exitCodes)
    assert.equal(new Set(codes).size, codes.length)
    for (const code of codes) assert.ok(code >= 0 && code < 256)
  })

  it('of several things are the one that matters most', () => {
    assert.equal(worstExit([]), exitCodes.ok)
    assert.equal(worstExit([exitCodes.ok, exitCodes.completedWithDifferences]), exitCodes.completedWithDifferences)
    assert.equal(worstExit([exitCodes.completedWithDifferences, exitCodes.signIn, exitCodes.ok]), exitCodes.signIn)
    for (const code of Object.values(exitCodes)) assert.equal(worstExit([code, exitCodes.ok]), code)
  })
})
