import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { planFiles } from '../../../src/sandbox/exports.ts'
import type { Sandbox, SandboxSide } from '../../../src/sandbox/world.ts'
import { privateFile } from '../../support/cli.ts'

/**
 * Writes what an administrator would have: the plan, both `Get-Mailbox` lists and who is whom, the admin accounts' passwords, the leaving side's authority.
 * The leaving organisation is found by Autodiscover, as Outlook finds it; the receiving one by its address, and its certificate is yet to be trusted.
 */
export function writePlan(dir: string, sandbox: Sandbox): void {
  const { leaving, receiving, domain, discovery } = sandbox
  const found = { server: { autodiscover: { domain, at: new URL(discovery.url).host } }, trust: { caFile: 'ca.pem' } }
  const plan = {
    connections: [
      { name: 'old', role: 'source', ...found, ...account(leaving, 'leaving.secret') },
      { name: 'new', role: 'target', server: { url: receiving.ewsUrl }, ...account(receiving, 'receiving.secret') },
    ],
    jobs: [
      {
        name: 'move',
        source: 'old',
        target: 'new',
        pairs: { csv: 'pairs.csv', sourceList: 'leaving-mailboxes.csv', targetList: 'receiving-mailboxes.csv' },
      },
    ],
  }
  for (const [file, text] of Object.entries(planFiles(sandbox))) writeFileSync(join(dir, file), text, { mode: 0o600 })
  privateFile(dir, 'plan.json', plan)
}

const account = ({ admin }: SandboxSide, file: string): object => ({
  kind: 'exchange',
  admin: { user: admin.userPrincipalName, method: 'ntlm', access: 'impersonation' },
  secret: { file },
})
