import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { tempDir } from '../support/tempDir.ts'

const root = join(import.meta.dirname, '../..')

/** Who may import whom, as DESIGN has it. A folder may always import itself. */
const mayImport: Record<string, readonly string[]> = {
  'src/domain': [],
  'src/servers': ['domain/x'],
  'src/ledger': ['domain/x'],
  'src/migration': ['domain/x', 'ledger/x', 'servers/mailServer', 'servers/mime/x'],
  'src/rpc': ['domain/x'],
  'src/secrets': ['domain/x', 'keytar'],
  'src/engine': ['domain/x', 'servers/x', 'servers/mailServer', 'servers/mime/x', 'ledger/x', 'migration/x', 'rpc/x', 'secrets/x'],
  'src/sandbox': ['domain/x'],
  'src/cli': [
    'domain/x',
    'servers/x',
    'servers/mailServer',
    'servers/mime/x',
    'ledger/x',
    'migration/x',
    'rpc/x',
    'secrets/x',
    'engine/x',
    'sandbox/x',
  ],
  'src/commands': ['domain/x', 'rpc/x', 'views/x', 'webview/x', 'editor/x', 'vscode'],
  'src/views': ['domain/x', 'rpc/x', 'commands/x', 'webview/x', 'editor/x', 'vscode'],
  'src/webview': ['domain/x', 'rpc/x', 'commands/x', 'views/x', 'editor/x', 'vscode'],
  'src/webview/ui': ['domain/x', 'rpc/x', 'webview/x'],
  'src/editor': ['domain/x', 'rpc/x', 'commands/x', 'views/x', 'webview/x', 'vscode'],
}

const folders = [
  'domain',
  'servers',
  'ledger',
  'migration',
  'rpc',
  'secrets',
  'engine',
  'cli',
  'commands',
  'views',
  'webview',
  'editor',
  'sandbox',
]
const everything = [...folders.map(name => `${name}/x`), 'servers/mailServer', 'servers/mime/x', 'vscode', 'keytar']

const forms: Record<string, (specifier: string) => string> = {
  value: specifier => `import { x } from '${specifier}'\nexport const y = x\n`,
  type: specifier => `import type { X } from '${specifier}'\nexport type Y = X\n`,
  reexport: specifier => `export { x } from '${specifier}'\n`,
  dynamic: specifier => `export const y = () => import('${specifier}')\n`,
}

describe('import rules', () => {
  it('refuse what a folder may not import, nested or not, as value, type, re-export or dynamic import, and nothing else', () => {
    using place = tempDir()
    const expected: string[] = []
    for (const [folder, allowed] of Object.entries(mayImport)) {
      for (const imported of everything) {
        const own = folder === `src/${imported.split('/')[0]}` || folder.startsWith(`src/${imported.split('/')[0]}/`)
        for (const [form, text] of Object.entries(forms)) {
          for (const nested of ['', 'deeper/']) {
            const file = `${folder}/${nested}${imported.replace('/', '-')}.${form}.ts`
            plant(join(place.path, file), text(specifier(file, imported)))
            if (!own && !allowed.includes(imported)) expected.push(file)
          }
        }
      }
    }
    assert.deepEqual(refusedFiles(place.path), expected.sort())
  })

  it('keep every package and every module of Node out of domain', () => {
    using place = tempDir()
    for (const [file, name] of Object.entries({
      node: 'node:crypto',
      package: 'zod',
      scoped: '@azure/msal-node',
      deep: 'imapflow/lib/tools',
    })) {
      plant(join(place.path, `src/domain/${file}.ts`), `export { x } from '${name}'\n`)
    }
    assert.deepEqual(
      refusedFiles(place.path),
      ['deep', 'node', 'package', 'scoped'].map(name => `src/domain/${name}.ts`),
    )
  })

  it('are kept by the sources', () => {
    const { status, stdout, stderr } = spawnSync('biome', ['lint', '--only=style/noRestrictedImports', 'src'], {
      cwd: root,
      encoding: 'utf8',
    })
    assert.equal(status, 0, stdout + stderr)
  })
})

const specifier = (file: string, imported: string): string =>
  imported.includes('/') ? `${'../'.repeat(file.split('/').length - 2)}${imported}.ts` : imported

function plant(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

/** What the project's own configuration refuses in a tree of planted files. */
function refusedFiles(dir: string): string[] {
  copyFileSync(join(root, 'biome.json'), join(dir, 'biome.json'))
  writeFileSync(join(dir, '.gitignore'), '')
  execFileSync('git', ['init', '-q'], { cwd: dir })
  const { stdout } = spawnSync(
    'biome',
    ['lint', '--only=style/noRestrictedImports', '--max-diagnostics=none', '--reporter=github', 'src'],
    {
      cwd: dir,
      encoding: 'utf8',
      maxBuffer: 1e8,
    },
  )
  return [...new Set([...stdout.matchAll(/file=([^,]+)/g)].map(match => relative(dir, match[1] ?? '')))].sort()
}
