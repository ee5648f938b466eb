import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import manifest from '../../package.json' with { type: 'json' }
import { verbs } from '../../src/cli/verbs.ts'
import { exitCodes } from '../../src/domain/exitCodes.ts'
import { planSchema } from '../../src/rpc/plan.ts'

const root = join(import.meta.dirname, '../..')
const read = (file: string): string => readFileSync(join(root, file), 'utf8')
const readme = read('README.md')

describe('README.md', () => {
  it('shows a plan that is one', () => {
    const plan = /```json\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
    assert.deepEqual(planSchema.safeParse(JSON.parse(plan)).error, undefined)
  })

  it('tells every exit code, and no other', () => {
    const table = readme.slice(readme.indexOf('## Exit codes'), readme.indexOf('`--json`'))
    const told = [...table.matchAll(/\| (\d+) \|/g)].map(match => Number(match[1]))
    assert.deepEqual(
      told.toSorted((a, b) => a - b),
      Object.values(exitCodes).toSorted((a, b) => a - b),
    )
  })

  it('names commands that exist', () => {
    const known = verbs.map(verb => verb.words)
    const named = [...readme.matchAll(/mailferry ((?:job|connection) [a-z-]+|apply|export|journal)/g)].map(match => match[1] ?? '')
    assert.ok(named.length > 8)
    assert.deepEqual(
      named.filter(name => !known.includes(name)),
      [],
    )
  })
})

describe('pictures', () => {
  const folder = join(root, 'docs/images')
  const taken = readdirSync(folder).map(name => `docs/images/${name}`)

  it('are each shown somewhere, and together stay below 1 MB', () => {
    const shown = new Set([...readme.matchAll(/\]\((docs\/[^)]+)\)/g)].map(match => match[1] ?? ''))
    assert.ok(shown.size >= 3)
    for (const { media } of manifest.contributes.walkthroughs.flatMap(({ steps }) => steps))
      for (const picture of Object.values(media.image)) shown.add(picture)
    assert.deepEqual([...shown].toSorted(), taken.toSorted())
    assert.ok(taken.reduce((sum, name) => sum + statSync(join(root, name)).size, 0) < 1_000_000)
  })
})

describe('ARCHITECTURE.md', () => {
  it('points to files that exist', () => {
    const named = [...read('ARCHITECTURE.md').matchAll(/`((?:[a-zA-Z]+\/)+[\w.]*)`/g)].map(match => match[1] ?? '')
    assert.ok(named.length > 10)
    assert.deepEqual(
      named.filter(name => !existsSync(join(root, name)) && !existsSync(join(root, 'src', name)) && !name.startsWith('dist/')),
      [],
    )
  })
})
