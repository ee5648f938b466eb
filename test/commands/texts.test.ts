import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { nextSteps } from '../../src/commands/nextSteps.ts'
import { credentialsText, outcomeText, storageText } from '../../src/commands/notifyText.ts'
import { applyCommandLine } from '../../src/commands/support/commandLine.ts'
import { cures } from '../../src/commands/support/cures.ts'
import { nameProblem } from '../../src/commands/support/nameProblem.ts'
import { refreshedLine } from '../../src/commands/support/refreshedLine.ts'
import { secretForm } from '../../src/commands/support/secretForm.ts'
import type { StoredError } from '../../src/domain/pair.ts'
import { byAdmin } from '../support/webview/office365.ts'
import { exchangeSettings, imapSettings, job, wording } from '../views/build.ts'

describe('what a person may do about an error', () => {
  const steps = (error: StoredError, canReconfigure = false) => nextSteps(error, () => canReconfigure).map(({ step }) => step)
  const inUse: StoredError = { code: 'inUse', params: { connection: 'Old', jobs: ['Move'] } }

  it('leads from a used connection to its jobs, and to reconfiguring only where that is possible', () => {
    assert.deepEqual(steps(inUse), ['showJobs'])
    assert.deepEqual(steps(inUse, true), ['showJobs', 'reconfigure'])
  })

  it('leads from a stale connection to reconfiguring it', () => {
    const stale: StoredError = { code: 'stale', params: { connection: 'Old', reason: 'x', operation: 'y' } }
    assert.deepEqual(
      nextSteps(stale, () => true),
      [{ step: 'reconfigure', connection: 'Old' }],
    )
  })

  it('leads to the cure of a failed test, which alone knows whose error it is', () => {
    assert.deepEqual(cures('Old', { code: 'tls.untrusted', params: { host: 'h', reason: 'r', fingerprint: 'f' } }), [
      { step: 'trustCertificate', connection: 'Old' },
    ])
    assert.deepEqual(cures('Old', { code: 'signIn.refused', params: { host: 'h', user: 'u', response: 'r' } }), [
      { step: 'enterCredentials', connection: 'Old' },
    ])
    assert.deepEqual(cures('Old', inUse), [])
  })

  it('offers nothing where nothing helps', () => {
    assert.deepEqual(steps({ code: 'name.empty', params: { kind: 'job' } }), [])
  })
})

describe('a connection as a command line', () => {
  const plan = { connections: [{ name: `Anna's "old" $HOME \`x\`` }] }

  it('carries its plan through a shell unharmed', () => {
    const line = applyCommandLine(plan, 'linux').replace(/\| mailferry apply -$/, '')
    assert.deepEqual(JSON.parse(execFileSync('sh', ['-c', line], { encoding: 'utf8' })), plan)
  })

  it('is quoted for PowerShell on Windows', () => {
    assert.match(applyCommandLine(plan, 'win32'), /^'\{.*Anna''s.*\}' \| mailferry apply -$/)
  })
})

describe('a connection’s secret', () => {
  it('is asked for as what the sign-in needs', () => {
    assert.deepEqual(secretForm(wording, exchangeSettings), { as: 'text', prompt: 'Password of mover@contoso.com' })
    assert.equal(secretForm(wording, imapSettings).as, 'file')
    assert.equal(secretForm(wording, byAdmin('admin@contoso.com')).as, 'code')
  })
})

describe('a name', () => {
  it('is refused while it is typed, with the reason', () => {
    assert.match(nameProblem(wording, 'job', 'a/b', []) ?? '', /\//)
    assert.match(nameProblem(wording, 'connection', ' old ', ['Old']) ?? '', /already/)
    assert.equal(nameProblem(wording, 'connection', 'New', ['Old']), undefined)
  })
})

describe('notifications', () => {
  it('tell how a job came to rest, in mailboxes', () => {
    const ended = job({ states: { completed: 10, failed: 2 } })
    assert.equal(outcomeText(wording, { job: ended, outcome: 'failed' }), '“Move” came to its end; 2 mailboxes failed.')
    assert.equal(
      outcomeText(wording, { job: job({ states: { completed: 1 } }), outcome: 'completed' }),
      '“Move” is completed: 1 mailbox, everything read back.',
    )
  })

  it('tell a missing secret from a refused one, which isn’t tried again', () => {
    const needed = { connection: 'id', name: 'Old', user: 'mover', why: 'refused' } as const
    assert.match(credentialsText(wording, needed), /mover.*Old.*not tried again/)
    assert.match(credentialsText(wording, { ...needed, why: 'missing' }), /no credentials/)
  })

  it('say where the secrets are when the editor keeps none', () => {
    assert.match(storageText(wording, 'refuses'), /until the window closes/)
  })
})

describe('refreshed addresses', () => {
  const event = { event: 'refreshed', job: 'Move', side: 'source', mailbox: 'anna@old.example' } as const

  it('are told where something changed or stayed unknown', () => {
    assert.deepEqual(refreshedLine(wording, { ...event, outcome: 'unchanged' }), [])
    assert.deepEqual(refreshedLine(wording, { ...event, outcome: 'refreshed', address: 'anna@new.example' }), [
      '- Source: anna@old.example → anna@new.example',
    ])
    assert.deepEqual(refreshedLine(wording, { ...event, outcome: 'ambiguous', candidates: ['a', 'b'] }), [
      '- Source: anna@old.example could be a, b',
    ])
  })
})
