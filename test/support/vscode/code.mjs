#!/usr/bin/env node
// Stands in for the `code` program where there is no desktop: takes the arguments that @vscode/test-electron gives it, runs the tests they name in the
// extension host of a VS Code server with Chromium for its window, and exits with the tests' own code.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { format, parseArgs } from 'node:util'
import { launchBrowser, openProfile } from './browser.ts'
import { startVsCode } from './server.ts'

/** Milliseconds; a suite that hangs must not hang whoever waits for it. */
const longest = 300_000

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: 'string' },
    extensionTestsPath: { type: 'string' },
  },
})
const dir = mkdtempSync(join(tmpdir(), 'mailferry-host-'))
const [folder = dir] = positionals
let code = 1
try {
  // VS Code trusts every folder while it runs tests, so Restricted Mode can't be met here.
  await using editor = await startVsCode({ dir, testDriver: true })
  await using browser = await launchBrowser()
  const page = await (await openProfile(browser)).newPage()
  const ended = new Promise(resolve => page.exposeFunction('codeAutomationExit', resolve))
  /** @type {string[]} */
  const said = []
  await page.exposeFunction('codeAutomationLog', (/** @type {string} */ type, /** @type {unknown[]} */ args) =>
    said.push(`[${type}] ${format(...args)}`),
  )
  const there = `vscode-remote://127.0.0.1:${editor.port}`
  const payload = ['extensionDevelopmentPath', 'extensionTestsPath'].map(name => [name, `${there}${values[name]}`])
  await page.goto(`${editor.url}/?folder=${encodeURIComponent(folder)}&payload=${encodeURIComponent(JSON.stringify(payload))}`)
  const hung = new Promise(resolve => setTimeout(resolve, longest, 124))
  code = Number(await Promise.race([ended, hung]))
  if (code !== 0)
    console.error(
      said
        .filter(line => !line.includes('status code 404'))
        .slice(-40)
        .join('\n'),
    )
} finally {
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 })
}
process.exit(code)
