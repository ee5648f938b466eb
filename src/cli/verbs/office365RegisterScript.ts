import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { MailferryError } from '../../domain/errors.ts'
import { exitCodes } from '../../domain/exitCodes.ts'
import { readPairLines } from '../../engine/plan/pairsCsv.ts'
import { registerScript } from '../../servers/office365/registration/registerScript.ts'
import { registerSteps } from '../../servers/office365/registration/registerSteps.ts'
import { renewScript } from '../../servers/office365/registration/renewScript.ts'
import type { App } from '../app.ts'
import { cloudOf, roleOf } from '../office365Options.ts'
import { saveText } from '../saveText.ts'
import { verb } from '../verb.ts'

export const office365RegisterScript = verb({
  words: 'office365 register-script',
  summary: 'Write a PowerShell script that registers Mailferry in an Office 365 tenant.',
  details: `With the least permissions its role needs; for the mailboxes of a CSV only (columns source,target as in a plan), or else for all. Nothing is run here.
The certificate comes from mailferry office365 certificate. With --client-id the script only adds it to that application, before the former one ends.`,
  options: {
    role: { type: 'string', value: 'ROLE', help: 'source or target; not needed with --client-id.' },
    'client-id': { type: 'string', value: 'ID', help: 'The application that is there, and only gets another certificate.' },
    certificate: { type: 'string', value: 'FILE', help: 'The certificate (PEM).' },
    mailboxes: { type: 'string', value: 'CSV', help: 'The only mailboxes it may open: their column is that of the role.' },
    cloud: { type: 'string', value: 'CLOUD', help: 'global (unless said), usGov, usGovDoD or china.' },
    out: { type: 'string', value: 'FILE', help: 'The file to write; standard output unless said.' },
  },
  async run(app, { values }) {
    const cloud = cloudOf(values.cloud ?? 'global')
    const certificate = await certificateIn(resolve(app.cwd, given('certificate', values.certificate)))
    const clientId = values['client-id']
    if (clientId !== undefined) return tell(app, values.out, renewScript({ cloud, clientId, certificate }), [])
    const role = roleOf(values.role)
    const lines = values.mailboxes === undefined ? undefined : await readPairLines(resolve(app.cwd, values.mailboxes))
    const wish = { role, cloud, ...(lines && { mailboxes: [...new Set(lines.map(line => line[role]))] }) }
    return tell(app, values.out, registerScript(wish, certificate), registerSteps(wish))
  },
})

async function tell(app: App, out: string | undefined, script: string, steps: readonly string[]): Promise<number> {
  if (out === undefined) app.out.say({ event: 'registerScript', script, steps }, script.split('\r\n').slice(0, -1))
  else {
    const file = await saveText(app, out, script)
    app.out.say({ event: 'registerScript', file, steps }, [`Written to ${file}: read it before you run it.`, '', ...steps])
  }
  return exitCodes.ok
}

const given = (option: string, value: string | undefined): string => {
  if (value === undefined) throw new MailferryError('usage', { detail: `--${option} is missing` })
  return value
}

/** Throws `file.unreadable`. */
async function certificateIn(file: string): Promise<string> {
  const unreadable = (cause: string) => new MailferryError('file.unreadable', { file, cause })
  const text = await readFile(file, 'utf8').catch(error => {
    throw unreadable(error instanceof Error ? error.message : String(error))
  })
  if (!text.includes('-----BEGIN CERTIFICATE-----')) throw unreadable('there is no certificate in it (-----BEGIN CERTIFICATE-----)')
  return text
}
