import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { cliFile } from '../support/cli.ts'
import { tempDir } from '../support/tempDir.ts'

interface Shown {
  readonly code: number | null
  readonly text: string
  readonly lastLine: string | undefined
}

/** Runs the demo with few messages; sends it a Ctrl-C once it has said `interruptAt`. */
async function demo(dir: string, args: readonly string[], interruptAt?: string): Promise<Shown> {
  const script = join(import.meta.dirname, 'demo.ts')
  const child = spawn('node', [script, '--messages', '10', '--dir', dir, '--cli', cliFile(), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  let interrupted = false
  const read = (part: string) => {
    text += part
    if (interrupted || interruptAt === undefined || !text.includes(interruptAt)) return
    interrupted = true
    child.kill('SIGINT')
  }
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', read)
  const [code] = await once(child, 'close')
  return { code, text, lastLine: text.trimEnd().split('\n').at(-1) }
}

/** Ports of the servers that the demo has told of and that still answer. */
async function answering(text: string): Promise<string[]> {
  const ports = [...text.matchAll(/^(?:old|new) +127\.0\.0\.1:(\d+)/gm)].map(([, port = '']) => port)
  assert.ok(ports.length === 2 || ports.length === 4, text)
  const open = await Promise.all(ports.map(isOpen))
  return ports.filter((_, index) => open[index])
}

async function isOpen(port: string): Promise<boolean> {
  const socket = connect(Number(port), '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

/** What a moved domain breaks, what is refused until then, and how it is mended. */
function assertDomainMoved(text: string, people: number): void {
  const after = text.slice(text.indexOf('The domain moves'))
  assert.match(after, /^old: stale since .*fabrikam\.test is no longer a domain of the organisation/m)
  assert.match(after, /^new: credentials needed: “admin@northwind\.test” was refused/m)
  assert.equal(after.match(/Until it is reconfigured, this is refused: /g)?.length, 4)
  assert.equal(after.match(/^\[exit code 8\]/gm)?.length, 5)
  assert.equal(after.match(/is reconfigured: the same organisation as before, proved/g)?.length, 2)
  assert.match(after, new RegExp(`^${2 * people} refreshed, 0 unchanged, 0 not found, 0 ambiguous\\.$`, 'm'))
  assert.match(after, new RegExp(`^addresses +${people} +${people} +0$`, 'm'))
}

/** The same where one side or both are a tenant: only who signs in with a name in the domain is stale, and both kinds of connection go on. */
function assertTenantsMoved(text: string, people: number): void {
  const [, toTenant = '', between = ''] = text.split(/^\$ mailferry apply plan.json$/m)
  for (const [part, stale, why] of [
    [toTenant, 'old', /^old: stale since .*fabrikam\.test is no longer a domain of the organisation/m],
    [between, 'desk', /^desk: stale since .*admin@fabrikam\.test is admin@fabrikam\.onmicrosoft\.com now/m],
  ] as const) {
    assert.match(part, why)
    assert.match(part, /^new: verified /m)
    assert.equal(part.match(/Until it is reconfigured, this is refused: /g)?.length, 4)
    assert.match(part, new RegExp(`“${stale}” is reconfigured: the same organisation as before, proved`))
    assert.match(part, /it isn't needed\. It signs in as an application/)
    assert.match(part, new RegExp(`^${2 * people} refreshed, 0 unchanged, 0 not found, 0 ambiguous\\.$`, 'm'))
    for (const step of ['removeDomain', 'addDomain', 'declare', 'reconfigureSource', 'refreshAddresses', 'delta', 'verify'])
      assert.match(part.slice(part.indexOf('What the checklist knows')), new RegExp(`^ +\\[x\\] .*\\(${step}\\)$`, 'm'))
    assert.match(part, new RegExp(`^addresses +${people} +${people} +0$`, 'm'))
  }
  assert.match(toTenant, /^left behind +(\d+) +\1 +0$/m)
}

for (const story of ['exchange', 'office365', 'imap']) {
  describe(`the demo, ${story}`, function () {
    // Up to twenty commands, each a process of its own.
    this.timeout(400_000)
    this.slow(60_000)

    it('moves a company that goes on working, proves everything equal, and leaves a report but no server', async () => {
      using dir = tempDir()
      const { code, text, lastLine } = await demo(dir.path, [story, '--people', '2'])
      assert.equal(lastLine, 'Everything was proven equal.', text)
      assert.equal(code, 0)
      assert.match(text, /move: 2 completed; /)
      if (story === 'exchange') assertDomainMoved(text, 2)
      assert.match(text, /^messages +(\d+) +\1 +0$/m)
      if (story === 'office365') assertTenantsMoved(text, 2)
      for (const folder of story === 'office365' ? ['exchange', 'office365'] : ['.'])
        assert.ok(existsSync(join(dir.path, folder, 'move-report.html')))
      assert.deepEqual(await answering(text), [])
    })

    it('ends with 1 and names what differs when the new side lost a message', async () => {
      using dir = tempDir()
      const { code, text, lastLine } = await demo(dir.path, [story, '--people', '1', '--damage'])
      assert.equal(lastLine, 'NOT EQUAL: the differences are listed above.', text)
      assert.equal(code, 1)
      assert.match(text, /^[\w.]+@[\w.]+: INBOX: missing UID \d+/m)
      assert.match(text, /^messages +\d+ +\d+ +1$/m)
      assert.deepEqual(await answering(text), [])
    })

    it('ends the servers and the command in hand on Ctrl-C', async () => {
      using dir = tempDir()
      const { code, text, lastLine } = await demo(dir.path, [story, '--people', '2'], 'mailferry job start')
      assert.equal(lastLine, 'Stopped; the servers too.', text)
      assert.equal(code, 130)
      assert.deepEqual(await answering(text), [])
    })
  })
}
