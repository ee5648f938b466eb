import assert from 'node:assert/strict'
import { verbs } from '../../src/cli/verbs.ts'
import { cli } from '../support/cli.ts'

describe('the command line’s help', () => {
  it('tells the version at once', async () => {
    const { stdout, code } = await cli(['--version'])
    assert.match(stdout, /^\d+\.\d+\.\d+\n$/)
    assert.equal(code, 0)
  })

  it('lists every command and exit code', async () => {
    const { stdout, code } = await cli(['--help'])
    for (const { words } of verbs) assert.ok(stdout.includes(`  ${words}`), words)
    for (const number of [3, 4, 5, 6, 7, 8, 10, 130]) assert.match(stdout, new RegExp(`\\b${number} \\w`))
    assert.equal(code, 0)
  })

  it('tells of each command’s options', async () => {
    const { stdout, code } = await cli(['job', 'start', '--help'])
    assert.match(stdout, /^Usage: mailferry job start NAME \[options\]/)
    for (const option of ['--pair', '--allow-deletions', '--ledger', '--json']) assert.ok(stdout.includes(option), option)
    assert.equal(code, 0)
  })

  for (const [args, words] of [
    [['job', 'strat', 'x'], /“job strat” is no command; did you mean `mailferry job start`\?/],
    [['job'], /after job comes one of list, status, match, dry-run, start/],
    [['connection', 'show'], /connection show: NAME is missing/],
    [['job', 'start', 'x', 'y'], /“y” is one argument too many/],
    [['job', 'start', '--force', 'x'], /Unknown option '--force'/],
    [['job', 'reset', 'x', '--mode', 'everything'], /--mode is needed, one of forget, remove, adopt/],
    [['job', 'start', 'x', '--allow-deletions', 'all'], /--allow-deletions needs a whole number/],
    [['apply', 'x', '--ledger'], /--ledger needs a file/],
  ] as const) {
    it(`says what is wrong with \`${args.join(' ')}\``, async () => {
      const { stderr, code } = await cli(args)
      assert.match(stderr, words)
      assert.equal(code, 2)
    })
  }

  it('answers in JSON where asked, errors too', async () => {
    const { stdout, stderr, code } = await cli(['--json', 'job', 'strat'])
    const event = JSON.parse(stdout)
    assert.deepEqual([event.event, event.code, event.exitCode, code, stderr], ['error', 'usage', 2, 2, ''])
  })
})
