import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { startControl } from '../../src/sandbox/control.ts'
import { createOrders } from '../../src/sandbox/orders.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/world.ts'
import { tempDir } from '../support/tempDir.ts'
import { bundleSuites, runSuites } from './runSuites.ts'
import { suiteNames, type TestResult } from './suiteNames.ts'
import type { World } from './world.ts'

describe('the extension in its host', () => {
  let results: readonly TestResult[] = []

  before(async function () {
    this.timeout(320_000)
    using dir = tempDir()
    await using sandbox = await startSandbox({ people: 3, messagesEach: 20 })
    await using control = await startControl(createOrders(sandbox))
    const bundle = await bundleSuites()
    results = await runSuites({ bundle, data: dir.path, env: { HOST_WORLD: JSON.stringify(worldOf(sandbox, control)) } })
    rmSync(bundle)
  })

  for (const suite of suiteNames)
    it(`passes: ${suite}`, () => {
      const own = results.filter(result => result.suite === suite)
      const failed = own.flatMap(({ title, error }) => (error === undefined ? [] : [`${title}: ${error}`]))
      assert.ok(failed.length === 0, failed.join('\n'))
      assert.ok(own.length > 0, 'it has no tests')
    })
})

const worldOf = (sandbox: Sandbox, control: World['control']): World => ({
  control: { url: control.url, token: control.token },
  discovery: sandbox.discovery.url,
  fingerprints: [sandbox.discovery, sandbox.leaving, sandbox.receiving].map(({ certificate }) => certificate.fingerprint),
  domain: sandbox.domain,
  leaving: sideOf(sandbox.leaving),
  receiving: sideOf(sandbox.receiving),
})

const sideOf = ({ admin, ownDomain, people }: Sandbox['leaving']): World['leaving'] => ({
  admin: admin.userPrincipalName,
  password: admin.password,
  ownDomain,
  people: people.map(({ primarySmtpAddress }) => primarySmtpAddress),
})
