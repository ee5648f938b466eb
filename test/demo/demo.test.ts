import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { cliFile } from '../support/cli.ts'
import { company } from '../support/corpus/company.ts'
import { tempDir } from '../support/tempDir.ts'

interface Shown {
  readonly code: number | null
  readonly text: string
  readonly lastLine: string | undefined
}

/** Runs the demo with few messages; sends it a Ctrl-C once it has said `interruptAt`. */
async function demo(dir: string, args: readonly string[] = [], interruptAt?: string): Promise<Shown> {
  const script = join(import.meta.dirname, 'demo.ts')
  const child = spawn('node', [script, '--messages', '10', '--dir', dir, '--cli', cliFile(), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  let interrupted = false
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part
    if (interrupted || interruptAt === undefined || !text.includes(interruptAt)) return
    interrupted = true
    child.kill('SIGINT')
  })
  const [code] = await once(child, 'close')
  return { code, text, lastLine: text.trimEnd().split('\n').at(-1) }
}

/** Ports of the servers that the demo has told of and that still answer. */
async function answering(text: string): Promise<string[]> {
  const ports = [...text.matchAll(/^(?:old|new) +127\.0\.0\.1:(\d+)/gm)].map(([, port = '']) => port)
  assert.equal(ports.length, 2, text)
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

describe('the demo', function () {
  // Ten commands, each a process of its own.
  this.timeout(90_000)
  const people = company('any.example').length

  it('moves a company that goes on working, proves everything equal, and leaves a report but no server', async () => {
    using dir = tempDir()
    const { code, text, lastLine } = await demo(dir.path)
    assert.equal(lastLine, 'Everything was proven equal.', text)
    assert.equal(code, 0)
    assert.match(text, new RegExp(`move: ${people} completed; `))
    assert.match(text, /^messages +(\d+) +\1 +0$/m)
    assert.ok(existsSync(join(dir.path, 'move-report.html')))
    assert.deepEqual(await answering(text), [])
  })

  it('ends with 1 and names what differs when the new server lost a message', async () => {
    using dir = tempDir()
    const { code, text, lastLine } = await demo(dir.path, ['--people', '2', '--damage'])
    assert.equal(lastLine, 'NOT EQUAL: the differences are listed above.', text)
    assert.equal(code, 1)
    assert.match(text, /^anna\.weiss@fjord\.example: INBOX: missing UID \d+/m)
    assert.match(text, /^messages +\d+ +\d+ +1$/m)
    assert.deepEqual(await answering(text), [])
  })

  it('ends both servers on Ctrl-C', async () => {
    using dir = tempDir()
    const { code, text, lastLine } = await demo(dir.path, ['--people', '2'], 'mailferry job start')
    assert.equal(lastLine, 'Stopped; both servers too.', text)
    assert.equal(code, 130)
    assert.deepEqual(await answering(text), [])
  })
})
