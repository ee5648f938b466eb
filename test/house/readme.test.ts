import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
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
