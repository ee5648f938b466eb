import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import german from '../../l10n/bundle.l10n.de.json' with { type: 'json' }
import manifestGerman from '../../package.nls.de.json' with { type: 'json' }
import manifestEnglish from '../../package.nls.json' with { type: 'json' }

const root = join(import.meta.dirname, '../..')

/** Every text that the sources ask to be translated. A text is always a literal right behind `l10n.t(`, so that it can be found. */
function texts(): Set<string> {
  const found = new Set<string>()
  for (const file of readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'))) {
    const source = readFileSync(join(root, 'src', file), 'utf8')
    for (const [call, text] of source.matchAll(/\bl10n\.t\(\s*('(?:\\.|[^'\\])*')?/g)) {
      assert.ok(text !== undefined, `${file}: ${call} is not followed by a text`)
      found.add(JSON.parse(`"${text.slice(1, -1).replaceAll('"', '\\"').replaceAll("\\'", "'")}"`))
    }
  }
  return found
}

const placeholders = (text: string): string[] => [...text.matchAll(/\{\d+\}|\(command:[^)]*\)/g)].map(([one]) => one).sort()

describe('the German translation', () => {
  it('has every text of the sources, and none that nobody asks for', () => {
    const asked = [...texts()].sort()
    assert.ok(asked.length > 100)
    assert.deepEqual(Object.keys(german).sort(), asked)
  })

  it('has every text of the manifest, and none more', () => {
    assert.deepEqual(Object.keys(manifestGerman).sort(), Object.keys(manifestEnglish).sort())
  })

  it('keeps what is filled in and what is clicked on', () => {
    for (const [text, translated] of [...Object.entries(german), ...pairsOf(manifestEnglish, manifestGerman)]) {
      assert.deepEqual(placeholders(translated), placeholders(text), text)
      assert.notEqual(translated.trim(), '', text)
    }
  })
})

const pairsOf = (from: Readonly<Record<string, string>>, to: Readonly<Record<string, string>>): [string, string][] =>
  Object.entries(from).map(([key, text]) => [text, to[key] ?? ''])
